"""The list of accounts, the card of one, and its timeline."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.accounts import accounts, contacts
from callstation.app import App
from callstation.calling import callbacks, calls
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import Activity
from db.vocabulary import AccountKind, ActivityKind, Disposition, LossReason, RenewalStage
from tests import factories
from tests.accounts.book import Book, small_book

D = Disposition


def names(app: App, **how: object) -> list[str]:
    return [row.name for row in app.ask(accounts.page, **how)]  # type: ignore[arg-type]


def test_the_list_is_sorted_filtered_and_counted(app: App) -> None:
    app.do(small_book)
    assert names(app) == ["Halden Robotics", "Northgate Systems", "Orchard & Vine"]
    assert names(app, sort="name", is_descending=True, limit=1) == ["Orchard & Vine"]
    assert names(app, sort="expiry") == ["Halden Robotics", "Northgate Systems", "Orchard & Vine"]
    assert names(app, sort="amount", is_descending=True)[0] == "Halden Robotics"
    assert names(app, sort="city")[0] == "Halden Robotics"
    assert names(app, kind=AccountKind.PARTNER) == ["Northgate Systems"]
    assert names(app, text="lee") == ["Northgate Systems", "Orchard & Vine"]
    assert names(app, text="vine orch") == ["Orchard & Vine"]
    assert names(app, text="&") == []
    assert app.ask(accounts.count) == 3
    assert app.ask(accounts.count, kind=AccountKind.CUSTOMER, text="leeds") == 1


def test_the_list_can_be_narrowed_to_who_needs_a_number(app: App) -> None:
    book = app.do(small_book)
    assert names(app, needs_number=True) == []
    phone = app.ask(accounts.card, book.direct).people[0]
    app.do(contacts.remove_number, phone.contact_id, phone.numbers[0].phone_id)
    assert names(app, needs_number=True) == ["Halden Robotics"]
    assert app.ask(accounts.count, needs_number=True) == 1


def test_an_account_without_a_measure_comes_last_in_either_direction(app: App) -> None:
    app.do(small_book)
    app.do(lambda work: factories.account(work, "Nothing Bought Here"))
    for is_descending in (False, True):
        assert names(app, sort="expiry", is_descending=is_descending)[-1] == "Nothing Bought Here"


def test_a_row_tells_what_is_open_to_renew_for_the_customer_and_for_its_partner(app: App) -> None:
    app.do(small_book)
    direct, partner, sold = app.ask(accounts.page)
    assert (direct.days, direct.amounts, direct.renewals) == (9, (("USD", Decimal(48200)),), 1)
    for row in (partner, sold):
        assert (row.next_expiry_on, row.amounts, row.renewals) == (
            date(2027, 1, 31), (("GBP", Decimal(9000)),), 1
        )  # fmt: skip


def test_the_list_cannot_be_sorted_by_what_is_not_declared(app: App) -> None:
    with pytest.raises(UserError, match="Choose one of"):
        app.ask(accounts.page, sort="name; DROP TABLE account")


@tuned(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 400), max_size=12), st.sampled_from(accounts.SORTS), st.booleans(), st.integers(1, 5))
def test_windows_put_together_are_the_whole_list(
    app: App, days: list[int], sort: str, is_descending: bool, size: int
) -> None:
    def fill(work: Work) -> None:
        for table in ("renewal", "contract", "contact_phone", "contact", "phone", "call_target", "account"):
            work.derive(f"DELETE FROM {table}")
        for place, ahead in enumerate(days):
            account_id = factories.account(work, f"Firm {place % 3}")
            ends_on = work.today + timedelta(days=ahead)
            contract = factories.contract(work, account_id, ends_on, f"C{place}")
            factories.renewal(work, contract, account_id, ends_on, amount=Decimal(ahead))

    app.record(fill)
    whole = app.ask(accounts.ids, sort=sort, is_descending=is_descending)
    windows = [
        row.account_id
        for start in range(0, len(days), size)
        for row in app.ask(accounts.page, sort=sort, is_descending=is_descending, offset=start, limit=size)
    ]
    assert windows == whole
    assert len(set(whole)) == len(days) == app.ask(accounts.count)


def test_the_card_of_a_customer_shows_people_contracts_money_and_its_partner(app: App) -> None:
    book = app.do(small_book)
    card = app.ask(accounts.card, book.sold)
    (marta,) = card.people
    assert (marta.name, marta.role, marta.numbers[0].e164) == ("Marta Ellison", "Head of IT", "+442079460999")
    assert [row.number for row in card.contracts] == ["OV-2024-117", "OV-2023-090"]
    assert card.contracts[0].partner == "Northgate Systems"
    assert card.contracts[0].renewal is not None
    assert card.contracts[0].renewal.stage is RenewalStage.NOT_STARTED
    (money,) = card.sums
    assert (money.currency, money.amount, money.count) == ("GBP", Decimal(9000), 1)
    assert [(one.name, one.contracts) for one in card.linked] == [("Northgate Systems", 2)]


def test_the_card_of_a_partner_shows_what_it_sold_and_to_whom(app: App) -> None:
    book = app.do(small_book)
    card = app.ask(accounts.card, book.partner)
    assert card.is_partner
    assert [row.account for row in card.contracts] == ["Orchard & Vine", "Orchard & Vine"]
    assert [(one.name, one.contracts) for one in card.linked] == [("Orchard & Vine", 2)]
    assert card.sums[0].amount == Decimal(9000)


def test_a_card_that_is_gone_says_so(app: App) -> None:
    with pytest.raises(UserError, match="gone"):
        app.ask(accounts.card, 99)


def test_a_call_to_the_partner_stands_on_the_customers_timeline_too(app: App, clock: ManualClock) -> None:
    book = app.do(small_book)
    target_id = app.ask(lambda work: Book.target_of(work, book.partner))
    clock.advance(60)
    app.do(calls.log_outcome, target_id, D.LEFT_VOICEMAIL, note="Told them about January.")
    (entry, *_) = app.ask(accounts.timeline, book.sold)
    assert (entry.title, entry.words, entry.via) == ("Left voicemail", "Told them about January.", "Northgate Systems")
    assert app.ask(accounts.timeline, book.partner)[0].via == ""
    assert all(entry.kind == "import" for entry in app.ask(accounts.timeline, book.direct))


def test_the_timeline_tells_of_calls_skips_callbacks_and_the_import(app: App, clock: ManualClock) -> None:
    book = app.do(small_book)
    target_id = app.ask(lambda work: Book.target_of(work, book.direct))
    clock.advance(60)
    at = clock.now() + timedelta(hours=3)
    app.do(calls.log_outcome, target_id, D.CALLBACK_AGREED, at=at, note="After lunch.")
    clock.advance(60)
    app.do(callbacks.complete, app.ask(callbacks.open_callbacks)[0].callback_id)
    clock.advance(60)
    app.do(calls.skip, target_id, reason="On holiday")
    told = [(entry.kind, entry.title, entry.words) for entry in app.ask(accounts.timeline, book.direct)]
    assert told == [
        ("skip", "Skipped", "On holiday"),
        ("callback", "Callback kept", ""),
        ("call", "Call back", "After lunch."),
        ("import", f"Contract C-{book.direct} added", ""),
        ("import", "Account added", ""),
    ]
    assert app.ask(accounts.timeline, book.direct)[2].next_at == at


def test_a_lost_renewal_tells_its_reason(app: App) -> None:
    book = app.do(small_book)
    lost = {"disposition": D.NOT_RENEWING, "loss_reason": LossReason.COMPETITOR, "competitor": "Vaultmere"}
    app.do(lambda work: factories.activity(work, book.direct, **lost))
    assert app.ask(accounts.timeline, book.direct)[0].title == "Declined: competitor (Vaultmere)"


@tuned(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 6), max_size=25), st.integers(1, 7))
def test_reading_on_shows_every_entry_once_in_order(app: App, minutes: list[int], size: int) -> None:
    def fill(work: Work) -> int:
        work.derive("DELETE FROM activity")
        account_id = factories.account(work)
        for minute in minutes:
            at = work.now + timedelta(minutes=minute)
            work.insert(
                Activity, uid=f"{account_id}-{len(work.journal.images)}", kind=ActivityKind.NOTE,
                account_id=account_id, happened_at=at, happened_on=work.today, note="n",
            )  # fmt: skip
        return account_id

    account_id = app.record(fill)
    whole = app.ask(accounts.timeline, account_id, limit=1000)
    assert len(whole) == len(minutes) + 1
    assert [entry.place for entry in whole] == sorted((entry.place for entry in whole), reverse=True)
    read: list[accounts.TimelineEntry] = []
    before = None
    for _ in range(len(whole) + 1):  # an entry a time at worst, and one look that finds nothing
        some = app.ask(accounts.timeline, account_id, before=before, limit=size)
        before = some[-1].place if some else before
        read += some
    assert read == whole
