"""Every command: what it prints, its JSON, its exit code, and that none of them brings Qt along."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from callstation.__main__ import open_window, paint_window, pictures, play
from callstation.cli import Screens, make_cli
from callstation.paths import Places
from callstation.settings import Settings, load_settings, save_settings
from db.engine import connect

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "queue", "log", "callbacks", "campaigns", "quote", "closing", "lapsed",
    "letter", "agreement", "statement", "call-sheet", "template", "batch", "documents",
    "import", "prices", "export", "search", "demo", "backup", "restore", "doctor",
    "connect", "disconnect", "sync", "outbox", "receipts", "practice-org", "settings", "selftest", "play", "pictures",
)  # fmt: skip
Run = Callable[..., Result]


def _run(*words: str) -> Result:
    cli = make_cli(Screens(open_window, play, pictures, paint_window))
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small book, made by the command; copy it before you write to it."""
    folder = tmp_path_factory.mktemp("made")
    save_settings(Places(folder).settings, Settings(time_zone="America/New_York"))
    assert _run("demo", "--size", "80", "--history", "3", "--data", str(folder)).exit_code == 0
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Run:
    """A command on a book of the test's own."""
    import shutil

    folder = tmp_path / "book"
    shutil.copytree(made, folder)
    return lambda *words: _run(*words, "--data", str(folder))


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = _run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: callstation {command}" in result.stdout


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("play", "pictures", "practice-org")])
def test_every_headless_command_speaks_json(command: str) -> None:
    assert "--json" in _run(command, "--help").stdout


def test_the_queue_prints_a_table_and_the_same_rows_as_json(run: Run) -> None:
    table = run("queue", "--limit", "5")
    rows = _json(run("queue", "--limit", "5", "--json"))
    assert len(rows) == 5
    for row in rows:
        assert row["account"] in table.stdout
        assert str(row["target_id"]) in table.stdout
    assert {"place", "section", "target_id", "account", "contact", "amount", "currency", "days", "status"} <= set(
        rows[0]
    )


def test_why_tells_the_reasons_and_what_would_move_it(run: Run) -> None:
    rows = _json(run("queue", "--limit", "3", "--why", "--json"))
    assert all(row["why"] for row in rows)
    assert {"name", "weight", "points", "words"} == set(rows[0]["parts"][0])


def test_the_queue_of_another_day_leaves_today_as_it_is(run: Run) -> None:
    today = _json(run("queue", "--json"))
    other = _json(run("queue", "--date", "2027-03-01", "--json"))
    assert [row["days"] for row in other] != [row["days"] for row in today]
    assert _json(run("queue", "--json")) == today
    assert run("queue", "--date", "soon").exit_code == 2


def test_the_queue_of_a_campaign_holds_its_members_alone(run: Run) -> None:
    everyone = {row["target_id"] for row in _json(run("queue", "--limit", "1000", "--json"))}
    members = {row["target_id"] for row in _json(run("queue", "--campaign", "lapsed", "--limit", "1000", "--json"))}
    assert members < everyone
    wrong = run("queue", "--campaign", "nothing like it")
    assert wrong.exit_code == 2
    assert "Lapsed win-back" in wrong.stderr


def test_a_logged_call_is_in_the_store_and_gone_from_the_queue(run: Run) -> None:
    first = _json(run("queue", "--limit", "1", "--json"))[0]["target_id"]
    logged = _json(run("log", str(first), "no_answer", "--note", "Rang out, says the test.", "--json"))
    assert (logged["target_id"], logged["outcome"]) == (first, "no_answer")
    assert first not in [row["target_id"] for row in _json(run("queue", "--limit", "1000", "--json"))]
    assert [hit["kind"] for hit in _json(run("search", "says the test", "--json"))] == ["note"]


def test_a_callback_is_logged_at_a_typed_time_and_owed_from_then_on(run: Run) -> None:
    first = _json(run("queue", "--limit", "1", "--json"))[0]["target_id"]
    logged = _json(run("log", str(first), "callback-agreed", "--at", "in 3 days at 3pm", "--json"))
    owed = [row for row in _json(run("callbacks", "--json")) if row["target_id"] == first]
    assert logged["next_at"]
    assert "T15:00:00" in owed[0]["their_at"]
    assert "15:00" in run("callbacks").stdout or "3:00 PM" in run("callbacks").stdout


