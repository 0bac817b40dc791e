"""Dates, amounts, names and ids as lists write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.accounts.importing.amounts import DecimalMark, read_amounts
from callstation.accounts.importing.cells import text_of
from callstation.accounts.importing.days import DateOrder, read_days
from callstation.accounts.names import crm_id_18, is_crm_id, name_key, person_key

DAYS = st.dates(date(1990, 1, 1), date(2079, 12, 31))


def day(cell: str | int | float | date, *, order: DateOrder | None = None, is_end: bool = True) -> str | None:
    return read_days([cell], order=order, usual=DateOrder.MONTH_FIRST, is_end=is_end).by_cell[cell]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-02-18-1200", "2025-02-18"),
        ("2025-03-01T00:00:00Z", "2025-03-01"),
        ("12-Mar-2025", "2025-03-12"),
        ("March 12, 2025", "2025-03-12"),
        ("Wed, 12 March 25", "2025-03-12"),
        ("12. März 2025", "2025-03-12"),
        ("3/31/2025 12:00:00 AM", "2025-03-31"),
        ("31.3.25", "2025-03-31"),
        ("20250331", "2025-03-31"),
        ("45747", "2025-03-31"),
        (45747, "2025-03-31"),
        (45747.5, "2025-03-31"),
        ("Mar 2025", "2025-03-31"),
        ("02/2024", "2024-02-29"),
        (date(2025, 3, 31), "2025-03-31"),
        ("31/2/2025", None),
        ("soon", None),
        ("", None),
        ("n/a", None),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str | int | float | date, iso: str | None) -> None:
    assert day(text) == iso


def test_a_month_alone_starts_on_its_first_and_ends_on_its_last_day() -> None:
    assert (day("Feb 2027", is_end=False), day("Feb 2027", is_end=True)) == ("2027-02-01", "2027-02-28")


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["/", "-"]), st.booleans())
def test_one_clear_date_tells_the_order_of_its_column(days: list[date], mark: str, is_day_first: bool) -> None:
    form = f"%d{mark}%m{mark}%Y" if is_day_first else f"%m{mark}%d{mark}%Y"
    days = [*days, date(2025, 1, 31)]
    texts = [one.strftime(form) for one in days]
    found = read_days(texts, order=None, usual=DateOrder.MONTH_FIRST, is_end=True)
    assert [found.by_cell[text] for text in texts] == [one.isoformat() for one in days]
    assert found.order is (DateOrder.DAY_FIRST if is_day_first else DateOrder.MONTH_FIRST)


def test_a_column_that_mixes_both_orders_leaves_only_the_unclear_dates_open() -> None:
    found = read_days(["31/12/2026", "12/31/2026", "03/04/2026"], order=None, usual=DateOrder.MONTH_FIRST, is_end=True)
    assert found.unsure == {"03/04/2026"}
    answered = read_days(["31/12/2026", "12/31/2026", "03/04/2026"], order=DateOrder.DAY_FIRST,
                         usual=DateOrder.MONTH_FIRST, is_end=True)  # fmt: skip
    assert answered.by_cell["03/04/2026"] == "2026-04-03"
    assert not answered.unsure


@given(st.integers(20_000, 79_999))
def test_spreadsheet_serials_count_from_the_end_of_1899(serial: int) -> None:
    assert day(serial) == (date(1899, 12, 30) + timedelta(serial)).isoformat()


def amount(cell: str | float, mark: DecimalMark | None = None) -> int | None:
    return read_amounts([cell], mark=mark, usual=DecimalMark.DOT).by_cell[cell]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1,234.56", 12_345_600),
        ("1.234,56", 12_345_600),
        ("€ 1.200,-", 12_000_000),
        ("(1,200.00)", -12_000_000),
        ("-5", -50_000),
        ("12.5k", 125_000_000),
        ("1'234.50", 12_345_000),
        ("1 234,50 €", 12_345_000),
        ("USD 1,200.00 per year", 12_000_000),
        ("1,23,456.00", 1_234_560_000),
        ("0.125", 1_250),
        (0.1, 1_000),
        ("Contact sales", None),
        ("12%", None),
        ("2025-01-01", None),
        ("1e99", None),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str | float, units: int | None) -> None:
    assert amount(text) == units


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.sampled_from([",.", ".,", " ,", "'."]))
def test_one_amount_with_cents_tells_the_decimal_mark_of_its_column(cents: list[int], marks: str) -> None:
    def written(number: int) -> str:
        whole = f"{number // 100:,}".replace(",", marks[0])
        return whole if number % 100 == 0 else f"{whole}{marks[1]}{number % 100:02}"

    cents = [*cents, 123_456]
    texts = [written(number) for number in cents]
    found = read_amounts(texts, mark=None, usual=DecimalMark.DOT)
    assert [found.by_cell[text] for text in texts] == [number * 100 for number in cents]


def test_a_currency_is_taken_from_symbol_or_code() -> None:
    found = read_amounts(["€5", "5 GBP", "$5", "zł5", "5 XYZ"], mark=None, usual=DecimalMark.DOT)
    assert found.currency == {"€5": "EUR", "5 GBP": "GBP", "$5": "$", "zł5": "PLN"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WEST PUBLISHING CORPORATION", "West Publishing Corp."),
        ("The Acme Company, Inc.", "ACME"),
        ("Müller & Söhne GmbH & Co. KG", "muller and sohne"),
        ("A.B.C. Ltd", "ABC Limited"),
    ],
)
def test_names_are_the_same_without_case_marks_and_legal_form(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@given(st.text(min_size=1))
def test_no_name_has_an_empty_key_unless_it_is_blank(name: str) -> None:
    assert name_key(name) or not name.strip()


def test_a_name_turned_round_is_the_same_person() -> None:
    assert person_key("Reyes, Maria") == person_key("maria  REYES")


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("001A000000KxRf4", "001A000000KxRf4IAF"),
        ("003A000001nbkBt", "003A000001nbkBtIAI"),
        ("00558000000abcd", "00558000000abcdAAA"),
    ],
)
def test_a_15_character_id_gets_its_checksum(short: str, whole: str) -> None:
    assert crm_id_18(short) == whole
    assert is_crm_id(short)
    assert is_crm_id(whole)
    assert not is_crm_id(whole[:-1] + "5")


@given(st.text("abcXYZ0123456789", min_size=15, max_size=15), st.integers(0, 14))
def test_ids_that_differ_in_case_alone_stay_different_without_case(one: str, at: int) -> None:
    other = one[:at] + one[at].swapcase() + one[at + 1 :]
    assert (crm_id_18(one).upper() == crm_id_18(other).upper()) is (one == other)


@given(st.text())
def test_clean_text_is_one_line_without_invisible_marks(text: str) -> None:
    clean = text_of(text)
    assert clean == text_of(clean)
    assert not set(clean) & set("\r\n\t\0\u200b\u202e\ufeff")
