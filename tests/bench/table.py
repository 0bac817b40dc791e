"""The one table the benchmarks print."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its limit or peer. Times in milliseconds unless ``unit`` says otherwise."""

    goal_id: str
    figure: str
    size: int
    ours: float
    against: str
    theirs: float | None
    ratio: float | None
    goal: str
    is_met: bool | None
    spread: str = ""
    unit: str = "ms"


@dataclass(slots=True)
class Report:
    """The rows so far, printed at the end, and as they come where someone waits."""

    rows: list[Row] = field(default_factory=list)

    def add(
        self, goal_id: str, figure: str, size: int, ours: float, against: str, theirs: float | None, *,
        at_most: float | None = None, at_least: float | None = None, ratio: float | None = None, spread: str = "",
        unit: str = "ms",
    ) -> None:  # fmt: skip
        """One figure; ``at_most`` bounds ours / theirs, ``at_least`` bounds theirs / ours."""
        found = ratio if ratio is not None else (ours / theirs if theirs else None)
        goal, is_met = "", None
        if at_most is not None and found is not None:
            goal, is_met = f"<= {at_most:g}x", found <= at_most
        if at_least is not None and theirs is not None:
            goal, is_met = f">= {at_least:g}x faster", theirs / ours >= at_least
        row = Row(goal_id, figure, size, ours, against, theirs, found, goal, is_met, spread, unit)
        self.rows.append(row)
        shown = "" if theirs is None else f" against {theirs:.3f}"
        print(f"  {goal_id} {figure} at {size:,}: {ours:.3f}{shown} {unit}", flush=True)

    def show(self) -> None:
        """Print the table."""
        table = Table(title="Callstation beside its limits and peers, one machine, one run")
        for name, justify in (
            ("goal", "left"), ("figure", "left"), ("book", "right"), ("ours", "right"), ("beside", "left"),
            ("theirs", "right"), ("ratio", "right"), ("goal", "left"), ("met", "left"), ("spread", "left"),
        ):  # fmt: skip
            table.add_column(name, justify=justify)  # type: ignore[arg-type]
        for row in self.rows:
            table.add_row(
                row.goal_id, row.figure, f"{row.size:,}", f"{row.ours:.2f} {row.unit}", row.against,
                "" if row.theirs is None else f"{row.theirs:.2f} {row.unit}",
                "" if row.ratio is None else f"{row.ratio:.3g}x", row.goal,
                {None: "", True: "yes", False: "NO"}[row.is_met], row.spread,
            )  # fmt: skip
        Console(width=190).print(table)
