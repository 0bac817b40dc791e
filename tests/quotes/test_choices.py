"""What the rep chose survives as JSON, digit by digit, and nothing else passes for it."""

import json
from decimal import Decimal

import pytest
from hypothesis import given

from callstation.quotes.choices import as_json, from_json
from callstation.quotes.worksheet import Choices
from db.vocabulary import QuoteOption
from tests.quotes.sheets import choices, hostile


@given(choices())
def test_choices_come_back_as_they_were_under_any_decimal_context(chosen: Choices) -> None:
    with hostile():
        text = as_json(chosen)
        back = from_json(text)
    assert back == chosen
    assert repr(back.discount) == repr(chosen.discount)
    assert as_json(back) == text


def test_amounts_are_text_never_numbers() -> None:
    said = json.loads(as_json(Choices(discount=Decimal("0.10"), prices={"c1.1": Decimal("535.5600")})))
    assert (said["discount"], said["prices"]) == ("0.10", {"c1.1": "535.5600"})


def test_the_same_choices_are_the_same_text_in_whatever_order_they_were_made() -> None:
    one, other = Choices(quantities={"c1.1": 5, "c2.1": 6}), Choices(quantities={"c2.1": 6, "c1.1": 5})
    assert as_json(one) == as_json(other)


def test_what_is_not_said_is_as_it_is_owned() -> None:
    assert from_json("{}") == Choices()
    assert from_json('{"option": "three_years", "something_new": 1}').option is QuoteOption.THREE_YEARS


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", '{"option": "free"}', '{"discount": 0.1}', '{"discount": "NaN"}', '{"discount": "Infinity"}',
        '{"discount": "a lot"}', '{"quantities": {"c1.1": 1.5}}', '{"quantities": {"c1.1": true}}',
        '{"quantities": [1]}', '{"add_ons": {"x": 1}}', '{"ends_on": "soon"}', '{"ends_on": 5}', '{"note": 5}',
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_json(text)
