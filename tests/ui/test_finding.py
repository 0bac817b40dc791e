"""The palette finds records beside commands, and choosing one opens it on the desk."""

from datetime import date

import pytest

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.work import Work
from tests import factories
from ui.finding import records


@pytest.mark.parametrize("words", ["halden", "Priya", "C-1", "617 555-0142", "two-year"])
def test_the_palette_finds_an_account_by_anything_known_of_it(app: App, words: str) -> None:
    opened: list[tuple[str, dict[str, int]]] = []

    class Window:
        def go(self, page_id: str, **target: int) -> None:
            opened.append((page_id, target))

    def fill(work: Work) -> None:
        account_id = factories.customer(work, ends_on=date(2026, 12, 1))
        factories.activity(work, account_id, note="Asked for a two-year price.")
        refresh_targets(work)

    app.do(fill)
    found = list(records(Window(), app, words))  # type: ignore[arg-type]
    assert found
    found[0].run()
    assert opened == [("desk", {"target_id": 1})]
