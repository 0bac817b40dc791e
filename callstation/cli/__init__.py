"""The command line: the same verbs as the window, none of them importing Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


@dataclass(frozen=True, slots=True)
class Screens:
    """What needs the window, handed in by ``__main__``, for nothing here may know Qt."""

    open_window: Callable[[Path | None, bool], int]
    """(the store's folder, whether the practice book) to the exit code."""
    play: Callable[[Path], int]
    pictures: Callable[[Path], int]
    paint: Callable[[Path], str]
    """A folder to the words for what was painted; raises where nothing was."""


def make_cli(screens: Screens) -> "typer.Typer":
    """All commands; their heavy imports happen when they run."""
    import typer

    from callstation.cli import (
        batches,
        books,
        calling,
        care,
        closing,
        connecting,
        documents,
        forecasting,
        importing,
        outbox,
        practice,
        prices,
        quoting,
        reporting,
        syncing,
        templates,
        window,
    )

    cli = typer.Typer(name="callstation", rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    selling = (quoting, closing, documents, templates, batches)
    for module in (
        calling,
        *selling,
        forecasting,
        reporting,
        importing,
        prices,
        books,
        care,
        connecting,
        syncing,
        outbox,
        practice,
    ):
        module.add_to(cli)
    window.add_to(cli, screens)
    return cli
