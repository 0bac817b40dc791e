"""Growth beyond the renewals: a cross-sell, an add-on or an upgrade is made and changed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.accounts.names import MAIN_LINE
from callstation.errors import UserError
from callstation.quotes.money import show
from callstation.renewals.categories import SUGGESTED
from callstation.renewals.changed_words import changed_words
from callstation.renewals.growth_told import tell
from callstation.renewals.opportunity import Change, columns_of, current
from callstation.renewals.states import free_id
from callstation.sync.outbox import mark, mark_new
from callstation.work import Work
from db.nouns import Growth
from db.stored import from_units
from db.vocabulary import ForecastCategory, GrowthKind, RenewalStage, SyncEntity

A_YEAR = Decimal(12)
LONGEST_TERM = 240
USUAL_DAYS = 90
"""Growth of an account that has nothing to renew is expected in so many days."""
_CONTACT = """
    SELECT c.id FROM call_target t JOIN contact c ON c.id = t.contact_id
    WHERE t.account_id = ? AND c.is_active AND c.name <> ? ORDER BY t.id LIMIT 1"""
_NEXT = "SELECT min(due_on) FROM renewal WHERE account_id = ? AND closed_at IS NULL AND due_on >= ?"
_CURRENCY = "SELECT currency FROM contract WHERE account_id = ? ORDER BY ends_on DESC, id DESC LIMIT 1"


def make_growth(
    work: Work, account_id: int, *, kind: GrowthKind = GrowthKind.CROSS_SELL, title: str = "", family: str = "",
    product_id: int | None = None, quantity: int | None = None, amount: Decimal | None = None,
    term_months: Decimal = A_YEAR, currency: str = "", close_on: date | None = None, contact_id: int | None = None,
    quote_id: int | None = None, next_step: str = "", notes: str = "",
    stage: RenewalStage = RenewalStage.NOT_STARTED, suggestion: ForecastCategory | None = None,
) -> int:  # fmt: skip
    """Make an open opportunity; its id. What is not given is what one would take: the currency of the newest contract,
    the person who is called, the day on which the next contract ends, the category that the stage suggests.

    The amount is for the whole term, which of what is quoted is as short as its lines. ``UserError`` where the account
    is gone, the amount is below zero, or the term is no term.
    """
    account = _account(work, account_id)
    if amount is not None and amount < 0:
        raise UserError("An amount cannot be below zero.", f"{amount}.", "Type what it is worth.")
    product = work.row("SELECT name, coalesce(family, '') FROM product WHERE id = ?", (product_id,))
    family = family.strip() or (product[1] if product else "")
    about = (product[0] if product else "") or family or kind.value.replace("_", "-").capitalize()
    growth_id = work.insert(
        Growth, id=free_id(work, is_growth=True), uid=uuid4().hex, kind=kind, account_id=account_id, quote_id=quote_id,
        contact_id=contact_id if contact_id is not None else _first(work, _CONTACT, account_id, MAIN_LINE),
        title=free_title(work, account_id, title.strip() or f"{about} for {account}"), product_id=product_id,
        family=family, quantity=quantity, amount=amount,
        term_months=checked_term(term_months) if quote_id is None else term_months,
        currency=currency or _first(work, _CURRENCY, account_id) or work.settings.currency,
        stage=stage, category=suggestion or SUGGESTED[stage],
        close_on=close_on or _expected(work, account_id), next_step=next_step.strip() or None, notes=notes.strip(),
        created_at=work.now,
    )  # fmt: skip
    mark_new(work, SyncEntity.GROWTH, growth_id)
    tell(work, growth_id, "Growth made")
    work.journal.label = f"Made growth: {_title(work, growth_id)}"
    return growth_id


def change_growth(
    work: Work, growth_id: int, *, stage: RenewalStage | None = None, category: ForecastCategory | None = None,
    amount: Decimal | None = None, close_on: date | None = None, next_step: str | None = None, title: str = "",
    quantity: int | None = None, term_months: Decimal | None = None, contact_id: int | None = None,
    notes: str | None = None,
) -> None:  # fmt: skip
    """Change what is given; a category picked here is no longer changed by a stage."""
    change = Change(stage, category, amount=amount, close_on=close_on, next_step=next_step)
    more: dict[str, Any] = {} if quantity is None else {"quantity": quantity}
    if term_months is not None:
        more["term_months"] = checked_term(term_months)
    if title.strip():
        more["title"] = title.strip()
    if contact_id is not None:
        more["contact_id"] = contact_id
    if notes is not None:
        more["notes"] = notes.strip()
    put_growth(work, growth_id, change, **more)


def put_growth(work: Work, growth_id: int, change: Change, *, because: str = "", **more: Any) -> bool:
    """Write a change down, with other columns; whether anything was other than before. A moved stage is told, and
    ``because`` of what (" with C-1003").
    """
    now = current(work, Growth, growth_id)
    if now is None:
        raise UserError("This opportunity is gone.", f"There is no growth {growth_id}.", "Reload the pipeline.")
    before, values = len(work.journal.images), {**columns_of(work, now, change), **more}
    if values:
        work.update(Growth, growth_id, **values)
    if len(work.journal.images) == before:
        return False
    mark(work, SyncEntity.GROWTH, growth_id)
    if change.stage is not None and change.stage is not now.stage:
        tell(work, growth_id, _moved_words(change.stage) + because)
    work.journal.label = changed_words(now, change) or f"Changed {_title(work, growth_id)}"
    return True


def checked_term(months: Decimal) -> Decimal:
    """A term in months. ``UserError`` for none, or one that nobody sells."""
    if not 1 <= months <= LONGEST_TERM:
        most = f"{LONGEST_TERM // 12} years at the most"
        raise UserError(f"A term has a month at least and {most}.", f"{months} months.", "Type it as 36 m or 3 y.")
    return months


def free_title(work: Work, account_id: int, title: str) -> str:
    """The title, with a number where an opportunity of the account has it: names tell them apart in the CRM."""
    taken = {one for (one,) in work.rows("SELECT title FROM growth WHERE account_id = ?", (account_id,))}
    free, number = title, 1
    while free in taken:
        number += 1
        free = f"{title} ({number})"
    return free


def _moved_words(stage: RenewalStage) -> str:
    if stage in (RenewalStage.WON, RenewalStage.LOST):
        return f"Growth {stage.value}"
    return f"Growth moved to {stage.value.replace('_', ' ')}"


def _title(work: Work, growth_id: int) -> str:
    found = work.row("SELECT title, amount, currency FROM growth WHERE id = ?", (growth_id,))
    assert found is not None
    title, units, currency = found
    return str(title) if units is None else f"{title}, {show(from_units(units), currency)}"


def _account(work: Work, account_id: int) -> str:
    found = work.row("SELECT name FROM account WHERE id = ?", (account_id,))
    if found is None:
        raise UserError("This account is gone.", f"There is no account {account_id}.", "Reload the list.")
    return str(found[0])


def _expected(work: Work, account_id: int) -> date:
    found = _first(work, _NEXT, account_id, work.today.isoformat())
    return date.fromisoformat(found) if found else work.today + timedelta(days=USUAL_DAYS)


def _first(work: Work, sql: str, *values: Any) -> Any:
    found = work.row(sql, values)
    return None if found is None else found[0]
