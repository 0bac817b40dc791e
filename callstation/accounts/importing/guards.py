"""What is refused before it is opened: wrong kinds of file, too much of it, bombs, passwords, damage."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from callstation.errors import UserError

MAX_BYTES = 200 * 2**20
MAX_UNPACKED = 600 * 2**20
MAX_RATIO = 250
"""A real sheet of repeated text packs about 40 to 1; a bomb a thousand to 1."""
MAX_CELLS = 10_000_000
MAX_ROWS = 1_000_000
MAX_SHEETS = 200

_CHUNK = 2**20
_OTHER_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document"),
)
_XLSX_VALUE_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"(?:[^>/]|/(?!>))*>')
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{2,3}\d|[A-Z]\d{6})')
_ODS_ROW = re.compile(rb'<table:table-row[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.S)
_ODS_CELL = re.compile(rb"<table:table-cell([^>]*)>")
_ODS_REPEAT = re.compile(rb'number-columns-repeated="(\d+)"')


def unreadable(name: str, why: str, hint: str = "Ask the sender for the list as XLSX or CSV.") -> UserError:
    """The sentence for a file that cannot be used; nothing has been changed."""
    return UserError(f"“{name}” cannot be imported.", why, hint)


def open_checked(path: Path) -> bytes:
    """The file's bytes, after everything that can be told from the outside; ``UserError`` otherwise."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise unreadable(name, "It is a folder.", "Choose one file in it.")
        if not path.exists():
            raise unreadable(name, "There is no such file.", "Check the name and the folder.")
        if not path.is_file():
            raise unreadable(name, "It is a device, not a file.", "Choose a file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise unreadable(
                name,
                f"It has {size // 2**20} MB; up to {MAX_BYTES // 2**20} MB can be read.",
                "Export fewer rows or columns, or split the file.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(
            name, f"The system says: {error.strerror}.", "Close it in other programs and try again."
        ) from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise unreadable(name, "It is empty.", "Export the list again.")
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise unreadable(name, f"It is {kind}, not a table.")
    return data


def check_zip(data: BinaryIO, name: str) -> None:
    """Refuse a workbook that is damaged, locked, or unpacks to far more than it seems."""
    try:
        archive = zipfile.ZipFile(data)
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _damaged(name) from error
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} or "word/document.xml" in names:
        raise unreadable(name, "It is an archive without a spreadsheet in it.", "Unpack it and choose the list.")
    manifest = "META-INF/manifest.xml"
    if any(part.flag_bits & 1 for part in parts) or (
        manifest in names and b"encryption-data" in b"".join(_unpacked(data, archive.getinfo(manifest), name))
    ):
        raise locked(name)
    total, cells = 0, 0
    for part in parts:
        is_sheet = part.filename.startswith("xl/worksheets/") or part.filename == "content.xml"
        kept: list[bytes] = []
        size = 0
        for chunk in _unpacked(data, part, name):
            size += len(chunk)
            total += len(chunk)
            if total > MAX_UNPACKED or (size > 2**24 and size > MAX_RATIO * max(part.compress_size, 1)):
                raise unreadable(name, "It unpacks to far more than a list of contracts can hold.")
            if is_sheet:
                kept.append(chunk)
        if is_sheet:
            xml = b"".join(kept)
            cells = max(cells, _ods_cells(xml) if part.filename == "content.xml" else _xlsx_area(xml))
    if cells > MAX_CELLS:
        raise unreadable(
            name,
            "One of its sheets claims more than ten million cells.",
            "Copy the list itself into a new workbook and import that.",
        )


def check_ole(data: bytes, name: str) -> None:
    """Refuse what looks like an old Excel file and is not, or is locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(name)
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        raise unreadable(name, "It is an Office file without a spreadsheet in it.")


def locked(name: str) -> UserError:
    return unreadable(
        name,
        "It is protected by a password.",
        "Open it in Excel, save a copy without the password, and import that.",
    )


def _damaged(name: str) -> UserError:
    return unreadable(name, "It is damaged or only part of it arrived.", "Ask for the file again.")


def _unpacked(data: BinaryIO, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The part in chunks, by what is really there: sizes written in the archive may lie."""
    data.seek(part.header_offset)
    header = data.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04" or part.compress_type not in (0, 8):
        raise _damaged(name)
    data.seek(sum(struct.unpack("<HH", header[26:30])), 1)
    left = part.compress_size
    inflate = zlib.decompressobj(-15) if part.compress_type else None
    try:
        while left > 0:
            packed = data.read(min(left, 2**16))
            if not packed:
                raise _damaged(name)
            left -= len(packed)
            if inflate is None:
                yield packed
            while inflate is not None and packed:
                yield inflate.decompress(packed, _CHUNK)
                packed = inflate.unconsumed_tail
    except zlib.error as error:
        raise _damaged(name) from error


def _xlsx_area(xml: bytes) -> int:
    """Cells of the rectangle the reader would build: it goes out to the last cell that holds anything."""
    if not _FAR_CELL.search(xml):
        return 0  # 26 columns of 99,999 rows at most
    rows, columns = set(), set()
    for found in _XLSX_VALUE_CELL.finditer(xml):
        columns.add(found[1])
        rows.add(found[2])
    width = 0
    for letter in max(columns, key=lambda column: (len(column), column), default=b"A"):
        width = width * 26 + letter - 64
    return width * max(map(int, rows), default=0)


def _ods_cells(xml: bytes) -> int:
    """Cells after repeated rows and cells are written out."""
    cells = xml.count(b"<table:table-cell")
    for repeats, row in _ODS_ROW.findall(xml):
        if b"value-type" in row:
            cells += int(repeats) * (row.count(b"<table:table-cell") + _repeated(row))
    return cells + _repeated(xml)


def _repeated(xml: bytes) -> int:
    return sum(
        int(found.group(1))
        for attributes in _ODS_CELL.findall(xml)
        if b"value-type" in attributes and (found := _ODS_REPEAT.search(attributes))
    )
