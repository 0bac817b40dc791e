"""A Word template, compiled once and filled in many times, always to the same bytes for the same data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from callstation.documents.archive import pack
from callstation.documents.clean import plain
from callstation.documents.fields import GROUPS, SINGLE
from callstation.documents.merging import LONGEST, environment
from callstation.documents.word_guard import TYPES, parts_of, refused
from callstation.documents.word_xml import as_text, parse
from callstation.errors import UserError

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts of a document in which fields are filled in."""
_CORE = "docProps/core.xml"
_PLACES = {"document": "the text", "header": "the header", "footer": "the footer", "footnotes": "a footnote"}
_UNCLOSED = re.compile(r"\{\{(?:(?!\}\}).)*$|\{%(?:(?!%\}).)*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A checked template: the parts as they are, and those that are filled in."""

    where: str
    """What its file is called in the sentence of an error."""
    parts: Mapping[str, bytes]
    filled: Mapping[str, "Template"]

    def fill(self, context: Mapping[str, Any], about: "About") -> bytes:
        """The finished document. ``UserError`` naming the file for whatever the template does wrong."""
        parts = dict(self.parts)
        for name, template in self.filled.items():
            parts[name] = self._part(name, template, context)
        parts[_CORE] = about.core
        parts["word/styles.xml"] = _in_language(parts.get("word/styles.xml", b""), about.language)
        return pack({name: part for name, part in parts.items() if part}, changing={*self.filled, _CORE})

    def _part(self, name: str, template: "Template", context: Mapping[str, Any]) -> bytes:
        pieces, size = [], 0
        try:
            for piece in template.generate(context):
                size += len(piece)
                if size > LONGEST + _LARGEST_FRAME:
                    raise refused(self.where, "it makes too much text")
                pieces.append(piece)
        except UserError:
            raise
        except Exception as error:  # whatever an own template does wrong, it is told where
            raise refused(self.where, f"in {_place(name)}: {error}") from error
        return _HEAD + _with_breaks("".join(pieces)).encode("utf-8")


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself to the system."""

    title: str
    author: str
    subject: str
    language: str
    """"de_AT"."""
    made_on: date

    @property
    def core(self) -> bytes:
        """The part ``docProps/core.xml``."""
        title, author, subject, language = (
            escape(" ".join(plain(one).split())) for one in (self.title, self.author, self.subject, _tag(self.language))
        )
        at = f"{self.made_on.isoformat()}T12:00:00Z"
        moment = 'xsi:type="dcterms:W3CDTF"'
        return (
            _HEAD
            + (
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
                'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
                f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"
                f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
                f"<dcterms:created {moment}>{at}</dcterms:created><dcterms:modified {moment}>{at}</dcterms:modified>"
                f"<dc:language>{language}</dc:language></cp:coreProperties>"
            ).encode()
        )


_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LARGEST_FRAME = 2_000_000
"""Characters of the markup around the text."""


@lru_cache(maxsize=16)
def word_template(blob: bytes, where: str, extra: tuple[str, ...] = ()) -> WordTemplate:
    """A template, checked and compiled. ``UserError`` naming its file and the field or line that is wrong.

    ``extra`` are names that it may use beside the merge fields.
    """
    parts = parts_of(blob, where)
    filled = {name: _compiled(name, parts[name], where, extra) for name in sorted(parts) if _FILLED.fullmatch(name)}
    if _CORE not in parts:
        parts = _with_core(parts)
    return WordTemplate(where, parts, filled)


def _compiled(name: str, part: bytes, where: str, extra: tuple[str, ...]) -> "Template":
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError

    source: str = DocxTemplate("").patch_xml(as_text(parse(part)))
    made = _environment()
    try:
        tree = made.parse(source)
        _check_fields(tree, f"{where}, {_place(name)}", extra)
        return made.from_string(tree)
    except TemplateSyntaxError as error:
        raise refused(where, f"in {_place(name)}: {error.message}{_near(source)}") from error


@cache
def _environment() -> "Environment":
    """The sandbox of the letters, in which in addition text is text and never markup."""
    from jinja2 import Undefined

    def shown(value: Any) -> Any:
        return value if isinstance(value, Undefined) else plain(str(value))

    return environment().overlay(autoescape=True, finalize=shown, trim_blocks=False, lstrip_blocks=False)


def _check_fields(tree: Any, where: str, extra: tuple[str, ...]) -> None:
    """``UserError`` for a field that there is not, before a letter is begun."""
    from jinja2 import nodes
    from jinja2.meta import find_undeclared_variables

    known = {*GROUPS, *SINGLE, *extra}
    for name in sorted(find_undeclared_variables(tree)):
        if name not in known:
            raise refused(where, f"there is no field {{{{ {name} }}}}; there are {', '.join(sorted(known))}")
    for node in tree.find_all(nodes.Getattr):
        if (
            isinstance(node.node, nodes.Name)
            and node.node.name in GROUPS
            and node.attr not in GROUPS[node.node.name].fields
        ):
            field = f"{node.node.name}.{node.attr}"
            others = ", ".join(f"{node.node.name}.{one}" for one in GROUPS[node.node.name].fields)
            raise refused(where, f"there is no field {{{{ {field} }}}}; there are {others}")


def _near(source: str) -> str:
    """Where a field is not closed or cannot be read, as part of a sentence: " (near “{{ contract.number”)"."""
    from jinja2 import TemplateSyntaxError

    for paragraph in re.split(r"<w:p[ >]", source):
        text = unescape(re.sub(r"<[^>]*>?", "", paragraph.partition("</w:p>")[0])).strip()
        if unclosed := _UNCLOSED.search(text):
            return f" (near “{unclosed[0][:60]}”)"
        for field in re.findall(r"\{\{.*?\}\}", text, re.DOTALL):
            try:
                _environment().parse(field)
            except TemplateSyntaxError:
                return f" (near “{field[:60]}”)"
    return ""


def _place(name: str) -> str:
    return _PLACES.get(re.sub(r"word/|\d*\.xml", "", name), name)


_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)(</w:t>)")


def _with_breaks(xml: str) -> str:
    """Line ends and tabs inside a text become the marks that Word has for them."""

    def broken(found: re.Match[str]) -> str:
        text = found[2].replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        text = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        return f'<w:t xml:space="preserve">{text}{found[3]}'

    return _TEXT.sub(broken, xml)


_LANGUAGE = re.compile(rb'(<w:lang\b[^>]*?w:val=")[^"]*(")')


def _in_language(styles: bytes, locale: str) -> bytes:
    return _LANGUAGE.sub(rb"\g<1>" + _tag(locale).encode("ascii", "ignore") + rb"\g<2>", styles)


def _tag(locale: str) -> str:
    return locale.replace("_", "-")


def _with_core(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same parts with a place for what the document says of itself."""
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    link = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    entry = f'<Override PartName="/{_CORE}" ContentType="{kind}"/></Types>'
    relation = f'<Relationship Id="rIdCore" Type="{link}" Target="{_CORE}"/></Relationships>'
    return {
        **parts,
        TYPES: parts[TYPES].replace(b"</Types>", entry.encode()),
        "_rels/.rels": parts.get("_rels/.rels", b"").replace(b"</Relationships>", relation.encode()),
        _CORE: b"",
    }
