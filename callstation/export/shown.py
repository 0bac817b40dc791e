"""The tables of forecast, retention and coverage as sheets: typed columns for each kind of row that a page shows."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from callstation.calling.outcomes import LOSS_REASONS
from callstation.export.sheets import Column, Kind, Sheet
from callstation.renewals.accuracy import WEEKS, PeriodAccuracy
from callstation.renewals.amounts import units_amount
from callstation.renewals.bridge import LABELS
from callstation.renewals.bridging import Moved
from callstation.renewals.capacity import CapacityRow
from callstation.renewals.closed import ClosedGroup
from callstation.renewals.coverage import CoverRow
from callstation.renewals.differences import DifferenceRow
from callstation.renewals.due_list import DueRow
from callstation.renewals.fiscal import month_name
from callstation.renewals.forecast import GRID, Forecast
from callstation.renewals.measures import Measure
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.renewals.retained import LATE_WORDS, Retention
from callstation.renewals.touchpoints import TouchRow
from callstation.reports.chart import Chart, ChartKind
from callstation.reports.figure_rows import FigureRow
from callstation.reports.kpis import Figure
from db.vocabulary import LossReason

Part = tuple[Column, Callable[[Any], Any]]
TEXT, NUMBER, MONEY, DAY, SHARE = Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DAY, Kind.SHARE


def _of(title: str, kind: Kind = TEXT, read: str | Callable[[Any], Any] = "") -> Part:
    """A column; without ``read`` the attribute has the name of the title."""
    key = title.lower().replace(" ", "_")
    if callable(read):
        return Column(key, title, kind), read
    path = read or key
    return Column(key, title, kind), lambda row: _at(row, path)


def _at(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(row, name)
    return row


def _yes(name: str) -> Callable[[Any], str]:
    return lambda row: {True: "yes", False: "no", None: ""}[getattr(row, name)]


def _item(name: str, key: Any) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)[key]


def _reason(reason: LossReason | None) -> str:
    return "" if reason is None else LOSS_REASONS[reason]


_CONTRACT = (_of("Account"), _of("Contract", TEXT, "contract_number"))
_OUTSIDE = (_of("Amount", MONEY), _of("Currency"))
_SHAPES: Mapping[type, tuple[str, tuple[Part, ...]]] = MappingProxyType(
    {
        Retention: ("Retention due", (
            _of("Due", TEXT, "name"), _of("Contracts", NUMBER, "due"), _of("With a value", NUMBER, "valued"),
            _of("Up for renewal", MONEY, "target"), _of("Renewed for", MONEY, "result"), _of("Kept", MONEY),
            _of("Growth", MONEY), _of("GRR", SHARE), _of("NRR", SHARE), _of("Customers", SHARE, "logo"),
            _of("Customers due", NUMBER, "customers.due"), _of("Customers renewed", NUMBER, "customers.renewed"),
            _of("Seats", SHARE, "unit"), _of("Seats due", NUMBER), _of("Seats renewed", NUMBER),
            _of("Renewed", NUMBER), _of("On time", SHARE), _of("On time count", NUMBER),
            *(_of(said.capitalize(), NUMBER, _item("lateness", late)) for late, said in LATE_WORDS.items()),
            _of("Open", NUMBER), _of("Open value", MONEY),
            _of("Lost", NUMBER, lambda row: sum(one.count for one in row.lost)),
            _of("Lost value", MONEY, lambda row: sum((one.value for one in row.lost), Decimal(0))),
        )),
        ClosedGroup: ("Retention closed", (
            _of("Closed", TEXT, "name"), _of("Won", NUMBER), _of("Won for", MONEY, "won_value"), _of("Lost", NUMBER),
            _of("Lost value", MONEY), _of("Growth", NUMBER), _of("Growth value", MONEY),
        )),
        DueRow: ("Contracts", (
            *_CONTRACT, _of("Partner"), _of("Due", DAY, "due_on"), _of("Closed", DAY, "closed_on"),
            _of("Became", TEXT, "outcome.value"), _of("Days late", NUMBER),
            _of("Reason", TEXT, lambda row: _reason(row.reason)), _of("Up for renewal", MONEY, "target"),
            _of("Renewed for", MONEY, "result"), _of("Currency"), _of("Seats due", NUMBER),
            _of("Seats renewed", NUMBER),
        )),
        CoverRow: ("Coverage", (
            _of("Covered by", TEXT, "cover.value"), *_CONTRACT, _of("Partner"), _of("Ends", DAY, "due_on"), *_OUTSIDE,
            _of("Why", TEXT, "words"), _of("What to do"),
        )),
        DifferenceRow: ("Differences", (
            _of("Contract", TEXT, "number"), _of("Account"), _of("Ends", DAY, "ends_on"),
            _of("In the lists", TEXT, _yes("in_lists")), _of("In the book", TEXT, _yes("in_book")),
            _of("In Salesforce", TEXT, _yes("in_crm")), _of("Difference", TEXT, "words"), _of("What to do"),
        )),
        TouchRow: ("Touch points", (
            _of("Account"), _of("Planned", NUMBER), _of("Done", NUMBER), _of("Reached", NUMBER),
            _of("Owed", NUMBER, "debt"), _of("Last", DAY, "last_on"), _of("Next", DAY, "next_on"),
        )),
        CapacityRow: ("Not reached in time", (
            *_CONTRACT, _of("Ends", DAY, "ends_on"), *_OUTSIDE, _of("Why not in time", TEXT, "words"),
        )),
        Moved: ("Bridge moves", (
            _of("Moved by", TEXT, lambda row: LABELS[row.move.kind]), _of("Account"), _of("Contract", TEXT, "title"),
            _of("Amount", MONEY, "amount"), _of("Currency"), _of("In own currency", MONEY, "base"),
            _of("Own currency", TEXT, "own"), _of("From where to where", TEXT, "words"),
            _of("Activity", TEXT, lambda row: row.mover.words if row.mover else "no activity"),
        )),
        PeriodAccuracy: ("Forecast accuracy", (
            _of("Period", TEXT, "period.name"), _of("Won", MONEY, "result"), _of("Renewals", NUMBER, "result_count"),
            *(_of(f"{weeks} weeks before", MONEY, _item("said", weeks)) for weeks in WEEKS),
        )),
        FigureRow: ("Behind the figure", (
            _of("Day", DAY, "on"), _of("Account"), _of("What"), _of("Value", NUMBER), *_OUTSIDE,
            _of("Counts", TEXT, _yes("is_counted")),
        )),
        Figure: ("Figures", (
            _of("Figure", TEXT, "name"), _of("Value", NUMBER), _of("Unit", TEXT, "unit.value"), _of("Currency"),
            _of("N", NUMBER), _of("Counted"), _of("Not counted", NUMBER, "apart"), _of("Before", NUMBER),
            _of("Before is", TEXT, "before_words"), _of("Year before", NUMBER),
            _of("From", DAY, "period.starts_on"), _of("To", DAY, "period.ends_on"),
            _of("Formula"),
        )),
        PipelineRow: ("Opportunities", (
            _of("Account"), _of("Contract", TEXT, "number"), _of("What", TEXT, "title"),
            _of("Kind", TEXT, lambda row: "renewal" if row.kind is None else row.kind.value.replace("_", " ")),
            _of("Stage", TEXT, lambda row: row.stage.value.replace("_", " ")),
            _of("Category", TEXT, lambda row: Measure(row.category.value).label), *_OUTSIDE,
            _of("Closes", DAY, "close_on"), _of("Ends", DAY, "due_on"), _of("Partner"), _of("Contact"),
            _of("Next step"), _of("Silent days", NUMBER), _of("Slips", NUMBER),
        )),
    }
)  # fmt: skip
"""Each kind of row: the name of its sheet, and its columns."""


def sheet_of(rows: Iterable[Any], name: str = "") -> Sheet | None:
    """Rows of one kind as a sheet; None for none, and for a kind that no page exports."""
    some = list(rows)
    if not some or type(some[0]) not in _SHAPES:
        return None
    usual, parts = _SHAPES[type(some[0])]
    if isinstance(some[0], Moved):
        some = [_OneCurrency(row, at) for row in some for at in range(max(1, len(row.move.units)))]
    return Sheet(
        name or usual, tuple(column for column, _ in parts), [tuple(read(row) for _, read in parts) for row in some]
    )


class _OneCurrency:
    """A move in one of the currencies it is in: an amount has one cell, and a currency beside it."""

    def __init__(self, moved: Moved, at: int) -> None:
        self.move, self.account, self.title, self.words = moved.move, moved.account, moved.title, moved.words
        self.currency, units = moved.move.units[at] if moved.move.units else ("", 0)
        self.mover, self.amount, self.own = moved.mover, units_amount(units), moved.own
        self.base = moved.bases[at] if moved.bases else None


def forecast_sheet(found: Forecast, *, is_growth: bool) -> Sheet:
    """The grid: a row for each category and month, then for the whole period, so that a spreadsheet can sum it up."""
    side = found.side(is_growth=is_growth)
    columns = (
        Column("category", "Category"), Column("month", "Month"), Column("total", "Amount", MONEY),
        Column("adjusted", "Adjusted", MONEY), Column("currency", "Currency"), Column("count", "Count", NUMBER),
        Column("week_ago", "Week ago", MONEY), Column("change", "Change", MONEY),
        Column("originals", "As they stand"), Column("without_rate", "Without a rate"),
    )  # fmt: skip
    rows = []
    for measure in GRID:
        for month in (*side.months, None):
            cell = side.cell(measure, month)
            originals = [f"{one.amount:,.2f} {one.currency}" for one in cell.amount.originals]
            rows.append(
                (measure.label, found.period.name if month is None else month_name(month), cell.total, cell.adjusted,
                 found.rates.own, cell.amount.count, cell.total_ago, cell.change, " + ".join(originals),
                 ", ".join(one.currency for one in cell.amount.without_rate))
            )  # fmt: skip
    return Sheet("Growth forecast" if is_growth else "Forecast", columns, rows)


def chart_sheet(chart: Chart) -> Sheet:
    """What a chart shows, a row for each of its labels; of a heat map, a row for each series."""
    if chart.kind is ChartKind.HEAT:
        heads, rows = chart.labels, [(one.name, *one.values) for one in chart.series]
    else:
        heads = tuple(one.name for one in chart.series)
        rows = [(label, *(one.values[at] for one in chart.series)) for at, label in enumerate(chart.labels)]
    unit = f", {chart.unit}" if chart.unit else ""
    columns = (Column("label", chart.title), *(Column(f"value_{at}", f"{head}{unit}", NUMBER)
                                               for at, head in enumerate(heads, start=1)))  # fmt: skip
    return Sheet("Chart", columns, rows)
