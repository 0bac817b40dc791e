"""Typing over a quote's numbers: units, discounts, prices, what is left out, added and upgraded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from callstation.quotes.items import listed_at
from callstation.quotes.option_lines import add_on_key, price_key
from callstation.quotes.worksheet import Offer
from db.vocabulary import LineKind, QuoteOption
from ui import words
from ui.calling.more_list import choice
from ui.palette_rows import Found
from ui.quotes.draft import Draft, with_discount, with_price, with_units, with_upgrade
from ui.quotes.line_columns import DISCOUNT, SEATS, UNIT
from ui.quotes.lines import LineRow
from ui.quotes.lines_table import EDITED
from ui.quotes.numbers import percent, plain, read_price, read_quantity, read_share

if TYPE_CHECKING:
    from ui.quotes.quoting import Quoting

NAMES = {SEATS: "Seats", DISCOUNT: "Discount in percent", UNIT: "Price of one unit"}


@dataclass(frozen=True, slots=True)
class _Change:
    """What typed words would change, or the sentence that says why they cannot."""

    values: dict[str, Any] | None
    words: str = ""


class Editing:
    """Acts on the line in hand; each change is one step that Ctrl+Z takes back."""

    def __init__(self, quoting: "Quoting") -> None:
        self._quoting, self._table = quoting, quoting.sheet.table
        self._misread = ""
        self._table.typed.connect(self._on_typed)
        self._table.kept.connect(self._on_kept)
        self._table.dropped.connect(self.drop)
        self._table.wanted.connect(self.begin)

    @property
    def _draft(self) -> Draft:
        draft = self._quoting.draft
        assert draft is not None
        return draft

    @property
    def is_typing(self) -> bool:
        """Whether a number is being typed over."""
        return self._table.editor.is_open

    # -- cells -----------------------------------------------------------------------------------------------------

    def begin(self, column: str = SEATS, typed: str = "") -> None:
        """Type over a number of the line in hand; ``typed`` is the first letter of it where there is one."""
        if self._quoting.draft is None or not self.finish():
            return
        row = self._table.row_in_hand
        if row is None:
            return
        if row.is_out and column != SEATS:
            self._quoting.say(f"{row.product} is left out. Enter gives it seats again.", "warn")
            return
        self._misread = ""
        self._draft.begin()
        name = ", ".join(part for part in (NAMES[column], row.product, row.end_customer) if part)
        self._table.begin(column, name, self._now(row, column), typed)

    def _now(self, row: LineRow, column: str) -> str:
        settings = self._quoting.settings
        if column == SEATS:
            return str(row.quantity)
        if column == DISCOUNT:
            return percent(row.discount, settings).removesuffix("%").rstrip() if row.discount else ""
        return "" if row.price_source == "unknown" else plain(row.unit_price, settings)

    def _on_typed(self, key: str, column: str, typed: str) -> None:
        row = next((line for line in self._table.model_of_lines.lines if line.key == key), None)
        if row is None:
            return
        change = self._read(row, column, typed)
        self._misread = change.words
        if change.values is not None:
            self._draft.try_out(**change.values)
            self._quoting.show_sums()
        self._quoting.say(change.words, "bad" if change.words else "text3")

    def _read(self, row: LineRow, column: str, typed: str) -> _Change:
        settings, choices = self._quoting.settings, self._draft.before
        if column == SEATS:
            now = (
                choices.add_ons.get(row.product_id, 0)
                if row.product_id
                else choices.quantities.get(row.key, row.before)
            )
            units = read_quantity(typed, now, settings)
            if units.value is None:
                return _Change(None, units.words)
            return _Change(with_units(choices, row.key, row.product_id, units.value, row.before))
        if column == DISCOUNT:
            if not typed.strip():
                return _Change(with_discount(choices, row.key, None))
            share = read_share(typed, settings)
            return _Change(None, share.words) if share.value is None else _Change(
                with_discount(choices, row.key, share.value)
            )  # fmt: skip
        key = row.key if row.line is None else price_key(row.line)
        if not typed.strip():
            return _Change(with_price(choices, key, None))
        price = read_price(typed, settings)
        return _Change(None, price.words) if price.value is None else _Change(with_price(choices, key, price.value))

    def finish(self) -> bool:
        """What is being typed counts; False where it cannot be read, which the sheet says."""
        if not self.is_typing:
            return True
        if self._misread:
            self._quoting.say(self._misread, "bad")
            return False
        self._draft.keep()
        self._table.finish()
        self._quoting.say("")
        self._quoting.show_sums()
        return True

    def drop(self) -> None:
        """What was being typed never was."""
        self._misread = ""
        self._draft.drop()
        self._table.finish()
        self._quoting.say("")
        self._quoting.show_sums()

    def _on_kept(self, down: int, right: int) -> None:
        column = self._table.edited
        if not self.finish():
            return
        if down:
            before = self._table.currentIndex().row()
            self._table.step(down)
            if self._table.currentIndex().row() != before:
                self.begin(column)
        elif right:
            place = EDITED.index(column) + right
            if 0 <= place < len(EDITED):
                self.begin(EDITED[place])

    # -- lines -----------------------------------------------------------------------------------------------------

    def leave_out(self) -> None:
        """Leave the line in hand out, or take it in again; an add-on goes for good."""
        row = self._table.row_in_hand
        if row is None:
            return
        if row.product_id is not None:
            left = {key: units for key, units in self._draft.choices.add_ons.items() if key != row.product_id}
            self._change(f"{row.product} is taken off.", add_ons=left)
        elif row.quantity == 0:
            self._change(
                f"{row.product} is in again.", **with_units(self._draft.choices, row.key, None, row.before, row.before)
            )
        else:
            self._change(f"{row.product} is left out. X takes it in again.",
                         **with_units(self._draft.choices, row.key, None, 0, row.before))  # fmt: skip

    def pick_add_on(self) -> None:
        """Offer every add-on of the catalogue, to search in; what is picked asks for its units."""
        offers = [offer for offer in self._draft.sheet.offers if offer.kind is LineKind.ADD_ON]
        if not offers:
            self._quoting.say("The price book has no add-on for what they own.", "warn")
            return
        self._offer("Find an add-on", "Add-ons", "plus", offers, self._units_in_hand, self._add)

    def pick_upgrade(self) -> None:
        """Offer the other editions of the line in hand."""
        row = self._table.row_in_hand
        if row is None:
            return
        offers = [offer for offer in self._draft.sheet.offers if offer.replaces == row.key and row.owned is not None]
        if not offers:
            self._quoting.say(f"The price book has no other edition of {row.product}.", "warn")
            return
        upgrade = partial(self._upgrade, row.key)
        self._offer(f"Upgrade {row.product} to", "Editions", "chevron-up", offers, self._units_in_hand, upgrade)

    @property
    def _units_in_hand(self) -> int:
        """For how many a pick begins: those of the line in hand."""
        row = self._table.row_in_hand
        return row.quantity if row is not None and row.quantity else 1

    def _add(self, offer: Offer) -> None:
        key, choices = add_on_key(offer.product_id), self._draft.choices
        if not choices.add_ons.get(offer.product_id):
            self._change("", **with_units(choices, key, offer.product_id, self._units_in_hand, 0))
        self._table.choose_line(key)
        self.begin(SEATS)

    def _upgrade(self, key: str, offer: Offer) -> None:
        self._change(
            f"{offer.product} from the renewal on.", **with_upgrade(self._draft.choices, key, offer.product_id)
        )
        self._table.choose_line(key)

    def _offer(
        self, prompt: str, group: str, icon: str, offers: list[Offer], units: int, picked: Callable[[Offer], object]
    ) -> None:
        shown: list[Found] = []
        for offer in offers:
            listed, least = listed_at(offer, units).amount, ""
            if listed is None:
                listed, least = offer.breaks[0].amount, f"from {offer.breaks[0].min_quantity} units"
            price = words.money(listed, self._draft.sheet.currency, self._quoting.settings)
            per = (
                "a year"
                if offer.plan_months == 12
                else "a month"
                if offer.plan_months == 1
                else f"{offer.plan_months} months"
            )
            detail = ", ".join(part for part in (f"{price} {per}", least, offer.why, offer.sku) if part)
            shown.append(choice(group, icon, offer.product, detail, partial(picked, offer)))
        self._quoting.offers.offer(prompt, shown)

    def choose_option(self, option: QuoteOption) -> None:
        """Another column; its lines are shown below."""
        if self.finish():
            self._change("", option=option)

    def _change(self, said: str, **values: Any) -> None:
        self._draft.change(**values)
        self._quoting.say(said, "ok" if said else "text3")
        self._quoting.show_sums()
