"""Going round the queue: from one account to the next, back by undo, on the minute, and the note kept on the way."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QTimer

from callstation.calling import calls, notes
from callstation.calling.calls import Logged
from callstation.calling.day import build_day
from callstation.calling.day_done import day_done
from callstation.calling.head import is_built
from callstation.calling.session import Phase
from callstation.changes import Changes
from callstation.clock import working_date
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import Disposition
from ui import words

T = TypeVar("T")

if TYPE_CHECKING:
    from ui.calling.page import DeskPage

QUIET_MS = 2000
"""The next account waits until nothing was typed into the note for this long."""
IDLE_MS = 120
"""After this pause the next card is read ahead and finished writes are moved into the main file."""


def log_keeping_note(
    work: Work, target_id: int, disposition: Disposition, *, note: str, ticked: tuple[int, ...], **what: Any
) -> Logged:
    """Log with the note as it stands; kept as a draft first, so that undo brings every last word of it back."""
    notes.keep_draft(work, target_id, note, ticked)
    return calls.log_outcome(work, target_id, disposition, note=note, **what)


class Rounds:
    """Goes from account to account for one desk."""

    def __init__(self, page: "DeskPage") -> None:
        self._page, self._app = page, page.app
        self._is_building = False
        self._seen_on: date | None = None
        self._place = 0
        self._idle = QTimer(page, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._on_idle)

    def today(self) -> date:
        """The rep's date."""
        settings = self._app.settings
        return working_date(self._app.clock.now(), settings.zone, settings.day_turns_at_hour)

    # -- from one to the next --------------------------------------------------------------------------------------

    def open_best(self) -> None:
        """Stay with the account in hand if there is one, else take the first."""
        page = self._page
        if page.card is not None:
            try:
                self._show(page.card.target_id, with_note=not page.space.note.editor.is_unsaved)
                return
            except UserError:
                page.card = None
        self._open_or_rest(page.reader.next_after(None, 0))

    def open_first(self) -> None:
        """The first row of the list, as found by a search."""
        targets = self._page.queue.model.targets()
        if targets:
            self.go_to(targets[0])
            self._page.setFocus()

    def step(self, step: int) -> None:
        """The next row of the list, or the one before."""
        page = self._page
        target_id = page.queue.model.beside(page.card.target_id if page.card else None, step)
        if target_id is not None:
            self.go_to(target_id)

    def go_to(self, target_id: int) -> None:
        """Open an account; refused in the middle of a call to another."""
        page = self._page
        card = page.card
        if card is not None and card.target_id != target_id and page.loop.phase is Phase.CALLING:
            self._page.teller.say(f"You are on a call with {card.account}. Log it, or end it with Space.", kind="warn")
            return
        self.open(target_id)

    def open(self, target_id: int) -> None:
        page = self._page
        page.keep_quote()
        page.notes.forget()
        page.notes.keep()
        had_nobody = page.card is None
        try:
            self._show(target_id)
        except UserError as error:
            page.shell.show_problem(error)
            page.reader.reload()
            return
        page.loop.reset()
        if had_nobody:
            page.shell.renew_commands()
        self._idle.start()

    def show_again(self) -> None:
        """The account in hand as it is now; its note and its call stay as they are."""
        card = self._page.card
        if card is not None:
            self._show(card.target_id, with_note=False)

    def _show(self, target_id: int, *, with_note: bool = True) -> None:
        page = self._page
        card = page.shelf.take(target_id, page.campaign_id)
        page.show_card(card, with_note=with_note)
        page.queue.set_current(target_id)

    def _open_or_rest(self, target_id: int | None) -> None:
        page = self._page
        if target_id is not None:
            self.open(target_id)
            return
        page.loop.reset()
        campaign = page.queue.campaigns.currentText() if page.campaign_id else ""
        done = self._app.ask(day_done, campaign_id=page.campaign_id)
        page.empty.show_day(done, len(page.reader.page.later), campaign, self.today())
        page.show_nobody()

    # -- what the queue shows --------------------------------------------------------------------------------------

    def choose_campaign(self, campaign_id: int | None) -> None:
        """Work another campaign; the account in hand stays while a call is on."""
        page = self._page
        page.reader.campaign_id = campaign_id
        page.reader.reload()
        if page.loop.phase is Phase.READY:
            self._page.notes.keep()
            page.card = None
            self._open_or_rest(page.reader.next_after(None, 0))
        page.setFocus()

    def choose_tab(self, tab: int) -> None:
        """Look at another list; the account in hand stays."""
        self._page.reader.tab = tab
        self._page.reader.reload()

    def search(self, words: str) -> None:
        """Show what is found as it is typed; empty words show the queue."""
        self._page.reader.words = words.strip()
        self._page.reader.reload()

    def load_more(self) -> None:
        """The list was scrolled to its end."""
        self._page.reader.limit += 200
        self._page.reader.reload()

    # -- logging ---------------------------------------------------------------------------------------------------

    def log(self, disposition: Disposition, **what: Any) -> Logged:
        """Write the outcome and all that follows, in one step; the store has it when this returns."""
        page = self._page
        page.keep_quote()  # before the log, so that undo takes the log back first
        assert page.card is not None
        return self._page.steps.write(
            log_keeping_note, page.card.target_id, disposition, note=page.space.note.text,
            ticked=page.space.track.done, campaign_id=page.campaign_id, **what,
        )  # fmt: skip

    def after_log(self, logged: Logged, follows: str) -> None:
        """Say what was logged and go on as the settings say: to the next, after asking, or not."""
        page, mode = self._page, self._app.settings.after_logging
        editor = page.space.note.editor
        is_typing = editor.hasFocus() and editor.is_unsaved
        place = page.reader.place_of(logged.target_id)
        page.notes.settle()
        page.reader.reload()
        if is_typing and mode == "next":
            page.loop.reset()
            page.notes.wait(logged, place)
        elif mode == "next":
            self.go_on(logged.target_id, place)
        else:
            page.loop.reset()
            self._show(logged.target_id)
            if mode == "ask":
                self._place = place
                page.loop.ask_next(page.reader.name_of(page.reader.next_after(logged.target_id, place)))
        self._page.teller.say("Logged", logged.label, follows, may_undo=True)

    def open_next(self) -> None:
        """Go on after being asked."""
        page = self._page
        self.go_on(page.card.target_id if page.card else None, self._place)

    def open_after(self, target_id: int | None, place: int) -> None:
        """Open whom to call after ``target_id``, which stood at ``place``."""
        self._open_or_rest(self._page.reader.next_after(target_id, place))

    def go_on(self, target_id: int | None, place: int) -> None:
        """The same after a log, with the hand on the keys again, and rung at once if the settings say so."""
        page = self._page
        self.open_after(target_id, place)
        if page.space.note.editor.hasFocus():
            page.setFocus()
        if page.card is not None and self._app.settings.is_dialled_on_open and page.card.verdict.may_dial:
            page.keys.guarded(page.loop.space)

    def skip(self) -> None:
        """Pass over the account until tomorrow."""
        card = self._page.card
        if card is not None:
            self._set_aside(calls.skip, card.target_id, "Skipped", card.account, "until tomorrow.")

    def snooze_until(self, at: datetime) -> None:
        """Bring the account back at a moment."""
        card = self._page.card
        if card is not None:
            local = at.astimezone(self._app.settings.zone)
            on = (
                ""
                if local.date() == self.today()
                else f"{words.weekday(local.date(), self.today(), self._app.settings)}, "
            )
            until = f"until {on}{words.clock(at, self._app.settings)}."
            self._set_aside(calls.snooze, card.target_id, "Snoozed", card.account, until, at)

    def _set_aside(self, verb: Any, target_id: int, did: str, account: str, until: str, *what: datetime) -> None:
        page = self._page
        page.keep_quote()
        self._page.notes.keep()
        place = page.reader.place_of(target_id)
        self._page.steps.write(verb, target_id, *what)
        page.reader.reload()
        self.go_on(target_id, place)
        self._page.teller.say(did, account, until, may_undo=True)

    # -- what happens by itself ------------------------------------------------------------------------------------

    def take_changes(self, changes: Changes) -> None:
        """Something was written: by this desk, which goes on by itself, or elsewhere."""
        page = self._page
        if page.steps.is_writing:
            page.steps.heard(changes)
            return
        if changes.touch("campaign"):
            page.reader.reload_campaigns()
        page.reader.reload()
        if not self._app.ask(is_built):
            self.build_day()
        elif page.card is None or page.loop.asked is None:
            self.open_best()

    def minute_passed(self) -> None:
        """Callbacks rise; the account in hand stays. The day turns with a fresh order."""
        page, today = self._page, self.today()
        if self._seen_on not in (None, today):
            page.refresh()
        elif page.card is None and page.isVisible() and not self._is_building:
            page.reader.reload()
            first = page.reader.next_after(None, 0)
            if first is not None:
                self.open(first)
        elif page.card is not None:
            page.reader.reload()
            if page.loop.asked is None:
                target_id = page.card.target_id
                page.keys.guarded(lambda: self._show(target_id, with_note=False))
        self._seen_on = today

    def build_day(self) -> None:
        """Score every account for today in the background, then begin."""
        page = self._page
        if self._is_building:
            return
        self._is_building = True
        if page.card is None:
            page.empty.show_building()
            page.show_nobody()
        app = self._app
        page.shell.jobs.run(
            lambda report: app.record(build_day), done=self._on_built, failed=self._on_not_built,
            label="sort today's calls", owner=page,
        )  # fmt: skip

    def _on_built(self, _count: int) -> None:
        self._is_building = False
        self._page.reader.reload()
        self.open_best()

    def _on_not_built(self, error: Exception) -> None:
        self._is_building = False
        if not isinstance(error, UserError):
            raise error
        self._page.shell.show_problem(error)
        self._on_built(0)  # with the order of the day before

    def pause(self) -> None:
        """The page leaves the screen: write what is pending, and do nothing more by itself."""
        self._page.notes.leave()
        self._idle.stop()

    def _on_idle(self) -> None:
        page = self._page
        self._app.rest()
        if page.card is None:
            return
        place = page.reader.place_of(page.card.target_id)
        following = page.reader.next_after(page.card.target_id, place)
        if following is not None:
            page.context.draw_ahead(page.shelf.read_ahead(following, page.campaign_id))
