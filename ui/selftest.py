"""What the packaged program tests of its window: that every page is there, and that one is painted."""

from pathlib import Path

from callstation.demo.practice import open_practice
from callstation.errors import UserError
from callstation.paths import Places
from callstation.settings import Settings
from ui.main import qt_application
from ui.pages import PAGES
from ui.shell import Shell


def paint(root: Path) -> str:
    """Paint the desk of a practice book made in ``root``; the words for what was seen. ``UserError`` if nothing was."""
    for entry in PAGES:
        entry.load()
    qt = qt_application(Settings())
    app = open_practice(Places(root))
    shell = Shell(state_file=root / "window.ini")
    try:
        shell.resize(1200, 800)
        shell.show()
        shell.attach(app)
        qt.processEvents()
        seen = shell.grab().toImage()
    finally:
        shell.detach()
        shell.close()
        app.close()
    spots = range(0, min(seen.width(), seen.height()), 3)
    colours = {seen.pixel(x, y) for x in spots for y in spots}
    if len(colours) < 10:
        raise UserError("The window stays empty.", f"{len(colours)} colours in it.", "Install the program anew.")
    return f"{len(PAGES)} pages imported, a window of {seen.width()}x{seen.height()} painted"
