"""No dependency below the version that mended a known hole or a known loss of data."""

import re
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from tests.house.tree import ROOT

FLOORS = {
    "pyside6-essentials": (6, 11, 3),  # 6.12 leaves Python 3.11
    "sqlcipher3": (0, 6, 4),
    "reportlab": (5,),
    "mako": (1, 2, 2),
    "jaraco-context": (6, 1),
    "pillow": (10, 3),
    "h11": (0, 16),
}


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text.partition("+")[0]))


def _below(versions: dict[str, str]) -> list[str]:
    return [f"{name} {text}" for name, text in versions.items() if name in FLOORS and _numbers(text) < FLOORS[name]]


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-package.lock", "requirements-bench.lock"])
def test_the_lock_is_above_every_floor(name: str) -> None:
    versions = _locked(name)
    assert len(versions) > 3
    assert _below(versions) == []


def test_what_is_installed_is_above_every_floor() -> None:
    installed = {}
    for name in FLOORS:
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            continue
    assert {"pyside6-essentials", "sqlcipher3", "mako"} <= installed.keys()
    assert _below(installed) == []
    assert _numbers(installed["pyside6-essentials"]) < (6, 12)


def test_a_version_below_a_floor_is_caught() -> None:
    assert _below({"mako": "1.2.1", "h11": "0.9.0", "pillow": "10.3.0"}) == ["mako 1.2.1", "h11 0.9.0"]


def test_the_products_sqlite_has_the_write_ahead_log_mended() -> None:
    from sqlcipher3 import dbapi2

    assert _numbers(dbapi2.sqlite_version) >= (3, 51, 3)


def test_setting_a_label_keeps_the_count_of_none() -> None:
    """Some PySide6 releases lose a reference to None per call, and the program dies of it after hours of use."""
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication.instance() or QApplication([])
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) <= 20
    assert application is not None
