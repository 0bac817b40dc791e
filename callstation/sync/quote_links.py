"""What a quote does to its lines beside the CRM: they are marked with it, and lose their ids with it."""

from collections.abc import Sequence

from callstation.sync import outbox
from callstation.sync.context import Context
from callstation.sync.quote_lines import LINE_CODES, QUOTE_LINE_PREFIX
from callstation.sync.quotes_out import read_lines
from callstation.sync.records import marks
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import SyncEntity

OUTBOX = "outbox_entry"


def unlink_lines(work: Work, quote_id: int) -> None:
    """The quote is no longer there, so its lines are not either."""
    work.derive(
        "DELETE FROM crm_record WHERE sobject = 'QuoteLineItem' AND crm_id IN "
        "(SELECT crm_id FROM quote_line WHERE quote_id = ?)",
        (quote_id,),
    )
    work.derive(
        "UPDATE quote_line SET crm_id = NULL WHERE quote_id = ? AND substr(crm_id, 1, 3) = ?",
        (quote_id, QUOTE_LINE_PREFIX),
    )


def relink_lines(work: Work, quote_id: int, crm_id: str) -> None:
    """A quote that came back here and is still there finds its lines again, by the place that each was sent with."""
    for line_id, position in work.rows(
        "SELECT id, position FROM quote_line WHERE quote_id = ? AND crm_id IS NULL", (quote_id,)
    ):
        work.derive(
            "UPDATE OR IGNORE quote_line SET crm_id = (SELECT m.crm_id FROM crm_record m WHERE m.sobject = "
            "'QuoteLineItem' AND m.parent_id = ? AND json_extract(m.local, '$.position') = ?) WHERE id = ?",
            (crm_id, position, line_id),
        )


def mark_quote(work: Work, quote_id: int) -> None:
    """The CRM is to hear of a quote with all of its lines."""
    outbox.mark(work, SyncEntity.QUOTE, quote_id)
    for (line_id,) in work.rows("SELECT id FROM quote_line WHERE quote_id = ? ORDER BY position", (quote_id,)):
        outbox.mark(work, SyncEntity.QUOTE_LINE, line_id)


def mark_quotes_of(work: Work, renewal_id: int) -> None:
    """The opportunity of a renewal is made again, and with it the quotes that are open or accepted."""
    for (quote_id,) in work.rows(
        "SELECT id FROM quote WHERE renewal_id = ? AND crm_id IS NULL AND status IN ('sent', 'accepted')", (renewal_id,)
    ):
        mark_quote(work, quote_id)


def fold_quotes(work: Work, context: Context) -> None:
    """A changed quote takes its lines along: those it has not brought there yet, and where the company has no quotes
    all of them, for there the lines are all that is told."""
    _mark(work, SyncEntity.QUOTE_LINE, folded_lines(work, context))
    if not context.has_quotes:
        work.derive(
            "DELETE FROM outbox_entry WHERE entity = 'quote' AND state = 'waiting' AND sent_at IS NULL", told=OUTBOX
        )


def folded_lines(work: Work, context: Context) -> list[int]:
    """The lines that changed quotes take along."""
    extra = " AND +q.crm_id IS NULL AND +l.crm_id IS NULL" if context.has_quotes else ""
    lines = work.rows(  # from the few that wait, not from all that the CRM does not know
        "SELECT l.id FROM outbox_entry o CROSS JOIN quote q ON q.id = o.record_id CROSS JOIN quote_line l "
        f"ON l.quote_id = q.id WHERE o.entity = 'quote' AND o.state = 'waiting' AND o.sent_at IS NULL{extra}"
    )
    return [line_id for (line_id,) in lines]


def lines_again(work: Work, context: Context) -> None:
    """Lines that could not go are tried again where what they lacked is there now; their quotes' words change too."""
    refused = work.rows(
        "SELECT record_id FROM outbox_entry WHERE entity = 'quote_line' AND state = 'refused' "
        f"AND code IN ({', '.join('?' * len(LINE_CODES))})",
        sorted(LINE_CODES),
    )
    if not refused:
        return
    found = [one for one in read_lines(work, [line_id for (line_id,) in refused], context) if one.refusal is None]
    free = [record.record_id for record in found]
    work.raw.executemany(
        "UPDATE outbox_entry SET state = 'waiting', code = '', message = '' WHERE entity = 'quote_line' "
        "AND record_id = ?",
        [(line_id,) for line_id in free],
    )
    going = [record.record_id for record in found if not record.is_gone]
    if going and context.has_quotes:
        quotes = work.rows(f"SELECT DISTINCT quote_id FROM quote_line WHERE id IN ({marks(going)})")
        _mark(work, SyncEntity.QUOTE, [quote_id for (quote_id,) in quotes])


def _mark(work: Work, entity: SyncEntity, ids: Sequence[int]) -> None:
    """``outbox.mark`` by the sync itself, which is no step of the user's and takes none away."""
    work.raw.executemany(
        "INSERT OR IGNORE INTO outbox_entry (entity, record_id, marked_at, revision, state, attempts, code, message, "
        "fields) VALUES (?, ?, ?, 1, 'waiting', 0, '', '', '')",
        [(entity.value, record_id, to_micros(work.now)) for record_id in ids],
    )
    if ids:
        work.journal.told.add(OUTBOX)
