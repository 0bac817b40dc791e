"""The XML inside Word documents, read without entities and written as UTF-8."""

from typing import Any, cast


class XmlError(ValueError):
    """A part that is no XML, or that defines entities of its own."""


def parse(part: bytes) -> Any:
    """The root element of a part. ``XmlError`` where it cannot be read or brings a document type along."""
    from docx.opc.oxml import parse_xml

    if b"<!DOCTYPE" in part:
        raise XmlError("it defines entities")
    try:
        tree = cast(Any, parse_xml)(part)
    except Exception as error:  # of the XML library, which has many
        raise XmlError(str(error)) from error
    if tree.getroottree().docinfo.doctype:  # in an encoding that the look above does not see through
        raise XmlError("it defines entities")
    return tree


def write(tree: Any) -> bytes:
    """An element as a part, with its XML declaration."""
    from docx.opc.oxml import serialize_part_xml

    return serialize_part_xml(tree)


def as_text(tree: Any) -> str:
    """An element as text without a declaration."""
    return write(tree).decode("utf-8").partition("?>")[2].lstrip()
