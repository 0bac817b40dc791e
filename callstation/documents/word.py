"""Letters and agreements as Word documents: in our own form, or in one that the company made in Word."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from callstation.documents.data import Data, MissingFieldsError, Sender
from callstation.documents.disk import digest_of
from callstation.documents.merging import Merge
from callstation.documents.values import Day, in_words
from callstation.documents.word_agreement import EXTRA as AGREEMENT
from callstation.documents.word_agreement import agreement_body, agreement_words, as_field
from callstation.documents.word_build import Head, build
from callstation.documents.word_parts import Block
from callstation.documents.word_template import About, word_template
from callstation.errors import UserError
from db.vocabulary import LETTERS, DocumentKind

OURS = "our own Word form"
EXTRA = ("letter", "sender", "paragraphs", *AGREEMENT)
"""What a Word template may use beside the merge fields: the words of the letter, already filled in."""
WRITTEN = frozenset({*LETTERS, DocumentKind.AGREEMENT})
"""What is made in Word."""
BULLET = "• "
BODY = (
    Block("{{ letter.address }}", "address"), Block("", "spacer"), Block("{{ letter.day }}", "day"),
    Block("{{ letter.subject }}", "subject"),
    Block("{%p for one in paragraphs %}"), Block("{%p if one.is_bullet %}"), Block("•\t{{ one.text }}", "bullet"),
    Block("{%p else %}"), Block("{{ one.text }}"), Block("{%p endif %}"), Block("{%p endfor %}"),
    Block("{{ letter.closing }}", "closing"), Block("{{ sender.signed_by }}", "name"),
    Block("{{ sender.signed_as }}", "role"),
)  # fmt: skip
_HEAD = Head("{{ sender.name }}", "{{ sender.address }}", "{{ sender.contact }}", "{{ sender.footer }}", "")


def render_docx(data: Data, template: bytes | None = None, *, where: str = "") -> bytes:
    """A document as .docx; the same data and template give the same bytes.

    ``template`` is a company's own, called ``where`` in errors: ``UserError`` names what is wrong with it, and
    ``MissingFieldsError`` what it prints and is not known.
    """
    sender = data.sender
    about = About(data.title, sender.signed_by or sender.name, data.subject, data.locale, data.made_on)
    if data.kind not in WRITTEN:
        raise UserError("This document is not made in Word.", f"It is a {data.kind.value}.", "Make it as a PDF.")
    form = word_template(template, where or "the Word template", EXTRA) if template is not None else _ours(data)
    merge = Merge(data.fields, data.lines, Day(data.made_on), data.locale, str(data.group("account").get("name") or ""))
    made = form.fill({**merge.context, **_words(data)}, about)
    if merge.missing:
        raise MissingFieldsError(merge.missing, "The Word document")
    return made


def logo_of(sender: Sender) -> bytes | None:
    """The letterhead's picture. ``UserError`` where it is no longer the one that the document was made with."""
    if not sender.logo:
        return None
    try:
        picture = Path(sender.logo).read_bytes()
    except OSError as error:
        raise UserError("The logo cannot be read.", f"{sender.logo}: {error.strerror}.", "Choose it again.") from error
    if digest_of(picture) != sender.logo_digest:
        raise UserError("The logo has changed since.", sender.logo, "Make the document anew.")
    return picture


def _ours(data: Data) -> Any:
    is_letter = data.kind.is_letter
    return word_template(_form(is_letter, data.paper, data.sender.colour, logo_of(data.sender)), OURS, EXTRA)


@lru_cache(maxsize=8)
def _form(is_letter: bool, paper: str, colour: str, logo: bytes | None) -> bytes:
    head = Head(_HEAD.name, _HEAD.address, _HEAD.contact, _HEAD.footer, colour.lstrip("#"), logo)
    return build(head, paper, BODY if is_letter else agreement_body(as_field))


def _words(data: Data) -> Mapping[str, Any]:
    sender = data.sender
    more = {} if data.kind.is_letter else agreement_words(data)
    return {
        **more,
        "letter": {
            "address": "\n".join(data.address), "day": in_words(Day(data.made_on), data.locale),
            "subject": data.subject, "closing": data.closing,
        },
        "paragraphs": [
            {"text": text.removeprefix(BULLET), "is_bullet": text.startswith(BULLET)} for text in data.paragraphs
        ],
        "sender": {
            "name": sender.name, "address": "\n".join(sender.address), "contact": "\n".join(sender.contact),
            "footer": "\n".join(sender.footer), "signed_by": sender.signed_by, "signed_as": sender.signed_as,
        },
    }  # fmt: skip
