"""The letter that this moment asks for comes first; every kind is there once, on at most nine digits."""

import pytest

from callstation.documents.fitting import WHY, Fit, fitting
from db.vocabulary import DocumentKind


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (120, DocumentKind.FIRST_NOTICE), (46, DocumentKind.FIRST_NOTICE), (45, DocumentKind.REMINDER),
        (11, DocumentKind.REMINDER), (10, DocumentKind.FINAL_NOTICE), (0, DocumentKind.FINAL_NOTICE),
        (-1, DocumentKind.LAPSE), (-400, DocumentKind.LAPSE),
    ],
)  # fmt: skip
def test_the_letter_of_the_place_in_time_comes_first(days: int, first: DocumentKind) -> None:
    found = fitting(days, is_partner=False)
    assert (found[0].kind, found[0].is_best) == (first, True)
    assert fitting(days, is_partner=True)[1].kind is first


def test_a_partner_gets_its_statement_first_and_nobody_else_any() -> None:
    assert fitting(30, is_partner=True)[0].kind is DocumentKind.STATEMENT
    assert DocumentKind.STATEMENT not in [one.kind for one in fitting(30, is_partner=False)]


def test_after_the_order_comes_the_thank_you() -> None:
    assert fitting(None, is_partner=False, is_won=True)[0].kind is DocumentKind.THANK_YOU
    assert fitting(9, is_partner=False, is_won=True)[0].kind is DocumentKind.THANK_YOU


@pytest.mark.parametrize("days", [None, -5, 0, 30, 90, 400])
@pytest.mark.parametrize("is_partner", [True, False])
@pytest.mark.parametrize("is_won", [True, False])
def test_every_kind_is_there_once_and_what_is_not_true_comes_last(
    days: int | None, is_partner: bool, is_won: bool
) -> None:
    found = fitting(days, is_partner=is_partner, is_won=is_won)
    kinds = [one.kind for one in found]
    assert len(kinds) == len(set(kinds)) <= 9
    assert set(kinds) == set(WHY) - (set() if is_partner else {DocumentKind.STATEMENT})
    untimely = [one.is_untimely for one in found]
    assert untimely == sorted(untimely)


def test_once_they_said_yes_no_letter_asks_again() -> None:
    found = fitting(30, is_partner=False, is_accepted=True)
    assert found[0] == Fit(DocumentKind.AGREEMENT, is_best=True, is_untimely=False)
    assert {one.kind for one in found if one.is_untimely} == {
        DocumentKind.FIRST_NOTICE, DocumentKind.REMINDER, DocumentKind.FINAL_NOTICE, DocumentKind.LAPSE,
    }  # fmt: skip
