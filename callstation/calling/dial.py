"""Whether this target may be rung now, and the address that a dialler is given."""

import json
from datetime import date, timedelta

from callstation.calling.gate import GateVerdict, Line
from callstation.calling.hours import default_rules, may_ring
from callstation.calling.phones import dial_uri
from callstation.calling.workdays import is_working_day
from callstation.errors import UserError
from callstation.work import Work
from db.stored import from_micros, to_micros
from db.vocabulary import Purpose

CAP_DAYS = 14
"""The longest span over which attempts on a number are counted (trade.md, Queue)."""


def verdict(work: Work, target_id: int, *, campaign_id: int | None = None) -> GateVerdict:
    """Judge a call to this target now, with the evidence that its log will keep."""
    found = work.row(
        """SELECT t.hours_key, t.phone_id, coalesce(p.is_do_not_call, 0) OR coalesce(c.is_do_not_call, 0),
               p.do_not_call_evidence, p.screened_on, p.zones, a.time_zone, t.due_kind, t.due_at
           FROM call_target t JOIN account a ON a.id = t.account_id LEFT JOIN contact c ON c.id = t.contact_id
           LEFT JOIN phone p ON p.id = t.phone_id WHERE t.id = ?""",
        (target_id,),
    )
    if found is None:
        raise UserError("This account is no longer in the queue.", f"There is no call target {target_id}.", "")
    hours_key, phone_id, is_blocked, evidence, screened_on, of_number, of_address, due_kind, due_at = found
    tried = work.rows(
        "SELECT happened_at FROM activity WHERE phone_id = ? AND happened_at >= ? AND kind = 'call'",
        (phone_id, to_micros(work.now - timedelta(days=CAP_DAYS))),
    )
    ahead = to_micros(work.now + timedelta(minutes=work.settings.look_ahead_min))
    line = Line(
        hours_key,
        " and ".join(name for name, zones in (("number", of_number), ("address", of_address)) if zones),
        bool(is_blocked),
        evidence or "",
        date.fromisoformat(screened_on) if screened_on else None,
        tuple(from_micros(at) for (at,) in tried),
        is_asked=due_kind in ("callback", "promise") and due_at is not None and due_at <= ahead,
    )
    return may_ring(
        line, now=work.now, purpose=purpose_of(work, campaign_id), rules=default_rules(),
        is_working_day=is_working_day, is_24_hour=work.settings.is_24_hour,
    )  # fmt: skip


def evidence_of(judged: GateVerdict, *, reason: str = "") -> str:
    """The evidence as the activity keeps it (JSON); ``reason`` is what the rep typed to open a soft block."""
    return json.dumps({**judged.evidence, **({"reason": reason} if reason else {})}, ensure_ascii=False)


def purpose_of(work: Work, campaign_id: int | None) -> Purpose:
    """What a campaign calls about; outside one, the renewal."""
    found = work.row("SELECT purpose FROM campaign WHERE id = ?", (campaign_id,)) if campaign_id else None
    return Purpose(found[0]) if found else Purpose.RENEWAL


def address(work: Work, target_id: int) -> str:
    """What the dialler is given, rebuilt from the parsed number: a ``tel:`` or ``sip:`` address, or the bare number."""
    found = work.row(
        """SELECT p.e164, (SELECT cp.extension FROM contact_phone cp WHERE cp.phone_id = p.id
               AND cp.contact_id = t.contact_id ORDER BY cp.position LIMIT 1)
           FROM call_target t JOIN phone p ON p.id = t.phone_id WHERE t.id = ?""",
        (target_id,),
    )
    if found is None:
        raise UserError("There is no number to ring.", "This contact has no phone number.", "Add one under People.")
    scheme = work.settings.dial_with
    return str(found[0]) if scheme == "clipboard" else dial_uri(found[0], found[1], scheme)
