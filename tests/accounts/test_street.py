"""A street is kept as its lines, whoever wrote it."""

from hypothesis import given
from hypothesis import strategies as st

from callstation.accounts.street import street_lines, street_of


def test_line_breaks_of_any_kind_are_one_and_blank_lines_go() -> None:
    assert street_of("Unit 7,\tFairway  Court \r\n\r\n 22 Weavers Row\r") == "Unit 7, Fairway Court\n22 Weavers Row"
    assert street_of(None) == street_of(" \r\n ") == ""


@given(st.text())
def test_what_is_kept_stays_as_it_is_and_loses_no_letter(text: str) -> None:
    kept = street_of(text)
    assert street_of(kept) == kept == "\n".join(street_lines(kept))
    assert "".join(kept.split()) == "".join(text.split())
