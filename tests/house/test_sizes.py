"""Files stay of a size one can read: median 100 lines, nine in ten within 250, none over 400."""

from statistics import median, quantiles

from tests.house.tree import PRODUCT, ROOT, python_files

LINES = {
    str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in python_files(*PRODUCT, "tests")
} | {"dev.py": len((ROOT / "dev.py").read_text(encoding="utf-8").splitlines())}


def test_no_file_is_over_400_lines() -> None:
    assert {name: lines for name, lines in LINES.items() if lines > 400} == {}


def test_half_the_files_are_within_100_lines() -> None:
    assert median(LINES.values()) <= 100


def test_nine_files_in_ten_are_within_250_lines() -> None:
    longest = sorted(LINES.items(), key=lambda item: -item[1])[:10]
    assert quantiles(LINES.values(), n=10)[-1] <= 250, longest
