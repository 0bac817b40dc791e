"""Our side of a comparison: the values of records as the attributes name them, read many at a time."""

from collections.abc import Callable, Iterator, Sequence

from callstation.accounts.names import MAIN_LINE
from callstation.calling.outcomes import LOSS_REASONS, OUTCOMES
from callstation.documents.kinds import LABELS
from callstation.sync.context import Context
from callstation.sync.growth_out import read_growth
from callstation.sync.quotes_out import read_lines, read_quotes
from callstation.sync.records import PRODUCTS_MAKE, RESTS, Record, closed_day, marks
from callstation.work import Work
from db.vocabulary import (
    LETTERS,
    ActivityKind,
    CallbackKind,
    CallbackStatus,
    Disposition,
    LossReason,
    SyncEntity,
)

CHUNK = 500
SUBJECT = 255


def read_records(work: Work, entity: SyncEntity, ids: Sequence[int], context: Context) -> Iterator[Record]:
    """The records with these ids that there are, in no order."""
    read = _READERS[entity]
    for start in range(0, len(ids), CHUNK):
        yield from read(work, ids[start : start + CHUNK], context)


def _accounts(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    for row in work.rows(
        "SELECT id, uid, crm_id, name, kind, street, city, region, postal_code, country FROM account "
        f"WHERE id IN ({marks(ids)})"
    ):
        names = ("name", "kind", "street", "city", "region", "postal_code", "country")
        yield Record(SyncEntity.ACCOUNT, row[0], row[1], row[2], row[0], row[3], dict(zip(names, row[3:], strict=True)))


def _contacts(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    numbers: dict[int, list[tuple[str, str]]] = {}
    blocked: set[int] = set()
    for contact_id, e164, kind, is_blocked in work.rows(
        "SELECT n.contact_id, p.e164, p.kind, p.is_do_not_call FROM contact_phone n JOIN phone p ON p.id = n.phone_id "
        f"WHERE n.contact_id IN ({marks(ids)}) ORDER BY n.contact_id, n.position, n.id"
    ):
        numbers.setdefault(contact_id, []).append((e164, kind))
        if is_blocked:
            blocked.add(contact_id)
    for contact_id, uid, crm_id, account_id, account, account_crm_id, name, role, email, is_blocked in work.rows(
        "SELECT c.id, c.uid, c.crm_id, a.id, a.name, a.crm_id, c.name, c.role, c.email, c.is_do_not_call "
        f"FROM contact c JOIN account a ON a.id = c.account_id WHERE c.id IN ({marks(ids)})"
    ):
        phone, mobile = phone_and_mobile(numbers.get(contact_id, []))
        values = {
            "name": name, "role": role, "email": email, "phone": phone, "mobile": mobile,
            "is_do_not_call": bool(is_blocked) or contact_id in blocked, "account": account_crm_id,
        }  # fmt: skip
        needs = () if account_crm_id else ((SyncEntity.ACCOUNT, account_id),)
        yield Record(SyncEntity.CONTACT, contact_id, uid, crm_id, account_id, account, values, needs)


def phone_and_mobile(numbers: Sequence[tuple[str, str]]) -> tuple[str | None, str | None]:
    """Which numbers (E.164, kind) of a person are the CRM's Phone and MobilePhone: the first that is surely a mobile,
    and the first other one."""
    mobile = next((e164 for e164, kind in numbers if kind == "mobile"), None)
    phone = next((e164 for e164, _ in numbers if e164 != mobile), None)
    return phone, mobile


def _renewals(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    for row in work.rows(
        "SELECT x.id, x.uid, x.crm_id, a.id, a.name, a.crm_id, x.stage, x.amount, x.currency, "
        f"coalesce(x.close_on, x.due_on), x.closed_at, x.next_step, x.category, k.number, k.crm_id, {PRODUCTS_MAKE} "
        "FROM renewal x JOIN account a ON a.id = x.account_id JOIN contract k ON k.id = x.contract_id "
        f"WHERE x.id IN ({marks(ids)})"
    ):
        stage = row[6]
        close_on = closed_day(context, stage, row[10]) or row[9]
        values = {
            "stage": stage, "amount": row[7], "currency": row[8], "close_on": close_on, "next_step": row[11],
            "category": row[12], "account": row[5], "title": f"{row[4][:80]}, renewal of {row[13]}"[:120],
            "contract": row[14],
            "products_make": row[15],
        }  # fmt: skip
        needs = () if row[5] else ((SyncEntity.ACCOUNT, row[3]),)
        yield Record(SyncEntity.RENEWAL, row[0], row[1], row[2], row[3], row[4], values, needs)


def _activities(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    for row in work.rows(
        "SELECT y.id, y.uid, y.crm_id, a.id, a.name, a.crm_id, y.contact_id, c.crm_id, c.name, y.renewal_id, r.crm_id, "
        f"o.record_id, {RESTS}, y.kind, y.disposition, y.note, y.duration_s, y.happened_on, y.loss_reason, "
        "y.competitor "
        "FROM activity y JOIN account a ON a.id = y.account_id LEFT JOIN contact c ON c.id = y.contact_id "
        "LEFT JOIN renewal r ON r.id = y.renewal_id "
        "LEFT JOIN outbox_entry o ON o.entity = 'renewal' AND o.record_id = y.renewal_id AND o.state <> 'refused' "
        f"WHERE y.id IN ({marks(ids)})"
    ):
        activity_id, uid, crm_id, account_id, account, account_crm, contact_id, contact_crm, contact, *renewal = row[
            :13
        ]
        kind, disposition, note, duration_s, happened_on, loss, competitor = row[13:]
        label = OUTCOMES[Disposition(disposition)].label if disposition else ""
        is_call = kind == "call"
        words = [note]
        if loss:
            words.append(f"Reason: {LOSS_REASONS[LossReason(loss)]}.")
        if competitor:
            words.append(f"Competitor: {competitor}.")
        who, what, needs = _about(
            account_id,
            account_crm,
            contact_id,
            contact_crm,
            contact,
            *renewal,
        )
        values = {
            "who": who, "what": what, "marker": context.marker(uid), "is_call": is_call,
            "subject": subject_of(ActivityKind(kind), label, note), "note": "\n".join(part for part in words if part),
            "happened_on": happened_on, "duration": duration_s, "disposition": label, "status": "Completed",
            "subtype": is_call,
        }  # fmt: skip
        yield Record(SyncEntity.ACTIVITY, activity_id, uid, crm_id, account_id, account, values, needs)


def subject_of(kind: ActivityKind, label: str, note: str) -> str:
    """What a task is called: by the outcome of a call, else by how the words of what it is begin."""
    if kind is ActivityKind.CALL:
        return f"Call: {label}"
    words = " ".join(note.split("\n", 1)[0].split())
    if kind is ActivityKind.QUOTE:
        words = words.partition(": ")[0] or "Quote"
    elif kind is ActivityKind.DOCUMENT:
        words = f"{'Letter' if words.startswith(_LETTERS) else 'Document'}: {words}"
    elif kind is ActivityKind.CLOSING:
        words = f"Closing {words}"
    elif kind is ActivityKind.PIPELINE:
        words = words.partition(": ")[0] or "Growth"
    else:
        return "Note"
    return words[:SUBJECT].rstrip(" .:")


def _callbacks(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    for row in work.rows(
        "SELECT b.id, b.uid, b.crm_id, a.id, a.name, a.crm_id, c.id, c.crm_id, c.name, r.id, r.crm_id, "
        f"o.record_id, {RESTS}, b.kind, b.status, b.due_at, b.note "
        "FROM callback b JOIN call_target t ON t.id = b.target_id JOIN account a ON a.id = t.account_id "
        "LEFT JOIN activity y ON y.id = b.activity_id LEFT JOIN contact c ON c.id = coalesce(y.contact_id, "
        "t.contact_id) LEFT JOIN renewal r ON r.id = y.renewal_id "
        "LEFT JOIN outbox_entry o ON o.entity = 'renewal' AND o.record_id = r.id AND o.state <> 'refused' "
        f"WHERE b.id IN ({marks(ids)})"
    ):
        kind, status = CallbackKind(row[13]), row[14]
        who, what, needs = _about(row[3], row[5], row[6], row[7], *row[8:13])
        values = {
            "who": who, "what": what, "marker": context.marker(row[1]), "note": row[16], "due_at": row[15],
            "subject": f"{_OWED[kind]}: {row[4]}"[:SUBJECT], "is_done": status == CallbackStatus.DONE.value,
        }  # fmt: skip
        is_gone = status == CallbackStatus.CANCELLED.value
        yield Record(SyncEntity.CALLBACK, row[0], row[1], row[2], row[3], row[4], values, needs, is_gone)


_LETTERS = tuple(LABELS[kind] for kind in LETTERS)
_OWED = {CallbackKind.CALLBACK: "Call back", CallbackKind.PROMISE: "Promise", CallbackKind.FOLLOW_UP: "Follow up"}


def _about(
    account_id: int, account_crm: str | None, contact_id: int | None, contact_crm: str | None, contact: str | None,
    renewal_id: int | None, renewal_crm: str | None, renewal_waits: int | None, contact_rests: int | None,
) -> tuple[str | None, str | None, tuple[tuple[SyncEntity, int], ...]]:  # fmt: skip
    """(who, what, what has to be there first): the person, and the opportunity or else the account.

    A main line is nobody there, nor is a person who is kept back or was refused; a renewal that has no opportunity
    and no change of its own is told of as its account.
    """
    needs = []
    if account_crm is None:
        needs.append((SyncEntity.ACCOUNT, account_id))
    if contact_id is not None and contact_crm is None and contact != MAIN_LINE and contact_rests is None:
        needs.append((SyncEntity.CONTACT, contact_id))
    if renewal_id is not None and renewal_crm is None and renewal_waits is not None:
        needs.append((SyncEntity.RENEWAL, renewal_id))
    return contact_crm, renewal_crm or account_crm, tuple(needs)


_READERS: dict[SyncEntity, Callable[[Work, Sequence[int], Context], Iterator[Record]]] = {
    SyncEntity.ACCOUNT: _accounts,
    SyncEntity.CONTACT: _contacts,
    SyncEntity.RENEWAL: _renewals,
    SyncEntity.GROWTH: read_growth,
    SyncEntity.QUOTE: read_quotes,
    SyncEntity.QUOTE_LINE: read_lines,
    SyncEntity.ACTIVITY: _activities,
    SyncEntity.CALLBACK: _callbacks,
}
