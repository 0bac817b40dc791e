"""Files that are no list get a sentence that says what is wrong and what to do; what could hurt is not opened."""

import os
import zipfile
from pathlib import Path

import pytest

from callstation.accounts.importing import guards
from callstation.accounts.importing.source import open_pasted, open_source
from callstation.errors import UserError
from tests.importing.list_files import HEADER, ROW, delimited, repack, write_ods, write_xls, write_xlsx


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        open_source(path)
    assert caught.value.title
    assert caught.value.detail
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n \r\n\t", b"\0" * 100])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert "empty" in refusal(path).detail


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path).detail


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.xlsx").detail


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless device")
def test_an_endless_device_is_refused() -> None:
    assert "device" in refusal(Path("/dev/zero")).detail


def test_a_file_of_500_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(500 * 2**20)
    assert "500 MB" in refusal(path).detail


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"MZ\x90....", "program"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(tmp_path: Path, start: bytes, word: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(start + os.urandom(200))
    assert word in refusal(path).detail


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(bytes(range(1, 32)) * 200)
    assert "neither" in refusal(path).detail


@pytest.mark.parametrize("name", ["list.xlsx", "list.xls", "list.ods"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, name: str, kept: float) -> None:
    path = tmp_path / name
    {"x": write_xlsx, "s": write_xls, "o": write_ods}[name[5] if name[5] == "o" else name[-1]](path, [HEADER, ROW] * 50)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    if name == "list.xls" and kept > 0.9:
        pytest.skip("the last hundredth of an old Excel file is padding")
    assert "damaged" in refusal(path).detail or "without a spreadsheet" in refusal(path).detail


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    )
    assert "password" in refusal(path).detail


def test_an_ods_file_with_a_password_is_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "locked.ods", [HEADER, ROW])
    repack(path, "META-INF/manifest.xml", b"<manifest:encryption-data/>")
    assert "password" in refusal(path).detail


def test_an_archive_without_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "without a spreadsheet" in refusal(path).detail


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bomb.xlsx", [HEADER, ROW])
    repack(path, "xl/styles.xml", b" " * (80 * 2**20))
    assert path.stat().st_size < 200_000
    assert "unpacks" in refusal(path).detail


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bomb.xlsx", [HEADER, ROW])
    repack(path, "xl/styles.xml", b" " * (80 * 2**20))
    size = (80 * 2**20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))
    assert "unpacks" in refusal(path).detail


def test_a_sheet_that_claims_billions_of_cells_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "wide.xlsx", [HEADER, ROW])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>y</t></is></c></row></sheetData>'
    repack(path, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", far))
    assert "ten million cells" in refusal(path).detail


def test_an_ods_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "wide.ods", [HEADER, ROW])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    repeated = content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">')
    repack(path, "content.xml", repeated)
    assert "ten million cells" in refusal(path).detail


def test_formatted_but_empty_cells_far_out_do_no_harm(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "styled.xlsx", [HEADER, ROW])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    repack(path, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", far))
    assert len(open_source(path).table) == 1


def test_more_rows_than_can_be_held_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callstation.accounts.importing.delimited.MAX_ROWS", 100)
    with pytest.raises(UserError, match="more than 100 rows"):
        open_pasted(delimited([HEADER] + [ROW] * 200))


def test_an_unpackable_cell_of_a_million_characters_is_refused() -> None:
    with pytest.raises(UserError, match="characters"):
        open_pasted("Contract No,End Customer\nC-1," + "x" * 1_000_000 + "\n")


def test_nothing_pasted_is_refused() -> None:
    with pytest.raises(UserError, match="nothing to import"):
        open_pasted(" \n\t ")


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(UserError, match="no rows"):
        open_pasted(delimited([HEADER]))


def test_a_sheet_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    from callstation.accounts.importing.source import Overrides

    path = write_xlsx(tmp_path / "list.xlsx", [HEADER, ROW], sheet="Renewals")
    with pytest.raises(UserError, match="“Renewals”"):
        open_source(path, Overrides(sheet="Summary"))


def test_the_limits_are_the_ones_promised() -> None:
    assert guards.MAX_BYTES == 200 * 2**20
