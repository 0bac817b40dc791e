"""The window's part of the self-test paints a real window, and says so."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.selftest import paint


def test_the_window_is_painted_and_every_page_imported(qtbot: QtBot, tmp_path: Path) -> None:
    assert "pages imported, a window of 1200x800 painted" in paint(tmp_path)
