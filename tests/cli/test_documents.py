"""Documents on the command line: made, filed, listed, made again, in batches, with exit codes that say how it went."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from callstation.__main__ import open_window, paint_window, pictures, play
from callstation.app import App
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.cli import Screens, make_cli
from callstation.documents import batch
from callstation.opening import open_app
from callstation.paths import Places
from callstation.settings import save_settings
from callstation.work import Work
from db.nouns import Account, Contact, Contract
from db.vocabulary import AccountKind, DocumentKind, FileFormat
from tests.documents.office import LETTERHEAD, fill

Run = Callable[..., Result]


def _run(*words: str) -> Result:
    cli = make_cli(Screens(open_window, play, pictures, paint_window))
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book of six customers, one of them a partner; copy it before you write to it."""
    folder = tmp_path_factory.mktemp("made")
    app = open_app(Places(folder))
    app.settings = LETTERHEAD
    today = app.ask(lambda work: work.today)
    save_settings(Places(folder).settings, replace(LETTERHEAD))
    fill(app, 6, starts_on=today)

    def sells(work: Work) -> None:
        work.update(Account, 6, kind=AccountKind.PARTNER, name="Meridian [red]IT[/red]")
        work.update(Contract, 1, partner_id=6)
        work.update(Contact, 2, is_active=False)

    app.do(sells)
    app.record(refresh_targets)
    app.record(build_day)
    app.close()
    return folder


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "book"))


@pytest.fixture
def run(book: Path) -> Run:
    """A command on a book of the test's own."""
    return lambda *words: _run(*words, "--data", str(book))


def _json(result: Result, code: int = 0) -> Any:
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


def test_a_letter_is_made_filed_and_listed(run: Run, book: Path) -> None:
    told = _json(run("letter", "reminder", "customer 0", "--json"))
    path = Path(told["file"])
    assert path.is_relative_to(book / "documents")
    assert path.read_bytes().startswith(b"%PDF-")
    assert (told["kind"], told["format"], told["account_id"], told["is_new"]) == ("reminder", "pdf", 1, True)
    (row,) = _json(run("documents", "1", "--json"))
    assert (row["document_id"], row["file"], row["state"]) == (told["document_id"], str(path), "")
    assert "Reminder C-1" in run("documents", "Customer 0").stdout
    assert "on file already" in run("letter", "reminder", "1").stdout


