"""The quote on the desk: what each key does to it, and what the sheet then shows."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from callstation.errors import UserError
from callstation.quotes.cards import QuoteCard
from callstation.quotes.difference import LineChange, compared
from callstation.quotes.option_lines import add_on_key
from callstation.quotes.quotes import Saved
from callstation.quotes.worksheet import Choices
from callstation.settings import Settings
from db.vocabulary import QuoteOption
from ui.calling.more_list import MoreList
from ui.page import Commands
from ui.quotes.asks import ask_discount, ask_end
from ui.quotes.deciding import Deciding
from ui.quotes.draft import Draft
from ui.quotes.editing import Editing
from ui.quotes.explain_sheet import ExplainSheet
from ui.quotes.line_columns import DISCOUNT, SEATS, UNIT
from ui.quotes.opening import Opening, choices_of, is_workable, read_opening
from ui.quotes.sending import Sending
from ui.quotes.sheet import QuoteSheet
from ui.quotes.showing import Showing

if TYPE_CHECKING:
    from ui.calling.page import DeskPage


class Quoting:
    """One for a desk, made at its first quote. ``draft`` is worked on, else ``card`` is shown as it is stored."""

    def __init__(self, page: "DeskPage") -> None:
        self.page, self.app = page, page.app
        self.target_id, self.account = 0, ""
        self.opening: Opening | None = None
        self.draft: Draft | None = None
        self.card: QuoteCard | None = None
        self._kept: dict[int, tuple[Choices, int | None]] = {}
        self.sheet = QuoteSheet(self, lambda: self.settings, page.rounds.today, lambda: self.currency)
        ground = page.shell.centralWidget() or page
        self.explained, self.offers = ExplainSheet(ground), MoreList(ground)
        self.showing, self.editing = Showing(self), Editing(self)
        self.deciding, self.sending = Deciding(self), Sending(self)
        self.sheet.chosen.connect(self.digit)
        self.sheet.wanted.connect(page.shell.run)
        self.sheet.table.counted.connect(lambda sign: self.editing.begin(SEATS, sign))
        self.sheet.table.chosen.connect(lambda _row: self.showing.show_line())
        self.sheet.table.opened.connect(lambda _row: self.editing.begin())
        self.sheet.foot.noted.connect(lambda words: self._reword(note=words))
        self.sheet.foot.reasoned.connect(lambda words: self._reword(reason=words))
        self.sheet.foot.left.connect(self.sheet.leave_foot)
        self.explained.stepped.connect(self._explain_next)
        for overlay in (self.explained, self.offers):
            overlay.opened.connect(page.shell.renew_commands)
            overlay.closed.connect(page.shell.renew_commands)
            page.destroyed.connect(overlay.deleteLater)

    # -- what it is about ------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The rep's settings."""
        return self.app.settings

    @property
    def currency(self) -> str:
        """In what the quote is."""
        if self.draft is not None:
            return self.draft.sheet.currency
        return self.card.row.currency if self.card is not None else self.settings.currency

    @property
    def is_open(self) -> bool:
        """Whether the sheet is on the desk."""
        return self.page.space.sheet is self.sheet

    @property
    def is_covered(self) -> bool:
        """Whether something lies over the sheet that takes the keys."""
        return not (self.explained.isHidden() and self.offers.isHidden() and self.sending.is_preview_hidden)

    @property
    def quote_id(self) -> int | None:
        """The quote that saving is a change of."""
        return self.card.row.quote_id if self.card is not None else None

    def open(self, quote_id: int | None = None) -> None:
        """Show the quote of the account in hand: the one named, the one under way, or a new one from what is owned."""
        card = self.page.card
        if card is None:
            return
        self.target_id, self.account = card.target_id, card.account
        kept = self._kept.pop(card.target_id, None) if quote_id is None else None
        self._read(kept[1] if kept else quote_id)
        if kept is not None:
            self._work_on(kept[0], is_kept=True)
        if not self.is_open:
            self.page.open_sheet(self.sheet)
        self.sheet.table.setFocus()

    def reread(self, quote_id: int | None = None) -> None:
        """Read what is shown anew after a step, and show it."""
        self._read(quote_id if quote_id is not None else self.quote_id)
        self.sheet.table.setFocus()

    def _read(self, quote_id: int | None) -> None:
        opening = self.opening = self.app.ask(read_opening, self.target_id, quote_id)
        self.card = opening.card
        self.deciding.forget()
        if self.card is not None and not is_workable(self.card):
            self.draft = None
            self.showing.show_stored()
        elif not opening.sheet.lines:
            self.draft = None
            self.showing.show_nothing()
        else:
            self._work_on(choices_of(self.card) if self.card else Choices())
        self.page.shell.renew_commands()

    def go_on_with(self, quote_id: int) -> None:
        """Stay at work on what was just saved; what can be taken back on the sheet stays so."""
        opening = self.opening = self.app.ask(read_opening, self.target_id, quote_id)
        self.card = opening.card
        if self.card is not None and is_workable(self.card):
            self.showing.show_live()
            self.page.shell.renew_commands()
        else:
            self._read(quote_id)

    def after_sent(self, saved: Saved) -> None:
        """It is sent: back to the note and the outcome keys, one of which is the natural next."""
        if self.is_open and self.target_id == self._target_of(saved):
            self.draft = None
            self.page.close_sheet()

    def _target_of(self, saved: Saved) -> int:
        return self.target_id if self.quote_id == saved.quote_id else 0

    def renew(self) -> None:
        """Work on a stored quote again, from what is owned and priced now; saving it makes the next version."""
        if self.card is not None and self.opening is not None:
            if not self.opening.sheet.lines:
                raise UserError("Nothing is up for renewal here.", f"{self.account} has no open renewal to quote.")
            self._work_on(choices_of(self.card))
            self.sheet.table.setFocus()
            self.page.shell.renew_commands()

    def _work_on(self, choices: Choices, *, is_kept: bool = False) -> None:
        assert self.opening is not None
        self.deciding.forget()
        self.draft = Draft(self.opening.sheet, choices)
        if is_kept:
            self.draft.is_unsaved = True
        self.showing.show_live()
        if len(self.sheet.table.model_of_lines.lines):
            self.sheet.table.choose(max(0, self.sheet.table.currentIndex().row()))

    def say(self, words: str, tone: str = "text3") -> None:
        """One sentence below the table; none shows the keys."""
        self.sheet.say(words, tone)

    def show_sums(self) -> None:
        """What was chosen changed: the columns, the lines and the difference follow."""
        self.showing.show_sums()

    def changes(self) -> tuple[tuple[str, ...], str]:
        """What differs from the version that was saved, in words, and the total was and now."""
        opening, draft = self.opening, self.draft
        if opening is None or opening.stored is None or opening.base is None or draft is None:
            return (), ""
        found = self.app.ask(compared, opening.stored, opening.base.lines, draft.sheet, draft.view)
        if found.is_same:
            return (), ""
        is_one = len({change.key for change in found.changes}) == 1 and len(opening.base.lines) == 1
        said = tuple(_said(change, draft, is_one) for change in found.changes)
        return said or ("The sum",), found.words

    # -- keys ------------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        """What the sheet answers to now: little while it asks something or the paper is made."""
        found: dict[str, Any] = {
            "log_typing": self._log, "context": self.page.toggle_context, "copy_number": self.page.keys.copy_number,
        }  # fmt: skip
        if self.sending.is_busy:
            return found
        table = self.sheet.table
        found |= {"quote_option": self.digit}
        if self.deciding.is_typed:
            return found
        if table.model_of_lines.lines:
            found |= {
                "next": partial(table.step, 1), "previous": partial(table.step, -1), "quote_explain": self.explain,
            }  # fmt: skip
        if self.opening is not None and self.opening.quotes:
            found["quote_versions"] = self.deciding.pick_version
        if self.draft is None:
            if self.card is not None:
                found["quote_preview"] = self.sending.preview
                if 1 in self.deciding.steps and self.deciding.may_send:
                    found["quote_send"] = self.deciding.send
            return found
        edit = self.editing
        return found | {
            "undo": self.undo, "redo": self.redo, "quote_seats": edit.begin,
            "quote_discount": partial(edit.begin, DISCOUNT), "quote_price": partial(edit.begin, UNIT),
            "quote_discount_all": partial(self.deciding.ask, ask_discount()),
            "quote_leave_out": edit.leave_out, "quote_add_on": edit.pick_add_on, "quote_upgrade": edit.pick_upgrade,
            "quote_end": self.ask_end, "quote_note": self.sheet.type_note, "quote_reason": self.sheet.type_reason,
            "quote_save": self.sending.save_by_hand, "quote_send": self.sending.send,
            "quote_preview": self.sending.preview,
        }  # fmt: skip

    def digit(self, digit: int) -> None:
        """A column, or what is done with a stored quote."""
        if self.sending.is_busy:
            return
        if self.draft is not None and not self.deciding.is_asking:
            options = tuple(QuoteOption)
            if 1 <= digit <= len(options):
                self.editing.choose_option(options[digit - 1])
        else:
            self.page.keys.guarded(partial(self.deciding.choose, digit))

    def take_key(self, event: QEvent) -> bool:
        """Enter and plus or minus type over the seats of the line in hand; while something is asked, letters answer."""
        if not isinstance(event, QKeyEvent):
            return False
        if self.deciding.is_asking:
            return self.deciding.take_key(event)
        if self.draft is None or self.sending.is_busy:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editing.begin(SEATS)
        elif event.text() in ("+", "-") and event.text():
            self.editing.begin(SEATS, event.text())
        else:
            return False
        return True

    def back(self) -> bool:
        """Escape: leave what is asked or typed; False where the sheet itself is to close."""
        if self.editing.is_typing:
            self.editing.drop()
            return True
        if self.sheet.foot.isAncestorOf(QApplication.focusWidget() or self.sheet):
            self.sheet.leave_foot()
            return True
        return self.deciding.back()

    def undo(self) -> None:
        """Take back the last change of the sheet; before the first, the last action of the desk."""
        if self.editing.is_typing:
            self.editing.drop()
        elif self.draft is not None and self.draft.undo():
            self.show_sums()
            self.say("Taken back.", "ok")
        else:
            self._step(self.page.steps.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.draft is not None and self.draft.redo():
            self.show_sums()
            self.say("Done again.", "ok")
        else:
            self._step(self.page.steps.redo)

    def _step(self, go: Callable[[], object]) -> None:
        """Take the desk's last action back, or do it again, and show the quote as it stands then, with words typed."""
        typed = self.draft.unsaved_words if self.draft is not None else {}
        go()
        card = self.page.card
        if card is not None and card.target_id == self.target_id:
            self._kept.pop(self.target_id, None)
            self.page.keys.guarded(self.open)
            if self.draft is not None and typed:
                self.draft.reword(**typed)
                self.showing.show_foot()

    def ask_end(self) -> None:
        """Ask on which day all contracts are to end, and show what that comes to."""
        assert self.draft is not None
        if self.editing.finish():
            view = next(view for view in self.draft.views if view.option is QuoteOption.CO_TERM)
            self.deciding.ask(ask_end(view.about))

    def explain(self) -> None:
        """The sum of the line in hand, step by step."""
        row = self.sheet.table.row_in_hand
        if row is None or not self.editing.finish():
            return
        if row.line is None:
            self.say(f"{row.product} is not in the quote, so it costs nothing.", "warn")
            return
        self.explained.explain(row.line, self.showing.total_words(), self.currency, self.settings)

    def _explain_next(self, by: int) -> None:
        self.sheet.table.step(by)
        row = self.sheet.table.row_in_hand
        if row is not None and row.line is not None:
            self.explained.explain(row.line, self.showing.total_words(), self.currency, self.settings)

    def _reword(self, **words: str) -> None:
        if self.draft is not None:
            self.draft.reword(**words)

    def _log(self, digit: int) -> None:
        """An outcome while the quote is open, which gives way to what the outcome may still ask."""
        self.page.close_sheet()
        self.page.loop.digit(digit)

    # -- leaving ---------------------------------------------------------------------------------------------------

    def on_closed(self) -> None:
        """The sheet is out of view: what is unsaved is brought back by its key."""
        if self.editing.is_typing:
            self.editing.drop()
        self._uncover()
        if self.draft is not None and self.draft.is_edited:
            self._kept[self.target_id] = (self.draft.choices, self.quote_id)
        self.draft = None

    def _uncover(self) -> None:
        """Close what lies over the sheet."""
        for overlay in (self.explained, self.offers):
            overlay.close_overlay()
        self.sending.close_preview()

    def keep_safe(self) -> None:
        """The account or the page leaves the desk: an edited quote is saved as a draft, if it can be."""
        self._uncover()
        if self.page.steps.is_stepping:
            return
        if self.draft is not None and self.draft.is_edited and not self.sending.is_busy:
            if self.editing.is_typing and not self.editing.finish():
                self.editing.drop()
            self.sending.keep(self.target_id, self.draft.choices, self.quote_id)
            self.draft.settle()
        for target_id, (choices, quote_id) in list(self._kept.items()):
            if self.sending.keep(target_id, choices, quote_id):
                del self._kept[target_id]


def _said(change: LineChange, draft: Draft, is_one: bool) -> str:
    """A change in words; what the rep took out himself is not gone from the catalogue."""
    choices = draft.choices
    is_added = any(add_on_key(product_id) == change.key for product_id in choices.add_ons)
    is_taken_out = choices.quantities.get(change.key) == 0 or (change.key.startswith("a") and not is_added)
    if is_taken_out and change.words.endswith("no longer offered"):
        return f"{change.line} is left out"
    return change.words if is_one or change.words.startswith(change.line) else f"{change.line}: {change.words}"
