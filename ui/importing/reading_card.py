"""How the list was read: sheet, header row, order of dates, decimal mark, country and currency; each can be told."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from callstation.accounts.importing.amounts import DecimalMark
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.lexicon import PRICES
from callstation.accounts.importing.places import usual_currency
from callstation.accounts.importing.preview import ListPreview
from callstation.settings import Settings
from ui.accounts.inline_form import FormField
from ui.catalogue.days import read_day
from ui.settings.controls import region_names
from ui.widgets import Card, Label, Select

HEADER_ROWS = 12
_DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}
_ORDERS = ((None, "As the list shows"), (DateOrder.DAY_FIRST, "Day first"), (DateOrder.MONTH_FIRST, "Month first"))
_MARKS = ((None, "As the list shows"), (DecimalMark.DOT, "1.50"), (DecimalMark.COMMA, "1,50"))
_PERIODS = ((0, "As the list shows"), (12, "A year"), (1, "A month"))
_CURRENCIES = ("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "INR", "BRL", "MXN")


class ReadingCard(Card):
    """``told(name, value)`` names a field of ``Overrides``; ``sheet_chosen(name)`` reads another sheet."""

    told = Signal(str, object)
    sheet_chosen = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__(padding=16)
        self._settings = settings
        self._valid_on: date | None = None
        self._labels: dict[QWidget, Label] = {}
        self.setAccessibleName("How the list is read")
        self.body.addWidget(Label("How it is read", "pane_title"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.file = Label("", "body", "text", wraps=True, selectable=True)
        self._row("File", self.file)
        self.sheet, self.header, self.order, self.mark, self.region, self.currency = (
            Select(name)
            for name in ("Sheet", "Header row", "Dates", "Decimals", "Country", "Currency")
        )  # fmt: skip
        self.per = Select("Prices are for")
        self.valid_from = FormField()
        self.valid_from.setPlaceholderText("Today")
        self.problem = Label("", "secondary", "bad", wraps=True)
        for select in (self.sheet, self.header, self.order, self.mark, self.region, self.currency, self.per):
            self._row(select.accessibleName(), select)
        self._row("Valid from", self.valid_from)
        self.valid_from.setAccessibleName("Valid from")
        self.body.addWidget(self.problem)
        self.problem.hide()
        self.sheet.activated.connect(lambda _index: self.sheet_chosen.emit(self.sheet.currentText()))
        self.header.activated.connect(lambda index: self.told.emit("header_row", index))
        self.order.activated.connect(lambda index: self.told.emit("date_order", _ORDERS[index][0]))
        self.mark.activated.connect(lambda index: self.told.emit("decimal_mark", _MARKS[index][0]))
        self.region.activated.connect(lambda index: self.told.emit("region", self._regions[index]))
        self.currency.activated.connect(lambda _index: self.told.emit("currency", self.currency.currentText()))
        self.per.activated.connect(lambda index: self.told.emit("plan_months", _PERIODS[index][0]))
        self.valid_from.editingFinished.connect(self._on_day)
        self.per.addItems([said for _, said in _PERIODS])
        self.order.addItems([said for _, said in _ORDERS])
        self.mark.addItems([said for _, said in _MARKS])
        self._regions: list[str] = [code for code, _ in region_names()]
        self.region.addItems([said for _, said in region_names()])

    def _row(self, name: str, control: QWidget) -> None:
        at = self._grid.rowCount()
        label = self._labels[control] = Label(name, "secondary", "text2")
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(control, at, 1)

    def _show_row(self, control: QWidget, is_shown: bool) -> None:
        control.setVisible(is_shown)
        self._labels[control].setVisible(is_shown)

    def _on_day(self) -> None:
        """From when a price list holds: told once it is left and can be read."""
        found = read_day(self.valid_from.text(), self._settings)
        self.problem.setText(found.words)
        self.problem.setVisible(bool(found.words))
        if not found.words and found.value != self._valid_on:
            self.told.emit("valid_on", found.value)

    def show_preview(self, preview: ListPreview[Any], home_region: str) -> None:
        """Show how a list was read; ``home_region`` stands in where neither rep nor memory tells a country."""
        source, told, profile = preview.source, preview.overrides, preview.profile
        parts = (source.name, source.encoding, _DELIMITERS.get(source.delimiter, source.delimiter))
        self.file.setText(", ".join(part for part in parts if part))
        sheets = [source.sheet, *source.other_sheets] if source.sheet else ["One sheet only"]
        _refill(self.sheet, sheets, 0)
        self.sheet.setEnabled(len(sheets) > 1)
        found = source.table.header_row or 0
        rows = max(HEADER_ROWS, found)
        _refill(self.header, ["No header row", *(f"Row {number}" for number in range(1, rows + 1))], found)
        self.order.setCurrentIndex([one for one, _ in _ORDERS].index(told.date_order or profile.date_order))
        self.mark.setCurrentIndex([one for one, _ in _MARKS].index(told.decimal_mark or profile.decimal_mark))
        region = told.region or profile.region or home_region
        self.region.setCurrentIndex(self._regions.index(region) if region in self._regions else -1)
        is_prices = preview.sort.lexicon.name == PRICES.name
        self._show_row(self.per, is_prices)
        self._show_row(self.valid_from, is_prices and Field.VALID_FROM not in preview.mapping)
        self.per.setCurrentIndex([one for one, _ in _PERIODS].index(preview.assumed.plan_months))
        self._valid_on = told.valid_on
        if not self.valid_from.hasFocus():
            self.valid_from.setText("" if told.valid_on is None else told.valid_on.isoformat())
        self.problem.hide()
        currency = told.currency or profile.currency or usual_currency(region)
        offered = sorted({*_CURRENCIES, currency} - {""})
        _refill(self.currency, offered, offered.index(currency) if currency in offered else -1)


def _refill(select: Select, items: list[str], current: int) -> None:
    select.clear()
    select.addItems(items)
    select.setCurrentIndex(current)
