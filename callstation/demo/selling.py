"""What became of the practice book's offers, told by the very verbs of the window, each on its day."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from callstation.calling.calls import log_outcome
from callstation.calling.targets import settle_many
from callstation.quotes import quotes
from callstation.quotes.expiring import expire_quotes
from callstation.quotes.worksheet import Choices
from callstation.renewals.closing import mark_step
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import CallbackStatus, ClosingStep, Disposition, QuoteOption


def play_sales(work: Work, sales: Iterable[Mapping[str, Any]]) -> None:
    """Every step on its day, the oldest first; what was to follow by now was done, and nothing waits for a CRM."""
    for one in sales:
        ago = timedelta(days=one["days"])
        _step(replace(work, now=work.now - ago, today=work.today - ago), one)
    _settle(work, [one["account"] for one in sales if one.get("is_called_since")])


def _step(work: Work, one: Mapping[str, Any]) -> None:
    target_id, account_id = _target(work, one["account"])
    step, words = one["step"], one.get("words", "")
    if step in ("save", "send"):
        before = work.row("SELECT id FROM quote WHERE account_id = ? ORDER BY id DESC LIMIT 1", (account_id,))
        choices = _choices(work, target_id, one["choices"])
        saved = quotes.save_quote(work, target_id, choices, quote_id=before[0] if before else None)
        if step == "send":
            quotes.send_quote(work, saved.quote_id)
    elif step == "accept":
        quotes.accept_quote(work, _newest(work, account_id))
    elif step == "reject":
        quotes.reject_quote(work, _newest(work, account_id), reason=words)
    elif step == "expire":
        expire_quotes(work)
    elif step == "win":
        log_outcome(work, target_id, Disposition.ORDER_RECEIVED, note=words, duration_s=300)
    else:
        renewal = work.rows("SELECT id FROM renewal WHERE account_id = ? ORDER BY id LIMIT 1", (account_id,))[0]
        mark_step(work, renewal[0], ClosingStep(one["mark"]), words=words)


def _choices(work: Work, target_id: int, given: Mapping[str, Any]) -> Choices:
    from callstation.quotes.reading import read_worksheet

    sheet = read_worksheet(work, target_id)
    by_name = {offer.product: offer.product_id for offer in sheet.offers}
    return Choices(
        option=QuoteOption(given.get("option", QuoteOption.AS_IS)),
        discount=Decimal(given.get("discount", "0")),
        quantities={sheet.lines[0].key: given["seats"]} if "seats" in given else {},
        add_ons={by_name[name]: units for name, units in given.get("add_ons", {}).items()},
        reason=given.get("reason", ""),
        note=given.get("note", ""),
    )


def _settle(work: Work, called: list[str]) -> None:
    """Bring the queue in step: who was called since is not kept waiting, and what fell due before now was done."""
    now = to_micros(work.now)
    work.derive(
        "UPDATE callback SET status = ?, closed_at = due_at WHERE status = 'open' AND kind = 'follow_up' "
        "AND (due_at <= ? OR target_id IN (SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id "
        f"WHERE a.name IN ({', '.join('?' * len(called))})))",
        (CallbackStatus.DONE.value, now, *called),
    )
    work.derive(
        "UPDATE call_target SET due_at = NULL, due_kind = NULL, state = 'ready' "
        "WHERE due_kind IN ('retry', 'follow_up') "
        "AND NOT EXISTS (SELECT 1 FROM callback b WHERE b.target_id = call_target.id AND b.status = 'open')"
    )
    work.derive("DELETE FROM outbox_entry")
    settle_many(work, [row[0] for row in work.rows("SELECT id FROM call_target")], is_journaled=False)


def _target(work: Work, name: str) -> tuple[int, int]:
    found = work.row(
        "SELECT t.id, a.id FROM account a JOIN call_target t ON t.account_id = a.id WHERE a.name = ?", (name,)
    )
    assert found is not None, name
    return found[0], found[1]


def _newest(work: Work, account_id: int) -> int:
    return int(work.rows("SELECT max(id) FROM quote WHERE account_id = ?", (account_id,))[0][0])
