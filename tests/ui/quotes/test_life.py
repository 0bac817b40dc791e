"""What becomes of a quote, by keys: saved, sent, approved, accepted, rejected, renewed, and taken back."""

from datetime import timedelta
from pathlib import Path

from callstation.app import App
from callstation.clock import ManualClock
from tests.ui.quotes.book import QuoteDesk, quote_desk
from tests.ui.quotes.owned import customers
from tests.ui.quotes.test_sheet import rows

QUOTES = "SELECT version, status FROM quote ORDER BY id"


def documents(desk: QuoteDesk) -> Path:
    return desk.app.store.parent / "documents"


def sent(desk: QuoteDesk) -> QuoteDesk:
    """The desk after the quote in hand was sent as it stands."""
    desk.press("Q", "Ctrl+Enter")
    desk.finish()
    return desk


def test_saving_keeps_a_draft_that_is_written_over(desk: QuoteDesk) -> None:
    desk.press("Q", "2", "Ctrl+S")
    assert desk.said == "Saved Q-2026-0001 v1 for Halden Robotics."
    desk.press("Enter")
    desk.type("95")
    desk.press("Enter", "Ctrl+S")
    assert desk.rows(QUOTES) == [(1, "draft")]
    assert desk.quoting.is_open
    assert desk.page.context.proposed.value.startswith("$66,")
    desk.press("Esc", "Q")
    assert rows(desk)[0][1] == "90 → 95"


def test_a_note_typed_after_saving_survives_the_saving_being_taken_back(desk: QuoteDesk) -> None:
    desk.press("Q", "Ctrl+S", "N")
    desk.type("By e-mail, please")
    desk.press("Esc", "Ctrl+Z")
    assert desk.rows(QUOTES) == []
    assert desk.quoting.sheet.foot.note.text() == "By e-mail, please"
    desk.press("Ctrl+S")
    assert desk.rows("SELECT note FROM quote") == [("By e-mail, please",)]


def test_sending_makes_the_papers_opens_the_draft_and_suggests_the_outcome(desk: QuoteDesk) -> None:
    desk.press("Space")
    sent(desk)
    assert desk.rows(QUOTES) == [(1, "sent")]
    pdf, draft = sorted(path for path in documents(desk).rglob("*.*") if path.suffix in (".pdf", ".eml"))[::-1]
    assert desk.mail.opened == [str(draft)]
    assert pdf.read_bytes().startswith(b"%PDF")
    assert b"X-Unsent: 1" in draft.read_bytes()
    assert not desk.quoting.is_open
    assert desk.said.startswith("Sent Q-2026-0001 v1 for Halden Robotics.")
    key = desk.page.space.pad.keys[7]
    assert key.label == "Reviewing"
    assert key.accessibleName().endswith("suggested")
    desk.press("7", "1")
    assert desk.rows("SELECT disposition FROM activity WHERE kind = 'call'") == [("reviewing_quote",)]
    assert desk.account == "Blue Fjord Logistics"
    assert desk.page.space.pad.keys[7].label == "Send quote"


def test_sending_is_one_step_back(desk: QuoteDesk) -> None:
    sent(desk)
    desk.press("Ctrl+Z")
    assert desk.said == "Undone: Sent Q-2026-0001 v1 for Halden Robotics"
    assert desk.rows(QUOTES) == [(1, "draft")]
    assert desk.rows("SELECT count(*) FROM document") == [(0,)]
    assert desk.page.space.pad.keys[7].label == "Send quote"
    desk.press("Ctrl+Shift+Z")
    assert desk.rows(QUOTES) == [(1, "sent")]
    assert desk.account == "Halden Robotics"
    desk.press("Ctrl+Z", "Ctrl+Z")
    assert desk.rows(QUOTES) == []


