"""The commands that show or paint the window: opening it, the scripted day, the pictures, the self-test."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callstation.cli.frame import AsJson, Data, show_json, told

if TYPE_CHECKING:
    from callstation.cli import Screens


def add_to(cli: typer.Typer, screens: "Screens") -> None:
    """Add the commands of this file."""

    def window(
        context: typer.Context,
        data: Data = None,
        sample: Annotated[bool, typer.Option("--sample", help="Open the practice book beside your own.")] = False,
        version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    ) -> None:
        """The call desk: today's calls in the right order, every outcome on disk.

        Without a command the window opens. Every command prints JSON with --json, and ends with 0 when it did what
        was asked, 1 with a sentence when it could not, 2 when it was asked wrongly.

        Example: callstation --sample
        """
        if version:
            from callstation import __version__

            typer.echo(f"Callstation {__version__}")
        elif context.invoked_subcommand is None:
            raise typer.Exit(screens.open_window(data, sample))
        elif data is not None or sample:
            raise typer.BadParameter(
                f"Write it behind the command: callstation {context.invoked_subcommand} --data DIR"
            )

    def play(
        out: Annotated[Path, typer.Option(metavar="DIR", help="Where the pictures go.")] = Path("out/day"),
    ) -> None:
        """Play a scripted day through the real window.

        Numbered pictures of it are saved, and what happened is printed.

        Example: callstation play --out out/day
        """
        raise typer.Exit(screens.play(out))

    def pictures(
        out: Annotated[Path, typer.Option(metavar="DIR", help="Where the pictures go.")] = Path("out/pictures"),
    ) -> None:
        """Make a picture of each screen.

        Example: callstation pictures --out out/pictures
        """
        raise typer.Exit(screens.pictures(out))

    def selftest(as_json: AsJson = False) -> None:
        """Try the whole program on a store of its own.

        The exit code is 1 where something fails. The packaged program also paints its window.

        Example: callstation selftest
        """
        from callstation.selftest import run

        steps = run(screens.paint)
        if as_json:
            show_json([asdict(step) for step in steps])
        for step in steps if not as_json else ():
            typer.echo(f"{'ok' if step.is_good else 'FAILED':<7} {step.name}: {step.words}")
        if not all(step.is_good for step in steps):
            raise typer.Exit(1)

    cli.callback(invoke_without_command=True)(told(window))
    for command in (selftest, play, pictures):
        cli.command(command.__name__)(told(command))
