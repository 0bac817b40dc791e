"""Growth that a quote offers: its add-ons and upgrades become one opportunity an account and kind, and follow it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from callstation.calling.aftermath import is_forward
from callstation.errors import UserError
from callstation.quotes.stored_quote import StoredQuote
from callstation.renewals.growth import make_growth, put_growth
from callstation.renewals.growth_beside import follow_renewal, let_go
from callstation.renewals.opportunity import Change, current
from callstation.renewals.won_for import line_months
from callstation.work import Work
from db.nouns import Growth
from db.stored import from_units
from db.vocabulary import ForecastCategory, GrowthKind, LineKind, QuoteOption, RenewalStage

_LINES = """
    SELECT l.key, l.kind, l.amount, l.multiplier, l.plan_months, l.quantity, l.product_id, l.product,
           coalesce(p.family, ''), l.renewal_id, coalesce(r.account_id, ?)
    FROM quote_line l LEFT JOIN renewal r ON r.id = l.renewal_id LEFT JOIN product p ON p.id = l.product_id
    WHERE l.quote_id = ? AND l.kind <> 'renewal' ORDER BY l.position, l.id"""
_RENEWED = """
    SELECT key, kind, amount, renewal_id FROM quote_line
    WHERE quote_id = ? AND kind <> 'add_on' AND renewal_id IS NOT NULL ORDER BY position, id"""
_OF_NUMBER = """
    SELECT x.id, x.account_id, x.kind, x.stage = 'won' FROM growth x JOIN quote q ON q.id = x.quote_id
    WHERE q.number = ? AND (x.closed_at IS NULL OR x.stage = 'won') ORDER BY x.closed_at IS NOT NULL, x.id"""
_WON = """
    SELECT DISTINCT r.id FROM quote_line l JOIN renewal r ON r.id = l.renewal_id
    WHERE l.quote_id = ? AND r.stage = 'won' ORDER BY r.id"""
_UNQUOTED = """
    SELECT id, family, product_id FROM growth
    WHERE account_id = ? AND kind = ? AND quote_id IS NULL AND closed_at IS NULL ORDER BY id"""


@dataclass(slots=True)
class Part:
    """What a quote offers an account beyond renewing what is owned, of one kind; ``amount`` as it is quoted."""

    account_id: int
    kind: GrowthKind
    amount: Decimal = Decimal(0)
    a_year: Fraction = Fraction(0)
    quantity: int = 0
    products: dict[int, str] = field(default_factory=dict)
    families: dict[str, None] = field(default_factory=dict)

    @property
    def term_months(self) -> Decimal:
        """Of all its lines together: what it comes to a year is amount x 12 / so many months."""
        months = Fraction(self.amount) * 12 / self.a_year
        return (Decimal(months.numerator) / months.denominator).quantize(Decimal("0.0001"))

    @property
    def about(self) -> str:
        """Its products: "Mail Archive and 1 more"."""
        first, *others = self.products.values()
        return f"{first} and {len(others)} more" if others else first


def follow_quote(
    work: Work, quote: StoredQuote, stage: RenewalStage, category: ForecastCategory, *, is_contact: bool
) -> None:
    """Let the quote's growth stand where its renewals do; with the sending it is made, or brought up to date."""
    if stage is RenewalStage.QUOTED:
        _offer(work, quote, category)
        return
    for (growth_id,) in work.rows("SELECT id FROM growth WHERE quote_id = ? AND closed_at IS NULL", (quote.quote_id,)):
        values = {"last_contact_at": work.now} if is_contact else {}
        _move(work, growth_id, stage, category, **values)
    if stage is RenewalStage.VERBAL_YES:  # the order may have come before the yes was written down
        for (renewal_id,) in work.rows(_WON, (quote.quote_id,)):
            follow_renewal(work, renewal_id, RenewalStage.WON)


def parts_of(work: Work, quote: StoredQuote) -> tuple[Part, ...]:
    """What it offers beyond renewing as is: add-ons, and what upgrades come to above; what comes to nothing is none."""
    rows = work.rows(_LINES, (quote.account_id, quote.quote_id))
    plain = _as_is(work, quote) if any(row[1] == LineKind.UPGRADE for row in rows) else {}
    found: dict[tuple[int, GrowthKind], Part] = {}
    for key, kind, units, times, plan_months, quantity, product_id, product, family, renewal_id, account_id in rows:
        one_kind = GrowthKind(kind)
        part = found.setdefault((account_id, one_kind), Part(account_id, one_kind))
        amount = from_units(units)
        if one_kind is GrowthKind.UPGRADE:
            before = plain[key] if key in plain else _renewal_amount(work, renewal_id)
            amount = max(amount - before, Decimal(0))
        part.amount += amount
        part.a_year += Fraction(amount) * 12 / line_months(times, plan_months)
        part.quantity += quantity
        part.products.setdefault(product_id, product)
        part.families.setdefault(family)
    return tuple(part for part in found.values() if part.amount > 0)


