"""The pictures of the catalogue: what products cost, a contracted price, price books, and a price list coming in."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from ui.play import Player, clipboard

_READ_MS = 120
"""Within this the row in hand is read and drawn."""
PRICE_LIST = """Vendor,Product,Family,Type,List price,Cost,Unit,Valid from,Min qty
Quillbase,Quillbase Starter,Workspace,plan,189,138,seat/year,2027-01-01,1
Quillbase,Quillbase Growth,Workspace,plan,588,428,seat/year,2027-01-01,1
Quillbase,Quillbase Growth,Workspace,plan,552,410,seat/year,2027-01-01,50
Quillbase,Quillbase Scale,Workspace,plan,864,,seat/year,2027-01-01,1
Quillbase,Quillbase Enterprise,Workspace,plan,Contact Sales,,seat/year,2027-01-01,1
Sentrylane,Sentrylane Guard,Endpoint,plan,6.50,4,device/month,2027-01-01,1
Sentrylane,Onboarding,Endpoint,add-on,900,,one time,2027-01-01,1
"""


def take(player: Player, keep: Callable[[str], object]) -> None:
    """Take them on the practice book that is open, in the look it has."""
    shell = player.shell

    def take_one(name: str) -> None:
        QTest.qWait(_READ_MS)
        player.settle()
        keep(name)

    player.press("G", "K")
    player.until(lambda: shell.current == "catalogue", "the catalogue")
    take_one("catalogue")
    player.press("Return")
    take_one("catalogue-typing")
    player.press("Esc", "A")
    take_one("catalogue-contracted")
    player.press("Esc", "L", "Return")
    take_one("price-books")
    player.press("Esc", "L", "Ctrl+O")
    page = shell.page("import")
    clipboard(PRICE_LIST)
    player.press("Ctrl+V")
    player.until(lambda: page.preview is not None, "the price list is read")  # type: ignore[attr-defined]
    take_one("price-list")
