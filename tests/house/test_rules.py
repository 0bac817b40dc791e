"""What the house forbids in a source file: a clock of its own, a stray thread, work left for later."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PRODUCT, ROOT, dotted, imports, parsed, python_files

CLOCK = Path("callstation/clock.py")
JOBS = Path("ui/jobs.py")
WALL_CLOCKS = (
    r"(^|\.)(datetime|date)\.(now|utcnow|today)$",
    r"^time\.(time|time_ns|localtime|gmtime|ctime)$",
    r"(^|\.)(QDateTime|QDate|QTime)\.current\w+$",
)
THREADS = re.compile(
    r"^(_thread|concurrent|multiprocessing|asyncio)\b|^threading\.(Thread|Timer)$|\.(QThread|QThreadPool|QRunnable)$"
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|coming soon|lorem ipsum|raise NotImplementedError", re.IGNORECASE)


def _wall_clocks(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and any(re.search(clock, dotted(node)) for clock in WALL_CLOCKS):
            yield node.lineno


def _threads(tree: ast.AST) -> Iterator[int]:
    for name, line in imports(tree):
        if THREADS.search(name):
            yield line
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and THREADS.search(dotted(node)):
            yield node.lineno


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    found = [
        f"{path}:{line}" for path in python_files(*PRODUCT) if path != CLOCK for line in _wall_clocks(parsed(path))
    ]
    assert found == []


def test_a_thread_begins_only_in_the_jobs_of_the_screens() -> None:
    found = [f"{path}:{line}" for path in python_files(*PRODUCT) if path != JOBS for line in _threads(parsed(path))]
    assert found == []


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "datetime.date.today()", "time.time()", "QDate.currentDate()"])
def test_a_stray_wall_clock_is_caught(line: str) -> None:
    assert list(_wall_clocks(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line", ["threading.Thread()", "from PySide6.QtCore import QThread", "import concurrent.futures"]
)
def test_a_stray_thread_is_caught(line: str) -> None:
    assert list(_threads(ast.parse(line)))


def test_every_module_opens_with_a_sentence_that_says_what_it_is_for() -> None:
    def opening(path: Path) -> str:
        return (ast.get_docstring(parsed(path)) or "").split("\n\n")[0].rstrip("`\"')")

    files = [*python_files(*PRODUCT, "tests"), Path("dev.py")]
    assert [str(path) for path in files if not opening(path).endswith((".", "?", ":", "!", "run"))] == []


def test_nothing_is_left_for_later_in_the_product() -> None:
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in python_files(*PRODUCT)
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []
