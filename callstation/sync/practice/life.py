"""What happens in the practice org while the rep works: a colleague's changes, one of them against the rep's own."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from callstation.renewals.renewals import change_renewal
from callstation.sync.context import fact, keep_fact
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.inside import connect_inside, open_inside, open_org
from callstation.sync.practice.org import Org
from callstation.sync.practice.told import keep_told
from callstation.sync.run import Report, quiet
from callstation.sync.syncing import sync
from callstation.work import Work

if TYPE_CHECKING:
    from callstation.app import App

COLLEAGUE = "Dana Cole"
_CASES = ("Two users cannot sign in since the update", "The invoice names the old company", "Asks for a data export")
_ROUNDS = "practice.rounds"
_LEAST = 3
"""How many renewals a round is about."""
_PICKED = """
    SELECT r.id, a.name, r.crm_id, coalesce(r.close_on, r.due_on), a.crm_id,
           (SELECT iif(count(*) > 1, max(c.id), NULL) FROM contact c
            WHERE c.account_id = a.id AND c.is_active AND c.crm_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM outbox_entry o WHERE o.entity = 'contact' AND o.record_id = c.id))
    FROM renewal r JOIN account a ON a.id = r.account_id
    WHERE r.crm_id IS NOT NULL AND a.crm_id IS NOT NULL AND r.closed_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM outbox_entry o WHERE o.entity = 'renewal' AND o.record_id = r.id)
      AND NOT EXISTS (SELECT 1 FROM sync_conflict s WHERE s.entity = 'renewal' AND s.record_id = r.id)
    ORDER BY r.due_on < ?, r.due_on, r.id"""


def practise(app: "App", *, report: Report = quiet) -> tuple[str, ...]:
    """Connect the practice book to its org, bring both in step once, then let something happen on both sides.

    What happened, a sentence each; the next sync shows it. The same book always meets the same events. ``UserError``
    where the book belongs to another org, or no renewal is left to play with.
    """
    from callstation.errors import UserError

    report(0, 3, "Making the practice org")
    made = connect_inside(app)
    picked = app.ask(_pick)
    if not picked:
        report(1, 3, "The first sync")
        client = open_inside(app)
        try:
            receipt = sync(app, client, made.user_id)
        finally:
            client.close()
        if receipt.problem:
            raise UserError("The first sync did not end well.", receipt.problem, "Try again.")
        picked = app.ask(_pick)
    if len(picked) < _LEAST:
        raise UserError("There is nothing left to practise on.", "Nearly every renewal is closed or waits to be sent.",
                        "Sync first, then practise again.")  # fmt: skip
    report(2, 3, "A colleague at work")
    number = int(app.ask(fact, _ROUNDS) or 0)
    start = number * _LEAST % len(picked)
    turned = [*picked[start:], *picked[:start]]
    with open_org(app) as org, org.transaction():
        told = _colleague(app, org, turned, number)
    told = (*_own(app, turned), *told)
    app.record(keep_fact, _ROUNDS, str(number + 1))
    app.record(keep_told, told)
    return told


Picked = tuple[int, str, str, str, str, int | None]
"""Renewal id, account, opportunity, its day, the account's CRM id, one of its people where it has several."""


def _pick(work: Work) -> list[Picked]:
    return [tuple(row) for row in work.rows(_PICKED, (work.today.isoformat(),))]


def _own(app: "App", turned: list[Picked]) -> tuple[str, ...]:
    """What the rep might have done: a day that the colleague moves too, and a next step that nobody contests."""
    disputed, _, plain = turned[:_LEAST]
    moved = date.fromisoformat(disputed[3]) - timedelta(days=3)
    app.do(change_renewal, disputed[0], close_on=moved)
    app.do(change_renewal, plain[0], next_step="Send the two-year price")
    return (
        f"Here the renewal of {disputed[1]} was moved to {_day(app, moved)}.",
        f"Here {plain[1]} got a next step: send the two-year price.",
    )


def _colleague(app: "App", org: Org, turned: list[Picked], number: int) -> tuple[str, ...]:
    """What the colleague does in the org."""
    disputed, troubled, _ = turned[:_LEAST]
    told = []
    with org.acting_as(_user(org)):
        moved = date.fromisoformat(disputed[3]) + timedelta(days=7)
        org.update("Opportunity", disputed[2], {"CloseDate": moved.isoformat()})
        told.append(f"{COLLEAGUE} moved the same renewal of {disputed[1]} to {_day(app, moved)} there.")
        for _, account, _, _, _, contact_id in turned[_LEAST:]:
            contact = app.ask(_contact, contact_id)
            if contact is not None:
                _delete(org, contact[1])
                told.append(f"{COLLEAGUE} deleted the contact {contact[0]} of {account} there.")
                break
        offered = app.ask(_offered)
        if offered is not None:
            org.update("Quote", offered[2], {"Status": "Accepted"})
            told.append(f"{COLLEAGUE} wrote down there that {offered[1]} said yes to {offered[0]}.")
        subject = _CASES[number % len(_CASES)]
        org.create("Case", {"AccountId": troubled[4], "Subject": subject, "Origin": "Phone"})
        told.append(f"{troubled[1]} opened a case there: {subject}.")
    return tuple(told)


def _contact(work: Work, contact_id: int | None) -> tuple[Any, ...] | None:
    return work.row("SELECT name, crm_id FROM contact WHERE id = ?", (contact_id,))


def _offered(work: Work) -> tuple[Any, ...] | None:
    """A quote that stands there and waits for its answer: its name, its account, its CRM id."""
    return work.row(
        "SELECT q.number || ' v' || q.version, a.name, q.crm_id FROM quote q JOIN account a ON a.id = q.account_id "
        "WHERE q.status = 'sent' AND q.crm_id NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox_entry o "
        "WHERE o.entity = 'quote' AND o.record_id = q.id) ORDER BY q.id LIMIT 1"
    )


def _delete(org: Org, contact_id: str) -> None:
    try:
        org.delete("Contact", contact_id)
    except OrgError as error:
        if error.code != "NOT_FOUND":
            raise


def _user(org: Org) -> str:
    """The colleague's user id, made at the first time."""
    found = org.query("SELECT Id FROM User WHERE Username = 'dana@practice.example'").records
    if found:
        return str(found[0]["Id"])
    first, last = COLLEAGUE.split()
    return org.create(
        "User",
        {"Username": "dana@practice.example", "FirstName": first, "LastName": last, "Alias": "dcole",
         "Email": "dana@practice.example", "TimeZoneSidKey": "America/New_York", "LocaleSidKey": "en_US",
         "EmailEncodingKey": "UTF-8", "LanguageLocaleKey": "en_US", "IsActive": True,
         "ProfileId": "00e000000000001AAA"},
    )  # fmt: skip


def _day(app: "App", day: date) -> str:
    from babel.dates import format_date

    return str(format_date(day, "d MMM", locale=app.settings.language))
