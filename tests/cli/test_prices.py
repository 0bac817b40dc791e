"""Price lists without the window: imported as what their header says, printed by vendor and family."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callstation.__main__ import open_window, paint_window, pictures, play
from callstation.cli import Screens, make_cli

LIST = """Vendor,Product,Type,Price,Cost,Unit,Valid from
Quillbase,Growth,plan,12.50,5,user/month,2026-01-01
Quillbase,Growth,plan,11,,user/month,2025-01-01
Quillbase,[red]Audit,add-on,30,,seat/year,2026-01-01
Vaultmere,Vault,plan,Contact Sales,,seat/year,2026-01-01
"""


def run(tmp_path: Path, *words: str) -> Result:
    cli = make_cli(Screens(open_window, play, pictures, paint_window))
    return CliRunner().invoke(cli, [*words, "--data", str(tmp_path / "book")], catch_exceptions=False)


def bring(tmp_path: Path, text: str, *words: str) -> Result:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return run(tmp_path, "import", str(path), *words)


def test_a_price_list_is_known_by_its_header_and_said_to_be_one(tmp_path: Path) -> None:
    result = bring(tmp_path, LIST, "--yes")
    assert result.exit_code == 0, result.stderr
    assert "It is taken as a price list; --contracts takes it as a list of contracts." in result.stdout
    assert "3 new, 1 problem" in result.stdout
    assert "“Contact Sales” is no price" in result.stdout
    assert "Imported 3 prices of list.csv. It is import 1." in result.stdout


def test_the_prices_are_printed_by_vendor_and_family_with_unknown_costs_as_unknown(tmp_path: Path) -> None:
    bring(tmp_path, LIST, "--yes")
    told = run(tmp_path, "prices").stdout
    assert told.index("Growth") < told.index("[red]Audit")
    assert "$12.50" in told
    assert "60.0%" in told
    assert "unknown" in told
    rows = json.loads(run(tmp_path, "prices", "--json").stdout)
    facts = [(row["product"], row["kind"], row["amount"], row["per"], row["cost"], row["margin"]) for row in rows]
    assert facts == [
        ("Growth", "plan", "12.50", "month", "5.00", "0.6000"), ("[red]Audit", "add_on", "30.00", "year", None, None)
    ]  # fmt: skip


def test_the_prices_of_another_day_of_one_product_or_vendor_are_printed(tmp_path: Path) -> None:
    bring(tmp_path, LIST, "--yes")
    rows = json.loads(run(tmp_path, "prices", "--product", "grow", "--on", "2025-06-01", "--json").stdout)
    assert [(row["product"], row["amount"], row["valid_from"]) for row in rows] == [("Growth", "11.00", "2025-01-01")]
    assert "from 2025-01-01" in run(tmp_path, "prices", "--on", "2024-01-01").stdout
    assert "No price is known" in run(tmp_path, "prices", "--vendor", "Nobody").stdout
    assert json.loads(run(tmp_path, "prices", "--currency", "eur", "--json").stdout) == []


@pytest.mark.parametrize("words", [("--currency", "EURO"), ("--on", "soon")])
def test_what_was_asked_wrongly_ends_with_two(tmp_path: Path, words: tuple[str, str]) -> None:
    bring(tmp_path, LIST, "--yes")
    result = run(tmp_path, "prices", *words)
    assert result.exit_code == 2
    assert f"“{words[1]}”" in result.stderr


def test_what_a_list_is_can_be_told_and_what_it_lacks(tmp_path: Path) -> None:
    told = bring(
        tmp_path, "Product,List price\nGrowth,12\n", "--prices", "--from", "2027-01-01", "--per", "month", "-y"
    )
    assert told.exit_code == 0, told.stderr
    assert json.loads(run(tmp_path, "prices", "--json").stdout)[0]["amount"] is None
    later = json.loads(run(tmp_path, "prices", "--on", "2027-01-01", "--json").stdout)
    assert [(row["amount"], row["months"]) for row in later] == [("12.00", 1)]
    refused = bring(tmp_path, LIST, "--contracts", "--yes")
    assert refused.exit_code == 1
    assert "No column was found for: Contract no., End customer, End." in refused.stderr


def test_a_price_list_of_another_program_is_told_in_json(tmp_path: Path) -> None:
    facts = json.loads(bring(tmp_path, LIST, "--dry-run", "--json").stdout)
    assert facts["verdicts"]["new"] == 3
    assert facts["problems"] == [
        {"row_number": 5, "verdict": "problem", "vendor": "Vaultmere", "product": "Vault",
         "why": "“Contact Sales” is no price; ask the vendor for a quote."}
    ]  # fmt: skip


def test_columns_that_nothing_is_taken_from_and_what_updates_change_are_said(tmp_path: Path) -> None:
    bring(tmp_path, LIST, "--yes")
    text = (
        LIST.replace("12.50", "13").replace("Valid from", "Valid from,Colour").replace("2026-01-01", "2026-01-01,red")
    )
    told = bring(tmp_path, text.replace("2025-01-01", "2025-01-01,red"), "--dry-run").stdout
    assert "Nothing is taken from: Colour." in told
    assert "Price: 12.50 -> 13.00 per month" in told
    facts = json.loads(bring(tmp_path, text, "--dry-run", "--json").stdout)
    assert facts["columns_left_out"] == ["Colour"]
    assert facts["updates"][0]["changes"] == [{"what": "Price", "was": "12.50", "now": "13.00 per month"}]


def test_a_list_that_looks_like_neither_is_told_how_to_be_taken_as_prices(tmp_path: Path) -> None:
    refused = bring(tmp_path, "Customer,Product,Price\nObst AG,Growth,10\n", "--yes")
    assert refused.exit_code == 1
    assert "or take it as a price list with --prices" in refused.stderr
    told = bring(tmp_path, "Customer,Product,Price\nObst AG,Growth,10\n", "--yes", "--prices")
    assert "no list price" in told.stdout


def test_help_lists_every_field_that_map_takes(tmp_path: Path) -> None:
    from callstation.accounts.importing.fields import Field
    from callstation.cli.importing import FIELDS

    named = FIELDS.removeprefix("Fields: ").removesuffix(".").replace("; of prices also:", ",").split(", ")
    assert named == [field.value for field in Field]
    assert "min_quantity" in run(tmp_path, "import", "--help").stdout


def test_prices_by_quantity_and_prices_to_come_are_printed(tmp_path: Path) -> None:
    rows = "Product,Price,Unit,Min qty,Valid from\nGrowth,1234.5,seat/year,1,2026-01-01\n"
    rows += "Growth,1100,seat/year,100,2026-01-01\nNext,5,seat/year,1,2099-01-01\nNext,6,seat/year,1,2099-06-01\n"
    bring(tmp_path, rows, "--yes")
    printed = run(tmp_path, "prices").stdout
    assert "$1,234.50 from 1; $1,100.00 from 100" in printed
    assert "from 2099-01-01" in printed
    assert "none that day" not in printed
    growth, later = json.loads(run(tmp_path, "prices", "--json").stdout)
    assert [(one["min_quantity"], one["amount"]) for one in growth["breaks"]] == [(1, "1234.50"), (100, "1100.00")]
    assert (growth["amount"], later["amount"], later["starts_on"]) == ("1234.50", None, "2099-01-01")


def test_a_price_that_is_over_is_none_that_day(tmp_path: Path) -> None:
    bring(tmp_path, "Product,Price,Unit,Valid to,Valid from\nGrowth,5,seat/year,2020-12-31,2020-01-01\n", "--yes")
    assert "none that day" in run(tmp_path, "prices").stdout
