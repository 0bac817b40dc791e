"""Currency, decimal mark and order of dates: what decides them, what is asked, what is told."""

import pytest

from callstation.accounts.importing.amounts import header_currency
from callstation.accounts.importing.contract_list import Preview
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.imports import merge, preview
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App


def look(app: App, header: str, values: list[str], end: str = "2027-01-31", **told: str) -> Preview:
    rows = "".join(f"C-{at}\tCustomer {at}\t{end}\t{value}\t\n" for at, value in enumerate(values))
    text = f"Contract no\tEnd customer\tEnd\t{header}\tPhone\n{rows}"
    return app.ask(preview, open_pasted(text), Overrides(**told))  # type: ignore[arg-type]


def money(seen: Preview) -> list[tuple[str, str]]:
    return [(f"{row.value:.2f}", row.currency) for row in seen.rows()]


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Betrag EUR", "EUR"), ("Value (GBP)", "GBP"), ("Wert in €", "EUR"), ("USD Value", "USD"), ("Value [$]", "CAD"),
     ("Value", ""), ("Net ALL", ""), ("ACV", ""), ("Amount (net)", "")],
)  # fmt: skip
def test_a_header_may_name_the_currency(header: str, currency: str) -> None:
    assert header_currency(header, "CAD") == currency


def test_the_cell_decides_the_currency_then_the_rep_then_the_header_then_the_country(app: App) -> None:
    assert money(look(app, "Betrag EUR", ["100", "£ 200"])) == [("100.00", "EUR"), ("200.00", "GBP")]
    assert money(look(app, "Betrag EUR", ["100"], currency="CHF")) == [("100.00", "CHF")]
    assert money(look(app, "Betrag", ["100"], region="DE")) == [("100.00", "EUR")]
    assert money(look(app, "Betrag", ["100"])) == [("100.00", "USD")]


def test_what_was_assumed_of_amounts_is_told(app: App) -> None:
    seen = look(app, "Betrag", ["1.234"], region="DE")
    assert money(seen) == [("1234.00", "EUR")]
    assert seen.remarks == ("Amounts taken as EUR, numbers as German (1.234,50).",)
    assert look(app, "Value", ["12.50"]).remarks == ("Amounts taken as USD, numbers as English (1,234.50).",)
    assert look(app, "Value", [""]).remarks == ()


def test_the_decimal_mark_is_asked_by_an_amount_of_the_list_and_only_where_one_reads_both_ways(app: App) -> None:
    (question,) = look(app, "Value", ["€ 12.500", "100"]).questions
    assert question.text == "Does “€ 12.500” mean 12500, or 12 and a fraction?"
    assert dict(question.options) == {".": "12 and a fraction", ",": "12500"}
    for values in (["100"], ["12.50"], ["12.500", "1.234,50"], ["on request"]):
        assert look(app, "Value", values).questions == ()


def test_dates_that_are_read_as_last_time_say_so(app: App) -> None:
    told = Overrides(date_order=DateOrder.DAY_FIRST)
    text = "Contract no,End customer,End,Phone\nC-1,Acme,{},\n"
    first = app.ask(preview, open_pasted(text.format("03/04/2027")), told)
    assert first.remarks == ()
    app.do(merge, first)
    again = app.ask(preview, open_pasted(text.format("05/06/2027")))
    assert again.remarks == ("Dates read day first, as last time.",)
    assert str(again.rows()[0].ends_on) == "2027-06-05"
    assert app.ask(preview, open_pasted(text.format("25/06/2027"))).remarks == ()


def test_a_currency_that_is_none_is_told(app: App) -> None:
    text = "Contract no\tEnd customer\tEnd\tValue\tCurrency\nC-1\tHalden\t2027-01-31\t100\tRMB\n"
    text += "C-2\tHalden\t2027-01-31\t€100\tEuros\nC-3\tHalden\t2027-01-31\t100\tn/a\n"
    rows = list(app.ask(preview, open_pasted(text), None).rows())
    assert [(row.currency, row.warnings) for row in rows] == [
        ("USD", ("“RMB” is no currency; taken as USD.",)), ("EUR", ()), ("USD", ()),
    ]  # fmt: skip
