"""What the import command tells of a list: currency, numbers, dates, and what it asks in words."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callstation.__main__ import open_window, paint_window, pictures, play
from callstation.cli import Screens, make_cli

GERMAN = (
    "Vertragsnr.;Endkunde;Händler;Ablaufdatum;Betrag;Telefon\nV-1;Obstgarten GmbH;Nord AG;31.12.2027;1.234;030 901820\n"
)


def bring(tmp_path: Path, text: str, *words: str) -> Result:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    cli = make_cli(Screens(open_window, play, pictures, paint_window))
    asked = ["import", str(path), "--data", str(tmp_path / "book"), *words]
    return CliRunner().invoke(cli, asked, catch_exceptions=False)


def test_a_german_list_is_taken_in_euros_with_german_numbers_and_says_so(tmp_path: Path) -> None:
    result = bring(tmp_path, GERMAN, "--country", "DE", "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "1 new" in result.stdout
    assert "Amounts taken as EUR, numbers as German (1.234,50)." in result.stdout
    assert "Does “1.234” mean 1234, or 1 and a fraction? Taken as: 1234." in result.stdout


def test_the_currency_can_be_told(tmp_path: Path) -> None:
    result = bring(tmp_path, GERMAN, "--currency", "chf", "--country", "de", "--dry-run", "--json")
    assert json.loads(result.stdout)["assumed"] == ["Amounts taken as CHF, numbers as German (1.234,50)."]


@pytest.mark.parametrize(("option", "code"), [("--currency", "EURO"), ("--country", "Atlantis")])
def test_a_code_that_does_not_exist_is_named(tmp_path: Path, option: str, code: str) -> None:
    result = bring(tmp_path, GERMAN, option, code, "--dry-run")
    assert result.exit_code == 1
    assert f"“{code}”" in result.stderr
