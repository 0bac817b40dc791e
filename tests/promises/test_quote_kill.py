"""A quote that is sent or accepted while the program is killed is so whole or not at all."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes import quotes
from callstation.quotes.worksheet import Choices
from callstation.settings import Settings
from tests.conftest import MONDAY_MORNING
from tests.promises.caller import copy_store
from tests.quotes import shop
from tests.quotes.shop import everything

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")


def _open(store: Path) -> App:
    return App(store, settings=Settings(time_zone="America/New_York"), clock=ManualClock(MONDAY_MORNING))


def _killed_at(store: Path, statement: int, act: Callable[[App], Any]) -> bool:
    """Act in a process of its own that is killed at its n-th statement; whether it got to the end before."""
    child = os.fork()
    if child == 0:
        try:
            app, left = _open(store), [statement]

            def count(_sql: str) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            app._writer.set_trace_callback(count)
            act(app)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("step", ["save", "send", "accept"])
def test_killed_at_any_statement_nothing_of_a_quote_is_half(store: Path, tmp_path: Path, step: str) -> None:
    app = _open(store)
    target = app.do(shop.halden)
    if step != "save":
        app.do(quotes.save_quote, target, Choices())
    if step == "accept":
        app.do(quotes.send_quote, 1)
    before = everything(app)
    app.close()
    acts: dict[str, Callable[[App], Any]] = {
        "save": lambda app: app.do(quotes.save_quote, target, Choices()),
        "send": lambda app: app.do(quotes.send_quote, 1),
        "accept": lambda app: app.do(quotes.accept_quote, 1),
    }
    killed = 0
    for statement in range(1, 200):
        copy = copy_store(store, tmp_path / "killed.db")
        is_done = _killed_at(copy, statement, acts[step])
        again = _open(copy)
        after = everything(again)
        again.close()
        if is_done:
            assert after != before
            break
        assert after == before or _is_whole(after, step), f"{step}, statement {statement}"
        killed += 1
    else:
        pytest.fail("the action never came to its end")
    assert killed > 5, "killed before anything was written, which proves nothing"


def _is_whole(after: dict[str, list[tuple[Any, ...]]], step: str) -> bool:
    """Killed once it was committed: all that belongs to the step is there."""
    if step == "save":
        return len(after["quote"]) == 1 and len(after["quote_line"]) == 1
    return len(after["activity"]) == len(after["callback"]) == (1 if step == "send" else 2)
