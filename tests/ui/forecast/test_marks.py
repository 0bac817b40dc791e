"""What the forecast marks: sums that leave something out, and what of it is said."""

from datetime import date

from callstation.app import App
from callstation.renewals.forecast import GRID
from callstation.renewals.measures import Measure
from callstation.renewals.pipeline import pipeline
from callstation.renewals.pipeline_filter import Filter
from db.nouns import Renewal
from tests.ui.forecast.conftest import Hands
from ui.forecast.said import CellWords
from ui.widgets import KeyBadge


def test_what_is_in_no_sum_for_it_has_no_amount_is_marked_and_said(hands: Hands, app: App) -> None:
    def cell() -> CellWords:
        return hands.page.grid.cells[GRID.index(Measure.COMMIT)][1]

    assert not cell().is_short
    aster = next(row for row in app.ask(pipeline, Filter()).rows if row.account == "Aster Freight")
    app.record(lambda work: work.update(Renewal, aster.key.opportunity_id, amount=None))
    hands.page.refresh()
    hands.settle()
    assert (cell().marked, cell().mark) == ("$0 !", "!")
    assert "1 without an amount" in cell().said
    app.record(lambda work: work.update(Renewal, aster.key.opportunity_id, close_on=date(2026, 10, 9)))
    hands.page.refresh()
    hands.settle()
    assert "still open, expected before the period: " in hands.page.layout_.note.text()
    assert "1 without an amount), O lists them" in hands.page.layout_.note.text()


def test_keys_from_one_to_another_are_one_cap_with_a_dash(hands: Hands) -> None:
    caps = [one.accessibleName() for one in hands.page.findChildren(KeyBadge)]
    assert "1–4" in caps
    assert "1 4" not in caps
