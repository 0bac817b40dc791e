"""A command and the first paint of the window import nothing heavy."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.opening import open_app
from callstation.paths import Places
from callstation.settings import save_settings
from callstation.sync.connection import connect
from callstation.sync.salesforce.oauth import Identity
from tests.factories import customer
from tests.house.tree import ROOT

HEAVY = (
    "sqlalchemy", "alembic", "sqlcipher3", "PySide6", "phonenumbers", "babel", "rapidfuzz", "python_calamine",
    "httpx2", "keyring", "tenacity", "truststore", "werkzeug", "lark",
)  # fmt: skip


def _imported(*arguments: str) -> set[str]:
    """The top packages a fresh interpreter imports on the way."""
    command = [sys.executable, "-X", "importtime", *arguments]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    lines = [line for line in told.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("queue", "--help"), ("import", "--help"), ("connect", "--help")]
)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    imported = _imported("-m", "callstation", *arguments)
    assert "callstation" in imported
    assert imported & set(HEAVY) == set()


UNTIL_PAINTED = """
import os, sys
from pathlib import Path
from callstation.paths import Places
from ui.main import run

def tell(step):
    if step == sys.argv[2]:
        sys.stderr.flush()
        os._exit(0)

os.environ["QT_QPA_PLATFORM"] = "offscreen"
run(Places(Path(sys.argv[1])), tell=tell)
"""
FOR_THE_SYNC = {"httpx2", "keyring", "tenacity", "truststore", "werkzeug", "lark"}
NOT_FOR_ROWS = {
    "sqlalchemy", "alembic", "phonenumbers", "holidays", "rapidfuzz", "python_calamine", "rich", "typer",
    *FOR_THE_SYNC,
}  # fmt: skip
DANA = Identity(
    "005000000000001AAA", "00D000000000001AAA", "dana@acme.example", "Dana", "", "https://acme.my.salesforce.com"
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A book with one customer, in order for today."""
    found = Places(tmp_path / "book")
    app = open_app(found)
    app.do(lambda work: customer(work, ends_on=work.today + timedelta(days=20)))
    app.record(refresh_targets)
    app.record(build_day)
    app.close()
    return found


def test_the_window_is_painted_before_the_store_and_its_own_parts_are_imported(places: Places) -> None:
    imported = _imported("-c", UNTIL_PAINTED, str(places.root), "window")
    assert "PySide6" in imported
    assert imported & {*NOT_FOR_ROWS, "sqlcipher3", "babel", "json", "zoneinfo"} == set()


def test_the_first_rows_are_painted_before_what_a_call_needs(places: Places) -> None:
    imported = _imported("-c", UNTIL_PAINTED, str(places.root), "rows")
    assert "sqlcipher3" in imported
    assert imported & NOT_FOR_ROWS == set()


def test_the_whole_desk_needs_no_sqlalchemy(places: Places) -> None:
    imported = _imported("-c", UNTIL_PAINTED, str(places.root), "page")
    assert "holidays" in imported
    assert imported & {"sqlalchemy", "alembic", "typer", *FOR_THE_SYNC} == set()


def test_the_desk_of_a_connected_book_imports_no_network_before_a_sync(places: Places) -> None:
    app = open_app(places)
    app.settings = app.settings.with_values(sync_every_min=30, is_synced_when_idle=True)
    save_settings(places.settings, app.settings)
    app.record(connect, DANA, host="https://login.salesforce.com", client_id="3MVG9")
    app.close()
    assert _imported("-c", UNTIL_PAINTED, str(places.root), "page") & FOR_THE_SYNC == set()


def test_the_sync_page_imports_no_network_before_a_sync() -> None:
    imported = _imported("-c", "import ui.sync.page, ui.sync.schedule, ui.sync.runner")
    assert imported & FOR_THE_SYNC == set()


def test_a_heavy_import_is_caught() -> None:
    assert "sqlalchemy" in _imported("-c", "import db.models")
