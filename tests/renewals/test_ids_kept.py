"""What a snapshot knows by its id is never mistaken for something else that came into the book later."""

from datetime import date, timedelta
from decimal import Decimal

from callstation.accounts.importing.imports import batches, undo_import
from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.bridge import LineKind
from callstation.renewals.bridging import Bridged, bridge_between
from callstation.renewals.fiscal import rolling
from callstation.renewals.growth import make_growth
from callstation.renewals.measures import Measure
from callstation.renewals.snapshots import take_snapshot
from tests import factories
from tests.importing.books import bring_in
from tests.sync.desk.conftest import make_pair

MONDAY = date(2026, 11, 23)
SOON = {"End_Date": "2026-12-31"}


def bridged(app: App, *, is_growth: bool = False) -> Bridged:
    return app.ask(
        bridge_between, MONDAY, None, measure=Measure.TOTAL, period=rolling(MONDAY), is_growth=is_growth
    )  # fmt: skip


def lines(found: Bridged) -> dict[LineKind, list[str]]:
    return {kind: [one.title for one in moved] for kind, moved in found.moved.items() if moved}


def test_a_list_that_was_taken_back_and_brought_in_mended_is_removed_and_new(app: App, clock: ManualClock) -> None:
    bring_in(app, SOON, SOON)
    app.record(take_snapshot)
    clock.advance(86_400)
    app.do(undo_import, app.ask(batches)[0].batch_id)
    bring_in(app, {**SOON, "Contract_No": "MENDED-1"})
    assert lines(bridged(app)) == {LineKind.REMOVED: ["", ""], LineKind.NEW: ["MENDED-1"]}
    clock.advance(86_400)
    app.record(take_snapshot)
    assert lines(bridged(app)) == {LineKind.REMOVED: ["", ""], LineKind.NEW: ["MENDED-1"]}


def test_growth_that_was_undone_after_the_day_began_is_removed_and_the_next_is_new(
    app: App, clock: ManualClock
) -> None:
    account_id = app.record(factories.account)
    app.do(make_growth, account_id, title="Archive", amount=Decimal(5), close_on=MONDAY + timedelta(days=20))
    app.record(take_snapshot)
    app.undo()
    clock.advance(60)
    app.do(make_growth, account_id, title="Backup", amount=Decimal(7), close_on=MONDAY + timedelta(days=20))
    assert lines(bridged(app, is_growth=True)) == {LineKind.REMOVED: [""], LineKind.NEW: ["Backup"]}


def test_a_renewal_from_salesforce_takes_no_id_of_a_list_that_was_taken_back(app: App, clock: ManualClock) -> None:
    pair = make_pair(app, clock)
    bring_in(app, SOON, SOON)
    app.record(take_snapshot)
    pair.clock.advance(86_400)
    app.do(undo_import, app.ask(batches)[0].batch_id)
    account = pair.org.create("Account", {"Name": "Elm", "OwnerId": pair.org.user_id})
    pair.org.create(
        "Opportunity",
        {"AccountId": account, "Name": "Elm renewal", "StageName": "Prospecting", "CloseDate": "2026-12-15",
         "Amount": 9, "OwnerId": pair.org.user_id},
    )  # fmt: skip
    receipt = pair.sync()
    pair.web.close()
    pair.org.close()
    assert receipt.problem == ""
    assert lines(bridged(app)) == {LineKind.REMOVED: ["", ""], LineKind.NEW: ["Elm renewal"]}
