"""A command and the first paint of the window import nothing heavy."""

import subprocess
import sys

import pytest

from tests.house.tree import ROOT

HEAVY = ("sqlalchemy", "alembic", "sqlcipher3", "PySide6", "phonenumbers", "babel", "rapidfuzz", "python_calamine")


def _imported(*arguments: str) -> set[str]:
    """The top packages a fresh interpreter imports on the way."""
    command = [sys.executable, "-X", "importtime", *arguments]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    lines = [line for line in told.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("queue", "--help"), ("import", "--help")])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    imported = _imported("-m", "callstation", *arguments)
    assert "callstation" in imported
    assert imported & set(HEAVY) == set()


FIRST_PAINT = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from callstation.settings import Settings
from ui.main import qt_application
from ui.shell import Shell
application = qt_application(Settings())
shell = Shell()
shell.show()
assert not shell.grab().isNull()
"""


def test_the_window_is_painted_before_the_store_is_imported() -> None:
    imported = _imported("-c", FIRST_PAINT)
    assert "PySide6" in imported
    assert imported & {"sqlalchemy", "alembic", "phonenumbers", "rapidfuzz", "python_calamine"} == set()


def test_a_heavy_import_is_caught() -> None:
    assert "sqlalchemy" in _imported("-c", "import db.models")
