"""``python3 dev.py bench``: the performance goals, each beside its limit and its peer, in one run."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path[:] = [path for path in sys.path if Path(path).resolve() != Path(__file__).resolve().parent]

from tests.bench.table import Report  # noqa: E402

GOALS = {
    "P1": "p1_queue", "P2": "p2_log", "P3": "p3_desk", "P4": "p4_start", "P5": "p5_search", "P6": "p6_import",
    "P7": "p7_sync", "P8": "p8_documents", "P9": "p9_forecast", "P10": "p10_memory", "P12": "p12_tables",
}  # fmt: skip


def main() -> int:
    """Run the chosen goals at the chosen sizes and print the table."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("goals", nargs="*", default=[], help=f"which: {', '.join(GOALS)}; all by default")
    parser.add_argument("--sizes", default="10000,100000,1000000", help="renewals in the book, comma separated")
    chosen = parser.parse_args()
    sizes = sorted(int(size.replace("_", "")) for size in chosen.sizes.split(","))
    report = Report()
    for goal_id in chosen.goals or GOALS:
        print(f"{goal_id} ...", flush=True)
        import_module(f"tests.bench.{GOALS[goal_id.upper()]}").run(report, sizes)
    report.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
