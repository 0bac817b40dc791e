"""Pages and files that are ready only when another account is in hand: they are never taken for its own."""

from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from callstation.documents import filing
from tests.ui.documents.conftest import Clerk
from ui.documents import documenting


def held(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Event:
    """The first call of a function waits until the event is set."""
    go, real, calls = Event(), getattr(module, name), []

    def waiting(*args: Any, **how: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            go.wait(10)
        return real(*args, **how)

    monkeypatch.setattr(module, name, waiting)
    return go


def test_pages_drawn_for_the_account_before_are_not_shown_for_the_next(
    clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, before = held(monkeypatch, documenting, "look"), clerk.account
    clerk.press("L")
    qtbot.waitUntil(lambda: "look" in clerk.shell.jobs.running)
    clerk.press("Ctrl+1", "L")
    found = clerk.page.documenting
    found._pause.stop()
    go.set()
    qtbot.waitUntil(lambda: not clerk.shell.jobs.running)
    assert before not in found.sheet.view.paper.words
    clerk.settle()
    assert found.seen is not None
    assert before != clerk.account
    assert clerk.account in found.sheet.view.paper.words


def test_a_page_of_another_language_does_not_turn_the_choice_back(
    clerk: Clerk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held(monkeypatch, documenting, "look")
    clerk.press("L")
    qtbot.waitUntil(lambda: "look" in clerk.shell.jobs.running)
    clerk.press("L")
    found = clerk.page.documenting
    found._pause.stop()
    go.set()
    qtbot.waitUntil(lambda: not clerk.shell.jobs.running)
    assert found.sheet.languages.currentIndex() == 1
    clerk.press("L")
    clerk.settle()
    assert found.locale == found.languages[2]


def test_o_never_opens_what_was_made_for_the_account_before(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    go = held(monkeypatch, filing, "make_document")
    clerk.press("L")
    clerk.settle()
    clerk.press("Enter", "Ctrl+1", "L")
    go.set()
    clerk.settle()
    clerk.press("O")
    assert len(clerk.files) == 1
    assert clerk.opened == []
    assert not clerk.page.documenting.sheet.open_file.isVisible()
