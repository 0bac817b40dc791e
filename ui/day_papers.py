"""The day's papers: a price list comes in, a quote is made, sent and accepted inside a call, letters go to many."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from callstation.demo.sheet import sample_prices
from ui.play import clipboard

if TYPE_CHECKING:
    from ui.play import Player


class _Mailbox(QObject):
    """Stands where the rep's mail program and PDF viewer are: it keeps what it is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []
        QDesktopServices.setUrlHandler("file", self, "take")  # type: ignore[arg-type] # the stub is wrong

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("file")


def play_prices(player: "Player") -> None:
    """The vendors' price list is pasted, so that quotes have list prices, costs and add-ons."""
    shell = player.shell
    player.press("Ctrl+O")
    player.until(lambda: shell.current == "import", "the import page")
    page = shell.page("import")
    before = page.preview, page.result  # type: ignore[attr-defined]
    clipboard(sample_prices())
    player.press("Ctrl+V")
    player.until(lambda: page.preview not in (None, before[0]), "the prices are read")  # type: ignore[attr-defined]
    player.picture("price-list")
    player.press("Ctrl+Return")
    player.until(lambda: page.result not in (None, before[1]), "the prices are merged")  # type: ignore[attr-defined]
    prices = player.count("price_entry")
    player.expect(prices > 20, "prices were imported")
    player.press("G", "K")
    player.until(lambda: shell.current == "catalogue", "the catalogue")
    player.tell("Paste the vendors' price list", f"{prices} prices, taken for what they are", "catalogue")
    player.press("G", "D")
    player.until(lambda: shell.current == "desk" and player.in_hand() is not None, "the desk")


def play_quote(player: "Player") -> None:
    """A quote inside the call: four ways compared, seats changed, explained, sent with its papers, accepted."""
    mailbox, name = _Mailbox(), player.in_hand() or ""
    player.press("Space", "Q")
    player.until(lambda: not player.shell.jobs.running, "the quote is worked out")
    player.tell(f"Open the quote in the call: {name}", "Four ways to renew, side by side", "quote")
    player.press("3", "Return")
    player.type("120")
    player.press("Return", "E")
    player.tell("Three years, 120 seats", "Each sum is said step by step", "quote-explained")
    player.press("Esc", "Ctrl+Return")
    player.until(lambda: player.count("quote", "status = 'sent'") == 1, "the quote is sent")
    player.until(lambda: not player.shell.jobs.running, "its papers are shown")
    player.expect([path.suffix for path in mailbox.opened] == [".eml"], f"the draft opens: {mailbox.opened}")
    player.expect(all(path.exists() for path in mailbox.opened), "the draft lies on disk")
    player.tell("Send it", "PDF and e-mail draft made and filed, the follow-up is planned", "quote-sent")
    player.press("Q", "1")
    player.until(lambda: player.count("quote", "status = 'accepted'") == 1, "the quote is accepted")
    begun = player.count("closing_mark")
    player.tell("They accept it", f"The stage moves, {begun} closing checklists begin", "quote-accepted")
    player.press("Esc", "Esc")
    mailbox.close()


def play_letter(player: "Player") -> None:
    """A letter to one in the call, then to many as a batch; and what is left to close."""
    shell, mailbox = player.shell, _Mailbox()
    made = player.count("document")
    player.press("L")
    player.until(lambda: not shell.jobs.running, "the letter is drawn")
    player.picture("letter")
    player.press("Return")
    player.until(lambda: player.count("document") == made + 1, "the letter is made")
    player.tell("Make the letter of this moment", "Filed by account, on the timeline")
    player.press("Esc", "Esc", "G", "L")
    player.until(lambda: shell.current == "documents", "the page of documents")
    player.press("A")
    batching = shell.page("documents").batching  # type: ignore[attr-defined]
    player.until(lambda: batching.panel.make.isEnabled() and not shell.jobs.running, "ten are looked at")
    player.picture("batch")
    player.press("Ctrl+Return")
    player.until(lambda: player.count("document_batch", "state = 'done'") == 1, "the batch is made")
    player.until(lambda: not shell.jobs.running, "its index is written")
    letters = player.count("document", "batch_id IS NOT NULL")
    player.expect(letters > 3, "letters were made")
    player.tell("The same letter to all whose contracts end", f"{letters} letters and an index sheet", "batch-done")
    player.press("G", "O")
    player.until(lambda: shell.current == "closing", "the closing page")
    player.tell("Go to closing", "What is missing until a renewal is complete", "closing")
    player.press("G", "D")
    player.until(lambda: shell.current == "desk", "the desk")
    mailbox.close()
