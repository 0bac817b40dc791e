"""Reading PDFs back as a reader of the file sees them, and books with something to make documents of."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdfium2
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.documents.data import Data
from callstation.documents.layout.glyphs import cleaned
from callstation.documents.pdf import render_pdf
from callstation.quotes.quotes import save_quote
from callstation.quotes.worksheet import Choices
from callstation.work import Work
from db.nouns import ContractLine, PriceBook, PriceEntry, Product
from db.vocabulary import AccountKind, QuoteOption
from tests import factories

SCRIPTS = (
    "AT&T <Acme>", '<img src="file:///etc/passwd">', "<b>bold</b>", "&amp;", "{{ x }}", "{% y %}", "\\n (a) [b]",
    "x-y", "שלום", "שלום עולם", "רחוב הרצל 12", "(שלום)", "مرحبا", "محمد علي", "سلام الله", "漢字かな交じり文", "한글",
    "Ελλάδα", "Россия", "Việt Nam", "ไทย", "हिन्दी", "😀", "𝒳", "½", "€", "₹", "﷼", "é", "a\u0301\u0323", "\u05b8",
    "\ufffd", "\x00", "\x07", "\u202e", "\u200d", "\ud800", "\ufb01", "ß", "ŉ", "\u00a0", "\u202f", "1.234,50",
    "٣", "…", "—",
)  # fmt: skip
"""Pieces of what stands in names: markup, templates, every direction and script, what has no ink, halves of letters."""
NAMES = st.lists(st.one_of(st.sampled_from(SCRIPTS), st.text(max_size=6)), min_size=1, max_size=6).map(" ".join)
"""Any text at all, most of it hostile."""


def agree_on_uplifts(app: App) -> None:
    """Every contract rises by five percent at its renewal, so that its new price is known without a quote."""
    app.do(lambda work: work.derive("UPDATE contract SET uplift = 500"))


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The pages of a file."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages_of(pdf: bytes) -> list[str]:
    """What a reader copies out of each page."""
    found = []
    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            found.append(str(text.get_text_range()))
            text.close()
            page.close()
    return found


def words_of_pdf(pdf: bytes) -> str:
    """All of it, with one blank where lines end and without marks that have neither ink nor width."""
    return " ".join(_seen(" ".join(pages_of(pdf))).split())


def squeezed(text: str) -> str:
    """A text as it is compared: without blanks, which stand where lines break, and hyphens, which readers join lines
    at; compatible letters as one (readers give back "fi" for its ligature)."""
    seen = unicodedata.normalize("NFKC", _seen(cleaned(text)))
    return "".join(unicodedata.normalize("NFC", "".join(seen.split()).replace("-", "").replace("\ufffe", "")))


def _seen(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def sold(work: Work) -> dict[str, int]:
    """A customer in each language with a contract, and a partner with two end customers; the accounts' ids."""
    products = [
        work.insert(Product, name=name, name_key=name.lower(), vendor="Quillbase", family="Quillbase", sku=f"Q-{at}")
        for at, name in enumerate(("Quillbase Growth", "Sentrylane Endpoint"))
    ]
    for currency in ("USD", "EUR"):
        book = work.insert(
            PriceBook, uid=f"book-{currency}", name="2026", currency=currency, valid_from=date(2026, 1, 1),
            valid_to=None, created_at=work.now,
        )  # fmt: skip
        for product, price in zip(products, ("535.56", "61.80"), strict=True):
            work.insert(
                PriceEntry, price_book_id=book, product_id=product, amount=Decimal(price), cost=Decimal("40.00")
            )
    found = {}
    for at, (key, name, country, city, code) in enumerate(
        (
            ("en", "Halden Robotics", "US", "Boston", "02110"), ("de", "Zschaler & Söhne", "DE", "Jena", "07743"),
            ("fr", "Café Lumière", "FR", "Lyon", "69002"), ("end1", "Orchard & Vine", "GB", "Leeds", "LS1 4AP"),
            ("end2", "Pixel Forge", "GB", "York", "YO1 7HH"),
        )
    ):  # fmt: skip
        account = found[key] = factories.account(
            work, name, country=country, city=city, postal_code=code, region="MA" if country == "US" else None
        )
        ends_on = work.today + timedelta(days=20 + at)
        contract = factories.contract(work, account, ends_on, f"C-{1001 + at}", currency="USD" if at == 0 else "EUR",
                                      starts_on=ends_on - timedelta(days=364))  # fmt: skip
        work.insert(ContractLine, contract_id=contract, position=0, product_id=products[at % 2], quantity=90)
        factories.renewal(work, contract, account, ends_on, currency="USD" if at == 0 else "EUR")
        if not key.startswith("end"):
            factories.phone(work, factories.contact(work, account, "Priya Raman"), f"+16175550{at:03}")
    partner = found["partner"] = factories.account(
        work, "Northgate Systems", kind=AccountKind.PARTNER, city="Leeds", country="GB", region=None
    )
    factories.phone(work, factories.contact(work, partner, "Élodie Marchand"), "+442079460018")
    ends = (found["end1"], found["end2"])
    work.derive("UPDATE contract SET partner_id = ? WHERE account_id IN (?, ?)", (partner, *ends))
    refresh_targets(work)
    return found


def quoted(app: App, account_id: int, **chosen: Any) -> int:
    """A draft for an account; the quote's id."""

    def target(work: Work) -> int:
        row = work.row("SELECT id FROM call_target WHERE account_id = ?", (account_id,))
        assert row is not None
        return int(row[0])

    choices = Choices(**{"option": QuoteOption.AS_IS, **chosen})
    return app.do(save_quote, app.ask(target), choices).quote_id


def printed(data: Data) -> str:
    """What a document says, as it is compared."""
    return squeezed(" ".join(pages_of(render_pdf(data))))
