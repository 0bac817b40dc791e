"""The README names every command and every key there is, in the words of the program."""

import re
import subprocess
import sys

import pytest

import dev
from tests.house.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else ""


@pytest.mark.parametrize("command", re.findall(r"^python3 dev\.py (\w+)", dev.USAGE, re.MULTILINE))
def test_the_readme_tells_of_each_command_of_the_start_script(command: str) -> None:
    assert f"dev.py {command}" in README


def test_the_readme_holds_the_table_of_keys() -> None:
    from ui.actions import readme_table

    assert [row for row in readme_table().splitlines() if row not in README] == []


def test_every_picture_in_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)\s]+)", README)
    assert [name for name in pictures if not name.startswith("http") and not (ROOT / name).is_file()] == []


def test_the_readme_tells_of_each_command_without_the_window() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "callstation", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^  ([\w-]+) {2,}(.+)$", told.split("Commands:")[1], re.MULTILINE)
    assert len(commands) > 10
    assert [name for name, words in commands if f"| `callstation {name}` | {words} |" not in README] == []
