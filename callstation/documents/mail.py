"""E-mail drafts: the words of a letter, or a few to go with what is attached, to the person of the account."""

from collections.abc import Sequence

from callstation.documents.data import Data
from callstation.documents.fields import MissingFieldsError, missing
from callstation.documents.kinds import label_of
from callstation.documents.merging import Merge
from callstation.documents.mime import Attachment, Message, address, draft
from callstation.documents.values import Day
from callstation.documents.wording import Words, source_for, words_of
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import DocumentKind

__all__ = ["Attachment", "check_mail", "mail_words", "render_eml"]

UNSENT = frozenset({"draft", "needs_approval", "rejected", "expired", "superseded"})
"""Watermarks of what must not go to a customer."""


def mail_words(work: Work, data: Data) -> Words:
    """Subject and text of the e-mail about a document: a letter is the text itself, others go with a few words.

    ``MissingFieldsError`` where those words need what is not known; a company's own ``mail_quote.txt`` wins.
    """
    if data.kind.is_letter:
        return Words(data.subject, data.paragraphs, data.closing)
    account = str(data.group("account").get("name") or "")
    merge = Merge(data.fields, data.lines, Day(data.made_on), data.locale, account)
    words = words_of(source_for(work.folder, data.locale, f"mail_{data.kind}"), merge)
    if merge.missing:
        raise MissingFieldsError(merge.missing, "The e-mail")
    return words


def check_mail(data: Data) -> str:
    """The address an e-mail about ``data`` goes to.

    ``MissingFieldsError`` without one, ``UserError`` for one that is none and for a quote that must not be sent.
    """
    if data.kind is DocumentKind.QUOTE and data.watermark in UNSENT:
        raise UserError(
            "No e-mail is drafted for this quote.",
            f"{data.title} is {data.watermark.replace('_', ' ')}, and only a quote that is sent goes to a customer.",
            "Send it first, or save a PDF to look at.",
        )
    contact, account = data.group("contact"), str(data.group("account").get("name") or "")
    typed = str(contact.get("email") or "").strip()
    if not typed:
        raise MissingFieldsError([missing("contact.email", str(contact.get("name") or account))], "The e-mail")
    to = address(typed)
    if to is None:
        raise UserError(
            "The e-mail cannot be addressed.",
            f"“{typed[:80]}” of {contact.get('name') or account} is no e-mail address.",
            "Correct it among the people of the account.",
        )
    return to


def render_eml(data: Data, attachments: Sequence[Attachment] = (), *, words: Words | None = None) -> bytes:
    """An unsent e-mail that Outlook and Mail open as a draft; the same data and files give the same bytes.

    ``words`` are what it says, those of the document itself without them. Errors as ``check_mail`` has them.
    """
    said = words or Words(data.subject, data.paragraphs, data.closing)
    signed = (data.sender.signed_by, data.sender.signed_as, data.sender.name)
    closing = "\n".join(line for line in (said.closing, *signed) if line)
    return draft(
        Message(
            to_name=str(data.group("contact").get("name") or ""), to_address=check_mail(data),
            subject=said.subject or data.title or label_of(data.kind), body=_text((*said.paragraphs, closing)),
            written_on=data.made_on, language=data.locale.replace("_", "-"), attachments=attachments,
        )
    )  # fmt: skip


def _text(paragraphs: Sequence[str]) -> str:
    """Paragraphs with an empty line between, bullets close together."""
    text = ""
    for paragraph in paragraphs:
        is_list = paragraph.startswith("• ") and text.rpartition("\n")[2].startswith("• ")
        text += ("\n" if is_list else "\n\n" if text else "") + paragraph
    return f"{text}\n"
