"""The Sync page by keys alone, against a real practice org in this process."""

from datetime import date

from callstation.accounts.contacts import add_contact
from callstation.calling.targets import refresh_targets
from callstation.renewals.renewals import change_renewal
from callstation.sync.answers import refuse
from callstation.sync.crm import Refusal
from callstation.sync.overview import Attention, Waiting, attention
from callstation.sync.receipt import receipts
from callstation.sync.standing import attention_count
from callstation.work import Work
from db.vocabulary import SyncEntity
from tests.factories import customer
from tests.ui.sync.book import Book
from tests.ui.walk import HOSTILE, nameless, rich
from ui.sync.edit_form import EditForm
from ui.sync.person_picker import PersonPicker


def test_nobody_signed_in_is_no_error_and_the_way_in_is_there(bare: Book) -> None:
    page = bare.go()
    assert bare.shell.status.connection.text() == "Not connected to Salesforce. Everything is saved on this computer."
    assert page.connect_panel is not None
    assert page.connect_panel.isVisible()
    assert not page.lists.outgoing.isVisible()
    assert "Not connected." in page.head.said.text()


def test_asking_for_a_sync_where_nobody_is_signed_in_shows_the_way_in(bare: Book) -> None:
    bare.press("Ctrl+Shift+S")
    assert bare.shell.current == "sync"
    assert not bare.shell.sync_runner.is_running


def test_a_call_waits_is_looked_at_and_goes(book: Book) -> None:
    book.call(note="Rang out.")
    page = book.go()
    assert page.figures.waiting.number.text() == "1"
    assert isinstance(page.current, Waiting)
    book.until(page.beside.preview.isVisible)
    assert "Makes a Task" in page.beside.preview.said.text()
    assert "Rang out." in page.beside.preview.fields.text()
    receipt = book.sync()
    assert (receipt.sent, receipt.problem) == (1, "")
    assert book.there("SELECT Description FROM Task") == [{"Description": "Rang out."}]
    assert page.figures.waiting.number.text() == "0"
    assert page.figures.sent.number.text() == "1"
    book.until(lambda: page.beside.receipt.shown == receipt)
    assert book.shell.status.connection.text().startswith("Connected to the practice org as ")


def test_looking_first_tells_what_would_go_and_sends_nothing(book: Book) -> None:
    book.call()
    page = book.go()
    book.press("D")
    book.until(page.beside.dry.isVisible)
    assert page.beside.dry.title.text() == "The next sync would send 1 record"
    assert book.there("SELECT Id FROM Task") == []
    book.press("Esc")
    assert not page.beside.dry.isVisible()
    assert page.lists.outgoing.view.hasFocus()


def test_a_held_change_stays_until_it_is_released(book: Book) -> None:
    book.call()
    book.go()
    book.press("H")
    assert book.states() == [("activity", "held")]
    assert book.sync().sent == 0
    book.press("H")
    assert book.states() == [("activity", "waiting")]
    assert book.sync().sent == 1


def test_a_change_kept_here_comes_back_by_undo(book: Book) -> None:
    book.call()
    book.go()
    book.press("X")
    assert book.states() == []
    book.press("Ctrl+Z")
    assert book.states() == [("activity", "waiting")]


def test_j_and_k_walk_both_lists_as_one(book: Book) -> None:
    book.call(0, note="x" * 32_001)
    book.sync()
    book.call(1)
    book.call(2)
    page = book.go()
    assert page.lists.attention.place == 0
    seen = []
    for _ in range(4):
        book.press("J")
        waiting = page.lists.outgoing.current
        assert waiting is not None
        assert page.lists.attention.place == -1
        seen.append(waiting.title.account)
    assert seen == ["Orchard & Vine", "Kestrel Analytics", "Kestrel Analytics", "Kestrel Analytics"]
    book.press("K", "K")
    assert isinstance(page.current, Attention)
    assert page.lists.attention.rows[0].hasFocus()


