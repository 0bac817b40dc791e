"""Books and settings for tests of what is made for customers, and texts that somebody hostile would type."""

from datetime import date, timedelta

from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import Contact, ContractLine, Product
from tests import factories

LETTERHEAD = Settings(
    time_zone="America/New_York", company_name="Nordlicht Software GmbH", company_address="Hafenstr. 12\n20457 Hamburg",
    company_contact="+49 40 123456\nhello@nordlicht.example", company_footer="HRB 1234\nVAT DE123456789",
    signed_by="Dana Kim", signed_as="Renewals",
)  # fmt: skip
COUNTRIES = ("US", "DE", "FR", "GB", "JP")
HOSTILE = (
    "AT&T <Acme>", "{{ contract.number }}", "{% for x in y %}", "{_{ x }_}", '=HYPERLINK("http://x")', "+1", "@SUM(A1)",
    "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627", "\u6771\u4eac", "\U0001f469\u200d\U0001f4bb Société",
    "\u202eevil.exe\u202c", "a" * 300, "x\r\nBcc: y@z.example", "\x00\x07\x1b[31m", "]]>", "<w:p/>", "&amp;",
    "_x0041_", "'quoted' \"twice\"", "../../etc/passwd", "CON", "   ", "\ud800", "\ufffe",
)  # fmt: skip
"""Names that break what is careless: markup, templates, formulas, directions, breaks, paths."""
ANYTHING = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), max_size=80))
"""Any text at all, halves of letters and control characters among it."""


def fill(
    app: App, count: int, *, name: str = "Customer {}", with_email: bool = True, starts_on: date = date(2026, 11, 20)
) -> None:
    """``count`` customers of several countries, each with a person and one contract, ending from 30 days on."""

    def customers(work: Work) -> None:
        product_id = work.insert(Product, name="Quillbase Scale", name_key="quillbase scale")
        for one in range(count):
            account_id = factories.customer(
                work, name.format(one), ends_on=starts_on + timedelta(days=30 + one % 60), e164=f"+1617555{one:04}",
                country=COUNTRIES[one % len(COUNTRIES)],
            )  # fmt: skip
            contract = work.row("SELECT id FROM contract WHERE account_id = ?", (account_id,))
            person = work.row("SELECT id FROM contact WHERE account_id = ?", (account_id,))
            assert contract is not None
            assert person is not None
            work.insert(ContractLine, contract_id=contract[0], position=0, product_id=product_id, quantity=90)
            if with_email:
                work.update(Contact, person[0], email=f"person{one}@example.com")
        refresh_targets(work)

    app.do(customers)
