"""A quote that goes out: its papers are those of a sent quote, filed with the sending, gone where it is not sent."""

from collections.abc import Callable
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.documents.fields import MissingFieldsError
from callstation.documents.filing import make_again
from callstation.documents.sending import drop_papers, make_papers, send_with_papers
from callstation.errors import UserError
from callstation.quotes.quotes import approve_quote, save_quote
from callstation.quotes.worksheet import Choices
from tests.ui.quotes.owned import customers


@pytest.fixture
def saved(app: App) -> Callable[..., int]:
    """Saves a quote of the first customer; its id."""
    app.settings = app.settings.with_values(company_name="Northwind", signed_by="Dana Cole")
    app.do(customers)
    app.record(refresh_targets)
    return lambda **choices: app.do(save_quote, 1, Choices(**choices)).quote_id


def folder(app: App) -> Path:
    return app.store.parent / "documents"


def files(app: App) -> list[str]:
    return sorted(path.suffix for path in folder(app).rglob("*") if path.is_file())


def status(app: App) -> list[tuple[Any, ...]]:
    return app.ask(lambda work: work.rows("SELECT status FROM quote"))


def test_the_papers_of_a_draft_are_those_it_has_once_it_is_sent(app: App, saved: Callable[..., int]) -> None:
    papers = make_papers(app, saved(), folder=folder(app))
    assert papers.pdf.recipe.data.watermark == ""
    assert status(app) == [("draft",)]
    sent = app.do(send_with_papers, papers)
    assert sent.label == "Sent Q-2026-0001 v1 for Halden Robotics"
    assert status(app) == [("sent",)]
    for document_id, path in app.ask(lambda work: work.rows("SELECT id, path FROM document")):
        assert (folder(app) / path).read_bytes() == make_again(app, document_id)
    mail = message_from_bytes(papers.draft.path.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == papers.pdf.path.read_bytes()


def test_one_step_sends_and_files_and_one_step_takes_both_back(app: App, saved: Callable[..., int]) -> None:
    quote_id = saved()
    app.do(send_with_papers, make_papers(app, quote_id, folder=folder(app)))
    assert app.undo() == "Sent Q-2026-0001 v1 for Halden Robotics"
    assert status(app) == [("draft",)]
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM document")) == [(0,)]
    assert files(app) == [".eml", ".pdf"]
    app.do(send_with_papers, make_papers(app, quote_id, folder=folder(app)))
    assert files(app) == [".eml", ".pdf"]  # the same papers, taken as they are
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM document")) == [(2,)]


def test_a_quote_below_the_floor_gets_no_papers_before_it_is_approved(app: App, saved: Callable[..., int]) -> None:
    quote_id = saved(discount=Decimal("0.3"), reason="Loyal")
    with pytest.raises(UserError, match="cannot be sent"):
        make_papers(app, quote_id, folder=folder(app))
    assert files(app) == []
    app.do(approve_quote, quote_id, by="Maria", reason="Loyal")
    app.do(send_with_papers, make_papers(app, quote_id, folder=folder(app)))
    assert status(app) == [("sent",)]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE contact SET email = NULL", "e-mail"), ("UPDATE contact SET email = 'nobody'", "no e-mail address"),
        ("UPDATE contact SET email = '', name = ''", "Missing"),
    ],
)  # fmt: skip
def test_what_is_missing_leaves_no_file(app: App, saved: Callable[..., int], change: str, what: str) -> None:
    quote_id = saved()
    app.record(lambda work: work.derive(change))
    with pytest.raises(UserError) as raised:
        make_papers(app, quote_id, folder=folder(app))
    assert what in f"{raised.value.title} {raised.value.detail} {raised.value.hint}"
    assert files(app) == []


def test_a_company_without_a_name_is_told_to_fill_it_in(app: App, saved: Callable[..., int]) -> None:
    quote_id = saved()
    app.settings = app.settings.with_values(company_name="")
    with pytest.raises(MissingFieldsError):
        make_papers(app, quote_id, folder=folder(app))


def test_papers_of_a_quote_that_was_not_sent_after_all_go(
    app: App, saved: Callable[..., int], clock: ManualClock
) -> None:
    papers = make_papers(app, saved(), folder=folder(app))
    clock.advance(40 * 86_400)
    with pytest.raises(UserError, match="cannot be sent"):
        app.do(send_with_papers, papers)
    drop_papers(papers)
    assert files(app) == []
    assert status(app) == [("draft",)]


def test_papers_that_were_there_before_stay_when_a_sending_fails(app: App, saved: Callable[..., int]) -> None:
    quote_id = saved()
    make_papers(app, quote_id, folder=folder(app))
    drop_papers(make_papers(app, quote_id, folder=folder(app)))
    assert files(app) == [".eml", ".pdf"]
