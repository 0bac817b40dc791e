"""`callstation quote`, `closing` and `lapsed`: what they print, keep and refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from callstation.opening import open_app
from callstation.paths import Places
from db.nouns import Account
from tests.cli.conftest import Run
from tests.quotes import shop

HALDEN = "Halden Robotics"


def _json(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_without_save_the_four_ways_stand_side_by_side_and_nothing_is_kept(run: Run) -> None:
    told = run("quote", HALDEN)
    assert told.exit_code == 0
    for words in ("As is", "Co-term", "Three years", "Upgrade", "$10,800.00", "30%"):
        assert words in told.stdout
    found = _json(run("quote", HALDEN, "--json"))
    assert [one["option"] for one in found["options"]] == ["as_is", "co_term", "three_years", "upgrade"]
    assert found["options"][0]["total"] == "10800.00"
    assert run("quote", HALDEN, "--accept").exit_code == 2


def test_the_sum_is_printed_line_by_line(run: Run) -> None:
    told = run("quote", HALDEN, "--seats", "C-1003=95", "--discount", "5", "--explain").stdout
    assert "95 x 120.00 list price a year = 11,400.00" in told
    assert "x 0.95 discount of 5% = 10,830.00" in told
    assert told.rstrip().endswith("Total 10,830.00 USD")


def test_a_quote_is_saved_sent_and_accepted(run: Run) -> None:
    saved = _json(run("quote", HALDEN, "--option", "three", "--add-on", "archive=90", "--save", "--json"))
    assert (saved["status"], saved["option"], len(saved["lines"])) == ("draft", "three_years", 2)
    told = run("quote", HALDEN, "--send").stdout
    assert f"Sent {saved['number']} v1 for Halden Robotics." in told
    accepted = _json(run("quote", HALDEN, "--accept", "--json"))
    assert (accepted["number"], accepted["status"]) == (saved["number"], "accepted")
    (row,) = _json(run("closing", "--json"))
    assert (row["quote"], row["missing"].split(",")[0]) == (f"{saved['number']} v1", "Order number")


def test_a_deep_discount_waits_for_its_approval(run: Run) -> None:
    refused = run("quote", HALDEN, "--discount", "15", "--send")
    assert refused.exit_code == 1
    assert "waiting for approval" in refused.stderr
    assert "Saved" in refused.stdout
    told = run("quote", HALDEN, "--approve-by", "Lena Vogt", "--reason", "Keep them", "--send")
    assert told.exit_code == 0, told.stderr
    assert "Approved" in told.stdout


def test_a_price_groups_its_thousands_as_the_language_does(run: Run) -> None:
    told = run("quote", HALDEN, "--price", "C-1003=1,500", "--explain").stdout
    assert "1,500.00" in told
    assert "x 1.50 " not in told


def test_a_price_typed_with_an_upgrade_is_that_of_the_edition_the_line_moves_to(run: Run) -> None:
    typed = ("--price", "C-1003=290", "--save", "--json")
    (line,) = _json(run("quote", HALDEN, "--option", "upgrade", *typed))["lines"]
    assert (line["product"], line["amount"]) == (shop.SCALE, "26100.00")
    (line,) = _json(run("quote", HALDEN, "--option", "as-is", *typed))["lines"]
    assert (line["product"], line["amount"]) == (shop.STARTER, "26100.00")


def test_a_named_quote_is_changed_into_its_next_version(run: Run) -> None:
    first = _json(run("quote", HALDEN, "--send", "--json"))
    second = _json(run("quote", HALDEN, "--quote", first["number"], "--seats", "C-1003=80", "--save", "--json"))
    assert (second["number"], second["version"], second["lines"][0]["quantity"]) == (first["number"], 2, 80)
    third = _json(run("quote", HALDEN, "--quote", first["number"], "--discount", "5", "--save", "--json"))
    assert (third["version"], third["lines"][0]["quantity"]) == (2, 80)
    rejected = _json(run("quote", HALDEN, "--send", "--json"))
    assert _json(run("quote", HALDEN, "--reject", "Too dear", "--json"))["status"] == "rejected"
    assert rejected["status"] == "sent"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--option", "forever"), "Choose one of: as-is"),
        (("--seats", "C-9=5"), "Up for renewal: C-1003"),
        (("--seats", "C-1003"), "Write it as C-1003=95"),
        (("--seats", "C-1003=many"), "no quantity"),
        (("--seats", "C-1003=-5"), "no quantity"),
        (("--price", "C-1003=dear"), "no price"),
        (("--price", "C-1003=110.5x"), "no price"),
        (("--price", "C-1003=110 EUR"), "not in EUR"),
        (("--discount", "140"), "no discount"),
        (("--add-on", "Anything=5"), "Archive"),
        (("--upgrade", "C-1003=Nothing"), "Quillbase Scale"),
        (("--until", "soon"), "2027-06-30"),
        (("--quote", "Q-1"), "no quote"),
        (("--accept", "--reject", "x"), "not both"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_says_what_can(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run("quote", HALDEN, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_name_that_ends_with_a_stop_gets_no_second_one(run: Run, folder: Path) -> None:
    app = open_app(Places(folder))
    app.do(lambda work: work.update(Account, 1, name="Halden Robotics Inc."))
    app.close()
    assert "Halden Robotics Inc. Not won yet" in run("closing", "mark", "C-1003", "order-number", "PO-4711").stdout


def test_a_step_is_ticked_off_and_cleared(run: Run) -> None:
    told = run("closing", "mark", "C-1003", "order-number", "PO-4711")
    assert told.exit_code == 0
    assert "still open" in told.stdout
    (row,) = _json(run("closing", "--json"))
    assert row["order_number"] == "PO-4711"
    assert run("closing", "clear", "C-1003", "order-number").exit_code == 0
    assert run("closing").stdout == "Nothing is to close.\n"
    assert run("closing", "mark", "C-1003", "order-number").exit_code == 1
    unclear = run("closing", "mark", "C-1003", "order")
    assert (unclear.exit_code, "“order” could be order-number or order-placed" in unclear.stderr) == (2, True)
    assert "There is no step “win”" in run("closing", "mark", "C-1003", "win").stderr
    assert run("closing", "mark", "C-9", "order-placed").exit_code == 2
    assert run("closing", "win").exit_code == 2


def test_nothing_has_lapsed(run: Run) -> None:
    assert run("lapsed").stdout == "Nothing has lapsed.\n"
    assert _json(run("lapsed", "--json")) == []
