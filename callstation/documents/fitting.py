"""Which documents fit an account now: the letter of its place in time first, what would not be true last."""

from dataclasses import dataclass

from db.vocabulary import DocumentKind

_BEFORE = (DocumentKind.FIRST_NOTICE, DocumentKind.REMINDER, DocumentKind.FINAL_NOTICE)
WHY = {
    DocumentKind.FIRST_NOTICE: "From 90 days before the end",
    DocumentKind.REMINDER: "From 30 days before the end",
    DocumentKind.FINAL_NOTICE: "From 7 days before the end",
    DocumentKind.LAPSE: "After the end",
    DocumentKind.PRICE_CHANGE: "What it costs from now on",
    DocumentKind.THANK_YOU: "After the order",
    DocumentKind.AGREEMENT: "Products, term and clauses, to sign",
    DocumentKind.STATEMENT: "All end customers that expire",
    DocumentKind.CALL_SHEET: "One page for the call",
}
"""Of each kind when or what for, in a few words."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One kind and whether it is the one that this moment asks for, or would say what is not so."""

    kind: DocumentKind
    is_best: bool
    is_untimely: bool


def fitting(days: int | None, *, is_partner: bool, is_won: bool = False, is_accepted: bool = False) -> tuple[Fit, ...]:
    """Every kind but the quote, at most nine; ``days`` to the end of the contract that ends first, None for none.

    A statement is for partners only, and comes first there; a thank-you comes first once ``is_won``, the agreement
    once they said yes (``is_accepted``).
    """
    letters = [DocumentKind.AGREEMENT] if is_accepted and not is_won else _letters(days, is_won)
    wanted = (DocumentKind.PRICE_CHANGE, DocumentKind.AGREEMENT, DocumentKind.THANK_YOU, DocumentKind.CALL_SHEET)
    others = [kind for kind in wanted if kind not in letters]
    first = [DocumentKind.STATEMENT] if is_partner else []
    untimely = [kind for kind in (*_BEFORE, DocumentKind.LAPSE) if kind not in letters]
    whole = [*first, *letters, *others, *untimely]
    return tuple(Fit(kind, place == len(first) and bool(letters), kind in untimely) for place, kind in enumerate(whole))


def _letters(days: int | None, is_won: bool) -> list[DocumentKind]:
    """The letters that may be sent, the one of this moment on top (trade.md: T-90, T-30, T-7, lapse)."""
    thanks = [DocumentKind.THANK_YOU] if is_won else []
    if days is None:
        return thanks
    if days < 0:
        return [*thanks, DocumentKind.LAPSE]
    first, reminder, final = _BEFORE
    if days <= 10:
        return [*thanks, final, reminder, first]
    if days <= 45:
        return [*thanks, reminder, first, final]
    return [*thanks, first, reminder, final]