def renewed_by(work: Work, quote: StoredQuote) -> dict[int, Decimal]:
    """By renewal id, what its lines come to for their terms, fees with them; what ``parts_of`` calls growth is not."""
    rows = work.rows(_RENEWED, (quote.quote_id,))
    plain = _as_is(work, quote) if any(row[1] == LineKind.UPGRADE for row in rows) else {}
    found: dict[int, Decimal] = {}
    for key, kind, units, renewal_id in rows:
        amount = from_units(units)
        if kind == LineKind.UPGRADE:
            amount = min(amount, plain[key] if key in plain else _renewal_amount(work, renewal_id))
        found[renewal_id] = found.get(renewal_id, Decimal(0)) + amount
    return found


def _offer(work: Work, quote: StoredQuote, category: ForecastCategory) -> None:
    known: dict[tuple[int, str], tuple[int, bool]] = {}
    for growth_id, account_id, kind, is_won in work.rows(_OF_NUMBER, (quote.number,)):
        known.setdefault((account_id, kind), (growth_id, bool(is_won)))
    for part in parts_of(work, quote):
        growth_id, is_won = known.pop((part.account_id, part.kind), (None, False))
        if is_won:
            continue  # an earlier version was ordered; what is sent now is the same growth
        product_id = next(iter(part.products)) if len(part.products) == 1 else None
        family = next(iter(part.families)) if len(part.families) == 1 else ""
        values: dict[str, Any] = {
            "amount": part.amount, "term_months": part.term_months, "quantity": part.quantity,
            "currency": quote.currency, "quote_id": quote.quote_id, "product_id": product_id, "family": family,
        }  # fmt: skip
        growth_id = growth_id or _unquoted(work, part)
        if growth_id is not None:
            _move(work, growth_id, RenewalStage.QUOTED, category, **values)
        else:
            title = f"{part.about} for {_name(work, part.account_id)}"
            make_growth(
                work, part.account_id, kind=part.kind, title=title, stage=RenewalStage.QUOTED, suggestion=category,
                **values,
            )  # fmt: skip
    for growth_id, is_won in known.values():  # no longer offered
        if not is_won:
            now = current(work, Growth, growth_id)
            is_quoted = now is not None and now.stage in (RenewalStage.QUOTED, RenewalStage.AT_RISK)
            let_go(work, growth_id, is_quoted=is_quoted)


def _move(work: Work, growth_id: int, stage: RenewalStage, category: ForecastCategory, **values: Any) -> None:
    """Forward only, as the renewals of a quote move."""
    now = current(work, Growth, growth_id)
    is_on = now is not None and is_forward(now.stage, stage)
    change = Change(stage, suggestion=category) if is_on else Change()
    put_growth(work, growth_id, change, **values)


def _unquoted(work: Work, part: Part) -> int | None:
    """What was talked about before it was quoted: growth of the kind and one of the families, or products."""
    return next(
        (
            int(growth_id)
            for growth_id, family, product_id in work.rows(_UNQUOTED, (part.account_id, part.kind.value))
            if (family and family in part.families) or product_id in part.products
        ),
        None,
    )


def _as_is(work: Work, quote: StoredQuote) -> Mapping[str, Decimal]:
    """The key of each line to what renewing it as it is would come to now; nothing where that cannot be told."""
    from callstation.quotes.choices import from_json
    from callstation.quotes.options import work_out
    from callstation.quotes.reading import read_worksheet

    if quote.target_id is None:
        return {}
    try:
        view = work_out(read_worksheet(work, quote.target_id), from_json(quote.choices), QuoteOption.AS_IS)
    except (UserError, ValueError):
        return {}
    return {line.key: line.amount for line in view.lines if line.kind is LineKind.RENEWAL}


def _renewal_amount(work: Work, renewal_id: int | None) -> Decimal:
    found = work.row("SELECT amount FROM renewal WHERE id = ?", (renewal_id,))
    return Decimal(0) if found is None or found[0] is None else from_units(found[0])


def _name(work: Work, account_id: int) -> str:
    found = work.row("SELECT name FROM account WHERE id = ?", (account_id,))
    return str(found[0]) if found else ""