def test_a_note_that_is_too_long_is_corrected_in_its_place_and_goes(book: Book) -> None:
    activity_id = book.call(note="x" * 32_001)
    assert book.sync().sent == 0
    page = book.go()
    assert page.figures.attention.number.text() == "1"
    assert page.lists.attention.current is not None
    assert "longer than Salesforce allows" in page.lists.attention.current.sentence
    book.press("Return")
    form = page.beside.aside
    assert isinstance(form, EditForm)
    assert len(form.values()["note"]) == 32_001, "nothing of the note is cut"
    assert form.controls["note"].hasFocus()
    book.press("Ctrl+A")
    book.type("Short now.")
    book.press("Ctrl+Return")
    assert page.beside.aside is None
    assert book.states() == [("activity", "waiting")]
    assert book.rows("SELECT note FROM activity WHERE id = ?", activity_id) == [("Short now.",)]
    assert book.sync().sent == 1
    assert book.there("SELECT Description FROM Task") == [{"Description": "Short now."}]


def test_a_corrected_change_is_one_step_of_undo(book: Book) -> None:
    activity_id = book.call(note="x" * 32_001)
    book.sync()
    book.go()
    book.press("Return", "Ctrl+A")
    book.type("Short.")
    book.press("Ctrl+Return", "Ctrl+Z")
    assert len(book.rows("SELECT note FROM activity WHERE id = ?", activity_id)[0][0]) == 32_001
    assert book.states() == [("activity", "refused")]


def test_leaving_the_form_changes_nothing(book: Book) -> None:
    book.call(note="x" * 32_001)
    book.sync()
    page = book.go()
    book.press("Return")
    book.type("Gone")
    book.press("Esc")
    assert page.beside.aside is None
    assert book.states() == [("activity", "refused")]
    assert page.lists.attention.rows[0].hasFocus()


def test_an_account_that_is_not_there_is_made_with_one_key(book: Book) -> None:
    book.app.do(customer, "Aldous & Finch", ends_on=date(2026, 12, 1), e164="+16175550199")
    book.app.do(refresh_targets)
    book.app.record(lambda work: work.derive("DELETE FROM outbox_entry"))
    book.call(3)
    book.call(3)
    book.sync()
    page = book.go()
    row = page.lists.attention.current
    assert row is not None
    assert row.title == "Aldous & Finch"
    assert "2 changes wait for it." in row.sentence
    book.press("Return")
    assert [state for _, state in book.states()] == ["waiting"] * len(book.states())
    assert book.sync().problem == ""
    assert len(book.there("SELECT Id FROM Task")) == 2


def _disagree(book: Book) -> None:
    """The renewal of Halden Robotics was moved on both sides, and a sync has found out."""
    ((renewal_id, crm_id),) = book.rows("SELECT id, crm_id FROM renewal ORDER BY id LIMIT 1")
    book.app.do(change_renewal, renewal_id, close_on=date(2026, 11, 30))
    book.change_there("Opportunity", crm_id, {"CloseDate": "2026-12-05"})
    assert book.sync().conflicts == 1


def test_a_decision_is_made_by_enter_or_by_2(book: Book) -> None:
    _disagree(book)
    page = book.go()
    row = page.lists.attention.current
    assert row is not None
    assert row.sentence.startswith("You set 30 Nov; ")
    book.press("2")
    assert page.lists.attention.current is None
    assert book.rows("SELECT close_on FROM renewal ORDER BY id LIMIT 1") == [("2026-12-05",)]
    book.press("Ctrl+Z")
    assert book.rows("SELECT count(*) FROM sync_conflict") == [(1,)]
    book.press("Return")
    assert book.rows("SELECT count(*) FROM sync_conflict") == [(0,)]
    assert book.sync().problem == ""
    assert {"CloseDate": "2026-11-30"} in book.there("SELECT CloseDate FROM Opportunity")