@pytest.mark.parametrize(("word", "ending"), [("docx", ".docx"), ("word", ".docx"), ("eml", ".eml"), ("pdf", ".pdf")])
def test_a_letter_comes_in_the_format_that_is_asked_for(run: Run, tmp_path: Path, word: str, ending: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    told = _json(run("letter", "first", "3", "--format", word, "--language", "de", "--out", str(out), "--json"))
    assert Path(told["file"]).suffix == ending
    assert Path(told["copy"]).read_bytes() == Path(told["file"]).read_bytes()
    assert _json(run("documents", "3", "--json"))[0]["language"].startswith("de")


def test_an_agreement_a_statement_and_a_call_sheet_are_made(run: Run) -> None:
    assert "new price" in run("agreement", "1", "--contract", "c-1").stderr
    assert run("settings", "uplift", "5").exit_code == 0
    assert _json(run("agreement", "1", "--contract", "c-1", "--json"))["kind"] == "agreement"
    told = _json(run("statement", "meridian", "--format", "xlsx", "--json"))
    assert load_workbook(told["file"]).active is not None
    assert _json(run("call-sheet", "1", "--json"))["kind"] == "call_sheet"
    assert "Meridian [red]IT[/red]" in run("documents").stdout or "Partner statement" in run("documents").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("letter", "love", "1"), "Choose one of: first-notice"),
        (("letter", "quote", "1"), "There is no document"),
        (("letter", "reminder", "nobody"), "There is no account"),
        (("letter", "reminder", "customer"), "could be several accounts"),
        (("letter", "reminder", "%"), "There is no account"),
        (("letter", "reminder", "1", "--contract", "C-9"), "It has: C-1"),
        (("letter", "reminder", "1", "--format", "odt"), "There is no format"),
        (("letter", "reminder", "1", "--language", "xx"), "There is no template in"),
        (("statement", "1"), "There is no partner"),
        (("batch", "reminder", "--stage", "married"), "There is no stage"),
        (("batch", "reminder", "--campaign", "none"), "There is no campaign"),
        (("batch", "quote"), "There is no document"),
    ],
)
def test_what_is_asked_wrongly_ends_with_2_and_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("letter", "reminder", "2"), "contact of Customer 1"),
        (("letter", "reminder", "1", "--format", "xlsx"), "not made as Excel"),
        (("batch", "--resume", "77"), "This batch is gone"),
        (("documents", "--again", "77"), "This document is gone"),
    ],
)
def test_what_cannot_be_made_ends_with_1_and_says_why(run: Run, book: Path, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (book / "documents").exists()


def test_a_copy_never_overwrites_another_file(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "letter.pdf"
    mine.write_bytes(b"mine")
    told = _json(run("letter", "reminder", "1", "--out", str(mine), "--json"))
    assert mine.read_bytes() == b"mine"
    assert Path(told["copy"]).name == "letter (2).pdf"


def test_a_batch_is_looked_at_made_and_listed_and_blocked_ones_end_with_3(run: Run, book: Path, tmp_path: Path) -> None:
    looked = _json(run("batch", "reminder", "--preview", "--json"), 3)
    assert looked["chosen"] == 6
    assert [row["account"] for row in looked["blocked"]] == ["Customer 1"]
    assert looked["blocked"][0]["missing"] == ["contact.name"]
    assert not (book / "documents").exists()
    out = tmp_path / "out"
    out.mkdir()
    told = _json(run("batch", "reminder", "--format", "docx", "--name", "Q4", "--out", str(out), "--json"), 3)
    assert (told["made"], told["left"], len(told["blocked"])) == (5, 0, 1)
    assert Path(told["folder"]).name.endswith(" Q4")
    assert len(list(out.glob("*.docx"))) == 5
    assert (out / "Index.xlsx").exists()
    (row,) = _json(run("batch", "--json"))
    assert (row["batch_id"], row["made"], row["blocked"]) == (told["batch_id"], 5, 1)
    again = run("batch", "reminder", "--format", "docx")
    assert again.exit_code == 3
    assert "Left out: 5 who had the reminder already." in again.stdout


def test_a_batch_is_narrowed_by_end_country_partner_stage_and_language(run: Run) -> None:
    def chosen(*words: str) -> int:
        result = run("batch", "reminder", "--preview", "--json", *words)
        return int(json.loads(result.stdout)["chosen"])

    assert chosen("--ends-within", "31") == 2
    assert chosen("--ends-after", "32") == 4
    assert chosen("--country", "fr") == 1
    assert chosen("--only-language", "de") == 1
    assert chosen("--partner", "meridian") == 1
    assert chosen("--stage", "not-started") == 6
    assert chosen("--stage", "quoted") == 0
    assert chosen("--lapsed") == 0
    assert chosen("--campaign", "expiring") == 6


def test_a_stopped_batch_goes_on_and_missing_files_are_made_again(run: Run, book: Path) -> None:
    app: App = open_app(Places(book))
    batch_id = app.record(batch.order, app.ask(batch.choose, DocumentKind.REMINDER), FileFormat.DOCX)
    app.close()
    told = _json(run("batch", "--resume", str(batch_id), "--json"), 3)
    assert told["made"] == 5
    one, two, *_ = sorted(Path(told["folder"]).glob("*.docx"))
    before = one.read_bytes()
    one.unlink()
    two.write_bytes(b"edited")
    states = {row["file"]: row["state"] for row in _json(run("documents", "--json"))}
    assert (states[str(one)], states[str(two)]) == ("missing", "changed")
    assert _json(run("documents", "--missing", "--json"))["files"] == [str(one)]
    assert one.read_bytes() == before
    assert two.read_bytes() == b"edited"


def test_a_template_of_ones_own_begins_with_the_standard_words_and_wins(run: Run, book: Path) -> None:
    told = _json(run("template", "reminder", "--language", "de", "--json"))
    path = Path(told["file"])
    assert (path, told["is_new"]) == (book / "templates" / "de" / "reminder.txt", True)
    path.write_text("Subject: Ganz anders\n\nUnser Wort.\n", encoding="utf-8")
    again = run("template", "reminder", "--language", "de")
    assert "was there already" in again.stdout
    assert "Unser Wort." in path.read_text(encoding="utf-8")
    form = Path(run("template", "first-notice", "--format", "docx").stdout.strip())
    assert form == book / "templates" / "en" / "first_notice.docx"
    assert form.read_bytes()[:2] == b"PK"
    assert Path(run("template", "agreement").stdout.strip()) == book / "templates" / "clauses.toml"
    assert run("template", "reminder", "--format", "pdf").exit_code == 2
    assert run("template", "statement").exit_code == 2
