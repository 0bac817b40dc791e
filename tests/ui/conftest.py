"""A Qt without a screen, with the bundled fonts and the light look for every test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.keyboard import KeyKeeper
from ui.theme import load_fonts, theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with fonts and key filter, as the program starts it."""
    load_fonts()
    KeyKeeper(qapp)
    return qapp


@pytest.fixture(autouse=True)
def look(dressed: QApplication) -> Iterator[None]:
    """Every test begins in the light look at 100 %."""
    if (theme.tokens.name, theme.text_size) != ("light", 100) or not dressed.styleSheet():
        theme.apply(dressed, "light", 100)
    yield
    dressed.closeAllWindows()