def test_what_is_to_be_decided_is_not_edited(book: Book) -> None:
    _disagree(book)
    page = book.go()
    book.press("E")
    assert page.beside.aside is None
    assert book.shell._line._title.text() == "This is to be decided first."


def test_a_call_is_linked_to_another_person_by_a_digit(book: Book) -> None:
    activity_id = book.call(0)
    ((contact_id, account_id),) = book.rows("SELECT contact_id, account_id FROM activity WHERE id = ?", activity_id)
    book.app.record(
        lambda work: work.derive(
            "UPDATE outbox_entry SET state = 'refused', code = 'INVALID_CROSS_REFERENCE_KEY', fields = 'WhoId'"
        )
    )
    other = book.app.do(add_contact, account_id, name="Dan Kim")
    page = book.go()
    book.press("Return")
    picker = page.beside.aside
    assert isinstance(picker, PersonPicker)
    names = [person.contact_id for person in picker.people]
    assert {contact_id, other} <= set(names)
    book.press(str(names.index(other) + 1))
    assert page.beside.aside is None
    assert book.rows("SELECT contact_id FROM activity WHERE id = ?", activity_id) == [(other,)]
    assert ("activity", "waiting") in book.states()


def test_everything_refused_is_tried_again_by_one_key(book: Book) -> None:
    book.call(0)
    book.call(1)
    book.app.record(
        lambda work: work.derive("UPDATE outbox_entry SET state = 'refused', code = 'STORAGE_LIMIT_EXCEEDED'")
    )
    page = book.go()
    page.refresh()
    assert len(page.lists.attention.rows) == 2
    book.press("R")
    assert book.states() == [("activity", "waiting")] * 2
    assert not page.lists.attention.isVisible()


def test_a_second_sync_is_kindly_refused_while_one_runs(book: Book) -> None:
    book.call()
    book.go()
    book.press("Ctrl+Shift+S", "Ctrl+Shift+S")
    assert book.shell._line._title.text() == "A sync is under way already. You can go on calling."
    book.until(lambda: not book.shell.sync_runner.is_running)
    assert len(book.there("SELECT Id FROM Task")) == 1


def test_a_sync_is_stopped_by_escape_and_says_so(book: Book) -> None:
    book.call()
    page = book.go()
    book.press("Ctrl+Shift+S")
    assert page.progress.isVisible()
    book.press("Esc")
    book.until(lambda: not book.shell.sync_runner.is_running)
    assert not page.progress.isVisible()
    assert "Stopped" in book.shell._line._title.text()
    assert book.sync().problem == ""


def test_calls_go_on_while_a_sync_runs(book: Book) -> None:
    book.call(0)
    book.press("G", "D", "Ctrl+Shift+S")
    assert book.shell.sync_runner.is_running
    book.call(1)
    book.until(lambda: not book.shell.sync_runner.is_running)
    assert book.shell.current == "desk"
    book.sync()
    assert len(book.there("SELECT Id FROM Task")) == 2


def test_a_form_that_is_open_outlives_a_sync(book: Book) -> None:
    book.call()
    page = book.go()
    book.press("E")
    form = page.beside.aside
    assert isinstance(form, EditForm)
    book.type("Half a sentence")
    assert book.shell.sync_runner.start(is_quiet=True)
    book.until(lambda: not book.shell.sync_runner.is_running)
    assert page.beside.aside is form
    assert form.values()["note"].startswith("Half a sentence")
    assert form.controls["note"].hasFocus()


def test_the_log_is_written_beside_the_book(book: Book) -> None:
    book.call(note="=1+1")
    page = book.go()
    book.press("L")
    folder = book.app.store.parent / "exports"
    book.until(lambda: book.shell._line.isVisible() and "Exported" in book.shell._line._title.text())
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["sync-outbox-2026-11-23-1001.csv", "sync-receipts-2026-11-23-1001.csv"]
    assert "Halden Robotics" in (folder / names[0]).read_text(encoding="utf-8-sig")
    assert page.isVisible()


