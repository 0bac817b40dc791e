"""What reps really get: any list, written in any of the shapes it travels in, is read back cell by cell."""

import csv
import string
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from callstation.accounts.importing.cells import text_of
from callstation.accounts.importing.source import Source, open_source
from tests.importing.list_files import HEADER, Value, delimited, write_ods, write_xls, write_xlsx

QUOTING: tuple[Literal[0, 1], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = string.ascii_letters + string.digits + " .-/&'\"()#@+=é€Žüß,;\t|"
NAMES = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
MULTI_LINE = st.lists(NAMES, min_size=1, max_size=3).map("\n".join)
TITLES = st.sampled_from([[], ["Renewals Q4"], ["Printed on 23 November"], ["", ""], ["Region:", "North"]])
FOOTERS = st.sampled_from([[], ["Confidential"], ["Grand Total"], ["Copyright © 2026"]])


@st.composite
def lists(draw: st.DrawFn) -> list[list[str]]:
    """Rows for ``HEADER``: hostile names, leading zeros, line breaks; each row has at least its key cells."""
    rows = []
    for number in range(draw(st.integers(3, 12))):
        end = date(2026, 1, 1) + timedelta(draw(st.integers(0, 700)))
        rows.append(
            [
                f"00{number}-{draw(st.integers(0, 999)):03}",
                draw(MULTI_LINE),
                draw(NAMES),
                str(draw(st.integers(1, 5000))),
                (end - timedelta(365)).isoformat(),
                end.isoformat(),
                f"{draw(st.integers(0, 10**7))}.{draw(st.integers(0, 99)):02}",
                draw(NAMES),
                f"p{number}@example.com",
                f"+1617555{draw(st.integers(0, 9999)):04}",
            ]
        )
    return rows


def assert_read_back(source: Source, rows: Sequence[Sequence[Value]], around: int) -> None:
    table = source.table
    assert list(table.headers) == HEADER
    read = [[text_of(cell) for cell in row] for row in zip(*table.columns, strict=True)]
    assert read == [[text_of(cell) for cell in row] for row in rows]
    assert len(table) + len(table.skipped) == table.rows_in_file == len(rows) + 1 + around


@EXAMPLES
@given(
    rows=lists(),
    titles=st.lists(TITLES, max_size=6),
    footers=st.lists(FOOTERS, max_size=3),
    delimiter=st.sampled_from(",;\t|~^"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from(QUOTING),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
)
def test_any_delimited_text_is_read_back(
    rows: list[list[str]], titles: list[list[str]], footers: list[list[str]], delimiter: str, line_end: str,
    quoting: Literal[0, 1], encoding: str,
) -> None:  # fmt: skip
    text = delimited([*titles, HEADER, *rows, *footers], delimiter=delimiter, line_end=line_end, quoting=quoting)
    with TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        path.write_bytes(text.encode(encoding))
        assert_read_back(open_source(path), rows, len(titles) + len(footers))


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", write_xlsx), ("a.xls", write_xls), ("a.ods", write_ods)])
def test_any_workbook_is_read_back(name: str, write: object) -> None:
    assert callable(write)

    @EXAMPLES
    @given(
        rows=lists(),
        titles=st.lists(TITLES.filter(any), max_size=4),
        first_row=st.integers(1, 9),
        is_typed=st.booleans(),
    )
    def read_back(rows: list[list[str]], titles: list[list[str]], first_row: int, is_typed: bool) -> None:
        values: list[list[Value]] = [list(row) for row in rows]
        if is_typed:
            values = [
                [*row[:3], int(row[3]), date.fromisoformat(row[4]), date.fromisoformat(row[5]), float(row[6]), *row[7:]]
                for row in rows
            ]
        with TemporaryDirectory() as folder:
            path = write(Path(folder, name), [*titles, HEADER, *values], first_row=first_row)
            source = open_source(path)
            assert_read_back(source, values, len(titles))
            assert source.table.row_numbers[0] == first_row + len(titles) + 1

    read_back()


@EXAMPLES
@given(
    st.binary(min_size=1, max_size=2000),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"]),
)
def test_no_bytes_bring_the_import_down(content: bytes, start: bytes) -> None:
    from callstation.errors import UserError

    with TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        path.write_bytes(start + content)
        try:
            table = open_source(path).table
        except UserError as refused:
            assume(bool(refused.hint))
        else:
            assert len(table) + len(table.skipped) == table.rows_in_file