def test_a_quote_that_lacks_something_says_what_and_is_not_sent(desk: QuoteDesk) -> None:
    desk.app.settings = desk.app.settings.with_values(company_name="")
    sent(desk)
    assert desk.rows(QUOTES) == [(1, "draft")]
    assert desk.quoting.is_open
    assert "cannot be made yet" in desk.told
    assert list(documents(desk).rglob("*")) == []
    assert desk.mail.opened == []


def test_somebody_without_an_e_mail_address_gets_none_drafted(desk: QuoteDesk) -> None:
    desk.app.record(lambda work: work.derive("UPDATE contact SET email = NULL"))
    sent(desk)
    assert desk.rows(QUOTES) == [(1, "draft")]
    assert desk.quoting.is_open
    assert [path for path in documents(desk).rglob("*") if path.is_file()] == []


def test_the_call_goes_on_while_the_papers_are_made(desk: QuoteDesk) -> None:
    desk.press("Space", "Q", "Ctrl+Enter")
    assert desk.quoting.sending.is_busy
    desk.press("Ctrl+Enter", "3")  # nothing is sent twice or changed meanwhile
    desk.press("Ctrl+1")
    assert desk.account == "Blue Fjord Logistics"
    desk.finish()
    assert desk.rows(QUOTES) == [(1, "sent")]
    assert desk.account == "Blue Fjord Logistics"
    assert not desk.quoting.is_open


def test_below_the_floor_it_asks_for_approval_with_a_reason_and_is_never_sent(desk: QuoteDesk) -> None:
    desk.press("Q", "D")
    desk.type("25")
    desk.press("Enter")
    assert desk.quoting.sheet.columns[0].face.chip == "Manager approves"
    assert desk.quoting.sheet.foot.send.words == "Ask for approval"
    desk.press("Ctrl+Enter", "Enter")
    assert desk.quoting.sheet.strip.words.text() == "A discount beyond the floor needs a reason."
    desk.type("A rival offers less")
    desk.press("Enter")
    desk.finish()
    assert desk.rows("SELECT status, approval_reason FROM quote") == [("needs_approval", "A rival offers less")]
    assert desk.mail.opened == []
    assert [key.label for key in desk.quoting.sheet.strip.choices.values()] == ["Approved", "Change it"]
    desk.press("Ctrl+Enter")
    desk.finish()
    assert desk.rows("SELECT status FROM quote") == [("needs_approval",)]


def test_an_approval_takes_a_name_and_a_reason_and_then_it_is_sent(desk: QuoteDesk) -> None:
    desk.press("Q", "Shift+D")
    desk.type("15")
    desk.press("Enter", "R")
    desk.type("Loyal since 2019")
    desk.press("Enter", "Ctrl+Enter", "1")
    desk.type("Maria Duarte")
    desk.press("Enter", "Enter")
    assert desk.rows("SELECT status, approved_by, approval_reason FROM quote") == [
        ("draft", "Maria Duarte", "Loyal since 2019")
    ]
    assert desk.quoting.sheet.stored.column.face.chip == "Approved by Maria Duarte"
    desk.press("1")
    desk.finish()
    assert desk.rows("SELECT status FROM quote") == [("sent",)]
    assert len(desk.mail.opened) == 1


def test_a_sent_quote_is_shown_as_it_is_and_accepted(desk: QuoteDesk) -> None:
    sent(desk).press("Q")
    assert desk.quoting.draft is None
    assert desk.quoting.sheet.head.chip.text() == "Sent"
    labels = [key.label for key in desk.quoting.sheet.strip.choices.values()]
    assert labels == ["Accepted", "Rejected", "New version", "Mail it again"]
    desk.press("Enter", "D", "X")  # nothing of it can be typed over
    assert not desk.quoting.editing.is_typing
    desk.press("1")
    assert desk.rows("SELECT status FROM quote") == [("accepted",)]
    assert desk.rows("SELECT DISTINCT stage FROM renewal WHERE id < 3") == [("verbal_yes",)]
    assert desk.quoting.sheet.head.chip.text() == "Accepted"
    desk.press("Ctrl+Z")
    assert desk.rows("SELECT status FROM quote") == [("sent",)]