def test_campaigns_are_printed_with_their_progress(run: Run) -> None:
    first = _json(run("queue", "--campaign", "Expiring", "--limit", "1", "--json"))[0]["target_id"]
    before = _json(run("campaigns", "--json"))
    run("log", str(first), "callback-agreed", "--at", "in 3 days at 3pm")
    after = _json(run("campaigns", "--closed", "--json"))
    assert sum(row["called"] for row in after) > sum(row["called"] for row in before)
    assert all(0 <= row["conversations"] <= row["called"] <= row["total"] for row in after)
    assert [row["name"] for row in after if row["name"] not in run("campaigns").stdout] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("log", "999999", "no_answer"), "no longer in the queue"),
        (("log", "1", "callback_agreed"), "A callback needs a time"),
        (("log", "1", "not_renewing"), "needs a reason"),
        (("export", "queue", "x.pdf"), "no file we can write"),
        (("import", "missing.csv", "--yes"), "missing.csv"),
        (("settings", "theme", "pink"), "Choose one of"),
        (("settings", "text_size", "big"), "takes a whole number"),
        (("settings", "work_ends_at", "8"), "must end after it starts"),
        (("settings", "work_starts_at", "18"), "must end after it starts"),
        (("restore", str(ROOT), "--yes"), "is a folder, not a file"),
        (("restore", "missing.db", "--yes"), "missing.db is not there"),
        (("demo",), "already holds a book"),
    ],
)
def test_what_cannot_be_done_gets_a_sentence_on_stderr_and_exit_code_1(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("log", "1", "shouted"), "There is no outcome"),
        (("log", "1", "callback_agreed", "--at", "sometime"), "no time we can read"),
        (("log", "1", "not_renewing", "--reason", "weather"), "There is no reason"),
        (("export", "everything", "x.csv"), "There is no list"),
        (("settings", "colour"), "There is no setting"),
        (("log", "1", "no_answer", "--duration", "86401"), "longer than a day"),
        (("queue", "--date", "2026-13-01"), "is no day"),
    ],
)
def test_what_does_not_exist_gets_a_sentence_on_stderr_and_exit_code_2(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_final_outcome_says_what_was_done(run: Run) -> None:
    rows = _json(run("queue", "--limit", "2", "--json"))
    blocked = run("log", str(rows[0]["target_id"]), "do_not_call")
    assert "Blocked, with the evidence kept." in blocked.stdout
    assert "Asks first" not in blocked.stdout
    assert "The renewal is closed as won." in run("log", str(rows[1]["target_id"]), "order_received").stdout


@pytest.mark.parametrize("words", [("dance",), ("queue", "--limit", "none"), ("log",), ("--data", "x", "queue")])
def test_what_is_asked_wrongly_ends_with_exit_code_2(words: tuple[str, ...]) -> None:
    assert _run(*words).exit_code == 2


def test_a_list_is_previewed_merged_and_the_second_time_all_the_same(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Contract no.,End customer,End,Phone\nX-1,New & Co,2027-01-31,+16175550142\nX-2,,soon,\n")
    dry = _json(run("import", str(path), "--dry-run", "--json"))
    assert (dry["verdicts"]["new"], dry["verdicts"]["problem"]) == (1, 1)
    assert dry["rows_in_file"] == sum(dry["verdicts"].values()) + sum(dry["skipped"].values())
    assert dry["problems"][0]["row_number"] == 3
    assert _json(run("search", "New & Co", "--json")) == []
    merged = run("import", str(path), "--yes")
    assert merged.exit_code == 0
    assert "Imported 1 row of list.csv" in merged.stdout
    assert _json(run("search", "New & Co", "--json"))[0]["title"] == "New & Co"
    again = _json(run("import", str(path), "--dry-run", "--json"))
    assert (again["verdicts"]["new"], again["verdicts"]["same"]) == (0, 1)


def test_what_a_list_says_that_cannot_be_read_is_told_before_and_with_the_merge(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [f"W-{number},Customer {number},2027-01-31,+16175550142,on request\n" for number in range(23)]
    path.write_text("Contract no.,End customer,End,Phone,Value\n" + "".join(rows))
    dry = run("import", str(path), "--dry-run")
    assert "23 rows are taken with a warning" in dry.stdout
    assert "on request" in dry.stdout
    assert "3 more" in dry.stdout
    told = _json(run("import", str(path), "--dry-run", "--json"))["warnings"]
    assert len(told) == 23
    assert (told[0]["row_number"], told[0]["contract_no"]) == (2, "W-0")
    assert "on request" in told[0]["warning"]
    assert "23 rows are taken with a warning" in run("import", str(path), "--yes").stdout


def test_a_list_without_the_needed_columns_is_refused_with_the_words_to_type(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Zq,Wx,End\nX-1,New & Co,2027-01-31\n")
    refused = run("import", str(path), "--yes")
    assert refused.exit_code == 1
    assert "--map" in refused.stderr
    taken = run("import", str(path), "--yes", "--map", "contract_no=Zq", "--map", "customer=Wx")
    assert taken.exit_code == 0, taken.stderr


def test_lists_are_exported_backed_up_and_restored(run: Run, tmp_path: Path) -> None:
    exported = _json(run("export", "renewals", str(tmp_path / "r.xlsx"), "--json"))
    assert exported["rows"] >= 80
    backup = _json(run("backup", "--json"))
    first = _json(run("queue", "--limit", "1", "--json"))[0]["target_id"]
    run("log", str(first), "no_answer", "--note", "After the backup.")
    restored = _json(run("restore", "--json"))
    assert restored["counts"] == backup["counts"]
    assert _json(run("search", "After the backup", "--json")) == []
    again = run("backup", backup["file"])
    assert again.exit_code == 1
    assert "already there" in again.stderr


def test_a_backup_by_hand_says_what_it_thins_out_and_a_restore_which_it_took(run: Run, tmp_path: Path) -> None:
    files = [_json(run("backup", "--json"))["file"] for _ in range(2)]
    told = run("backup")
    gone = [Path(file).name for file in files if not Path(file).exists()]
    assert all(name in told.stdout for name in gone)
    restored = run("restore", "--yes").stdout
    assert "UTC (accounts: " in restored


def test_a_restore_that_is_not_confirmed_changes_nothing(run: Run) -> None:
    run("backup")
    assert run("restore").exit_code == 1


def test_the_doctor_passes_a_good_store_and_fails_a_damaged_one(run: Run, tmp_path: Path) -> None:
    run("backup")
    assert {row["health"] for row in _json(run("doctor", "--json"))} == {"good"}
    raw = connect(tmp_path / "book" / "callstation.db")
    raw.execute("UPDATE renewal SET target_id = NULL")
    raw.close()
    assert "doctor --rebuild" in run("doctor").stdout
    assert _json(run("doctor", "--rebuild", "--json"))
    with (tmp_path / "book" / "callstation.db").open("r+b") as file:
        file.write(b"no store any more" * 10)
    assert run("doctor").exit_code == 1


def test_settings_are_printed_changed_and_kept(run: Run, tmp_path: Path) -> None:
    assert run("settings", "theme", "dark").stdout == "theme = dark\n"
    assert _json(run("settings", "theme", "--json")) == {"theme": "dark"}
    assert _json(run("settings", "is_dialled_on_open", "yes", "--json")) == {"is_dialled_on_open": True}
    assert load_settings(Places(tmp_path / "book").settings).theme == "dark"
    assert "text_size" in run("settings").stdout


def test_a_name_with_markup_or_escapes_is_printed_as_it_is(run: Run, tmp_path: Path) -> None:
    raw = connect(tmp_path / "book" / "callstation.db")
    raw.execute("UPDATE account SET name = '[red]x[/red] \x1b[31mCo'")
    raw.close()
    printed = run("queue", "--limit", "2").stdout
    assert "[red]x[/red]" in printed
    assert "\x1b" not in printed


def test_the_self_test_passes_and_fails_without_the_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    steps = _json(_run("selftest", "--json"))
    assert [step["name"] for step in steps if not step["is_good"]] == []
    assert [step["name"] for step in steps][-3:] == ["sync", "http", "keychain"]
    import db.migrations.run

    monkeypatch.setattr(db.migrations.run, "HERE", tmp_path)
    failed = _run("selftest")
    assert failed.exit_code == 1
    assert "FAILED  store" in failed.stdout


def _python(code: str, *words: str) -> "subprocess.CompletedProcess[str]":
    told = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    return subprocess.run(
        [sys.executable, *(["-c", code] if code else ["-m", "callstation"]), *words],
        capture_output=True, text=True, cwd=ROOT, env=told, check=False, timeout=120,
    )  # fmt: skip


def test_help_imports_neither_sqlalchemy_nor_qt_nor_rich() -> None:
    code = (
        "import sys\nfrom callstation.__main__ import main\nsys.argv = ['callstation', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = ('sqlalchemy', 'PySide6', 'rich', 'alembic', 'phonenumbers', 'babel')\n"
        "print([one for one in heavy if one in sys.modules])"
    )
    assert _python(code).stdout.splitlines()[-1] == "[]"


def test_no_headless_command_imports_qt_and_the_whole_way_works_as_a_program(made: Path) -> None:
    code = (
        "import sys\nfrom callstation.__main__ import main\nsys.argv = ['callstation', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "assert 'PySide6' not in sys.modules"
    )
    for words in (["queue", "--why"], ["callbacks"], ["campaigns"], ["search", "a"], ["settings"], ["doctor"]):
        done = _python(code, *words, "--data", str(made))
        assert done.returncode == 0, done.stderr
    failed = _python("", "log", "999999", "no_answer", "--data", str(made))
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "no longer in the queue" in failed.stderr
    assert _python("", "--version").stdout.startswith("Callstation ")


def test_a_logo_is_checked_as_in_the_window_and_several_lines_are_one_value(run: Run, tmp_path: Path) -> None:
    words = tmp_path / "README.md"
    words.write_text("no picture", encoding="utf-8")
    for path in ("/nope.png", str(words)):
        refused = run("settings", "company_logo", path)
        assert refused.exit_code == 1, path
        assert "company_logo = \n" in run("settings", "company_logo").stdout
    picture = tmp_path / "logo.png"
    Image.new("RGB", (8, 8)).save(picture)
    kept = Path(run("settings", "company_logo", str(picture)).stdout.removeprefix("company_logo = ").strip())
    assert kept.parent == tmp_path / "book" / "letterhead"
    assert run("settings", "company_logo", "").exit_code == 0
    assert "\\n between" in run("settings", "--help").stdout
    run("settings", "company_address", "1 Quay St\\nGalway")
    assert load_settings(Places(tmp_path / "book").settings).company_address == "1 Quay St\nGalway"
