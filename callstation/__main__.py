"""From the command line's words to a command or the window; nothing heavy is imported before it is needed."""

import sys
from pathlib import Path


def main() -> int:
    """Run what the arguments say; the exit code. Without arguments the window opens, by the shortest way."""
    if len(sys.argv) == 1:
        return open_window(None, False)
    from callstation.cli import Screens, make_cli

    make_cli(Screens(open_window, play, pictures, paint_window))()
    return 0


def open_window(data: Path | None, is_sample: bool) -> int:
    """Show the window on the store in ``data`` (None: the user's own) until it is closed; the exit code."""
    from callstation.paths import Places, user_places
    from ui.main import run

    places = Places(data) if data is not None else user_places()
    if is_sample:
        from callstation.demo.practice import open_practice

        open_practice(places).close()
        places = places.sample
    return run(places)


def play(out: Path) -> int:
    """Play the scripted day; the exit code."""
    from ui.day import play as play_day

    return play_day(out)


def pictures(out: Path) -> int:
    """Make a picture of each screen; the exit code."""
    from ui.pictures import take

    for path in take(out):
        print(path)
    return 0


def paint_window(root: Path) -> str:
    """Paint the window once, off screen, on a store in ``root``: what the self-test of the packaged program asks."""
    from ui.selftest import paint

    return paint(root)


if __name__ == "__main__":
    sys.exit(main())
