"""What each key does on the desk, by what is in hand and what is asked."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu

from callstation.calling.card import KeyLine
from callstation.calling.outcomes import OUTCOMES, OutcomeKey, more_outcomes
from callstation.calling.why import why
from callstation.errors import UserError
from ui import actions
from ui.calling.asking import REASONS, Ask
from ui.calling.more_list import choice
from ui.page import Commands

if TYPE_CHECKING:
    from ui.calling.page import DeskPage


class DeskKeys:
    """Answers the registry's actions for one desk."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page

    def commands(self) -> Commands:
        """The live actions: few while the strip asks something, so that letters can be typed into it."""
        page = self._page
        loop, rounds = page.loop, page.rounds
        if not (page.why.isHidden() and page.plan.isHidden() and page.more.isHidden()):
            return {}
        found: dict[str, Callable[..., object]] = {"undo": page.steps.undo, "redo": page.steps.redo, "back": self.back}
        if loop.asked is not None:
            found |= {"log": self.choose, "log_typing": self.choose}
            if loop.asked.ask is Ask.REASON:
                found["more_outcomes"] = self.more_reasons
            return found
        if page.space.sheet is not None:
            if page.space.sheet.is_covered:
                return {}
            return found | {"call": loop.space, "log_typing": loop.digit, **page.space.sheet.commands()}
        found |= {
            "next": partial(rounds.step, 1), "previous": partial(rounds.step, -1), "search": page.queue.search.setFocus
        }  # fmt: skip
        if page.card is not None:
            found |= {
                "call": loop.space, "log": loop.digit, "log_typing": loop.digit, "more_outcomes": self.more_outcomes,
                "note": self.focus_note, "snippet": page.space.note.begin_snippet,
                "talk_point": page.space.track.tick_next, "copy_number": self.copy_number, "skip": rounds.skip,
                "snooze": loop.snooze, "context": page.toggle_context, "why": self.why,
                "plan": self.plan, "quote": page.open_quote, "document": page.open_document,
            }  # fmt: skip
        return found

    def choose(self, digit: int) -> None:
        """A digit of the strip, by key or by click."""
        if digit == 0:
            self.more_reasons()
        else:
            self.guarded(partial(self._page.loop.digit, digit))

    def guarded(self, act: Callable[[], object]) -> None:
        """Do what may need the user's help, and say so where it does."""
        try:
            act()
        except UserError as error:
            self._page.shell.show_problem(error)

    def back(self) -> None:
        """Escape: leave what is asked, the search, or the note."""
        page = self._page
        if page.loop.asked is None and page.space.sheet is not None:
            if not page.space.sheet.back():
                page.close_sheet()
        elif not page.loop.back():
            if page.reader.words:
                page.queue.search.clear()
            page.setFocus()

    def focus_note(self) -> None:
        """Put the caret into the note."""
        self._page.space.note.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def copy_number(self) -> None:
        """Put the number on the clipboard."""
        card = self._page.card
        if card is None or card.number is None:
            raise UserError("There is no number to copy.", "", "Add one on the account.")
        QGuiApplication.clipboard().setText(card.number.e164)
        self._page.teller.say(f"Copied {card.number.shown}.", kind="info")

    def why(self) -> None:
        """Open the reasons for the account's place."""
        card = self._page.card
        if card is not None:
            self._page.why.explain(card.account, self._page.app.ask(why, card.target_id))

    def plan(self) -> None:
        """Open every step of the contract's cadence."""
        page = self._page
        if page.card is not None:
            page.plan.show_plan(page.card.account, page.card.plan, page.rounds.today(), page.app.settings)

    def more_outcomes(self) -> None:
        """Every outcome, those without a digit too."""
        card, page = self._page.card, self._page
        if card is None:
            return
        on_keys = tuple(OutcomeKey(line.digit, line.disposition, line.label) for line in card.keys)
        rest = [
            KeyLine(0, outcome.disposition, outcome.label, outcome.next_words, outcome.needs)
            for outcome in more_outcomes(on_keys)
        ]
        page.more.offer(
            "Find an outcome",
            [
                choice(
                    "Reached" if OUTCOMES[line.disposition].is_conversation else "Not reached", "phone", line.label,
                    line.consequence, partial(self.guarded, partial(page.loop.choose, line)),
                    *((str(line.digit),) if line.digit else ()),
                )
                for line in (*rest, *card.keys)
            ],
        )  # fmt: skip

    def more_reasons(self) -> None:
        """Every reason, those without a digit too."""
        page = self._page
        page.more.offer(
            "Find a reason",
            [
                choice("Why", "tag", label, "", partial(self.guarded, partial(page.loop.take_reason, reason)),
                       *((str(place),) if place <= 9 else ()))
                for place, (reason, label) in enumerate(REASONS, start=1)
            ],
        )  # fmt: skip

    def show_menu(self) -> None:
        """What else can be done, under the button with the dots."""
        page = self._page
        menu = QMenu(page)
        menu.setAccessibleName("More actions")
        live = self.commands()
        for action_id in (
            "quote", "document", "snooze", "copy_number", "why", "plan", "more_outcomes", "talk_point", "context",
        ):  # fmt: skip
            if action_id in live:
                item = actions.action(action_id)
                made = menu.addAction(f"{item.label}\t{' '.join(actions.caps_of(action_id))}")
                made.triggered.connect(partial(self._run, action_id))
        if page.card is not None:
            made = menu.addAction("Open the account")
            made.triggered.connect(partial(self._open_account, page.card.account_id))
        more = page.space.head.more
        menu.popup(more.mapToGlobal(QPoint(0, more.height() + 4)))

    def _run(self, action_id: str, _checked: bool = False) -> None:
        self._page.shell.run(action_id)

    def _open_account(self, account_id: int, _checked: bool = False) -> None:
        self._page.shell.go("accounts", account_id=account_id)

    def take_key(self, event: QKeyEvent) -> bool:
        """Letters and Enter while the strip asks: they go into its field; False for what is not meant for it."""
        page = self._page
        strip, asked = page.space.strip, page.loop.asked
        if asked is None:
            return page.space.sheet is not None and page.space.sheet.take_key(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.guarded(page.loop.confirm)
            return True
        if event.text().isprintable() and event.text() and asked.view.prompt:
            strip.field.setFocus()
            strip.field.insert(event.text())
            page.loop.typed(strip.field.text())
            return True
        return False
