"""What the column of one option says: its total, its facts, and who may allow it, in words."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from callstation.quotes.worksheet import OptionView
from callstation.settings import Settings
from db.vocabulary import ApprovalLevel
from ui import words
from ui.quotes.numbers import percent
from ui.tokens import Kind

LEVELS = {
    ApprovalLevel.REP: "Within your limit", ApprovalLevel.LEAD: "Lead approves",
    ApprovalLevel.MANAGER: "Manager approves", ApprovalLevel.DIRECTOR: "Director approves",
}  # fmt: skip
_UNKNOWN = "unknown"
_CENT = Decimal("0.01")


class Moneys(NamedTuple):
    """The currency of a quote, the company's own, and the rate between them with its day."""

    currency: str
    base: str
    rate: Decimal | None
    rate_on: date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a column: a name, its value, and the token of its colour; ``why`` for the tip."""

    name: str
    value: str
    tone: str = "text"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """Everything a column shows. ``brief`` stands for the facts where the window is low."""

    title: str
    total: str
    facts: tuple[Fact, ...]
    brief: str
    chip: str
    chip_kind: Kind
    chip_icon: str
    about: str
    """For the tip and a screen reader."""


def face_of(view: OptionView, moneys: Moneys, today: date, settings: Settings, *, approved_by: str = "") -> Face:
    """The column of an option; where it cannot be quoted the first reason stands in the place of the approval."""
    currency = moneys.currency
    is_empty = not view.lines
    total = "No price" if view.problems and not view.total else words.money(view.total, currency, settings)
    facts = [
        Fact("List", words.money(view.list_total, currency, settings)),
        _discount(view, currency, settings),
        Fact("Per seat, month", _cents(view.per_seat_month, currency, settings)),
        _margin(view, settings),
        Fact("Term ends", words.day(view.ends_on, today, settings) if view.ends_on else ""),
        Fact("Growth", words.money(view.growth, currency, settings) if view.growth else "", "ok"),
    ]
    if currency != moneys.base:
        facts.append(_in_base(view, moneys, today, settings))
    chip: tuple[str, Kind, str] = ("Within your limit", "ok", "check")
    if not view.discount_total:
        chip = ("No approval needed", "ok", "check")
    if approved_by:
        chip = (f"Approved by {approved_by}", "ok", "check")
    if is_empty:
        total, chip = "Nothing", ("Every line is left out", "mute", "minus")
    elif view.problems:
        chip = ("Price missing", "bad", "circle-alert")
    elif not view.approval.is_within:
        chip = (LEVELS[view.approval.level], "warn", "triangle-alert")
    is_unpriced = bool(view.problems) and not view.total
    shown = tuple(fact for fact in facts if fact.value and (not is_unpriced or fact.name == "Term ends"))
    brief = ", ".join(
        part
        for part in (
            f"{percent(view.discount, settings)} off" if view.discount else "",
            f"ends {words.day(view.ends_on, today, settings)}" if view.ends_on else "",
        )
        if part
    )
    reasons = " ".join((view.about, *view.problems, view.approval.words if not view.problems else ""))
    return Face(view.title, total, () if is_empty else shown, brief, *chip, reasons.strip())


def spoken(face: Face, digit: int, is_chosen: bool) -> str:
    """The column for a screen reader, in one breath."""
    parts = [f"{face.title}, key {digit}" if digit else face.title, "chosen" if is_chosen else "", face.total]
    parts += [f"{fact.name} {fact.value}" for fact in face.facts]
    return ", ".join(part for part in (*parts, face.chip) if part)


def _discount(view: OptionView, currency: str, settings: Settings) -> Fact:
    if not view.discount_total:
        return Fact("Discount", "none", "text3")
    off = words.money(view.discount_total, currency, settings)
    return Fact("Discount", percent(view.discount, settings), why=f"{off} taken off.")


def _margin(view: OptionView, settings: Settings) -> Fact:
    if view.margin is None:
        costless = sorted({line.product for line in view.lines if line.cost is None})
        why = f"The cost of {', '.join(costless[:3])} is not in the price book." if costless else "No cost is known."
        return Fact("Margin", _UNKNOWN, "text3", why)
    return Fact("Margin", percent(view.margin, settings), "bad" if view.margin < 0 else "text")


def _in_base(view: OptionView, moneys: Moneys, today: date, settings: Settings) -> Fact:
    """The total in the company's own currency, with the rate and its day for the tip."""
    name = f"In {moneys.base}"
    if moneys.rate is None:
        return Fact(name, "no rate", "text3", f"The settings have no rate for {moneys.currency}.")
    with localcontext() as context:
        context.prec = 40
        total = view.total * moneys.rate
    on = f" of {words.day(moneys.rate_on, today, settings)}" if moneys.rate_on else ""
    why = f"At {moneys.rate:f}{on}."
    return Fact(name, words.money(total, moneys.base, settings, is_whole=True), "text2", why)


def _cents(amount: Decimal | None, currency: str, settings: Settings) -> str:
    if amount is None:
        return ""
    with localcontext() as context:
        context.prec, context.rounding = 40, ROUND_HALF_UP
        return words.money(amount.quantize(_CENT), currency, settings)
