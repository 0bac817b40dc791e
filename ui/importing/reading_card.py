"""How the list was read: sheet, header row, order of dates, decimal mark, country and currency; each can be told."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from callstation.accounts.importing.amounts import DecimalMark
from callstation.accounts.importing.contract_list import Preview
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.places import usual_currency
from ui.settings.controls import region_names
from ui.widgets import Card, Label, Select

HEADER_ROWS = 12
_DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}
_ORDERS = ((None, "As the list shows"), (DateOrder.DAY_FIRST, "Day first"), (DateOrder.MONTH_FIRST, "Month first"))
_MARKS = ((None, "As the list shows"), (DecimalMark.DOT, "1.50"), (DecimalMark.COMMA, "1,50"))
_CURRENCIES = ("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "INR", "BRL", "MXN")


class ReadingCard(Card):
    """``told(name, value)`` names a field of ``Overrides``; ``sheet_chosen(name)`` reads another sheet."""

    told = Signal(str, object)
    sheet_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=16)
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
        for select in (self.sheet, self.header, self.order, self.mark, self.region, self.currency):
            self._row(select.accessibleName(), select)
        self.sheet.activated.connect(lambda _index: self.sheet_chosen.emit(self.sheet.currentText()))
        self.header.activated.connect(lambda index: self.told.emit("header_row", index))
        self.order.activated.connect(lambda index: self.told.emit("date_order", _ORDERS[index][0]))
        self.mark.activated.connect(lambda index: self.told.emit("decimal_mark", _MARKS[index][0]))
        self.region.activated.connect(lambda index: self.told.emit("region", self._regions[index]))
        self.currency.activated.connect(lambda _index: self.told.emit("currency", self.currency.currentText()))
        self.order.addItems([said for _, said in _ORDERS])
        self.mark.addItems([said for _, said in _MARKS])
        self._regions: list[str] = [code for code, _ in region_names()]
        self.region.addItems([said for _, said in region_names()])

    def _row(self, name: str, control: Label | Select) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Label(name, "secondary", "text2"), at, 0)
        self._grid.addWidget(control, at, 1)

    def show_preview(self, preview: Preview, home_region: str) -> None:
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
        currency = told.currency or profile.currency or usual_currency(region)
        offered = sorted({*_CURRENCIES, currency} - {""})
        _refill(self.currency, offered, offered.index(currency) if currency in offered else -1)


def _refill(select: Select, items: list[str], current: int) -> None:
    select.clear()
    select.addItems(items)
    select.setCurrentIndex(current)
