"""File names from data: readable, allowed everywhere, and never a way out of their folder."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given

from callstation.documents.names import LONGEST, numbered, safe_name
from tests.documents.office import ANYTHING

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
"""What Windows takes for a device (Naming Files, Paths, and Namespaces)."""


@given(ANYTHING)
def test_any_text_gives_a_name_that_every_system_takes_and_that_stays_in_its_folder(text: str) -> None:
    name = safe_name(text, ending=".pdf")
    assert name == safe_name(text, ending=".pdf")
    assert name.endswith(".pdf")
    assert 0 < len(name) <= LONGEST + 1
    assert len(name.encode()) <= 201
    assert not set(name) & set('<>:"/\\|?*\0\r\n\t')
    assert name == name.strip(" .")
    assert (Path("folder") / name).parent == Path("folder")
    assert PureWindowsPath(name).name == name
    assert name.partition(".")[0].strip().upper() not in RESERVED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-11-25 Reminder C-1003", "2026-11-25 Reminder C-1003.pdf"),
        ("../../etc/passwd", "-..-etc-passwd.pdf"),
        ("a/b\\c:d", "a-b-c-d.pdf"),
        ("CON", "_CON.pdf"),
        ("lpt1.letter", "_lpt1.letter.pdf"),
        ("\u202egnp.exe", "gnp.exe.pdf"),
        ("Société Générale", "Société Générale.pdf"),
        (" . ", "Unnamed.pdf"),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    assert safe_name(text, ending=".pdf") == name


def test_a_second_file_of_a_name_is_numbered_before_its_ending() -> None:
    assert [numbered("Letter.pdf", number) for number in (1, 2, 3)] == [
        "Letter.pdf",
        "Letter (2).pdf",
        "Letter (3).pdf",
    ]
    assert numbered("Batches/2026-11-25 Reminder", 2) == "Batches/2026-11-25 Reminder (2)"
