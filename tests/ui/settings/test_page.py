"""The settings page: generated from the declarations, in force and on disk at once, worked by keys."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.settings import Settings, load_settings
from tests.ui.walk import nameless, rich
from ui.settings.editors import LinesEditor
from ui.settings.page import SettingsPage
from ui.settings.parts import PARTS
from ui.shell import Shell
from ui.theme import theme


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app, "settings")
    yield made
    made.detach()


@pytest.fixture
def page(shell: Shell) -> SettingsPage:
    found = shell.page("settings")
    assert isinstance(found, SettingsPage)
    return found


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_every_declared_setting_has_its_line(page: SettingsPage) -> None:
    assert list(page.rows) == [item.name for item in fields(Settings)]
    assert [name for name, row in page.rows.items() if row.control.value() != getattr(page.app.settings, name)] == []


def test_a_choice_is_in_force_and_on_disk_at_once(page: SettingsPage, shell: Shell) -> None:
    page.rows["theme"].control.widget.setFocus()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert theme.tokens.name == "dark"
    assert page.app.settings.theme == "dark"
    assert load_settings(shell.places.settings).theme == "dark"


def test_the_text_grows_with_its_setting(page: SettingsPage) -> None:
    page.rows["text_size"].control.widget.setFocus()
    press(Qt.Key.Key_Up)
    assert (theme.text_size, page.app.settings.text_size) == (105, 105)


def test_a_number_out_of_bounds_goes_back_to_what_it_was(page: SettingsPage) -> None:
    box = page.rows["day_turns_at_hour"].control.widget.box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "9")
    page.setFocus()
    assert (box.text(), page.app.settings.day_turns_at_hour) == ("4", 4)


def test_a_time_zone_that_does_not_exist_is_said_in_place(page: SettingsPage, shell: Shell) -> None:
    row = page.rows["time_zone"]
    row.control.widget.setText("Mars/Olympus")
    row.control.widget.left.emit()
    assert "Mars/Olympus" in row.problem
    assert page.app.settings.time_zone == "America/New_York"
    assert not shell.places.settings.exists()
    row.control.widget.setText("Europe/Berlin")
    row.control.widget.left.emit()
    assert (row.problem, page.app.settings.zone.key) == ("", "Europe/Berlin")


def test_lines_are_kept_as_typed(page: SettingsPage) -> None:
    page.rows["snippets"].control.widget.put("One: <b>& first\nTwo: second")
    page.rows["snippets"].control.widget.left.emit()
    assert page.app.settings.snippets == "One: <b>& first\nTwo: second"


def test_stage_names_are_lines_and_a_line_that_cannot_be_read_is_said_in_place(page: SettingsPage) -> None:
    row = page.rows["stage_names"]
    editor = row.control.widget
    assert isinstance(editor, LinesEditor)
    assert "Proposal/Price Quote" in editor.placeholderText()
    editor.put("Quoted: Offer & <b>price</b>\nSoon: Later")
    editor.left.emit()
    assert "Stage names cannot be read" in row.problem
    assert page.app.settings.stage_names == ""
    editor.put("Quoted: Offer & <b>price</b>")
    editor.left.emit()
    assert (row.problem, page.app.settings.stage_names) == ("", "Quoted: Offer & <b>price</b>")


def test_what_syncs_by_itself_is_off_until_it_is_chosen(page: SettingsPage) -> None:
    names = ("is_synced_at_start", "is_synced_when_idle", "is_synced_at_day_end")
    assert [page.rows[name].control.value() for name in names] == [False] * 3
    assert page.rows["sync_every_min"].control.value() == 0
    page.rows["is_synced_at_start"].control.widget.setFocus()
    press(Qt.Key.Key_Space)
    assert page.app.settings.is_synced_at_start


def test_search_leaves_what_matches(page: SettingsPage) -> None:
    press(Qt.Key.Key_Slash)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "voicemail note")
    assert [name for name, row in page.rows.items() if row.isVisible()] == ["voicemail_note"]
    press(Qt.Key.Key_Return)
    assert page.rows["voicemail_note"].control.widget.hasFocus()


def test_a_search_without_a_hit_says_so(page: SettingsPage) -> None:
    page.search.setText("<b>nothing</b>")
    assert not any(row.isVisible() for row in page.rows.values())
    assert rich(page) == []


def test_a_backup_is_made_beside_the_window(page: SettingsPage, qtbot: QtBot) -> None:
    page.data.back_up.click()
    qtbot.waitUntil(page.data.back_up.isEnabled)
    assert len(list((page.app.store.parent / "backups").glob("callstation-*.db"))) == 1
    assert "today" in page.data.backups.text()


def _plain(requirement: str) -> str:
    """The name of a package as the index compares it: lower case, dashes."""
    return re.sub(r"[-_.]+", "-", re.split(r"[ ;<>=!\[(~]", requirement)[0]).lower()


def test_every_part_that_is_shipped_is_named_with_its_licence(page: SettingsPage) -> None:
    declared = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    todo, needed = [_plain(line) for line in declared["project"]["dependencies"]], set[str]()
    while todo:
        name = todo.pop()
        if name in needed:
            continue
        needed.add(name)
        brought = [line for line in metadata.requires(name) or [] if not any(one in line for one in _NOT_SHIPPED)]
        todo += [_plain(line) for line in brought if _is_installed(_plain(line))]
    assert needed - {_plain(package) for package, _, _ in PARTS} == set()
    assert all(licence for _, _, licence in PARTS)


_NOT_SHIPPED = ("extra ==", 'python_version < "3.11"')


def _is_installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def test_another_weight_puts_the_queue_in_order_anew(page: SettingsPage, qtbot: QtBot) -> None:
    from callstation.calling.head import is_built

    assert not page.app.ask(is_built)
    page.rows["weight_value"].control.widget.box.step(1)
    qtbot.waitUntil(lambda: page.app.ask(is_built))


def test_each_control_has_a_name_and_words_are_plain(page: SettingsPage) -> None:
    page.about.toggle.click()
    assert nameless(page) == []
    assert rich(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_page_fits_a_small_window(page: SettingsPage, shell: Shell, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 140)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    assert page.minimumSizeHint().width() <= 1093 - 57
