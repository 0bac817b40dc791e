"""Where there is nothing to show, no key asks something that nobody sees."""

import pytest

from callstation.app import App
from tests.ui.pipeline.conftest import Hands
from ui.pipeline.page import PipelinePage
from ui.pipeline.whitespace_page import WhitespacePage
from ui.shell import Shell


@pytest.mark.parametrize("key", ["F", "Shift+F", "/", "S", "L", "O", "Shift+O", "N", "Space"])
def test_an_empty_pipeline_has_nothing_to_ask(shell: Shell, app: App, key: str) -> None:
    shell.attach(app, "pipeline")
    page = shell.page("pipeline")
    assert isinstance(page, PipelinePage)
    hands, said = Hands(page), list[str]()
    shell.bus.noticed.connect(lambda notice: said.append(notice.words))
    hands.press(key)
    assert not page.ask.is_asking
    assert said == []
    assert page.layout_.empty.isVisible()


def test_the_views_of_an_empty_pipeline_are_still_turned(shell: Shell, app: App) -> None:
    shell.attach(app, "pipeline")
    page = shell.page("pipeline")
    assert isinstance(page, PipelinePage)
    hands = Hands(page)
    hands.press("B", "B", "W")
    assert shell.current == "whitespace"
    grid = shell.page("whitespace")
    assert isinstance(grid, WhitespacePage)
    for key in ("/", "C", "X", "M", "U", "L", "1"):
        hands.press(key)
        assert not grid.ask.is_asking
    hands.press("W")
    assert shell.current == "pipeline"
