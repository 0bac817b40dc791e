"""Batches: who is chosen and who is left out, what is looked at first, and that no stop loses or doubles anything."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from callstation.app import App
from callstation.calling import campaigns
from callstation.calling.campaign_filter import CampaignFilter
from callstation.clock import ManualClock
from callstation.documents import batch
from callstation.documents.batches import batches, blocked_of, interrupted
from callstation.documents.data import Subject
from callstation.documents.filing import documents_of, make_document, states_of
from callstation.errors import CancelledError, UserError
from callstation.renewals.closing import mark_step
from callstation.work import Work
from db.nouns import Account, Contact, Renewal
from db.vocabulary import (
    AccountKind,
    BatchState,
    CampaignKind,
    ClosingStep,
    DocumentKind,
    FileFormat,
    RenewalStage,
)
from tests.documents.office import LETTERHEAD, fill

REMINDER, WORD = DocumentKind.REMINDER, FileFormat.DOCX


@pytest.fixture
def office(app: App) -> App:
    app.settings = LETTERHEAD
    fill(app, 7)
    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def people_without_name(app: App, *account_ids: int) -> None:
    def leave(work: Work) -> None:
        for account_id in account_ids:
            work.update(Contact, account_id, is_active=False)

    app.do(leave)


def make_all(app: App, folder: Path, **values: Any) -> batch.Result:
    return batch.make(app, app.ask(batch.choose, REMINDER), WORD, folder=folder, **values)


def test_everyone_with_something_up_for_renewal_is_chosen_in_the_order_of_the_ends(office: App) -> None:
    chosen = office.ask(batch.choose, REMINDER)
    assert [one.account for one in chosen.recipients] == [f"Customer {number}" for number in range(7)]
    assert chosen.words == "7 documents."
    assert [one.locale for one in chosen.recipients][:4] == ["en_US", "de_DE", "fr_FR", "en_GB"]


def test_a_filter_a_campaign_and_a_language_choose_together(office: App) -> None:
    soon = CampaignFilter(expires_from_days=0, expires_to_days=29)
    assert len(office.ask(batch.choose, REMINDER, wanted=soon).recipients) == 3
    assert [one.account_id for one in office.ask(batch.choose, REMINDER, language="de").recipients] == [2, 7]
    assert len(office.ask(batch.choose, REMINDER, wanted=CampaignFilter(countries=("FR",))).recipients) == 1
    campaign_id = office.do(
        campaigns.create, name="Germans", kind=CampaignKind.EXPIRING, saved_filter=CampaignFilter(countries=("DE",))
    )
    assert [one.account_id for one in office.ask(batch.choose, REMINDER, campaign_id=campaign_id).recipients] == [2, 7]
    both = office.ask(batch.choose, REMINDER, campaign_id=campaign_id, wanted=soon)
    assert [one.account_id for one in both.recipients] == [2]


def test_a_thank_you_is_for_what_was_won_and_a_lapse_notice_for_what_has_ended(office: App, clock: ManualClock) -> None:
    def win(work: Work) -> None:
        work.update(Renewal, 3, stage=RenewalStage.WON, closed_at=work.now)

    office.do(win)
    assert [one.renewal_id for one in office.ask(batch.choose, DocumentKind.THANK_YOU).recipients] == [3]
    assert 3 not in [one.renewal_id for one in office.ask(batch.choose, REMINDER).recipients]
    assert office.ask(batch.choose, DocumentKind.LAPSE).recipients == ()
    clock.advance(29 * 86_400)
    assert [one.renewal_id for one in office.ask(batch.choose, DocumentKind.LAPSE).recipients] == [1, 2]


def test_who_has_said_yes_is_not_asked_again(office: App) -> None:
    office.do(mark_step, 3, ClosingStep.QUOTE_ACCEPTED)
    for kind in (DocumentKind.FIRST_NOTICE, REMINDER, DocumentKind.FINAL_NOTICE):
        assert 3 not in [one.renewal_id for one in office.ask(batch.choose, kind).recipients]
    assert 3 in [one.renewal_id for one in office.ask(batch.choose, DocumentKind.AGREEMENT).recipients]


def test_a_statement_goes_to_partners_once_each(office: App) -> None:
    def becomes_partner(work: Work) -> None:
        work.update(Account, 2, kind=AccountKind.PARTNER)

    office.do(becomes_partner)
    (one,) = office.ask(batch.choose, DocumentKind.STATEMENT).recipients
    assert (one.account_id, one.renewal_id) == (2, None)


def test_who_had_that_letter_for_that_renewal_is_left_out_unless_asked_for(office: App, folder: Path) -> None:
    make_document(office, REMINDER, Subject(2), WORD, folder=folder)
    chosen = office.ask(batch.choose, REMINDER)
    assert (len(chosen.recipients), chosen.left_out) == (6, 1)
    assert chosen.words == "6 documents. Left out: 1 who had the reminder already."
    assert len(office.ask(batch.choose, REMINDER, with_those_sent=True).recipients) == 7
    assert len(office.ask(batch.choose, DocumentKind.FINAL_NOTICE).recipients) == 7


def test_quotes_are_not_made_in_batches(office: App) -> None:
    with pytest.raises(UserError, match="not made in batches"):
        office.ask(batch.choose, DocumentKind.QUOTE)


def test_ten_are_looked_at_with_real_data_and_nothing_is_kept(office: App, folder: Path) -> None:
    people_without_name(office, 2)
    chosen = office.ask(batch.choose, REMINDER)
    looked = batch.preview(office, chosen, WORD, count=3)
    assert [one.recipient.account for one in looked] == ["Customer 0", "Customer 1", "Customer 2"]
    assert [bool(one.content) for one in looked] == [True, False, True]
    assert "contact of Customer 1" in looked[1].problem
    assert [one.path for one in looked[1].fields] == ["contact.name"]
    assert [one.recipient.account_id for one in office.ask(batch.check, chosen, WORD)] == [2]
    assert not folder.exists()
    assert office.ask(batches) == ()


def test_a_batch_makes_one_folder_with_an_index_of_what_became_of_each(office: App, folder: Path) -> None:
    people_without_name(office, 2)
    told: list[tuple[int, int]] = []
    result = make_all(office, folder, name="Q4 <reminders>", report=lambda done, total, _: told.append((done, total)))
    assert (result.made, result.blocked, result.left, result.is_cancelled) == (6, 1, 0, False)
    assert result.folder == folder / "Batches" / "2026-11-23 Q4 -reminders-"
    names = sorted(path.name for path in result.folder.iterdir())
    assert names[0] == "0001 Customer 0 C-1.docx"
    assert names[-1] == "Index.xlsx"
    assert len(names) == 7
    assert told[-1] == (6, 7)
    sheet = load_workbook(result.index).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Number", "Account", "Contract", "File", "State", "Problem")
    assert rows[1][:5] == (1, "Customer 0", "C-1", "0001 Customer 0 C-1.docx", "made")
    assert rows[2][4] == "blocked"
    assert "contact of Customer 1" in str(rows[2][5])
    assert office.ask(states_of, folder) == {}
    (row,) = office.ask(batches)
    assert (row.state, row.made, row.blocked, row.left, row.total) == (BatchState.DONE, 6, 1, 0, 7)
    assert [one.account_id for one in office.ask(blocked_of, row.batch_id)] == [2]


def test_what_was_blocked_is_made_once_it_is_mended_and_nothing_else_again(office: App, folder: Path) -> None:
    people_without_name(office, 2)
    first = make_all(office, folder)

    def comes_back(work: Work) -> None:
        work.update(Contact, 2, is_active=True)

    office.do(comes_back)
    again = batch.resume(office, first.batch_id, folder=folder)
    assert (again.made, again.blocked) == (7, 0)
    assert [len(office.ask(documents_of, account_id)) for account_id in range(1, 8)] == [1] * 7


def test_a_second_batch_of_the_day_has_a_folder_of_its_own(office: App, folder: Path) -> None:
    first = make_all(office, folder)
    chosen = office.ask(batch.choose, REMINDER, with_those_sent=True)
    second = batch.make(office, chosen, WORD, folder=folder)
    assert second.folder.name == f"{first.folder.name} (2)"


def test_an_empty_choice_is_told_and_makes_no_batch(office: App, folder: Path) -> None:
    make_all(office, folder)
    with pytest.raises(UserError, match="nothing to make") as told:
        make_all(office, folder)
    assert "7 who had the reminder already" in told.value.detail
    assert len(office.ask(batches)) == 1


def test_the_language_that_was_ordered_holds_after_a_stop(office: App, folder: Path) -> None:
    batch_id = office.record(batch.order, office.ask(batch.choose, REMINDER), WORD, locale="de_DE")
    batch.resume(office, batch_id, folder=folder)
    assert {office.ask(documents_of, one)[0].language for one in range(1, 8)} == {"de_DE"}


def test_cancelling_keeps_what_was_made_and_the_batch_goes_on_later(
    office: App, folder: Path, clock: ManualClock
) -> None:
    def stop(done: int, _total: int, _words: str) -> None:
        if done == 4:
            raise CancelledError

    result = make_all(office, folder, report=stop)
    assert (result.made, result.left, result.is_cancelled) == (4, 3, True)
    assert sorted(path.name for path in result.folder.iterdir())[3] == "0004 Customer 3 C-4.docx"
    (row,) = office.ask(interrupted)
    assert (row.state, row.left) == (BatchState.CANCELLED, 3)
    clock.advance(timedelta(days=1).total_seconds())
    again = batch.resume(office, row.batch_id, folder=folder)
    assert (again.made, again.left) == (7, 0)
    assert office.ask(interrupted) == ()


@pytest.mark.parametrize("nth", range(1, 8))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_stops_a_batch_whole_and_it_goes_on_once_there_is_room(
    office: App, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    calls = iter(range(1, 1000))
    owner: Any = os if call == "fsync" else Path
    real: Any = getattr(owner, call)

    def full(*arguments: Any) -> Any:
        if next(calls) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(owner, call, full)
    with pytest.raises(UserError, match="No space left"):
        make_all(office, folder)
    monkeypatch.undo()
    (row,) = office.ask(interrupted)
    assert list(folder.rglob("*.part")) == []
    assert office.ask(states_of, folder) == {}
    result = batch.resume(office, row.batch_id, folder=folder)
    assert (result.made, result.left) == (7, 0)
    assert len(list(result.folder.glob("*.docx"))) == 7


def test_two_windows_on_one_batch_make_nothing_twice(office: App, folder: Path) -> None:
    batch_id = office.record(batch.order, office.ask(batch.choose, REMINDER), WORD)
    inner: list[batch.Result] = []

    def in_between(done: int, _total: int, _words: str) -> None:
        if done == 3 and not inner:
            inner.append(batch.resume(office, batch_id, folder=folder))

    batch.resume(office, batch_id, folder=folder, report=in_between)
    assert office.ask(lambda work: work.rows("SELECT count(*) FROM document")) == [(7,)]
    assert office.ask(lambda work: work.rows("SELECT count(*) FROM activity")) == [(7,)]
    assert office.ask(states_of, folder) == {}


def test_what_a_killed_run_left_under_another_name_gives_way(office: App, folder: Path) -> None:
    batch_id = office.record(batch.order, office.ask(batch.choose, REMINDER), WORD)
    root = folder / "Batches" / "2026-11-23 Reminder"
    root.mkdir(parents=True)
    for name in ("0002 Old name C-2.docx", "0003 Old name C-3.docx.part", "my notes.txt"):
        (root / name).write_bytes(b"left")
    result = batch.resume(office, batch_id, folder=folder)
    assert result.folder == root
    names = {path.name for path in root.iterdir()}
    assert not names & {"0002 Old name C-2.docx", "0003 Old name C-3.docx.part"}
    assert "my notes.txt" in names
    assert len(names) == 7 + 2
