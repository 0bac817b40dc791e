"""The columns of the tables of retention, and what the whole says in words with its formulas."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from callstation.calling.outcomes import LOSS_REASONS
from callstation.percents import percent
from callstation.renewals.closed import ClosedGroup
from callstation.renewals.due_list import DueRow
from callstation.renewals.retained import Retention
from callstation.reports.chart import Chart, ChartKind, Series, Tone
from callstation.settings import Settings
from ui import words
from ui.forecast.said import money
from ui.tables import Column

NARROW_DUE = ("Due", "n", "Up for renewal", "GRR", "NRR", "Customers", "On time", "Lost")
_NONE = "–"


def shown(share: Decimal | None, settings: Settings) -> str:
    """A share; "–" where nothing was due."""
    return _NONE if share is None else percent(share, settings.language)


def due_columns(settings: Callable[[], Settings]) -> list[Column[Retention]]:
    """What was due: how many, for how much, and what became of it."""

    def number(title: str, value: Callable[[Retention], str], width: int = 88, tone: str = "text") -> Column[Retention]:
        def shade(row: Retention) -> str:
            return "text3" if value(row) == "0" else tone

        return Column(title, value, width=width, align="right", tone=shade, is_tabular=True)

    return [
        Column("Due", lambda row: row.name, width=0, role="emphasis"),
        number("n", lambda row: words.count(row.due, settings()), 64),
        number("Up for renewal", lambda row: money(row.target, settings()), 116),
        number("Renewed for", lambda row: money(row.result, settings()), 116),
        number("GRR", lambda row: shown(row.grr, settings())),
        number("NRR", lambda row: shown(row.nrr, settings())),
        number("Customers", lambda row: shown(row.logo, settings()), 92),
        number("Seats", lambda row: shown(row.unit, settings())),
        number("On time", lambda row: shown(row.on_time, settings())),
        number("Late", lambda row: words.count(row.renewed - row.on_time_count, settings()), 64, "warn"),
        number("Open", lambda row: words.count(row.open, settings()), 64, "text2"),
        number("Lost", lambda row: words.count(sum(one.count for one in row.lost), settings()), 64, "bad"),
    ]


def closed_columns(settings: Callable[[], Settings]) -> list[Column[ClosedGroup]]:
    """What was closed, whenever it was due; growth counted apart."""

    def number(title: str, value: Callable[[ClosedGroup], str], width: int = 110) -> Column[ClosedGroup]:
        return Column(title, value, width=width, align="right", is_tabular=True)

    return [
        Column("Closed", lambda row: row.name, width=0, role="emphasis"),
        number("Won", lambda row: words.count(row.won, settings()), 70),
        number("Won for", lambda row: money(row.won_value, settings())),
        number("Lost", lambda row: words.count(row.lost, settings()), 70),
        number("Lost value", lambda row: money(row.lost_value, settings())),
        number("Growth", lambda row: words.count(row.growth, settings()), 76),
        number("Growth value", lambda row: money(row.growth_value, settings()), 116),
    ]


def contract_columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[DueRow]]:
    """The contracts behind a number."""

    def became(row: DueRow) -> str:
        if row.reason is not None:
            return f"{row.outcome.value}: {LOSS_REASONS[row.reason].lower()}"
        late = row.days_late
        return row.outcome.value if late is None or late <= 0 else f"{row.outcome.value}, {late:,} d late"

    return [
        Column("Account", lambda row: row.account, width=0, role="emphasis"),
        Column("Contract", lambda row: row.contract_number, width=120, role="secondary"),
        Column("Ended", lambda row: words.day(row.due_on, today(), settings()), width=110, align="right",
               is_tabular=True),
        Column("Became", became, width=0, role="secondary"),
        Column("Up for renewal", lambda row: words.money(row.target, row.currency, settings()) or None, width=120,
               align="right", is_tabular=True),
        Column("Renewed for", lambda row: words.money(row.result, row.currency, settings()) or None, width=120,
               align="right", role="emphasis", is_tabular=True),
    ]  # fmt: skip


def total_words(one: Retention, settings: Settings) -> str:
    """The figures of the whole with formulas and n, and what is in no sum."""
    kept, growth = f"{money(one.kept, settings)} / {money(one.target, settings)}", money(one.growth, settings)
    customers = f"{words.count(one.customers.renewed, settings)} / {words.count(one.customers.due, settings)}"
    parts = [
        f"GRR {shown(one.grr, settings)} = kept / up for renewal: {kept}",
        f"NRR {shown(one.nrr, settings)} = (renewed for + growth) / up for renewal, growth {growth} a year",
        f"customers {shown(one.logo, settings)} = {customers}",
        f"n = {words.count(one.valued, settings)} of {words.count(one.due, settings)} with a value",
    ]
    parts += [left.words for left in one.left_out]
    return "; ".join(parts)


def chart_of(groups: Sequence[Retention], settings: Settings, *, is_period: bool) -> Chart:
    """Gross and net retention side by side, group by group; of periods, as they follow."""
    some = groups if is_period else groups[:12]
    series = (
        Series("GRR", tuple(_percent(one.grr) for one in some), Tone.ACCENT, tuple(one.valued for one in some)),
        Series("NRR", tuple(_percent(one.nrr) for one in some), Tone.SOFT, tuple(one.valued for one in some)),
    )
    has_any = any(one.grr is not None for one in some)
    labels = tuple(one.name for one in some) if has_any else ()
    return Chart(
        ChartKind.BARS, "Gross and net retention", labels, series if has_any else (), "%", language=settings.language
    )


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100
