"""Call targets: one person at one account for all their contracts, kept in step with accounts, numbers and renewals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from callstation.calling.head import QUEUE_BUILT_ON
from callstation.calling.open_hours import make_hours_key
from callstation.calling.queue import TO_CLOSE
from callstation.work import Work
from db.nouns import CallTarget, Renewal
from db.stored import from_micros, from_units, to_micros
from db.vocabulary import CallbackKind, TargetState

CHASE_DAYS = 3
"""A won contract that is not complete comes back so many days after the last call, when nothing else is owed."""
FIRST_CALL_DAYS = 120
"""The first call of the cadence; before it only the touch points of the year are due (trade.md, Cadence)."""
TOUCH_POINT_DAYS = (330, 240, 180)

_PEOPLE = """
    SELECT account_id, contact_id, phone_id, zones, time_zone, country, region, is_blocked, is_dead FROM (
        SELECT c.account_id, c.id AS contact_id, p.id AS phone_id, coalesce(p.zones, '') AS zones, a.time_zone,
               coalesce(p.region, a.country, '') AS country, CASE WHEN p.region IS NULL OR p.region = a.country
               THEN coalesce(a.region, '') ELSE '' END AS region,
               c.is_do_not_call OR coalesce(p.is_do_not_call, 0) AS is_blocked,
               coalesce(p.status = 'dead', 1) AS is_dead,
               row_number() OVER (PARTITION BY c.account_id ORDER BY
                   c.is_do_not_call OR coalesce(p.is_do_not_call, 0), p.id IS NULL, p.status = 'dead',
                   NOT c.is_decision_maker, cp.position, c.id, p.id) AS place
        FROM contact c JOIN account a ON a.id = c.account_id
        LEFT JOIN contact_phone cp ON cp.contact_id = c.id LEFT JOIN phone p ON p.id = cp.phone_id
        WHERE c.is_active {scope}) WHERE place = 1"""
_RENEWALS = """
    SELECT r.id, r.account_id, k.partner_id, r.target_id, r.due_on, r.amount, r.currency, r.stage
    FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE r.closed_at IS NULL {scope} ORDER BY r.due_on, r.id"""
_TARGETS = """
    SELECT id, account_id, contact_id, phone_id, hours_key, next_expiry_on, amount, currency, renewal_count, stage
    FROM call_target {scope}"""


@dataclass(frozen=True, slots=True)
class _Person:
    contact_id: int | None = None
    phone_id: int | None = None
    hours_key: str = ""
    is_blocked: bool = False
    is_reachable: bool = False


def refresh_targets(work: Work, account_ids: Iterable[int] | None = None) -> int:
    """Bring call targets in step with what is known; the number of targets made or changed.

    With ``account_ids`` (customers or partners) only what concerns those, as part of the user's action and undone
    with it; without, the whole book as derived data.
    """
    customers, scope = (None, None) if account_ids is None else _concerned(work, set(account_ids))
    people = _people(work, scope)
    groups: dict[int, list[tuple[Any, ...]]] = {}
    moved: list[tuple[int, int]] = []
    for renewal in work.rows(_scoped(work, _RENEWALS, "AND r.account_id IN {ids}", customers)):
        partner = renewal[2]
        caller = partner if partner in people and people[partner].is_reachable else renewal[1]
        groups.setdefault(caller, []).append(renewal)
    if customers is not None and scope is not None:  # a partner's target also covers customers not looked at here
        _add_rest(work, groups, customers, scope)
    existing = {row[1]: row for row in work.rows(_scoped(work, _TARGETS, "WHERE account_id IN {ids}", scope))}
    changed: list[int] = []
    fresh: list[tuple[int, dict[str, Any]]] = []
    for account_id, renewals in groups.items():
        wanted = _wanted(people.get(account_id, _Person()), renewals)
        row = existing.pop(account_id, None)
        if row is None:
            fresh.append((account_id, wanted))
        elif tuple(wanted.values()) != row[2:]:
            _write(work, row[0], wanted, is_journaled=scope is not None)
            changed.append(row[0])
    for account_id, row in existing.items():  # nothing left to renew there
        wanted = _wanted(people.get(account_id, _Person()), [])
        if tuple(wanted.values()) != row[2:]:
            _write(work, row[0], wanted, is_journaled=scope is not None)
            changed.append(row[0])
    made = _make(work, fresh, is_journaled=scope is not None)
    if made:  # who is new has no place in the order of the day yet
        forget_order(work)
    targets = {row[1]: row[0] for row in work.rows(_scoped(work, _TARGETS, "WHERE account_id IN {ids}", scope))}
    for account_id, renewals in groups.items():
        moved += [(targets[account_id], renewal[0]) for renewal in renewals if renewal[3] != targets[account_id]]
    if scope is None:
        work.raw.executemany("UPDATE renewal SET target_id = ? WHERE id = ?", moved)
    else:
        for target_id, renewal_id in moved:
            work.update(Renewal, renewal_id, target_id=target_id)
    settle_many(work, [*changed, *made], is_journaled=scope is not None)
    return len(changed) + len(made)


def forget_order(work: Work) -> None:
    """Let the order of the day be made anew."""
    work.derive("DELETE FROM store_fact WHERE name = ?", (QUEUE_BUILT_ON,))


def settle(work: Work, target_id: int) -> None:
    """Work out anew where one target stands: its state and its minute."""
    settle_many(work, [target_id], is_journaled=True)


def settle_many(work: Work, target_ids: list[int], *, is_journaled: bool) -> None:
    """``settle`` for many; a retry or snooze that still lies ahead is kept."""
    wanted = set(target_ids)
    some = f"WHERE t.id IN {_list(wanted)}" if len(wanted) <= 500 else ""
    owed = "FROM callback b WHERE b.target_id = t.id AND b.status = 'open' ORDER BY b.due_at LIMIT 1"
    rows = work.rows(
        f"""SELECT t.id, t.state, t.due_at, t.due_kind, t.renewal_count, t.next_expiry_on, t.called_on, t.phone_id,
               coalesce(c.is_do_not_call, 0) OR coalesce(p.is_do_not_call, 0), coalesce(p.status = 'dead', 1),
               (SELECT b.due_at {owed}), (SELECT b.kind {owed}), {TO_CLOSE} IS NOT NULL
            FROM call_target t LEFT JOIN contact c ON c.id = t.contact_id
            LEFT JOIN phone p ON p.id = t.phone_id {some}"""
    )
    bulk = []
    for row in rows:
        if row[0] not in wanted:
            continue
        state, due_at, kind = _settled(work, row)
        if (state.value, due_at, kind) == row[1:4]:
            continue
        if is_journaled:
            moment = None if due_at is None else from_micros(due_at)
            work.update(CallTarget, row[0], state=state, due_at=moment, due_kind=kind)
        else:
            bulk.append((state.value, due_at, kind, row[0]))
    if bulk:
        work.raw.executemany("UPDATE call_target SET state = ?, due_at = ?, due_kind = ? WHERE id = ?", bulk)


def first_due_on(expiry_on: date, today: date) -> date:
    """The day from which a contract is worth a call: its next touch point, and every day from the first call on."""
    left = (expiry_on - today).days
    if left <= FIRST_CALL_DAYS:
        return today
    return min(expiry_on - timedelta(days=days) for days in (*TOUCH_POINT_DAYS, FIRST_CALL_DAYS) if days <= left)


def day_starts_at(work: Work, on: date) -> datetime:
    """The moment the rep's day begins."""
    return datetime.combine(on, time(work.settings.day_turns_at_hour), work.settings.zone)


