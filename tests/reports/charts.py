"""Charts made up for tests: any kind, any size, any values."""

from decimal import Decimal

from hypothesis import strategies as st

from callstation.reports.chart import Chart, ChartKind, Series, Tone, bridge

values = st.one_of(
    st.none(), st.integers(-(10**9), 10**9), st.decimals(-(10**12), 10**12, places=4, allow_nan=False), st.just(0)
)
names = st.text(max_size=24)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """A chart of any kind."""
    kind = draw(st.sampled_from(ChartKind))
    unit = draw(st.sampled_from(("", "EUR", "%")))
    if kind is ChartKind.BRIDGE:
        return draw(bridges())
    count = draw(st.integers(0, 26))
    some = st.lists(values, min_size=count, max_size=count).map(tuple)
    series = [
        Series(draw(names), draw(some), draw(st.sampled_from(Tone)), tuple(range(count)) if draw(st.booleans()) else ())
        for _ in range(draw(st.integers(0, 7)))
    ]
    goals = draw(some) if kind is ChartKind.STACKED and draw(st.booleans()) else ()
    labels = tuple(draw(names) for _ in range(count))
    return Chart(kind, draw(names), labels, tuple(series), unit, goals=goals, goal="Quota")


@st.composite
def bridges(draw: st.DrawFn) -> Chart:
    """A bridge with any moves."""
    money = st.decimals(-(10**9), 10**9, places=2)
    moves = draw(st.lists(st.tuples(names, money, st.integers(0, 99)), max_size=9))
    return bridge(draw(names), (draw(names), draw(money)), moves, draw(names), unit="EUR")


def months(*rows: tuple[Decimal | int | None, ...], kind: ChartKind = ChartKind.STACKED) -> Chart:
    """Commit, best case and pipeline of four months."""
    tones = (Tone.ACCENT, Tone.WARN, Tone.MUTE)
    series = [
        Series(name, row, tone, (3, 1, 2, 4))
        for name, row, tone in zip(("Commit", "Best case", "Pipeline"), rows, tones, strict=False)
    ]
    return Chart(kind, "Forecast", ("November", "December", "January", "February"), tuple(series), "EUR")
