"""What the Sync page shows: four numbers, what needs the rep, what waits, and what was done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from callstation.sync import emptying
from callstation.sync.attribute import Attribute
from callstation.sync.attributes import ATTRIBUTES
from callstation.sync.connection import Connection, connection
from callstation.sync.describing import Title, title_of
from callstation.sync.failures import NOT_IN_CRM, Mend, say
from callstation.sync.incomplete import CHECKED, words_of
from callstation.sync.mending import account_of
from callstation.sync.quote_lines import LINE_CODES, refused_together
from callstation.sync.receipt import Receipt, last_whole_at, receipts, sent_since
from callstation.sync.records import marks
from callstation.sync.standing import attention_count, offline_since
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import ConflictKind, OutboxState, SyncEntity

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Overview:
    """The head of the page."""

    waiting: int
    """Changes that will go with the next sync, those in doubt included."""
    held: int
    attention: int
    sent_this_week: int
    last_whole_at: datetime | None
    oldest_at: datetime | None
    """When the oldest waiting change was made."""
    connection: Connection | None
    last: Receipt | None
    offline_since: datetime | None
    """When the first of the last syncs ended that found no network."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Something the rep decides or mends: ``conflict_id`` for a decision, else what was refused."""

    entity: SyncEntity | None
    record_id: int
    conflict_id: int | None
    account_id: int | None
    title: str
    sentence: str
    small: str
    """The raw code and that nothing is lost."""
    mends: tuple[Mend | str, ...]
    """Two: ``Mend`` for a refused change; "keep_mine" and "use_theirs"; "take_over" where a pull asks."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change on its way out."""

    entity: SyncEntity
    record_id: int
    title: Title
    marked_at: datetime
    state: OutboxState
    warning: str = ""
    """"incomplete: no next step, no contact"; "" where nothing is missing."""

    @property
    def said(self) -> str:
        """What it is about, and what it lacks."""
        return ", ".join(part for part in (self.title.what, self.warning) if part)


def overview(work: Work) -> Overview:
    """The numbers of the page."""
    found = work.row(
        "SELECT count(*) FILTER (WHERE state IN ('waiting', 'sending', 'unknown')), count(*) FILTER (WHERE state = "
        "'held'), min(marked_at) FILTER (WHERE state IN ('waiting', 'sending', 'unknown')) FROM outbox_entry"
    )
    assert found is not None
    waiting, held, oldest = found
    last = receipts(work, limit=1)
    return Overview(
        waiting, held, attention_count(work), sent_since(work, work.now - WEEK), last_whole_at(work),
        None if oldest is None else from_micros(oldest), connection(work), last[0] if last else None,
        offline_since(work),
    )  # fmt: skip


def attention(work: Work, *, limit: int = 200) -> list[Attention]:
    """What needs the rep, decisions first, then what was refused, the oldest first."""
    rows: list[Attention] = []
    asked = emptying.asked(work)
    if asked is not None:
        rows.append(_emptying(*asked))
    disputes = work.rows(
        "SELECT id, kind, entity, record_id, field, mine, theirs, theirs_by FROM sync_conflict ORDER BY found_at, id "
        "LIMIT ?",
        (limit,),
    )
    rows += [_conflict(work, *one) for one in disputes]
    accounts: dict[int, int] = {}
    told: set[int] = set()
    for entity, record_id, code, message, fields in work.rows(
        "SELECT entity, record_id, code, message, fields FROM outbox_entry WHERE state = 'refused' "
        "ORDER BY marked_at LIMIT ?",
        (limit,),
    ):
        account_id = account_of(work, SyncEntity(entity), record_id) if code == NOT_IN_CRM else None
        if account_id is not None:
            accounts[account_id] = accounts.get(account_id, 0) + 1
            if accounts[account_id] > 1:
                continue
        if code in LINE_CODES:
            if record_id in told:
                continue
            lines = refused_together(work, record_id, code)
            told.update(lines)
            message = ", ".join(_products(work, lines)) or message
        rows.append(_refused(work, SyncEntity(entity), record_id, code, message, fields))
    return [_with_count(row, accounts) for row in rows[:limit]]


def waiting(work: Work, *, limit: int = 200, offset: int = 0) -> list[Waiting]:
    """What will be sent and what is held, the oldest first."""
    rows = work.rows(
        "SELECT entity, record_id, marked_at, state FROM outbox_entry WHERE state <> 'refused' "
        "ORDER BY marked_at, entity, record_id LIMIT ? OFFSET ?",
        (limit, offset),
    )
    lacks = {one: words_of(work, one, [row[1] for row in rows if row[0] == one]) for one in CHECKED}
    return [
        Waiting(SyncEntity(entity), record_id, title_of(work, SyncEntity(entity), record_id), from_micros(at),
                OutboxState(state), lacks.get(SyncEntity(entity), {}).get(record_id, ""))
        for entity, record_id, at, state in rows
    ]  # fmt: skip