def _settled(work: Work, row: tuple[Any, ...]) -> tuple[TargetState, int | None, str | None]:
    (_, state, due_at, kind, count, expiry, called_on, phone_id, is_blocked, is_dead, callback_at, callback_kind,
     is_to_close) = row  # fmt: skip
    if is_blocked:
        return TargetState.BLOCKED, None, "do_not_call"
    if callback_at is not None and not (count and _is_follow_up_ahead(work, callback_at, callback_kind)):
        return TargetState.TIMED, callback_at, callback_kind
    if not count and not is_to_close:
        return TargetState.FINISHED, None, None
    if phone_id is None or is_dead:
        return TargetState.BLOCKED, None, "no_number"
    is_today = called_on == work.today.isoformat()
    is_held = due_at is not None and kind in ("retry", "snooze", "skip")
    if is_held and (due_at > to_micros(work.now) or is_today or kind == "snooze"):
        return TargetState(state), due_at, kind
    if count:
        due_on = first_due_on(date.fromisoformat(expiry), work.today)
    else:
        called = date.fromisoformat(called_on) if called_on else None
        due_on = work.today if called is None else max(work.today, called + timedelta(days=CHASE_DAYS))
    if due_on > work.today and is_held:  # overdue, and no touch point is near to bring it back: it stays due
        return TargetState(state), due_at, kind
    if is_today:
        due_on = max(due_on, work.today + timedelta(days=1))
    if due_on > work.today:
        return TargetState.RESTING, to_micros(day_starts_at(work, due_on)), "cadence"
    return TargetState.READY, None, None


def _is_follow_up_ahead(work: Work, due_at: int, kind: str) -> bool:
    """Whether it is a check-in or win-back of another day, which holds up no contract that came in since."""
    tomorrow = day_starts_at(work, work.today + timedelta(days=1))
    return kind == CallbackKind.FOLLOW_UP and due_at >= to_micros(tomorrow)


