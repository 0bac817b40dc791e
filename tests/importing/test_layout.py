"""The table is found wherever it stands, and every other row of the file is accounted for."""

from callstation.accounts.importing.cells import Sheet
from callstation.accounts.importing.layout import Skip, find_table
from callstation.accounts.importing.source import Overrides, open_pasted
from tests.importing.list_files import HEADER, ROW, delimited


def reasons(rows: list[list[str]]) -> dict[int, Skip]:
    return {row.row_number: row.reason for row in find_table(Sheet("s", [list(row) for row in rows])).skipped}


def test_a_title_block_above_the_header_is_passed_over() -> None:
    rows = [["Renewals Q4"], ["Printed", "11/23/2026"], [], ["Owner:", "Dana Whitfield"], [], [], HEADER, ROW, ROW]
    table = find_table(Sheet("s", [list(row) for row in rows]))
    assert (table.header_row, table.row_numbers) == (7, [8, 9])
    assert len(table) + len(table.skipped) == table.rows_in_file == 9


def test_totals_subtotals_and_footers_are_no_contracts() -> None:
    blank = [""] * 6
    rows = [HEADER, ROW, ["Subtotal", *blank[:5], "1200.50"], ROW, ["", "Total: 2", *blank], ["Grand Total"], [],
            ["Confidential"], ["Copyright 2026"]]  # fmt: skip
    found = reasons(rows)
    assert found == {
        1: Skip.HEADER, 3: Skip.SUBTOTAL, 5: Skip.SUBTOTAL, 6: Skip.SUBTOTAL, 7: Skip.BLANK, 8: Skip.FOOTER,
        9: Skip.FOOTER,
    }  # fmt: skip


def test_customers_whose_name_begins_with_total_are_customers() -> None:
    rows = [
        HEADER,
        ["C-1", "Total Wine & More", *ROW[2:]],
        ["C-2", "Total", *ROW[2:]],
        ["C-3", "Total SE", "", "", "", "2027-01-01"],
    ]
    assert len(find_table(Sheet("s", [list(row) for row in rows]))) == 3


def test_a_header_printed_again_on_every_page_is_no_row() -> None:
    assert reasons([HEADER, ROW, HEADER, ROW])[3] is Skip.HEADER_AGAIN


def test_short_rows_are_filled_up_and_long_rows_are_noticed() -> None:
    table = find_table(Sheet("s", [list(HEADER), ["C-1", "Acme", "Pro"], [*ROW, "extra", "cells"], [*ROW, "", ""]]))
    assert len(table) == 3
    assert table.too_long == {1: 2}


def test_a_list_without_a_header_gets_numbered_columns() -> None:
    table = find_table(Sheet("s", [list(ROW) for _ in range(5)]))
    assert table.header_row is None
    assert table.headers[:2] == ("Column 1", "Column 2")
    assert len(table) == 5


def test_a_header_of_unknown_words_is_still_a_header() -> None:
    table = find_table(
        Sheet("s", [["Kennung", "Wer", "Bis"], ["1", "Acme", "31.12.2026"], ["2", "Beta", "31.12.2026"]])
    )
    assert table.headers == ("Kennung", "Wer", "Bis")


def test_the_rep_can_say_which_row_is_the_header() -> None:
    source = open_pasted(
        delimited([["a", "b"], ["Contract No", "End Customer"], ["C-1", "Acme"]]), Overrides(header_row=1)
    )
    assert source.table.headers == ("a", "b")
    assert len(source.table) == 2


def test_two_columns_of_one_name_are_told_apart() -> None:
    table = find_table(Sheet("s", [["Contract No", "Name", "Name", ""], ["C-1", "a", "b", "c"]]))
    assert table.headers == ("Contract No", "Name", "Name (2)", "Column 4")
