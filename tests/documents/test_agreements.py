"""An agreement names parties, products, term and price, and each clause with the version that was signed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from callstation.app import App
from callstation.documents.clauses import clauses_for, own_clauses, write_own_clauses
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.fields import MissingFieldsError
from callstation.documents.values import Day, Money
from callstation.errors import UserError
from callstation.quotes.quotes import accept_quote, send_quote
from callstation.work import Work
from db.vocabulary import DocumentKind, QuoteOption
from tests import factories
from tests.documents.papers import agree_on_uplifts, printed, quoted, squeezed

OWN = """
[[clause]]
id = "own"
version = "2.3"
date = 2026-02-01
en.title = "Our clause"
en.text = "Between {{ company.name }} and {{ account.name }} until {{ renewal.ends_on }}."
"""


def agreement(app: App, sales: dict[str, int], key: str = "en", **subject: int) -> Data:
    return app.ask(document_data, DocumentKind.AGREEMENT, Subject(sales[key], **subject))


@pytest.mark.parametrize("key", ["en", "de", "fr"])
def test_it_is_made_from_the_contract_and_its_uplift_where_there_is_no_quote(
    app: App, sales: dict[str, int], key: str
) -> None:
    agree_on_uplifts(app)
    data = agreement(app, sales, key)
    assert data.group("renewal")["new_price"] == Money(Decimal(50610), "USD" if key == "en" else "EUR")
    assert [line["product"] for line in data.lines] == ["Quillbase Growth" if key != "de" else "Sentrylane Endpoint"]
    assert [clause["id"] for clause in data.rows["clauses"]] == ["subject", "term", "price", "seats", "use", "form"]
    read = printed(data)
    for clause in data.rows["clauses"]:
        assert squeezed(str(clause["text"])) in read
        assert f"{clause['id']}" in read
    assert not any(sign in read for sign in ("{{", "None"))
    assert Data.from_json(data.as_json()) == data


def test_an_accepted_quote_decides_then_a_sent_one(app: App, sales: dict[str, int]) -> None:
    sent = quoted(app, sales["en"], option=QuoteOption.THREE_YEARS)
    app.do(send_quote, sent)
    data = agreement(app, sales)
    assert data.title == "Renewal agreement Q-2026-0001 v1"
    assert data.group("renewal")["ends_on"] == Day(date(2029, 12, 13))
    app.do(accept_quote, sent)
    later = quoted(app, sales["en"])
    app.do(send_quote, later)
    assert agreement(app, sales).title == "Renewal agreement Q-2026-0001 v1"
    assert agreement(app, sales, quote_id=later).title == "Renewal agreement Q-2026-0002 v1"


def test_a_draft_decides_nothing(app: App, sales: dict[str, int]) -> None:
    agree_on_uplifts(app)
    quoted(app, sales["en"], option=QuoteOption.THREE_YEARS)
    assert agreement(app, sales).title == "Renewal agreement C-1001"


def test_the_document_lists_the_clauses_with_their_versions(app: App, sales: dict[str, int]) -> None:
    folder = app.store.parent
    own_clauses(folder).parent.mkdir()
    own_clauses(folder).write_text(OWN, encoding="utf-8")
    agree_on_uplifts(app)
    data = agreement(app, sales)
    read = printed(data)
    assert squeezed("Clauses and versions: own version 2.3, 1 Feb 2026") in read
    assert squeezed("Between Nordlicht Software GmbH and Halden Robotics until December 13, 2027.") in read


def test_a_language_without_words_takes_the_english(tmp_path: Path) -> None:
    own_clauses(tmp_path).parent.mkdir()
    own_clauses(tmp_path).write_text(OWN, encoding="utf-8")
    assert clauses_for(tmp_path, "de_DE")[1][0].title == "Our clause"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[clause]\n", "line 1"), ('x = 1\ny = "a\n', "line 2"), ("", "no \\[\\[clause\\]\\]"),
        ("clause = 3", "no \\[\\[clause"),
        (OWN.replace('version = "2.3"', "version = 2"), "clause own needs a version"),
        (OWN.replace("2026-02-01", '"soon"'), "clause own needs a date"), (OWN.replace("en.", "fr."), "no words in en"),
        (OWN.replace("renewal.ends_on", "renewal.endson"), "clause own, line 1: .*endson"),
        (OWN.replace("{{ company.name }}", "{{ ''.__class__ }}"), "clause own, line 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_own_clauses_is_told(app: App, sales: dict[str, int], text: str, says: str) -> None:
    path = own_clauses(app.store.parent)
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    agree_on_uplifts(app)
    with pytest.raises(UserError, match=says) as told:
        agreement(app, sales)
    assert "clauses.toml" in told.value.detail


def test_our_clauses_can_be_taken_over(tmp_path: Path) -> None:
    path = write_own_clauses(tmp_path)
    assert clauses_for(tmp_path, "de_DE")[0] == str(path)
    path.write_text(OWN, encoding="utf-8")
    assert write_own_clauses(tmp_path).read_text(encoding="utf-8") == OWN


def test_swiss_clauses_have_no_sharp_s(tmp_path: Path) -> None:
    assert not any("ß" in clause.text for clause in clauses_for(tmp_path, "de_CH")[1])


def test_a_price_that_nobody_has_agreed_on_blocks_it(app: App, sales: dict[str, int]) -> None:
    with pytest.raises(MissingFieldsError, match="new price of Halden Robotics"):
        agreement(app, sales)


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR"])
def test_lines_with_terms_of_their_own_are_not_told_as_one_term(app: App, sales: dict[str, int], locale: str) -> None:
    quote_id = quoted(app, sales["en"])
    app.do(send_quote, quote_id)

    def another_contract(work: Work) -> None:
        account_id, line = sales["en"], work.row("SELECT * FROM quote_line WHERE quote_id = ?", (quote_id,))
        assert line is not None
        contract_id = factories.contract(work, account_id, date(2027, 6, 30), number="C-2002")
        renewal_id = factories.renewal(work, contract_id, account_id, date(2027, 6, 30))
        names = [column[1] for column in work.rows("PRAGMA table_info(quote_line)")]
        values = dict(zip(names, line, strict=True)) | {
            "id": None, "uid": "other", "position": 9, "renewal_id": renewal_id, "starts_on": "2027-07-01",
            "ends_on": "2028-06-30",
        }  # fmt: skip
        work.derive(f"INSERT INTO quote_line VALUES ({', '.join('?' * len(names))})", list(values.values()))

    app.do(another_contract)
    subject = Subject(sales["en"], quote_id=quote_id)
    data = app.ask(document_data, DocumentKind.AGREEMENT, subject, locale=locale)
    assert data.group("contract")["number"] == "C-1001, C-2002"
    assert (data.group("renewal")["starts_on"], data.group("renewal")["ends_on"]) == (None, None)
    clauses = {str(clause["id"]): str(clause["text"]) for clause in data.rows["clauses"]}
    assert "C-1001, C-2002" in clauses["subject"]
    assert not any(year in clauses["term"] for year in ("2026", "2027", "2028"))
    assert any(word in clauses["price"] for word in ("each term", "jeweiligen", "chaque"))
    whole = printed(app.ask(document_data, DocumentKind.QUOTE, subject, locale="en_US"))
    assert squeezed("December 14, 2026 to") not in whole, "no one span above lines that differ"