def test_attention_is_counted_as_it_is_listed(book: Book) -> None:
    for place in range(3):
        book.call(place)
        book.call(place)
    _disagree(book)
    book.call(0)
    book.call(0)
    book.call(1)
    codes = ("ACCOUNT_NOT_IN_SALESFORCE", "ACCOUNT_NOT_IN_SALESFORCE", "STORAGE_LIMIT_EXCEEDED")
    keys = book.rows("SELECT entity, record_id FROM outbox_entry WHERE entity = 'activity' ORDER BY record_id")
    for (entity, record_id), code in zip(keys, codes, strict=False):
        book.app.record(refuse, SyncEntity(entity), record_id, Refusal(code, ""))
    assert book.app.ask(attention_count) == len(book.app.ask(attention)) == 3


def test_the_attention_pill_goes_to_the_sync_page_while_that_has_something(book: Book) -> None:
    _disagree(book)
    assert book.shell.status.attention._words == "1 needs attention"
    book.press("G", "D")
    book.shell.status.attention.click()
    assert book.shell.current == "sync"


def test_hostile_words_are_shown_as_they_are(book: Book) -> None:
    for word in HOSTILE:
        book.call(0, note=word)
    account = HOSTILE[0]
    book.app.record(lambda work: work.derive("UPDATE account SET name = ?", (account,), told="account"))
    book.app.record(
        lambda work: work.derive(
            "UPDATE outbox_entry SET state = 'refused', code = ?, message = ? WHERE record_id % 2 = 0",
            (HOSTILE[1], HOSTILE[2] + HOSTILE[4]),
            told="outbox_entry",
        )
    )
    page = book.go()
    for _ in range(8):
        book.press("J")
    book.until(page.beside.preview.isVisible)
    assert rich(book.shell) == []
    assert nameless(book.shell) == []
    book.shell.grab()


def test_everything_that_takes_the_focus_has_a_name(book: Book) -> None:
    book.call(0, note="x" * 32_001)
    book.sync()
    book.call(1)
    page = book.go()
    book.press("Return")
    assert nameless(page) == []
    book.press("Esc", "D")
    book.until(page.beside.dry.isVisible)
    assert nameless(page) == []


def test_many_waiting_changes_are_read_by_the_window_alone(book: Book) -> None:
    def many(work: Work) -> None:
        for number in range(700):
            work.derive(
                "INSERT INTO outbox_entry (entity, record_id, marked_at, revision, state, attempts, code, message, "
                "fields) VALUES ('activity', ?, ?, 1, 'waiting', 0, '', '', '')",
                (1_000_000 + number, number),
            )

    book.app.record(many)
    page = book.go()
    rows = page.lists.outgoing.view.rows
    assert rows.rowCount() == 700
    assert sum(len(some) for some in rows._pages.values()) == 200


def test_having_no_network_is_said_in_words_and_is_no_error(book: Book) -> None:
    book.app.record(
        lambda work: work.derive(
            "UPDATE sync_run SET detail = json_set(detail, '$.trouble', 'offline')", told="sync_run"
        )
    )
    assert book.app.ask(receipts, limit=1)[0].trouble == "offline"
    page = book.go()
    page.refresh()
    assert book.shell.status.connection.text() == "Offline since 10:00 AM. Everything is saved on this computer."
    assert page.head.said.text().startswith("Offline since 10:00 AM. Calls are saved on this computer")


def test_a_lost_key_offers_to_sign_in_again(book: Book) -> None:
    book.app.record(
        lambda work: work.derive(
            "UPDATE sync_run SET detail = json_set(detail, '$.trouble', 'sign_in')", told="sync_run"
        )
    )
    page = book.go()
    page.refresh()
    assert page.again.isVisible()
    book.press("I")
    assert page.connect_panel is not None
    assert page.connect_panel.isVisible()
    book.press("Esc")
