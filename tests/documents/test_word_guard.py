"""A Word template from outside that carries more than words is refused with its name, and nothing of it is used."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from callstation.documents.word import render_docx
from callstation.documents.word_guard import LARGEST, parts_of
from callstation.errors import UserError
from tests.documents.letters import letter

WHERE = "templates/en/reminder.docx"
Parts = dict[str, bytes]


def document(change: Callable[[Parts], object] = lambda parts: None, body: str = "") -> bytes:
    """A plain Word document with ``body`` (XML) put into it and its parts changed."""
    made, out = Document(), io.BytesIO()
    made.add_paragraph("Fine.")
    if body:
        made.element.body.insert(0, parse_xml(body.replace("<w:p>", f"<w:p {nsdecls('w', 'r')}>", 1)))
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def linked(kind: str, target: str, name: str = "word/_rels/document.xml.rels") -> Callable[[Parts], object]:
    """A relationship to something outside."""

    def change(parts: Parts) -> None:
        link = f'<Relationship Id="rX" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[name] = parts.get(name, empty).replace(b"</Relationships>", link.encode())

    return change


def field(*pieces: str) -> str:
    """A field whose instruction Word has written over several runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def put(name: str, part: bytes) -> Callable[[Parts], object]:
    return lambda parts: parts.update({name: part})


BOMB = b"\0" * 90_000_000
DOCTYPE = b'<!DOCTYPE a [<!ENTITY x "AAAA"><!ENTITY y "&x;&x;&x;&x;">]>'


@pytest.mark.parametrize(
    ("blob", "why"),
    [
        (lambda: b"", "no Word document"),
        (lambda: b"PK\3\4 but not really", "no Word document"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "no Word document"),
        (lambda: b"0" * (LARGEST + 1), "MB"),
        (lambda: packed({"a.txt": b"a"}), "no Word document"),
        (lambda: document(put("word/media/bomb.png", BOMB)), "too large"),
        (lambda: document(put("word/media/steep.png", b"\0" * 3_000_000)), "too large"),
        (lambda: packed({f"{number}.xml": b"" for number in range(1001)}), "1,001 parts"),
        (lambda: document(put("word/vbaProject.bin", b"x")), "macro"),
        (lambda: document(put("word/embeddings/oleObject1.bin", b"x")), "embedded program"),
        (lambda: document(put("../../evil.xml", b"<a/>")), "not named as Word names them"),
        (lambda: document(put("word/custom.xml", DOCTYPE + b"<a>&y;</a>")), "defines entities"),
        (lambda: document(put("word/custom.xml", DOCTYPE.decode().encode("utf-16") + b"")), "cannot be read"),
        (lambda: document(put("word/custom.xml", b"<a>")), "word/custom.xml cannot be read"),
        (lambda: document(_macros), "macros"),
        (lambda: document(_dotx), "not saved as a Word document"),
        (lambda: document(linked(RELATIONSHIP_TYPE.IMAGE, "http://spy.example/pixel.png")), "spy.example"),
        (lambda: document(linked(RELATIONSHIP_TYPE.IMAGE, "file:///etc/passwd")), "etc/passwd"),
        (lambda: document(linked(RELATIONSHIP_TYPE.OLE_OBJECT, "\\\\\\\\host\\\\share")), "from elsewhere"),
        (lambda: document(linked(RELATIONSHIP_TYPE.HYPERLINK, "javascript:alert(1)")), "javascript"),
        (lambda: document(body=field(" INCLUDE", "PICTURE &quot;http://spy.example/p.png&quot; ")), "INCLUDEPICTURE"),
        (lambda: document(body=field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe ")), "DDEAUTO"),
        (lambda: document(body='<w:p><w:fldSimple w:instr=" INCLUDETEXT /etc/passwd "/></w:p>'), "INCLUDETEXT"),
        (lambda: document(body='<w:p><w:r><w:altChunk r:id="rX"/></w:r></w:p>'), "another document"),
    ],
)  # fmt: skip
def test_what_no_letter_needs_is_refused_with_the_name_of_its_file(blob: Callable[[], bytes], why: str) -> None:
    with pytest.raises(UserError, match=why) as told:
        render_docx(letter(), blob(), where=WHERE)
    assert told.value.title == "This Word template cannot be used."
    assert told.value.detail.startswith(f"{WHERE}: ")


def _macros(parts: Parts) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


def _dotx(parts: Parts) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")


def test_an_encrypted_entry_is_refused() -> None:
    blob = bytearray(document())
    at = blob.index(b"PK\1\2")
    flags = struct.unpack_from("<H", blob, at + 8)[0]
    struct.pack_into("<H", blob, at + 8, flags | 1)
    with pytest.raises(UserError, match="no Word document"):
        parts_of(bytes(blob), WHERE)


@pytest.mark.parametrize(
    "blob",
    [
        document(linked(RELATIONSHIP_TYPE.HYPERLINK, "https://nordlicht.example/link")),
        document(linked(RELATIONSHIP_TYPE.HYPERLINK, "mailto:hello@nordlicht.example")),
        document(body=field(" PAGE ")),
        document(body=field(' HYPERLINK "https://nordlicht.example/link" ')),
        document(body='<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>'),
    ],
)
def test_links_and_page_numbers_are_fine(blob: bytes) -> None:
    assert "Fine." in [one.text for one in Document(io.BytesIO(render_docx(letter(), blob))).paragraphs]


def test_the_path_of_the_template_that_word_began_with_is_forgotten() -> None:
    kind = f"{RELATIONSHIP_TYPE.IMAGE.rpartition('/')[0]}/attachedTemplate"

    def change(parts: Parts) -> None:
        linked(kind, "file:///C:/Forms/Normal.dotm", "word/_rels/settings.xml.rels")(parts)
        parts["word/settings.xml"] = parts["word/settings.xml"].replace(
            b"</w:settings>", b'<w:attachedTemplate r:id="rX"/></w:settings>'
        )

    blob = render_docx(letter(), document(change))
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        assert b"C:/Forms" not in b"".join(archive.read(name) for name in archive.namelist())
        assert b"attachedTemplate" not in archive.read("word/settings.xml")


def test_a_damaged_template_is_told_and_never_a_crash(tmp_path: Path) -> None:
    whole, chance = document(), random.Random(4)
    for _ in range(300):
        blob = bytearray(whole)
        if chance.random() < 0.5:
            del blob[chance.randrange(len(blob)) :]
        for _ in range(chance.randrange(1, 9)):
            if blob:
                blob[chance.randrange(len(blob))] = chance.randrange(256)
        try:
            render_docx(letter(), bytes(blob), where=WHERE)
        except UserError as error:
            assert WHERE in error.detail  # noqa: PT017 - it may as well be harmless
