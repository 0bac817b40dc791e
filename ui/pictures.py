"""The pictures of the README, taken of the real window on the practice book."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from callstation.demo.sheet import sample_list
from callstation.settings import Settings
from ui.notice_line import NoticeLine
from ui.play import Player, clipboard, monday_at

Keep = Callable[[str], object]
WIDE, COMPACT = (1440, 900), (1093, 575)


def take(out: Path) -> list[Path]:
    """Take every picture anew; where they are."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        taken = []
        for theme in ("light", "dark"):
            taken += _of_the_desk(Path(folder) / theme, out, theme)
            taken += _of_the_sync_page(Path(folder) / f"{theme}-sync", out, theme)
            taken += _of_the_quotes(Path(folder) / f"{theme}-quotes", out, theme)
            taken += _of_the_catalogue(Path(folder) / f"{theme}-catalogue", out, theme)
            taken += _of_the_documents(Path(folder) / f"{theme}-documents", out, theme)
            taken += _of_the_pipeline(Path(folder) / f"{theme}-pipeline", out, theme)
            taken += _of_the_reports(Path(folder) / f"{theme}-reports", out, theme)
    return taken


def _of_the_desk(book: Path, out: Path, theme: str) -> list[Path]:
    settings = Settings(time_zone="America/New_York", dial_with="clipboard", theme=theme)
    player = Player.at_desk(book, at=monday_at(14, 18), settings=settings, size=WIDE)
    shell, taken = player.shell, []

    def keep(name: str) -> None:
        player.settle()
        file = out / f"{name}-{theme}.png"
        shell.grab().save(str(file))
        taken.append(file)

    if theme == "light":
        keep("first-run")
    player.start.open_book("sample")
    desk = player.in_hand
    player.until(lambda: shell.current == "desk" and desk() is not None, "the practice book is open")
    _close_tour(player)
    keep("desk")
    player.press("Space")
    player.clock.advance(252)
    player.press("N")
    player.type("Wants a two-year term if the uplift stays under 4 percent. Needs CFO sign-off, back Thursday.")
    keep("call")
    player.press("Ctrl+6")
    player.type("thu 10am")
    keep("callback")
    if theme == "light":
        player.press("Esc", "Esc", "Space", "Ctrl+K")
        player.type("hal")
        keep("palette")
        player.press("Esc", "W")
        keep("why")
        player.press("Esc", "P")
        keep("plan")
        player.press("Esc", "G", "P")
        player.until(lambda: shell.current == "campaigns", "campaigns")
        keep("campaigns")
        player.press("G", "A")
        player.until(lambda: shell.current == "accounts", "accounts")
        keep("accounts")
        player.press("G", "C")
        player.until(lambda: shell.current == "callbacks", "callbacks")
        keep("callbacks")
        player.press("Ctrl+O")
        player.until(lambda: shell.current == "import", "the import page")
        clipboard(sample_list(player.clock))
        player.press("Ctrl+V")
        page = shell.page("import")
        player.until(lambda: page.preview is not None, "the rows are read")  # type: ignore[attr-defined]
        keep("import")
        player.press("Esc", "G", "D")
        shell.resize(*COMPACT)
        keep("compact")
    player.close()
    return taken


def _of_the_sync_page(book: Path, out: Path, theme: str) -> list[Path]:
    from ui.sync.pictures import take as take_all

    return _of_a_part(book, out, theme, take_all)


def _of_the_documents(book: Path, out: Path, theme: str) -> list[Path]:
    from ui.documents.pictures import take as take_all

    return _of_a_part(book, out, theme, take_all)


def _of_the_quotes(book: Path, out: Path, theme: str) -> list[Path]:
    from ui.quotes.pictures import take as take_all

    return _of_a_part(book, out, theme, take_all)


def _of_the_pipeline(book: Path, out: Path, theme: str) -> list[Path]:
    from ui.pipeline.pictures import take as take_all

    return _of_a_part(book, out, theme, take_all)


def _of_the_reports(book: Path, out: Path, theme: str) -> list[Path]:
    from ui.reports.pictures import take as take_all

    return _of_a_part(book, out, theme, take_all)


def _of_the_catalogue(book: Path, out: Path, theme: str) -> list[Path]:
    from ui.catalogue.pictures import take as take_all

    return _of_a_part(book, out, theme, take_all)


def _of_a_part(book: Path, out: Path, theme: str, take_all: Callable[[Player, Keep], object]) -> list[Path]:
    settings = Settings(time_zone="America/New_York", dial_with="clipboard", theme=theme)
    player = Player.at_desk(book, at=monday_at(14, 18), settings=settings, size=WIDE)
    taken = []

    def keep(name: str) -> None:
        file = out / f"{name}-{theme}.png"
        player.shell.grab().save(str(file))
        taken.append(file)

    player.start.open_book("sample")
    player.until(lambda: player.shell.current == "desk" and player.in_hand() is not None, "the practice book is open")
    _close_tour(player)
    take_all(player, keep)
    player.close()
    return taken


def _close_tour(player: Player) -> None:
    """The lines that greet in the practice book are not part of a day's work."""
    for line in player.shell.findChildren(NoticeLine):
        line.hide()
