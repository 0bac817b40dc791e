"""An address is printed as its country writes it, with a street of one line or several, and a letter can be posted."""

from typing import Any

import pytest

from callstation.app import App
from callstation.documents.data import Subject, document_data
from callstation.documents.parties import address_of, party_of, person_of
from callstation.work import Work
from db.nouns import Account
from db.vocabulary import DocumentKind
from tests import factories
from tests.documents.papers import agree_on_uplifts, printed, quoted, squeezed

SUITE = "214 Cooperage Street\r\nSuite 300"


def address(app: App, *, home: str = "", **values: Any) -> tuple[str, ...]:
    """The lines to Halden Robotics and its Priya Raman."""

    def made(work: Work) -> tuple[str, ...]:
        account_id = factories.account(work, **values)
        factories.contact(work, account_id)
        return address_of(party_of(work, account_id, None), person_of(work, account_id), home)

    return app.do(made)


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({"street": SUITE, "postal_code": "02110"}, ("214 Cooperage Street", "Suite 300", "Boston, MA 02110")),
        ({"street": "1 Loom Lane", "city": "Leeds", "region": None, "postal_code": "LS1 4AP", "country": "GB"},
         ("1 Loom Lane", "Leeds, LS1 4AP")),
        ({"street": "Gerberstraße 18", "city": "Ulm", "region": "BW", "postal_code": "89073", "country": "DE"},
         ("Gerberstraße 18", "89073 Ulm")),
        ({"street": None}, ("Boston, MA",)),
        ({"street": "a\nb\nc\nd\ne"}, ("a", "b", "c", "d, e", "Boston, MA")),
    ],
)  # fmt: skip
def test_the_street_stands_above_the_place(app: App, values: dict[str, Any], lines: tuple[str, ...]) -> None:
    home = values.get("country", "US")
    assert address(app, home=home, **values) == ("Halden Robotics", "Priya Raman", *lines)


def test_abroad_the_country_is_the_last_line(app: App) -> None:
    assert address(app, home="DE", street=SUITE)[2:] == (
        "214 Cooperage Street", "Suite 300", "Boston, MA", "UNITED STATES"
    )  # fmt: skip


@pytest.mark.parametrize("kind", [DocumentKind.REMINDER, DocumentKind.QUOTE, DocumentKind.AGREEMENT])
def test_letters_quotes_and_agreements_print_it(app: App, sales: dict[str, int], kind: DocumentKind) -> None:
    app.do(lambda work: work.update(Account, sales["en"], street="Unit 7\nFairway Court\n22 Weavers Row"))
    quoted(app, sales["en"])
    agree_on_uplifts(app)
    data = app.ask(document_data, kind, Subject(sales["en"]))
    assert data.address[2:5] == ("Unit 7", "Fairway Court", "22 Weavers Row")
    said = printed(data)
    for line in data.address:
        assert squeezed(line) in said


def test_templates_may_name_it_in_one_line(app: App, sales: dict[str, int]) -> None:
    app.do(lambda work: work.update(Account, sales["en"], street=SUITE))
    data = app.ask(document_data, DocumentKind.REMINDER, Subject(sales["en"]))
    assert data.group("account")["street"] == "214 Cooperage Street, Suite 300"
