"""Everything the desk shows of one call target, read in one go."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from callstation.accounts.card import Number, Person, people_of
from callstation.accounts.timeline import TimelineEntry, timeline
from callstation.calling import dial
from callstation.calling.business_time import BusinessTime
from callstation.calling.calls import next_for
from callstation.calling.campaigns import keys_of, talk_track_of
from callstation.calling.clock_words import time_words, zone_place
from callstation.calling.day import is_small
from callstation.calling.gate import GateVerdict
from callstation.calling.open_hours import read_hours_key
from callstation.calling.outcomes import OUTCOMES, Needs, OutcomeKey
from callstation.calling.plan import Plan, plan_of
from callstation.calling.queue import TO_CLOSE
from callstation.calling.queue_words import CALLS_BEFORE_LEECH, Chip, chip_of
from callstation.calling.there import their_time
from callstation.errors import UserError
from callstation.quotes.cards import QuoteRow
from callstation.quotes.on_desk import OrderLine, Selling, order_words, quote_words, selling
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import Disposition

HISTORY_ROWS = 12
MOST_CASES = 5


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """One contract that is up for renewal. ``products`` in words: "Endpoint Security, 90 seats"."""

    renewal_id: int
    number: str
    account_id: int
    account: str
    products: str
    quantity: int | None
    amount: Decimal | None
    currency: str
    starts_on: date | None
    due_on: date
    days: int
    stage: str
    order_number: str | None
    """Of the order that renews it, once it is known; else of the one that bought it."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is owed or odd: ``icon`` names an icon, ``kind`` is info, ok, warn, bad or mute."""

    kind: str
    icon: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One outcome key: what it is called here, and what pressing it leads to."""

    digit: int
    disposition: Disposition
    label: str
    consequence: str
    needs: Needs


@dataclass(frozen=True, slots=True)
class Card:
    """One call target, whole."""

    target_id: int
    account_id: int
    account: str
    is_partner: bool
    place: str
    """The city of the address, else of the time zone; where the local time is."""
    their_zone: str | None
    """The IANA zone in which times are agreed; None when unknown."""
    there: BusinessTime
    """When they work, for the presets and typed times of the strip."""
    contact_id: int | None
    contact: str
    role: str
    number: Number | None
    verdict: GateVerdict
    chip: Chip | None
    last: TimelineEntry | None
    """The last time something was said."""
    draft: str
    ticked: tuple[int, ...]
    talk_track: tuple[str, ...]
    keys: tuple[KeyLine, ...]
    amount: Decimal | None
    currency: str
    days: int | None
    renewals: tuple[RenewalLine, ...]
    quotes: tuple[QuoteRow, ...]
    """Those that can still be answered or changed, the newest first: its total is the proposed price."""
    closing: tuple[OrderLine, ...]
    """Its renewals that are to close, with what is missing."""
    people: tuple[Person, ...]
    open_items: tuple[Open, ...]
    plan: Plan | None
    """The cadence of the contract that ends first."""
    history: tuple[TimelineEntry, ...]
    due_at: datetime | None
    score: float


def read_card(work: Work, target_id: int, *, campaign_id: int | None = None) -> Card:
    """The whole of one target. ``UserError`` where it is gone."""
    found = work.row(
        f"""SELECT t.account_id, a.name, a.kind, a.city, t.contact_id, t.phone_id, t.hours_key, t.state, t.due_at,
               t.due_kind, t.next_expiry_on, t.stage, t.amount, t.currency, t.missed_in_a_row, t.score,
               d.text, d.ticked, a.time_zone, {TO_CLOSE}
           FROM call_target t JOIN account a ON a.id = t.account_id LEFT JOIN note_draft d ON d.id = t.id
           WHERE t.id = ?""",
        (target_id,),
    )
    if found is None:
        raise UserError(
            "This account is no longer in the queue.", f"There is no call target {target_id}.", "Reload the queue."
        )
    (account_id, account, kind, city, contact_id, phone_id, hours_key, state, due, due_kind, expiry, stage, amount,
     currency, missed, score, draft, ticked, own_zone, closed_steps) = found  # fmt: skip
    people = people_of(work, account_id)
    person = next((one for one in people if one.contact_id == contact_id), None)
    number = next((one for one in person.numbers if one.phone_id == phone_id), None) if person else None
    renewals, sold = _renewals(work, target_id), selling(work, target_id, account_id)
    history = tuple(timeline(work, account_id, limit=HISTORY_ROWS))
    zone = own_zone or next(iter(read_hours_key(hours_key)[2]), None)
    due_at = None if due is None else from_micros(due)
    days = (date.fromisoformat(expiry) - work.today).days if expiry else None
    clock = time_words(due_at.astimezone(work.settings.zone), is_24_hour=work.settings.is_24_hour) if due_at else ""
    return Card(
        target_id=target_id, account_id=account_id, account=account, is_partner=kind == "partner",
        place=city or (zone_place(zone) if zone else ""), their_zone=zone, there=their_time(work.settings, hours_key),
        contact_id=contact_id,
        contact=person.name if person else "", role=_role(person), number=number,
        verdict=dial.verdict(work, target_id, campaign_id=campaign_id),
        chip=chip_of(state, due_kind, clock, due_at is not None and due_at <= work.now, days, stage, closed_steps),
        last=next((entry for entry in history if entry.words), None),
        draft=draft or "", ticked=tuple(int(one) for one in (ticked or "").split(",") if one),
        talk_track=talk_track_of(work, campaign_id, renewals[0].quantity if renewals else None),
        keys=tuple(_key_line(work, key, hours_key, phone_id) for key in keys_of(work, campaign_id)),
        amount=None if amount is None else from_units(amount), currency=currency or "", days=days, renewals=renewals,
        quotes=sold.quotes, closing=sold.orders, people=people,
        open_items=(*_open_items(work, target_id, missed, renewals, sold), *_open_cases(work, account_id)),
        plan=plan_of(work, target_id, is_small=is_small(work, amount, currency or "")), history=history,
        due_at=due_at, score=score,
    )  # fmt: skip


def _role(person: Person | None) -> str:
    if person is None:
        return ""
    return ", ".join(part for part in (person.role, "decision maker" if person.is_decision_maker else "") if part)


def _key_line(work: Work, key: OutcomeKey, hours_key: str, phone_id: int | None) -> KeyLine:
    """What a key leads to: the very sentence that logging it will say, where it asks for nothing more."""
    outcome = OUTCOMES[key.disposition]
    words = outcome.next_words
    if outcome.needs is Needs.NOTHING and not outcome.is_final:
        words = next_for(work, outcome, hours_key, phone_id).words
    return KeyLine(key.digit, key.disposition, key.label, words, outcome.needs)


def _renewals(work: Work, target_id: int) -> tuple[RenewalLine, ...]:
    rows = work.rows(
        """SELECT r.id, k.number, r.account_id, a.name, r.quantity, r.amount, r.currency, k.starts_on, r.due_on,
               r.stage, coalesce((SELECT m.words FROM closing_mark m WHERE m.renewal_id = r.id
                                  AND m.step = 'order_number'), k.order_number),
               (SELECT group_concat(p.name, ', ') FROM contract_line l
                JOIN product p ON p.id = l.product_id WHERE l.contract_id = k.id)
           FROM renewal r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
           WHERE r.target_id = ? AND r.closed_at IS NULL ORDER BY r.due_on, r.id LIMIT 100""",
        (target_id,),
    )
    return tuple(
        RenewalLine(
            row[0], row[1], row[2], row[3], row[11] or "", row[4],
            None if row[5] is None else from_units(row[5]), row[6],
            date.fromisoformat(row[7]) if row[7] else None, date.fromisoformat(row[8]),
            (date.fromisoformat(row[8]) - work.today).days, row[9], row[10],
        )
        for row in rows
    )  # fmt: skip


def _open_items(
    work: Work, target_id: int, missed_in_a_row: int, renewals: tuple[RenewalLine, ...], sold: Selling
) -> tuple[Open, ...]:
    """What is owed to this person, and what stands in the way of reaching them."""
    is_24_hour = work.settings.is_24_hour
    items = []
    for kind, due, note in work.rows(
        "SELECT kind, due_at, note FROM callback WHERE target_id = ? AND status = 'open' ORDER BY due_at", (target_id,)
    ):
        local = from_micros(due).astimezone(work.settings.zone)
        title = {"callback": "Callback agreed", "promise": "Promised"}.get(kind, "Follow-up planned")
        when = f"{local:%a} {local.day} {local:%b}, {time_words(local, is_24_hour=is_24_hour)}"
        late = from_micros(due) < work.now
        items.append(Open("warn" if late else "info", "clock", title, f"{when}. {note}".strip()))
    if missed_in_a_row >= CALLS_BEFORE_LEECH:
        items.append(
            Open("bad", "phone-missed", f"Missed {missed_in_a_row} times in a row",
                 "Try the switchboard, an e-mail, or their partner.")
        )  # fmt: skip
    for order in sold.orders:
        kind, title, words = order_words(order)
        items.append(Open(kind, "list-checks", title, words))
    for quote in sold.quotes:
        kind, title, words = quote_words(quote)
        items.append(Open(kind, "file-text", title, words))
    if not sold.quotes and any(renewal.stage == "quoted" for renewal in renewals):
        items.append(Open("info", "file-text", "Quote sent", "Ask whether they have read it."))
    return tuple(items)


def _open_cases(work: Work, account_id: int) -> list[Open]:
    """The account's open cases in the CRM, as they were last read."""
    found = []
    for (fields,) in work.rows(
        "SELECT m.fields FROM account a JOIN crm_record m ON m.sobject = 'Case' AND m.parent_id = a.crm_id "
        "WHERE a.id = ? ORDER BY m.stamp DESC LIMIT ?",
        (account_id, MOST_CASES),
    ):
        case = json.loads(fields)
        if not case.get("IsClosed"):
            words = ", ".join(str(case[name]) for name in ("Subject", "Status") if case.get(name))
            kind = "warn" if case.get("Priority") == "High" else "info"
            found.append(Open(kind, "life-buoy", f"Case {case.get('CaseNumber') or ''}".strip(), words))
    return found
