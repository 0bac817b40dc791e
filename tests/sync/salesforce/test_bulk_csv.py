"""The CSV of bulk jobs: what goes up comes back, whatever is in the cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.sync.salesforce.bulk import csv_of, job_of, read_rows

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_what_goes_up_comes_back_whatever_is_in_the_cells(rows: list[list[str]]) -> None:
    columns = ["Subject", "Description", "Account.Key__c"]
    content = csv_of(columns, rows)
    assert list(csv.reader(io.StringIO(content.decode(), newline=""))) == [columns, *rows]
    assert read_rows("text/csv", content) == [dict(zip(columns, row, strict=True)) for row in rows]


def test_lines_end_with_lf_and_breaks_inside_a_cell_stay() -> None:
    content = csv_of(["A", "B"], [["one\r\ntwo", ' "x", '], ["", "#N/A"]])
    assert content == b'"A","B"\n"one\r\ntwo"," ""x"", "\n"","#N/A"\n'


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html", b"<html>"),
        ("", b""),
        ("text/csv", b'"sf__Id","A"\n"1","cut in a ce'),
        ("text/csv", b'"sf__Id","A"\n"1"'),
        ("text/csv", b"\xff\xfe"),
    ],
)
def test_a_cut_file_or_another_page_is_no_result(kind: str, content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_rows(kind, content)


def test_an_empty_result_has_no_rows() -> None:
    assert read_rows("text/csv", b"") == []
    assert read_rows("text/csv; charset=UTF-8", b'"sf__Id","A"\n') == []


def test_a_job_is_read_with_and_without_its_counts() -> None:
    assert job_of({"id": "750", "state": "Open"}).processed == 0
    job = job_of(
        {"id": "750", "state": "Failed", "numberRecordsProcessed": 3, "numberRecordsFailed": 2, "errorMessage": "x"}
    )
    assert (job.processed, job.failed, job.error, job.is_over) == (3, 2, "x", True)
