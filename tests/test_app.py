"""The two doors: what is read is consistent, what is done is whole, durable, announced once and can be taken back."""

import threading
from datetime import date
from pathlib import Path

import pytest

from callstation.app import App
from callstation.changes import Changes
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.opening import open_app
from callstation.paths import Places
from callstation.settings import Settings, load_settings, save_settings
from callstation.work import Work
from db.engine import connect
from db.nouns import Account, Contact, OutboxEntry
from db.vocabulary import SyncEntity
from tests import factories


def names(work: Work) -> list[str]:
    return [name for (name,) in work.rows("SELECT name FROM account ORDER BY id")]


def rename(work: Work, account_id: int, name: str) -> None:
    work.update(Account, account_id, name=name)
    work.journal.label = f"Renamed to {name}"


def everything(work: Work) -> list[object]:
    tables = work.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' AND name <> 'snapshot_due'"
    )
    return [(name, work.rows(f"SELECT * FROM {name}")) for (name,) in tables]


def test_what_is_done_is_read_back_announced_and_undone(app: App) -> None:
    heard: list[Changes] = []
    app.on_changed.append(heard.append)
    account_id = app.do(factories.account, "Acme")
    app.do(rename, account_id, "Acme GmbH")
    assert app.ask(names) == ["Acme GmbH"]
    assert heard[0].ids == {"account": frozenset({account_id})}
    assert app.undo() == "Renamed to Acme GmbH"
    assert app.ask(names) == ["Acme"]
    app.undo()
    assert app.ask(names) == []
    assert app.undo() is None
    app.redo()
    assert app.redo() == "Renamed to Acme GmbH"
    assert app.ask(names) == ["Acme GmbH"]
    assert app.redo() is None
    assert len(heard) == 6


def test_many_steps_back_and_forth_restore_every_table_exactly(app: App) -> None:
    states = [app.ask(everything)]

    def many(work: Work, turn: int) -> None:
        account_id = factories.customer(work, f"Customer {turn}", ends_on=date(2026, 12, 1), e164=f"+1617555{turn:04}")
        work.replace(OutboxEntry, entity=SyncEntity.CONTACT, record_id=1, marked_at=work.now)
        contact_id = factories.contact(work, account_id, "To go")
        work.update(Contact, contact_id, role="Buyer")
        work.delete(Contact, contact_id)

    for turn in range(5):
        app.do(many, turn)
        states.append(app.ask(everything))
    for state in reversed(states[:-1]):
        app.undo()
        assert app.ask(everything) == state
    for state in states[1:]:
        app.redo()
        assert app.ask(everything) == state


def test_a_verb_that_fails_leaves_nothing_behind_and_no_step(app: App) -> None:
    def half(work: Work) -> None:
        factories.account(work, "Half")
        raise UserError("No.")

    heard: list[Changes] = []
    app.on_changed.append(heard.append)
    with pytest.raises(UserError):
        app.do(half)
    assert app.ask(names) == []
    assert app.undo() is None
    assert heard == []


def test_a_new_action_ends_what_could_be_redone(app: App) -> None:
    app.do(factories.account, "One")
    app.undo()
    app.do(factories.account, "Two")
    assert app.redo() is None


def test_a_question_cannot_write(app: App) -> None:
    with pytest.raises(Exception, match="readonly"):
        app.ask(factories.account, "Sneaky")


def test_what_a_job_recorded_ends_the_undo_of_the_rows_it_touched_and_of_what_came_before(app: App) -> None:
    app.do(factories.account, "One")
    account_id = app.do(factories.account, "Two")
    app.do(factories.account, "Three")
    app.record(lambda work: work.update(Account, account_id, name="Two and a half"))
    assert app.undo() is not None
    assert app.undo() is None
    assert app.ask(names) == ["One", "Two and a half"]