def test_a_rejection_takes_what_they_said(desk: QuoteDesk) -> None:
    sent(desk).press("Q", "2", "Enter")
    assert desk.quoting.sheet.strip.words.text() == "Say what they said; it helps to win them back."
    desk.type("Too dear")
    desk.press("Enter")
    assert desk.rows("SELECT status, reason FROM quote") == [("rejected", "Too dear")]
    assert desk.quoting.sheet.stored.facts["Why"].value == "Too dear"


def test_escape_leaves_a_question_before_the_quote(desk: QuoteDesk) -> None:
    sent(desk).press("Q", "2", "Esc")
    assert desk.quoting.is_open
    assert len(desk.quoting.sheet.strip.choices) == 4
    desk.press("Esc")
    assert not desk.quoting.is_open


def test_a_new_version_shows_what_changed_before_it_is_sent(desk: QuoteDesk) -> None:
    sent(desk)
    desk.app.record(lambda work: work.derive("UPDATE contract_line SET quantity = 95 WHERE id = 1"))
    desk.press("Q", "3")
    changes = desk.quoting.sheet.changes
    assert changes.isVisible()
    assert changes.title.text() == "Changed since Q-2026-0001 v1"
    assert changes.lines[0].text() == "Quillbase Growth: Seats 90 -> 95"
    assert changes.total.text() == "Total 52,040.40 -> 54,718.20 USD"
    desk.press("X")
    assert "Quillbase Growth is left out" in [line.text() for line in changes.lines]
    desk.press("X", "Ctrl+S")
    assert desk.rows(QUOTES) == [(1, "superseded"), (2, "draft")]
    assert changes.title.text() == "Changed since Q-2026-0001 v1"
    desk.press("Ctrl+Enter")
    desk.finish()
    assert desk.rows(QUOTES) == [(1, "superseded"), (2, "sent")]


def test_an_older_version_is_shown_read_only_with_the_way_to_the_newest(desk: QuoteDesk) -> None:
    sent(desk).press("Q", "3", "Enter")
    desk.type("95")
    desk.press("Enter", "Ctrl+Enter")
    desk.finish()
    desk.press("Q", "V")
    desk.type("v1")
    desk.press("Enter")
    assert desk.quoting.sheet.head.title.text() == "Q-2026-0001 v1"
    assert rows(desk)[0][1] == "90"
    assert [key.label for key in desk.quoting.sheet.strip.choices.values()] == ["Open the newest"]
    assert desk.quoting.draft is None
    desk.press("1")
    assert desk.quoting.sheet.head.title.text() == "Q-2026-0001 v2"


def test_a_sent_quote_is_mailed_again_without_being_sent_twice(desk: QuoteDesk) -> None:
    sent(desk).press("Q", "4")
    desk.finish()
    assert len(desk.mail.opened) == 2
    assert desk.rows(QUOTES) == [(1, "sent")]
    assert desk.rows("SELECT count(*) FROM callback WHERE status = 'open'") == [(1,)]


def test_the_paper_is_previewed_in_the_window(desk: QuoteDesk) -> None:
    desk.press("Q", "Ctrl+P")
    desk.finish()
    desk.finish()
    assert not desk.quoting.sending.is_preview_hidden
    assert desk.quoting.sending._preview.view.paper.sizes
    assert desk.rows(QUOTES) == [(1, "draft")]
    desk.press("Space", "Esc")
    assert desk.dialler.rung == []
    assert desk.quoting.is_open


def test_an_expired_quote_is_followed_by_a_new_one(app: App, clock: ManualClock) -> None:
    desk = quote_desk(app, clock, customers)
    sent(desk)
    clock.advance(timedelta(days=31).total_seconds())
    desk.page.refresh()
    desk.press("Q")
    assert desk.quoting.draft is not None
    desk.press("V")
    desk.press("Enter")
    assert desk.quoting.sheet.head.chip.text() == "Expired"
    desk.close()
