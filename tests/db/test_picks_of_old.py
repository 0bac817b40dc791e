"""Categories of a store from before there was a forecast: what is over has its stage's own, and no pick outlives it."""

from pathlib import Path

from callstation.app import App
from callstation.renewals.changing import change_many
from callstation.renewals.state import Key
from callstation.settings import Settings
from db.engine import connect
from db.vocabulary import RenewalStage
from tests.db.test_schema import at_version, some_rows


def test_what_was_won_or_lost_with_a_pick_and_is_opened_again_has_the_category_of_its_stage(tmp_path: Path) -> None:
    path = at_version(tmp_path / "store.db", "0004")
    some_rows(path)
    raw = connect(path)
    raw.execute(
        "INSERT INTO contract (id, uid, number, account_id, ends_on, currency, created_at) "
        "VALUES (1, 'k', 'C-1', 1, '2026-12-31', 'USD', 0)"
    )
    for number, stage, category, closed_at in (
        (1, "won", "closed", 1), (2, "lost", "commit", 1), (3, "quoted", "commit", None),
    ):  # fmt: skip
        raw.execute(
            "INSERT INTO renewal (id, uid, contract_id, account_id, due_on, currency, stage, category, "
            "is_category_picked, closed_at) VALUES (?, ?, 1, 1, '2026-12-31', 'USD', ?, ?, 1, ?)",
            (number, f"r{number}", stage, category, closed_at),
        )
    raw.close()
    app = App(at_version(path, "head"), settings=Settings(time_zone="UTC"))
    read = "SELECT category, is_category_picked FROM renewal ORDER BY id"
    assert app.ask(lambda work: work.rows(read)) == [("closed", 0), ("omitted", 0), ("commit", 1)]
    app.do(change_many, [Key(False, 1), Key(False, 2)], stage=RenewalStage.QUOTED)
    assert app.ask(lambda work: work.rows(read)) == [("best_case", 0), ("best_case", 0), ("commit", 1)]
    app.close()