def test_what_a_job_recorded_in_other_columns_of_a_row_leaves_its_undo_alone(app: App) -> None:
    account_id = app.record(factories.account, "One")
    app.do(lambda work: work.update(Account, account_id, name="Two"))
    app.record(lambda work: work.update(Account, account_id, city="Lyon"))
    assert app.undo() is not None
    assert app.ask(lambda work: work.row("SELECT name, city FROM account")) == ("One", "Lyon")


def test_what_a_job_recorded_elsewhere_leaves_the_undo_list_alone(app: App) -> None:
    app.do(factories.account, "One")
    app.record(factories.account, "Two")
    app.undo()
    assert app.ask(names) == ["Two"]


def test_questions_in_other_threads_see_what_is_committed(app: App) -> None:
    app.do(factories.account, "One")
    seen: list[list[str]] = []
    thread = threading.Thread(target=lambda: seen.append(app.ask(names)))
    thread.start()
    thread.join()
    assert seen == [["One"]]


def test_a_write_from_outside_is_noticed_and_ends_undo(app: App) -> None:
    app.do(factories.account, "One")
    assert not app.notice_outside()
    heard: list[Changes] = []
    app.on_changed.append(heard.append)
    other = connect(app.store)
    other.execute("UPDATE account SET name = 'Changed elsewhere'")
    other.close()
    assert app.notice_outside()
    assert heard == [Changes(everything=True)]
    assert app.undo() is None
    assert not app.notice_outside()


def test_a_store_that_is_locked_says_so_and_saves_nothing(app: App) -> None:
    other = connect(app.store)
    other.execute("BEGIN IMMEDIATE")
    app._writer.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(UserError, match="Another program holds the store"):
        app.do(factories.account, "One")
    other.execute("ROLLBACK")
    other.close()
    app.do(factories.account, "One")
    assert app.ask(names) == ["One"]


def test_a_full_disk_says_so_and_works_again_once_there_is_space(app: App) -> None:
    app.do(factories.account, "One")
    pages = app._writer.execute("PRAGMA page_count").fetchone()[0]
    app._writer.execute(f"PRAGMA max_page_count = {pages}")

    def big(work: Work) -> None:
        factories.account(work, "x" * 200_000)

    with pytest.raises(UserError, match="The disk is full"):
        app.do(big)
    app._writer.execute("PRAGMA max_page_count = 1000000")
    app.do(big)
    assert len(app.ask(names)) == 2


def test_a_folder_is_opened_made_and_opened_again(tmp_path: Path, clock: ManualClock) -> None:
    places = Places(tmp_path / "book")
    made = open_app(places, clock=clock)
    made.do(factories.account, "Kept")
    made.close()
    again = open_app(places, clock=clock)
    assert again.ask(names) == ["Kept"]
    again.close()


@pytest.mark.parametrize("where", ["//server/share/book", "OneDrive - Acme/book", "Dropbox/book", "Google Drive/x"])
def test_an_unsafe_place_is_refused_with_a_sentence(tmp_path: Path, where: str) -> None:
    root = Path(where) if where.startswith("//") else tmp_path / where
    with pytest.raises(UserError, match="cannot lie"):
        open_app(Places(root))
    assert not root.exists()


def test_settings_are_checked_kept_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert load_settings(path) == Settings()
    changed = Settings().with_values(theme="dark", text_size=120)
    save_settings(path, changed)
    assert load_settings(path) == changed
    for name, value in (("theme", "pink"), ("text_size", 300), ("text_size", "big"), ("time_zone", "Mars/Base")):
        with pytest.raises(UserError):
            Settings().with_values(**{name: value})
    path.write_text('{"work_starts_at": 19, "theme": "dark"}')  # as an older version took it
    assert load_settings(path) == Settings(theme="dark")
    path.write_text("{half")
    with pytest.raises(UserError, match="settings file cannot be read"):
        load_settings(path)


def test_undo_does_not_touch_what_another_process_wrote_meanwhile(app: App) -> None:
    app.do(factories.account, "Halden Robotics")
    other = App(app.store, clock=app.clock)
    other.do(factories.account, "Kestrel Foods")
    other.close()
    assert app.undo() is None
    assert app.undo_label is None
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM account")) == [(2,)]
