"""What an opportunity lacks is said in words, shown before it syncs, and holds it where the settings say so."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.accounts import contacts
from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.changing import change_many
from callstation.renewals.complete_facts import gaps_of
from callstation.renewals.completeness import NOTE_DAYS, Facts, Gap, gap_words, incomplete_words, missing
from callstation.renewals.growth import change_growth, make_growth
from callstation.renewals.pipeline import Key
from callstation.renewals.renewals import change_renewal
from callstation.sync.describing import preview
from callstation.sync.dry_run import dry_run
from callstation.sync.editing import edit
from callstation.sync.failures import Mend
from callstation.sync.incomplete import INCOMPLETE
from callstation.sync.overview import attention, waiting
from callstation.work import Work
from db.vocabulary import ActivityKind, RenewalStage, SyncEntity
from tests import factories
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import customers

TODAY = date(2026, 11, 23)
WHOLE = Facts(True, "Ring them", True, True, TODAY, TODAY)


@given(
    next_step=st.sampled_from((None, "", " \t", "Ring")), has_contact=st.booleans(), has_amount=st.booleans(),
    ahead=st.integers(-3, 3), told=st.one_of(st.none(), st.integers(0, 200)), is_open=st.booleans(),
)  # fmt: skip
def test_each_thing_is_missing_on_its_own(
    next_step: str | None, has_contact: bool, has_amount: bool, ahead: int, told: int | None, is_open: bool
) -> None:
    told_on = None if told is None else TODAY - timedelta(days=told)
    found = missing(Facts(is_open, next_step, has_contact, has_amount, TODAY + timedelta(days=ahead), told_on), TODAY)
    wanted = {
        Gap.NEXT_STEP: next_step != "Ring", Gap.CONTACT: not has_contact, Gap.AMOUNT: not has_amount,
        Gap.DATE: ahead < 0, Gap.NOTES: told is None or told > NOTE_DAYS,
    }  # fmt: skip
    assert found == (tuple(gap for gap in Gap if wanted[gap]) if is_open else ())


def test_it_is_said_in_words() -> None:
    nothing = Facts(True, None, False, False, TODAY - timedelta(days=1), None)
    assert gap_words(missing(nothing, TODAY)) == (
        "no next step, no contact, no amount, its date has passed, no note in 90 days"
    )
    assert incomplete_words((Gap.NEXT_STEP, Gap.CONTACT)) == "incomplete: no next step, no contact"
    assert incomplete_words(missing(WHOLE, TODAY)) == ""


@pytest.fixture
def desk(app: App, clock: ManualClock) -> Iterator[Pair]:
    made = make_pair(app, clock)
    customers(made, 2)
    assert made.sync().problem == ""
    made.clock.advance(60)
    yield made
    made.web.close()
    made.org.close()


def set_incomplete(pair: Pair, choice: str) -> None:
    pair.app.settings = pair.app.settings.with_values(incomplete=choice)


def lacking(pair: Pair) -> int:
    """A renewal that was changed and has no next step and no note; whom to call is known."""
    pair.app.do(change_renewal, 1, amount=Decimal(1200))
    return 1


def test_what_waits_says_what_it_lacks_and_goes_all_the_same(desk: Pair) -> None:
    renewal_id = lacking(desk)
    desk.app.do(make_growth, 1, title="Mail Archive", amount=Decimal(5), currency="USD", next_step="Ring")
    said = {row.entity: row.warning for row in desk.app.ask(waiting)}
    assert said[SyncEntity.RENEWAL] == "incomplete: no next step, no note in 90 days"
    assert said[SyncEntity.GROWTH] == "incomplete: no note in 90 days"
    assert said[SyncEntity.ACTIVITY] == ""
    shown = desk.app.ask(preview, SyncEntity.RENEWAL, renewal_id)
    assert shown is not None
    assert shown.warning == "incomplete: no next step, no note in 90 days"
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused, desk.waiting()) == ("", 0, [])


def test_by_the_setting_it_is_held_until_it_is_complete(desk: Pair) -> None:
    set_incomplete(desk, "hold")
    renewal_id = lacking(desk)
    assert desk.app.ask(dry_run).refused == 1
    desk.sync()
    assert desk.waiting() == [("renewal", renewal_id, "refused", INCOMPLETE)]
    (row,) = desk.app.ask(attention)
    assert row.sentence == (
        "It is incomplete, and your settings hold it until it is not: no next step, no note in 90 days."
    )
    assert row.mends == (Mend.EDIT, Mend.KEEP_LOCAL)
    desk.app.do(edit, SyncEntity.RENEWAL, renewal_id, {"next_step": "Ring the CFO"})
    desk.sync()
    assert desk.waiting() == [("renewal", renewal_id, "refused", INCOMPLETE)], "a note is still missing"
    desk.app.do(_note, 1)
    desk.sync()
    assert desk.waiting() == []
    assert desk.there("SELECT NextStep FROM Opportunity WHERE NextStep != null") == [{"NextStep": "Ring the CFO"}]


def test_what_was_held_goes_once_the_setting_lets_it(desk: Pair) -> None:
    set_incomplete(desk, "hold")
    lacking(desk)
    desk.sync()
    set_incomplete(desk, "send")
    desk.sync()
    assert desk.waiting() == []


def test_what_is_won_is_never_held(desk: Pair) -> None:
    set_incomplete(desk, "hold")
    growth_id = desk.app.do(make_growth, 1, title="Mail Archive", currency="USD")
    desk.app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON, amount=Decimal(7))
    desk.app.do(change_many, [Key(False, 1)], stage=RenewalStage.WON)
    desk.sync()
    assert desk.waiting() == []


def test_a_person_that_comes_in_mends_what_lacks_one(app: App) -> None:
    account_id = app.do(factories.account)
    growth_id = app.do(make_growth, account_id, amount=Decimal(1), currency="USD", next_step="Ring")
    assert Gap.CONTACT in app.ask(gaps_of, [growth_id], is_growth=True)[growth_id]
    contact_id = app.do(contacts.add_contact, account_id, name="Dana Cole", number="")
    app.do(change_growth, growth_id, contact_id=contact_id)
    assert Gap.CONTACT not in app.ask(gaps_of, [growth_id], is_growth=True)[growth_id]


def _note(work: Work, account_id: int) -> None:
    factories.activity(work, account_id, kind=ActivityKind.NOTE, note="They budget in January")
