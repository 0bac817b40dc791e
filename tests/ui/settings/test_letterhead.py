"""The letterhead's own controls: a logo that is chosen or dropped, a colour with swatches, percentages."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.settings.test_page import page, press, shell
from tests.ui.walk import HOSTILE, nameless, rich
from ui.settings.letterhead_controls import COLOURS, LogoBox
from ui.settings.page import SettingsPage
from ui.shell import Shell

__all__ = ["page", "shell"]


def picture(path: Path, kind: str = "PNG") -> Path:
    out = BytesIO()
    Image.new("RGB", (200, 60), "#336699").save(out, kind)
    path.write_bytes(out.getvalue())
    return path


def box(page: SettingsPage) -> LogoBox:
    found = page.rows["company_logo"].control.widget
    assert isinstance(found, LogoBox)
    return found


def drop(onto: LogoBox, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    onto.dropEvent(event)


def test_a_dropped_picture_is_kept_beside_the_store_and_shown(page: SettingsPage, tmp_path: Path) -> None:
    drop(box(page), picture(tmp_path / "mine.png"))
    kept = Path(page.app.settings.company_logo)
    assert kept.parent == page.shell.places.root / "letterhead"
    assert box(page).picture.accessibleName() == "The logo"
    assert page.rows["company_logo"].problem == ""
    box(page).remove.setFocus()
    press(Qt.Key.Key_Return)
    assert page.app.settings.company_logo == ""
    assert box(page).picture.accessibleName() == "No logo yet"


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_said_in_place_and_changes_nothing(
    page: SettingsPage, tmp_path: Path, data: bytes
) -> None:
    drop(box(page), picture(tmp_path / "good.png"))
    before = page.app.settings.company_logo
    (tmp_path / "bad.png").write_bytes(data)
    drop(box(page), tmp_path / "bad.png")
    assert "bad.png" in page.rows["company_logo"].problem
    assert page.app.settings.company_logo == before
    assert box(page).path == before


def test_a_colour_is_typed_or_picked(page: SettingsPage, qtbot: QtBot) -> None:
    row = page.rows["company_colour"]
    field = row.control.widget.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "#ffff00")
    press(Qt.Key.Key_Return)
    assert "too light" in row.problem
    assert page.app.settings.company_colour == "#2B59D9"
    swatch = row.control.widget.swatches[3]
    swatch.setFocus()
    press(Qt.Key.Key_Space)
    assert (page.app.settings.company_colour, row.problem) == (COLOURS[3][1], "")
    assert swatch.isChecked()


@pytest.mark.parametrize(("typed", "kept"), [("7.5", "7.5"), ("7,5 %", "7,5"), (" 3% ", "3")])
def test_a_percentage_is_taken_with_or_without_its_sign(page: SettingsPage, typed: str, kept: str) -> None:
    field = page.rows["uplift"].control.widget.focusProxy()
    assert field is not None
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, typed)
    press(Qt.Key.Key_Return)
    assert page.app.settings.uplift == kept


def test_a_percentage_that_is_no_number_is_said_in_place(page: SettingsPage) -> None:
    field = page.rows["reinstatement_fee"].control.widget.focusProxy()
    assert field is not None
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "a lot")
    press(Qt.Key.Key_Return)
    assert page.rows["reinstatement_fee"].problem
    assert page.app.settings.reinstatement_fee == "10"


def test_a_link_brings_one_setting_into_view(page: SettingsPage) -> None:
    page.search.setText("theme")
    page.shell.go("settings", setting="company_name")
    assert page.rows["company_name"].control.widget.hasFocus()
    assert page.search.text() == ""


def shown(page: SettingsPage, qtbot: QtBot) -> str:
    """What the first page of the preview says, once it has followed."""
    preview = page.preview
    qtbot.waitUntil(lambda: not preview._pause.isActive() and not preview._is_wanted, timeout=10_000)
    qtbot.waitUntil(lambda: not page.shell.jobs.running, timeout=20_000)
    return " ".join(preview.view.paper.words.split())


def into_view(page: SettingsPage, qtbot: QtBot) -> str:
    page.shell.go("settings", setting="company_name")
    page.grab()
    qtbot.waitUntil(lambda: bool(page.preview.view.paper.words), timeout=20_000)
    return shown(page, qtbot)


def test_the_letter_shows_what_is_typed(page: SettingsPage, shell: Shell, qtbot: QtBot) -> None:
    shell.resize(1440, 900)
    assert "Your company" in into_view(page, qtbot)
    assert "missing" in page.preview.said.text()
    field = page.rows["company_name"].control.widget
    QTest.keyClicks(field, "AT&T <Acme> Ltd")
    qtbot.waitUntil(lambda: "AT&T <Acme> Ltd" in shown(page, qtbot), timeout=20_000)
    assert "sample" in page.preview.said.text()


@pytest.mark.parametrize(("language", "says"), [(0, "Quote"), (1, "Angebot"), (2, "Devis")])
def test_the_quote_is_shown_in_each_language(
    page: SettingsPage, shell: Shell, qtbot: QtBot, language: int, says: str
) -> None:
    shell.resize(1440, 900)
    into_view(page, qtbot)
    page.preview.kinds.setCurrentIndex(1)
    page.preview.languages.setCurrentIndex(language)
    assert f"{says} Q-2026-0012" in shown(page, qtbot)


def test_a_logo_that_is_gone_is_said_above_the_page_which_stays(
    page: SettingsPage, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    shell.resize(1440, 900)
    into_view(page, qtbot)
    drop(box(page), picture(tmp_path / "mine.png"))
    assert shown(page, qtbot)
    Path(page.app.settings.company_logo).unlink()
    page.preview.languages.setCurrentIndex(1)
    assert shown(page, qtbot)
    assert "logo" in page.preview.said.text().lower()


def test_nothing_is_drawn_while_the_letterhead_is_out_of_sight(page: SettingsPage) -> None:
    page.grab()
    QApplication.processEvents()
    assert page.preview._is_wanted
    assert not page.preview._pause.isActive()
    assert page.shell.jobs.running == []
    assert len(page.preview.view.paper) == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_plain_text(page: SettingsPage, words: str) -> None:
    for name in ("company_name", "company_address", "company_footer", "signed_by"):
        page.rows[name].control.widget.put(words)
        page.rows[name].control.widget.left.emit()
    page.grab()
    assert rich(page) == []
    assert nameless(page) == []
