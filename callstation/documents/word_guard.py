"""A .docx that came from outside, checked before anything in it is used: no bomb, no macro, nothing from elsewhere."""

import io
import re
import zipfile
from typing import Any

from callstation.documents.word_xml import XmlError, parse, write
from callstation.errors import UserError

LARGEST = 20_000_000
"""Bytes of the file."""
LARGEST_INSIDE = 80_000_000
"""Bytes of all that is in it."""
MOST_PARTS = 1000
STEEPEST = 200
"""How many times smaller than its content a part of a megabyte may be packed."""

TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = re.compile(r"(vbaProject|vbaData|activeX|oleObject|embeddings/)", re.IGNORECASE)
_FETCHING = frozenset(
    {
        "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "DDE", "DDEAUTO", "LINK", "DATABASE", "RD", "MACROBUTTON",
        "EMBED", "AUTOTEXT",
    }
)  # fmt: skip
"""Fields by which Word fetches, or runs, something else."""
_HARMLESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_ATTACHED = "/attachedTemplate"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(blob: bytes, where: str) -> dict[str, bytes]:
    """Every part of a Word document by its name. ``UserError`` naming ``where`` for what no letter needs."""
    if len(blob) > LARGEST:
        raise refused(where, f"it has {len(blob) / 1e6:.0f} MB, and {LARGEST / 1e6:.0f} is the most")
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            parts = _read(archive, where)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise refused(where, f"it is no Word document ({error})") from error
    except Exception as error:  # zlib and lzma have errors of their own
        if isinstance(error, UserError):
            raise
        raise refused(where, f"it is damaged ({error})") from error
    if TYPES not in parts or MAIN not in parts:
        raise refused(where, "it is no Word document")
    trees = {name: _parse(name, part, where) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    _check_types(trees[TYPES], where)
    for name in parts:
        if _ACTIVE.search(name):
            raise refused(where, f"it holds a macro or an embedded program ({name})")
    for name, tree in trees.items():
        if name.endswith(".rels"):
            _check_links(name, tree, where)
        elif name.startswith("word/"):
            _check_fields(tree, where)
    _forget_attached_template(parts, trees)
    return parts


def refused(where: str, why: str) -> UserError:
    """The error of a template that is not used."""
    return UserError("This Word template cannot be used.", f"{where}: {why}.", "Mend it, or delete it to use ours.")


def _read(archive: zipfile.ZipFile, where: str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS:
        raise refused(where, f"it has {len(entries):,} parts")
    if sum(entry.file_size for entry in entries) > LARGEST_INSIDE:
        raise refused(where, "unpacked it would be too large")
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.filename in parts or ".." in entry.filename.split("/") or entry.filename.startswith("/"):
            raise refused(where, f"its part {entry.filename!r} is not named as Word names them")
        if entry.file_size > 1_000_000 and entry.file_size > STEEPEST * max(1, entry.compress_size):
            raise refused(where, "unpacked it would be too large")
        parts[entry.filename] = archive.read(entry)
    return parts


def _parse(name: str, part: bytes, where: str) -> Any:
    try:
        return parse(part)
    except XmlError as error:
        raise refused(where, f"its part {name} cannot be read ({error})") from error


def _check_types(tree: Any, where: str) -> None:
    for item in tree:
        kind = str(item.get("ContentType") or "")
        if "macroEnabled" in kind or "vba" in kind.lower():
            raise refused(where, "it holds macros; save it as .docx")
        if item.get("PartName") == f"/{MAIN}" and kind != _MAIN_TYPE:
            raise refused(where, "it is not saved as a Word document (.docx)")


def _check_links(name: str, tree: Any, where: str) -> None:
    for item in tree:
        target, kind = str(item.get("Target") or ""), str(item.get("Type") or "")
        if item.get("TargetMode") != "External" or kind.endswith(_ATTACHED):
            continue
        if not kind.endswith("/hyperlink") or not _HARMLESS.match(target):
            raise refused(where, f"it loads something from elsewhere ({target[:80]}, named in {name})")


def _check_fields(tree: Any, where: str) -> None:
    for said in (*_long_fields(tree), *(node.get(f"{_WORD}instr") or "" for node in tree.iter(f"{_WORD}fldSimple"))):
        name = (said.split() or [""])[0].upper()
        if name in _FETCHING:
            raise refused(where, f"it has a field that fetches something else ({name})")
    if next(tree.iter(f"{_WORD}altChunk"), None) is not None:
        raise refused(where, "it holds another document")


def _long_fields(tree: Any) -> list[str]:
    """The instruction of every field that is written over several runs, as Word joins them."""
    found, open_ones = [], [""]
    for node in tree.iter(f"{_WORD}fldChar", f"{_WORD}instrText"):
        if node.tag.endswith("instrText"):
            open_ones[-1] += node.text or ""
        elif node.get(f"{_WORD}fldCharType") == "begin":
            open_ones.append("")
        elif len(open_ones) > 1 and node.get(f"{_WORD}fldCharType") == "end":
            found.append(open_ones.pop())
    return [*found, *open_ones]


def _forget_attached_template(parts: dict[str, bytes], trees: dict[str, Any]) -> None:
    """Word notes the path of the template that a document was begun with; a letter must not ask for it."""
    name, links = "word/settings.xml", "word/_rels/settings.xml.rels"
    if links not in trees or name not in trees:
        return
    gone = [item for item in trees[links] if str(item.get("Type") or "").endswith(_ATTACHED)]
    for item in gone:
        trees[links].remove(item)
    for node in list(trees[name].iter(f"{_WORD}attachedTemplate")):
        node.getparent().remove(node)
    if gone:
        for one in (name, links):
            parts[one] = write(trees[one])
