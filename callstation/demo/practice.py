"""The practice book: forty made-up customers in a store of their own, made when it is first opened."""

from collections.abc import Callable

from callstation.accounts.book import is_empty
from callstation.app import App
from callstation.clock import Clock
from callstation.demo import make_book
from callstation.opening import open_app
from callstation.paths import Places
from callstation.settings import load_settings

CUSTOMERS = 40
_RENEWALS = 79  # what the book needs to have that many customers


def open_practice(
    own: Places, *, clock: Clock | None = None, on_progress: Callable[[float, str], None] | None = None
) -> App:
    """The open practice book, filled if it was empty; it works with the settings of the user's ``own`` book.

    ``on_progress`` is told the share done (0..1) and the step. ``UserError`` where the store cannot be opened.
    """
    app = open_app(own.sample, clock=clock)
    app.settings = load_settings(own.settings)
    if app.ask(is_empty):
        app.record(make_book, _RENEWALS, seed=CUSTOMERS, on_progress=on_progress)
    return app
