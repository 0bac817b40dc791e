"""Whose category it is, in words that tell a call's suggestion from a stage's; and what an amount is for."""

import pytest

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.quotes import quotes
from callstation.quotes.worksheet import Choices
from callstation.renewals.pipeline_rows import Key, pipeline_row
from callstation.renewals.renewals import change_renewal
from db.nouns import Renewal
from db.vocabulary import Disposition, ForecastCategory, QuoteOption, RenewalStage
from tests.quotes import shop
from ui.pipeline import looks
from ui.pipeline.strip import _about


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def said(app: App) -> str:
    row = app.ask(pipeline_row, Key(False, 1))
    assert row is not None
    return f"{looks.CATEGORIES[row.category]}, {looks.picked_words(row, app.settings)}"


def test_a_call_suggests_more_than_the_stage_it_moves_to(app: App, target: int) -> None:
    app.do(log_outcome, target, Disposition.VERBAL_YES)
    assert said(app) == "Commit, suggested by the call on 23 Nov 2026"


def test_a_stage_set_by_hand_suggests_what_the_stage_does(app: App, target: int) -> None:
    app.do(change_renewal, 1, stage=RenewalStage.VERBAL_YES)
    assert said(app) == "Most likely, suggested by the stage “Verbal yes”"


def test_a_yes_to_a_quote_is_told_by_its_number(app: App, target: int) -> None:
    made = shop.sent(app, target, Choices(option=QuoteOption.THREE_YEARS))
    app.do(quotes.accept_quote, made.quote_id)
    assert said(app) == "Commit, suggested by the yes to Q-2026-0001 v1 on 23 Nov 2026"


def test_what_a_quote_was_accepted_for_is_told_with_its_term(app: App, target: int) -> None:
    made = shop.sent(app, target, Choices(option=QuoteOption.THREE_YEARS))
    row = app.ask(pipeline_row, Key(False, 1))
    assert row is not None
    assert row.ordered_months is None
    app.do(quotes.accept_quote, made.quote_id)
    row = app.ask(pipeline_row, Key(False, 1))
    assert row is not None
    assert "$32,400 for 3 years" in _about(row, app.settings)


def test_what_else_suggested_it_is_not_made_up(app: App, target: int) -> None:
    values = {"stage": RenewalStage.QUOTED, "category": ForecastCategory.COMMIT}
    app.do(lambda work: work.update(Renewal, 1, **values))
    assert said(app) == "Commit, suggested, not picked"