def _people(work: Work, scope: set[int] | None) -> dict[int, _Person]:
    return {
        row[0]: _Person(
            row[1],
            row[2],
            make_hours_key(row[5], row[6], _zones(row[3], row[4])),
            is_blocked=bool(row[7]),
            is_reachable=not row[7] and not row[8],
        )
        for row in work.rows(_scoped(work, _PEOPLE, "AND c.account_id IN {ids}", scope))
    }  # fmt: skip


def _zones(of_number: str, of_address: str | None) -> tuple[str, ...]:
    """Every zone the person may be in: the number's, and the address's where it is known (trade.md: intersection)."""
    zones = {zone for zone in of_number.split(",") if zone}
    return tuple(sorted(zones | ({of_address} if of_address else set())))


def _wanted(person: _Person, renewals: list[tuple[Any, ...]]) -> dict[str, Any]:
    """What a target's row should hold, in stored values and the order of ``_TARGETS``."""
    first = renewals[0] if renewals else None
    currency = first[6] if first else None
    amounts = [renewal[5] for renewal in renewals if renewal[5] is not None and renewal[6] == currency]
    return {
        "contact_id": person.contact_id,
        "phone_id": person.phone_id,
        "hours_key": person.hours_key,
        "next_expiry_on": first[4] if first else None,
        "amount": sum(amounts) if amounts else None,
        "currency": currency,
        "renewal_count": len(renewals),
        "stage": first[7] if first else None,
    }


def _write(work: Work, target_id: int, stored: dict[str, Any], *, is_journaled: bool) -> None:
    if is_journaled:
        work.update(CallTarget, target_id, **_unstored(stored))
    else:
        work.derive(
            f"UPDATE call_target SET {', '.join(f'{column} = ?' for column in stored)} WHERE id = ?",
            (*stored.values(), target_id),
        )


def _make(work: Work, fresh: list[tuple[int, dict[str, Any]]], *, is_journaled: bool) -> list[int]:
    if is_journaled:
        return [
            work.insert(CallTarget, account_id=account_id, state=TargetState.READY, **_unstored(stored))
            for account_id, stored in fresh
        ]
    top = work.rows("SELECT coalesce(max(id), 0) FROM call_target")[0][0]
    ids = list(range(top + 1, top + 1 + len(fresh)))
    work.raw.executemany(
        """INSERT INTO call_target (id, account_id, contact_id, phone_id, hours_key, next_expiry_on, amount, currency,
               renewal_count, stage, state, rank, score, parts, attempts, missed_in_a_row)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ready', 0, 0, '', 0, 0)""",
        ((one, account_id, *stored.values()) for one, (account_id, stored) in zip(ids, fresh, strict=True)),
    )
    return ids


def _unstored(stored: dict[str, Any]) -> dict[str, Any]:
    """The same values as ``Work.insert`` and ``Work.update`` take them."""
    expiry, amount = stored["next_expiry_on"], stored["amount"]
    return {
        **stored,
        "next_expiry_on": date.fromisoformat(expiry) if expiry else None,
        "amount": from_units(amount) if isinstance(amount, int) else Decimal(amount) if amount else None,
    }


def _concerned(work: Work, account_ids: set[int]) -> tuple[set[int], set[int]]:
    """(whose contracts, whose targets): these accounts and who buys through them; and all who are called for those."""
    ids = _list(account_ids)
    customers = account_ids | {
        one for (one,) in work.rows(f"SELECT account_id FROM contract WHERE partner_id IN {ids}")
    }
    ids = _list(customers)
    partners = work.rows(f"SELECT partner_id FROM contract WHERE partner_id IS NOT NULL AND account_id IN {ids}")
    callers = work.rows(  # a contract that moved leaves its old caller behind
        "SELECT t.account_id FROM renewal r JOIN call_target t ON t.id = r.target_id "
        f"WHERE r.closed_at IS NULL AND r.account_id IN {ids}"
    )
    return customers, customers | {one for (one,) in (*partners, *callers)}


def _add_rest(work: Work, groups: dict[int, list[tuple[Any, ...]]], customers: set[int], scope: set[int]) -> None:
    for row in work.rows(
        "SELECT r.id, r.account_id, k.partner_id, r.target_id, r.due_on, r.amount, r.currency, r.stage, t.account_id "
        "FROM call_target t JOIN renewal r ON r.target_id = t.id JOIN contract k ON k.id = r.contract_id "
        f"WHERE t.account_id IN {_list(scope)} AND r.account_id NOT IN {_list(customers)} AND r.closed_at IS NULL"
    ):
        groups.setdefault(row[8], []).append(row[:8])
        groups[row[8]].sort(key=lambda renewal: (renewal[4], renewal[0]))


def _scoped(work: Work, sql: str, condition: str, scope: set[int] | None) -> str:
    return sql.format(scope="" if scope is None else condition.format(ids=_list(scope)))


def _list(ids: set[int]) -> str:
    return f"({', '.join(str(int(one)) for one in sorted(ids))})"
