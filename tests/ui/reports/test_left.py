"""What was asked on forecast or reports is given up with the page."""

import pytest

from tests.ui.reports.conftest import Hands


@pytest.mark.parametrize(("page", "key"), [("forecast", "Q"), ("reports", "P")])
def test_a_question_that_is_left_for_another_page_is_not_asked_on_the_way_back(
    hands: Hands, page: str, key: str
) -> None:
    hands.shell.go(page)
    hands.press("2", key) if page == "forecast" else hands.press(key)
    ask = hands.shell.page(page).ask  # type: ignore[attr-defined]
    assert ask.is_asking
    hands.shell.go("pipeline")
    hands.shell.go(page)
    assert not ask.is_asking
