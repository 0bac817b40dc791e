"""A company's own Word templates: begun from our words and its letterhead, edited in Word, and winning ever after."""

from pathlib import Path

from callstation.documents.disk import write_new
from callstation.documents.labels import labels_of
from callstation.documents.letterhead import read_logo
from callstation.documents.locales import locale_for, paper_for
from callstation.documents.parties import sender_of
from callstation.documents.word import BODY, EXTRA
from callstation.documents.word_agreement import agreement_body
from callstation.documents.word_build import Head, build
from callstation.documents.word_parts import Block, Piece
from callstation.documents.word_template import word_template
from callstation.documents.word_words import inline, word_words
from callstation.documents.wording import CLOSING, SUBJECT, own_path, source_for
from callstation.errors import UserError
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import DocumentKind

ENDING = ".docx"


def form_path(work: Work, kind: DocumentKind, language: str) -> Path:
    """Where a company's own Word template of a kind lies, whether it is there or not."""
    return own_path(work.folder, language, kind.value, ENDING)


def write_form(work: Work, kind: DocumentKind, language: str) -> Path:
    """A Word template with our words and the letterhead of the settings, to be edited; one that is there stays.

    Where it lies. ``UserError`` for a kind that is not made in Word, a logo or a folder that cannot be used.
    """
    path = form_path(work, kind, language)
    if path.exists():
        return path
    return write_new(path, default_form(work.settings, work.folder, kind, language))[0]


def default_form(settings: Settings, folder: Path, kind: DocumentKind, language: str) -> bytes:
    """The bytes of that template: the same settings and words give the same ones."""
    locale = locale_for(language, settings.home_region)
    sender = sender_of(settings)
    lines = ("\n".join(one) for one in (sender.address, sender.contact, sender.footer))
    address, contact, footer = (literal(text) for text in lines)
    logo = read_logo(Path(sender.logo)).data if sender.logo else None
    head = Head(literal(sender.name), address, contact, footer, sender.colour.lstrip("#"), logo)
    return build(head, paper_for(settings.paper, None, locale), _body(folder, locale, kind), language=locale)


def check_form(work: Work, kind: DocumentKind, language: str) -> None:
    """``UserError`` naming file and field where the company's own template cannot be used; silent without one."""
    path = form_path(work, kind, language)
    if path.exists():
        word_template(path.read_bytes(), str(path), EXTRA)


def literal(text: str) -> str:
    """A text as it stands in a template without being read as a field."""
    return text.replace("{", "{{ '{' }}") if "{{" in text or "{%" in text or "{#" in text else text


def _body(folder: Path, locale: str, kind: DocumentKind) -> list[Piece]:
    if kind is DocumentKind.AGREEMENT:
        return agreement_body(labels_of(locale).__getitem__)
    if not kind.is_letter:
        raise UserError("This document has no Word template.", f"{kind.value} is not made in Word.", "")
    source = source_for(folder, locale, kind.value)
    first, _, rest = source.text.replace("\r\n", "\n").lstrip().partition("\n")
    body, _, closing = f"\n{rest}".partition(f"\n{CLOSING}\n")
    said = {"subject": inline(first.removeprefix(SUBJECT)), "closing": inline(closing)}
    made: list[Piece] = []
    for one in BODY:
        if one.look in said:
            made.append(Block(said[one.look], one.look))
        elif one.text == "{%p for one in paragraphs %}":
            made += word_words(body)
        elif one.look in ("address", "day", "spacer", "name", "role"):
            made.append(one)
    return made
