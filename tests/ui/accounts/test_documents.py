"""The documents of an account on its page: opened by their button, made again where the file is gone."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.documents.data import Subject
from callstation.documents.filing import make_document
from callstation.settings import Settings
from db.vocabulary import DocumentKind, FileFormat
from tests.documents.office import LETTERHEAD, fill
from tests.ui.documents.conftest import Clerk, Opener, opener, ready
from tests.ui.walk import nameless, rich
from ui.accounts.documents_card import FIRST, DocumentsCard

__all__ = ["opener"]


@pytest.fixture
def settings() -> Settings:
    return LETTERHEAD


@pytest.fixture
def clerk(app: App, clock: ManualClock, qtbot: QtBot, opener: Opener) -> Iterator[Clerk]:
    fill(app, 1, name="AT&T <b>{}")
    ready(app)
    made = Clerk(app, clock, qtbot, opener)
    made.press("G", "A")
    yield made
    made.close()


def card(clerk: Clerk) -> DocumentsCard:
    found = clerk.shell.page("accounts").documents  # type: ignore[attr-defined]
    assert isinstance(found, DocumentsCard)
    return found


def make(clerk: Clerk, *locales: str) -> None:
    for locale in locales:
        make_document(
            clerk.app, DocumentKind.FIRST_NOTICE, Subject(1), FileFormat.PDF, folder=clerk.folder, locale=locale
        )


def test_an_account_without_documents_has_no_card(clerk: Clerk) -> None:
    assert not card(clerk).isVisible()


def test_a_document_is_opened_by_its_button(clerk: Clerk) -> None:
    make(clerk, "de")
    (line,) = card(clerk).lines
    assert line.open.words.startswith("First notice")
    assert "German" in line.open.accessibleDescription()
    line.open.setFocus()
    clerk.press("Enter")
    assert [path.suffix for path in clerk.opened] == [".pdf"]
    assert rich(card(clerk)) == []
    assert nameless(card(clerk)) == []


def test_a_missing_file_is_said_and_made_again(clerk: Clerk) -> None:
    make(clerk, "en")
    path = next(path for path in clerk.folder.rglob("*.pdf"))
    before = path.read_bytes()
    path.unlink()
    clerk.shell.page("accounts").refresh()
    (line,) = card(clerk).lines
    assert line.chip.text() == "File is missing"
    assert not line.open.isEnabled()
    line.again.click()
    clerk.settle()
    assert path.read_bytes() == before
    assert card(clerk).lines[0].chip.text() == ""


def test_many_are_shown_when_they_are_asked_for(clerk: Clerk) -> None:
    for _ in range(3):
        make(clerk, "en", "de", "fr")
        clerk.clock.advance(24 * 3600)
    assert len(card(clerk).lines) == FIRST
    card(clerk).more.click()
    assert len(card(clerk).lines) == 9
