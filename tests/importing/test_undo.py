"""An import is taken back whole, to the byte, or not at all and saying what stands in the way."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.accounts.importing.imports import batches, undo_import
from callstation.app import App
from callstation.calling import calls
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.quotes.quotes import save_quote
from callstation.quotes.worksheet import Choices
from callstation.renewals.growth import make_growth
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import ClosingMark, Contact, Renewal, WhitespaceMark
from db.vocabulary import ClosingStep, Disposition, WhitespaceState
from tests import factories
from tests.conftest import MONDAY_MORNING
from tests.importing.books import bring_in, cells, content

ROWS = (
    {"Reseller": "Northwind Resellers", "Notes": "Mornings"},
    {"Qty": "5"},
    {"End_Customer": "Beta", "Contact": "Bo", "Phone": "+1 617 555 0199", "Contract_No": "K-1"},
    {"End_Customer": "Beta", "Contact": "Bo", "Phone": "", "Contract_No": "K-1", "Product": "Mail Guard"},
)
NEWER = ({"Value": "9", "End_Date": "2027-03-31"}, {"Contract_No": "N-1", "End_Customer": "Gamma", "City": "Salem"})


def test_undo_restores_the_store_and_redo_the_import(app: App) -> None:
    bring_in(app, *ROWS)
    before = content(app)
    bring_in(app, *NEWER)
    after = content(app)
    assert after != before
    assert app.undo() == "Imported 2 rows of Pasted text"
    assert content(app) == before
    assert app.redo() == "Imported 2 rows of Pasted text"
    assert content(app) == after
    app.undo()
    app.undo()
    assert all(rows == [] for rows in content(app).values())


def test_a_batch_is_undone_later_and_that_can_be_undone_too(app: App) -> None:
    before = content(app)
    result = bring_in(app, *ROWS)
    after = content(app)
    app.forget_steps()
    app.do(undo_import, result.batch_id)
    assert content(app) == before
    app.undo()
    assert content(app) == after
    assert app.ask(batches)[0].undone_at is None


def test_calls_logged_after_an_import_are_undone_before_it(app: App) -> None:
    before = content(app)
    bring_in(app, *ROWS)
    (target_id,) = cells(app, "SELECT id FROM call_target ORDER BY id")[0]
    app.do(calls.log_outcome, target_id, Disposition.LEFT_VOICEMAIL)
    logged = content(app)
    app.undo()
    app.undo()
    assert content(app) == before
    app.redo()
    app.redo()
    assert content(app) == logged


def edit_contact(work: Work) -> None:
    work.update(Contact, 1, name="Maria Reyes-Lopez")


def edit_renewal(work: Work) -> None:
    work.update(Renewal, 1, next_step="Send the quote")


def log_call(work: Work) -> None:
    calls.log_outcome(work, 1, Disposition.NO_ANSWER)


def add_contract(work: Work) -> None:
    factories.contract(work, 1, MONDAY_MORNING.date(), number="Mine")


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (edit_contact, "contact"),
        (edit_renewal, "C-100"),
        (log_call, "call or note was added"),
        (add_contract, "contract was added"),
    ],
)
def test_what_was_worked_on_since_stands_in_the_way(app: App, later: object, words: str) -> None:
    assert callable(later)
    result = bring_in(app, *ROWS)
    app.do(later)
    touched = content(app)
    with pytest.raises(UserError) as caught:
        app.do(undo_import, result.batch_id)
    assert words in caught.value.detail
    assert content(app) == touched
    assert app.ask(batches)[0].undone_at is None


def test_a_later_import_of_the_same_rows_stands_in_the_way(app: App) -> None:
    first = bring_in(app, *ROWS)
    bring_in(app, *NEWER)
    with pytest.raises(UserError, match="C-100"):
        app.do(undo_import, first.batch_id)


def test_a_batch_nobody_knows_is_named(app: App) -> None:
    with pytest.raises(UserError, match="no import 77"):
        app.do(undo_import, 77)


def test_other_peoples_targets_are_as_they_were(app: App) -> None:
    def stranger(work: Work) -> None:
        factories.customer(work, ends_on=MONDAY_MORNING.date())
        refresh_targets(work)

    app.do(stranger)
    before = content(app)
    bring_in(app, *ROWS)
    app.undo()
    assert content(app) == before


ROW = st.fixed_dictionaries(
    {},
    optional={
        "Contract_No": st.sampled_from(["A", "B", "C", ""]),
        "End_Customer": st.sampled_from(["Acme", "ACME Inc", "Beta", "Bata", ""]),
        "Reseller": st.sampled_from(["", "North", "South"]),
        "Product": st.sampled_from(["", "Pro", "Mail"]),
        "Qty": st.sampled_from(["", "1", "x"]),
        "End_Date": st.sampled_from(["2026-12-31", "2027-06-30", "2020-01-01", ""]),
        "Value": st.sampled_from(["", "10", "20.5"]),
        "Contact": st.sampled_from(["", "Ann", "Bo"]),
        "E_mail": st.sampled_from(["", "a@x.example"]),
        "Phone": st.sampled_from(["", "+1 617 555 0142", "12"]),
        "Notes": st.sampled_from(["", "Hello"]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(ROW, min_size=1, max_size=8), min_size=1, max_size=3))
def test_any_lists_one_after_the_other_are_undone_and_redone_to_the_byte(
    empty_store: Path, clock: ManualClock, lists: list[list[dict[str, str]]]
) -> None:
    with TemporaryDirectory() as folder:
        app = App(Path(shutil.copy(empty_store, folder)), settings=Settings(time_zone="America/New_York"), clock=clock)
        seen = [content(app)]
        for rows in lists:
            assert bring_in(app, *rows).counts.is_complete
            seen.append(content(app))
            bring_in(app, *rows)
            assert content(app) == seen[-1], "a second time changes nothing"
            app.undo()
        for before in reversed(seen[:-1]):
            app.undo()
            assert content(app) == before
        for after in seen[1:]:
            app.redo()
            assert content(app) == after
        app.close()


def test_an_import_that_was_quoted_since_is_kept_and_the_quote_is_named(app: App) -> None:
    batch_id = bring_in(app, *ROWS).batch_id
    target_id = app.ask(lambda work: work.rows("SELECT id FROM call_target ORDER BY id"))[0][0]
    app.do(save_quote, target_id, Choices())
    before = content(app)
    with pytest.raises(UserError, match=r"a (line of a )?quote was added to .*Q-2026-0001"):
        app.do(undo_import, batch_id)
    assert content(app) == before
    app.undo()
    app.do(undo_import, batch_id)


def test_an_import_with_a_closing_step_done_since_is_kept(app: App) -> None:
    batch_id = bring_in(app, *ROWS).batch_id
    app.do(lambda work: work.insert(ClosingMark, renewal_id=1, step=ClosingStep.ORDER_PLACED, done_at=work.now))
    with pytest.raises(UserError, match="a closing step was added"):
        app.do(undo_import, batch_id)


def test_an_import_with_growth_or_a_whitespace_mark_since_is_kept(app: App) -> None:
    batch_id = bring_in(app, *ROWS).batch_id
    for later, words in (
        (lambda work: make_growth(work, 1, title="Mail Archive"), "an opportunity was added to .*: Mail Archive"),
        (
            lambda work: work.insert(
                WhitespaceMark, account_id=1, family="Mail", state=WhitespaceState.COMPETITOR, marked_at=work.now
            ),
            "a whitespace mark was added",
        ),
    ):
        app.do(later)
        before = content(app)
        with pytest.raises(UserError, match=words):
            app.do(undo_import, batch_id)
        assert content(app) == before
        app.undo()
    app.do(undo_import, batch_id)