def listed_count(work: Work) -> int:
    """How many rows ``waiting`` has in all."""
    found = work.row(
        "SELECT (SELECT count(*) FROM outbox_entry) - (SELECT count(*) FROM outbox_entry WHERE state <> 'waiting' "
        "AND state = 'refused')"
    )
    return int(found[0]) if found else 0


def _products(work: Work, line_ids: Sequence[int]) -> list[str]:
    found = dict(work.rows(f"SELECT id, product FROM quote_line WHERE id IN ({marks(line_ids)})"))
    return [found[line_id] for line_id in line_ids]


def _with_count(row: Attention, accounts: dict[int, int]) -> Attention:
    many = accounts.get(row.account_id or 0, 0)
    if Mend.CREATE_ACCOUNT not in row.mends:
        return row
    waits = "1 change waits" if many == 1 else f"{many} changes wait"
    return Attention(
        row.entity, row.record_id, None, row.account_id, row.title, f"{row.sentence} {waits} for it.", row.small,
        row.mends,
    )  # fmt: skip


def _refused(work: Work, entity: SyncEntity, record_id: int, code: str, message: str, fields: str) -> Attention:
    title, said = title_of(work, entity, record_id), say(code, message, tuple(one for one in fields.split(",") if one))
    mends: tuple[Mend | str, ...] = said.mends
    if Mend.OTHER_CONTACT in mends and entity is not SyncEntity.ACTIVITY:
        mends = (Mend.RETRY, Mend.KEEP_LOCAL)
    if Mend.EDIT in mends and entity in (SyncEntity.QUOTE, SyncEntity.QUOTE_LINE):
        mends = (Mend.RETRY, Mend.KEEP_LOCAL)  # the customer has it: it is not changed behind his back
    shown = title.account if code == NOT_IN_CRM else ", ".join(part for part in (title.account, title.what) if part)
    small = "It is kept on this computer." if code == NOT_IN_CRM else f"{code}. It is kept on this computer."
    return Attention(entity, record_id, None, title.account_id, shown, said.sentence, small, mends)


def _conflict(
    work: Work, conflict_id: int, kind: str, entity: str, record_id: int, field: str, mine: str | None,
    theirs: str | None, by: str,
) -> Attention:  # fmt: skip
    one = SyncEntity(entity)
    title = title_of(work, one, record_id)
    if kind == ConflictKind.DELETED:
        shown = ", ".join(part for part in (title.account, title.what) if part)
        return Attention(
            one, record_id, conflict_id, title.account_id, shown, "It was deleted in Salesforce.",
            "Make it there again, or set it aside here.", ("keep_mine", "use_theirs"),
        )  # fmt: skip
    attribute = next(each for each in ATTRIBUTES[one] if each.fields[0] == field)
    sentence = (
        f"You set {_value(attribute, mine, work)}; {by or 'somebody'} set {_value(attribute, theirs, work)} "
        "in Salesforce."
    )
    return Attention(
        one, record_id, conflict_id, title.account_id, f"{title.account}, {attribute.label.lower()}", sentence,
        "Choose which one to keep.", ("keep_mine", "use_theirs"),
    )  # fmt: skip


def _value(attribute: Attribute, stored: str | None, work: Work) -> str:
    from babel.dates import format_date

    value: Any = None if stored is None else json.loads(stored)
    if value is None or value == "":
        return "nothing"
    if attribute.name == "amount":
        return f"{from_units(value):,}"
    if attribute.name == "close_on":
        from datetime import date

        return str(format_date(date.fromisoformat(value), "d MMM", locale=work.settings.language))
    if attribute.name == "due_at":
        from callstation.calling.clock_words import near_day_words, time_words

        local = from_micros(value).astimezone(work.settings.zone)
        day = near_day_words(local.date(), work.today)
        return f"{day} {time_words(local, is_24_hour=work.settings.is_24_hour)}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{str(value).replace('_', ' ')}”"


def _emptying(sobject: str, lost: int, known: int) -> Attention:
    from callstation.sync.pulls import PULLS

    label = PULLS[sobject].label
    return Attention(
        None, 0, None, None, f"Salesforce no longer shows {lost:,} of your {known:,} {label}",
        "They may have been deleted, or you may have lost the right to see them. Nothing was taken over.",
        "Ask your admin if you are not sure.", ("take_over", "ask_again"),
    )  # fmt: skip
