"""Text and workbooks become cells: encodings, line ends, delimiters, quotes, sheets."""

from datetime import date
from pathlib import Path

import pytest

from callstation.accounts.importing.decoding import decode
from callstation.accounts.importing.source import Overrides, open_pasted, open_source
from tests.importing.list_files import HEADER, ROW, delimited, write_ods, write_xls, write_xlsx

NAME = "Café Zürich – Œuvre"


def column(source_rows: object, name: str) -> list[object]:
    from callstation.accounts.importing.source import Source

    assert isinstance(source_rows, Source)
    return list(source_rows.table.columns[source_rows.table.headers.index(name)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(delimited([HEADER, [*ROW[:1], NAME, *ROW[2:]]]).encode(encoding))
    assert column(open_source(path), "End Customer") == [NAME]


def test_bytes_that_windows_does_not_define_are_kept_apart() -> None:
    text, encoding = decode(b"Contract No,End Customer\r\n1,Z\xfcrich\x81\x8d\x8f\x90\x9d\r\n")
    assert encoding == "windows-1252"
    assert text.endswith("Zürich\x81\x8d\x8f\x90\x9d\r\n")


def test_one_stray_windows_byte_does_not_spoil_a_utf8_file() -> None:
    text, encoding = decode("Café,Zürich,Málaga,".encode() + b"M\xfcnchen")
    assert (text, encoding) == ("Café,Zürich,Málaga,München", "utf-8")


def test_a_cyrillic_code_page_is_guessed() -> None:
    words = "Договор;Заказчик;Дата окончания\n" + "С-1;Общество с ограниченной ответственностью;31.12.2026\n" * 40
    assert decode(words.encode("cp1251"))[0] == words


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", ":"])
def test_any_delimiter_with_any_line_end(delimiter: str, line_end: str) -> None:
    row = [cell.replace(":", " ") for cell in ROW]
    source = open_pasted(delimited([HEADER, row, row], delimiter=delimiter, line_end=line_end))
    assert source.delimiter == delimiter
    assert column(source, "End Customer") == ["Orchard & Vine"] * 2


def test_excels_own_line_about_the_delimiter_is_obeyed() -> None:
    source = open_pasted("sep=;\r\n" + delimited([HEADER, ROW], delimiter=";"))
    assert column(source, "Value") == ["1200.50"]


def test_decimal_commas_do_not_pass_for_the_delimiter() -> None:
    rows = [[f"C-{n}", "Acme", f"{n},50", f"{n},25"] for n in range(1, 30)]
    source = open_pasted(delimited([["Contract No", "End Customer", "Value", "Price"], *rows], delimiter=";"))
    assert source.delimiter == ";"


def test_line_breaks_and_delimiters_in_cells_stay_in_their_cells() -> None:
    source = open_pasted(delimited([HEADER, ["C-1", 'Acme, "North"\nWing', *ROW[2:]], ROW]))
    assert column(source, "End Customer") == ['Acme, "North"\nWing', "Orchard & Vine"]


def test_a_quote_that_is_never_closed_swallows_no_row() -> None:
    lines = delimited([HEADER, *[[f"C-{n}", *ROW[1:]] for n in range(20)]]).replace("C-5,", '"C-5,')
    assert len(open_pasted(lines).table) == 20


def test_inches_in_a_cell_are_no_quotes() -> None:
    source = open_pasted('Contract No,End Customer\nC-1,19" rack\nC-2,Acme\n')
    assert column(source, "End Customer") == ['19" rack', "Acme"]


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", write_xlsx), ("a.xls", write_xls), ("a.ods", write_ods)])
def test_workbooks_keep_text_as_text_and_dates_as_dates(tmp_path: Path, name: str, write: object) -> None:
    assert callable(write)
    row = ["00123", "Acme", "Pro", 25, date(2026, 1, 1), date(2026, 12, 31), 1200.5, "Maria", "=1+1", 441234567890]
    source = open_source(write(tmp_path / name, [HEADER, row], first_row=4))
    assert source.table.row_numbers == [5]
    assert [found[0] for found in source.table.columns] == row


def test_the_best_of_several_sheets_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Read me"
    for line in range(30):
        notes.cell(line + 1, 1, f"A remark {line}")
    page = book.create_sheet("Expiring")
    for number, row in enumerate([HEADER, ROW, ROW], 1):
        for place, value in enumerate(row, 1):
            page.cell(number, place, value)
    book.create_sheet("Empty")
    book.save(path)
    source = open_source(path)
    assert (source.sheet, source.other_sheets, len(source.table)) == ("Expiring", ("Read me",), 2)
    assert open_source(path, Overrides(sheet="Read me")).sheet == "Read me"


def test_a_web_page_called_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xls"
    cells = [
        "<tr>" + "".join(f"<td>{cell.replace('&', '&amp;')}</td>" for cell in row) + "</tr>" for row in (HEADER, ROW)
    ]
    path.write_text(f"<html><style>td {{}}</style><table>{''.join(cells)}</table></html>", encoding="utf-8")
    assert column(open_source(path), "End Customer") == ["Orchard & Vine"]
