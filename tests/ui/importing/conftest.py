"""The window with the import page in view, on an empty store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from callstation.app import App
from ui.importing.page import ImportPage
from ui.pages import PAGES
from ui.shell import Shell

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app, "import")
    yield made
    made.detach()


@pytest.fixture
def page(shell: Shell) -> ImportPage:
    found = shell.page("import")
    assert isinstance(found, ImportPage)
    return found
