"""A letter as PDF: address, subject, paragraphs, and a sign-off that is never alone on a page."""

from callstation.documents.data import Data
from callstation.documents.labels import labels_of
from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.finish import finished
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.head import BODY, SMALL, STRONG, first_page
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.text import Style
from callstation.documents.values import Day, in_words

SUBJECT = Style(12, 16.5, SEMIBOLD)
SIGNATURE = 30.0
"""Points left white for a hand-written name."""


def letter_pages(data: Data) -> bytes:
    """The file of a letter."""
    labels, contract, quote = labels_of(data.locale), data.group("contract"), data.group("quote")
    facts = [(labels["date"], in_words(Day(data.made_on), data.locale))]
    if contract.get("number"):
        facts.append((labels["contract"], in_words(contract["number"], data.locale)))
    if contract.get("customer"):
        facts.append((labels["customer"], in_words(contract["customer"], data.locale)))
    if quote.get("number"):
        facts.append((labels["quote"], in_words(quote["number"], data.locale)))
    if data.sender.signed_by:
        facts.append((labels["our_contact"], data.sender.signed_by))
    sheet = Sheet(data.paper)
    flow = first_page(sheet, data, facts)
    sheet.bookmark(data.subject, flow.y)
    flow.paragraph(data.subject, SUBJECT, after=12)
    *first, last = data.paragraphs or ("",)
    for number, paragraph in enumerate(first):
        follows = (*first, last)[number + 1].startswith("• ")
        flow.paragraph(paragraph, BODY, after=3.5 if follows else 9, indent=4 if paragraph.startswith("• ") else 0)
    signing = sign_off_height(data)
    if flow.height_of(last, BODY) <= 3 * BODY.leading:
        flow.keep(flow.height_of(last, BODY) + signing)
    flow.paragraph(last, BODY, after=9)
    sign_off(flow, data)
    return finished(sheet, data, is_numbered=len(sheet.pages) > 1)


def sign_off_height(data: Data) -> float:
    """Points that ``sign_off`` takes."""
    return (data.closing.count("\n") + 1) * BODY.leading + SIGNATURE + STRONG.leading + SMALL.leading


def sign_off(flow: Flow, data: Data) -> None:
    """The closing, room for a signature, name and role, together on one page."""
    flow.keep(sign_off_height(data))
    for line in data.closing.split("\n"):
        flow.paragraph(line, BODY)
    flow.y += SIGNATURE
    flow.paragraph(data.sender.signed_by, STRONG)
    if data.sender.signed_as:
        flow.paragraph(data.sender.signed_as, SMALL)
