"""The desk: whom to call, the call, and what is known of them, worked by keys alone."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from callstation.calling.card import Card
from callstation.calling.head import is_built
from callstation.calling.lookup import rows_for
from callstation.calling.notes import snippets
from callstation.calling.session import Phase
from callstation.changes import Changes
from ui import words
from ui.bus import Notice
from ui.calling.card_shelf import CardShelf
from ui.calling.context_panel import ContextPanel
from ui.calling.desk_empty import DeskEmpty
from ui.calling.desk_keys import DeskKeys
from ui.calling.loop import Loop
from ui.calling.more_list import MoreList
from ui.calling.note_keeper import NoteKeeper
from ui.calling.plan_sheet import PlanSheet
from ui.calling.queue_panel import ROOMY, QueuePanel, queue_width
from ui.calling.queue_reader import QueueReader
from ui.calling.rounds import Rounds
from ui.calling.sheet import Sheet
from ui.calling.steps import Steps
from ui.calling.teller import Teller
from ui.calling.why_sheet import WhySheet
from ui.calling.workspace import Workspace
from ui.page import Commands, Page
from ui.quotes.suggesting import with_reviewing
from ui.theme import theme

if TYPE_CHECKING:
    from ui.documents.documenting import Documenting
    from ui.quotes.quoting import Quoting
    from ui.shell import Shell


class DeskPage(Page):
    """Puts the panels together; the loop of a call is in ``Loop``, going from one to the next in ``Rounds``."""

    nouns: ClassVar[tuple[str, ...]] = (
        "call_target", "activity", "callback", "campaign", "campaign_member", "contact", "contact_phone", "phone",
        "account", "renewal", "contract", "contract_line",
    )  # fmt: skip
    shows_notices: ClassVar[bool] = True

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        settings = self.app.settings
        self.card: Card | None = None
        self.rounds, self.steps = Rounds(self), Steps(self)
        self.notes, self.teller = NoteKeeper(self), Teller(self)
        self.queue = shell.early.queue if shell.early is not None else QueuePanel(settings)
        self.context = ContextPanel(settings, self.rounds.today)
        self.space = Workspace(self, self.notes.expand)
        self.empty = DeskEmpty(shell.run, settings)
        self.reader, self.shelf = QueueReader(self.app, self.queue), CardShelf(self.app)
        self.loop = Loop(self)
        ground = shell.centralWidget() or self
        self.why, self.plan, self.more = WhySheet(ground), PlanSheet(ground), MoreList(ground)
        self.keys = DeskKeys(self)
        self._wants_context: bool | None = None
        self._suggested = 0
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self.tick)
        self._second = QTimer(self, interval=200)
        self._second.timeout.connect(self.show_clock)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.queue)
        row.addWidget(self.space, 1)
        row.addWidget(self.context)
        self.space.show_empty_in(self.empty)
        self._connect()

    def _connect(self) -> None:
        space, queue, run = self.space, self.queue, self.shell.run
        space.head.call_pressed.connect(lambda: run("call"))
        space.head.skip_pressed.connect(lambda: run("skip"))
        space.head.more_pressed.connect(self.keys.show_menu)
        space.pad.pressed.connect(lambda digit: run("log", digit))
        space.pad.more_pressed.connect(lambda: run("more_outcomes"))
        space.strip.chosen.connect(self.keys.choose)
        space.strip.typed.connect(self.loop.typed)
        space.strip.confirmed.connect(lambda: self.keys.guarded(self.loop.confirm))
        space.strip.left.connect(lambda: run("back"))
        space.last.undo_pressed.connect(lambda: run("undo"))
        space.note.kept.connect(self.notes.keep)
        space.note.edited.connect(self.notes.edited)
        space.note.left.connect(self.setFocus)
        space.track.ticked.connect(self.notes.ticked)
        queue.target_chosen.connect(self.rounds.go_to)
        queue.campaign_chosen.connect(self.rounds.choose_campaign)
        queue.tab_chosen.connect(self.rounds.choose_tab)
        queue.search_typed.connect(self.rounds.search)
        queue.search_left.connect(self.setFocus)
        queue.first_chosen.connect(self.rounds.open_first)
        queue.more_wanted.connect(self.rounds.load_more)
        queue.why_chosen.connect(lambda: run("why"))
        self.context.account_chosen.connect(lambda account_id: self.shell.go("accounts", account_id=account_id))
        self.shell.bus.noticed.connect(self._on_noticed)
        for overlay in (self.why, self.plan, self.more):
            overlay.opened.connect(self.shell.renew_commands)
            overlay.closed.connect(self.shell.renew_commands)
            self.destroyed.connect(overlay.deleteLater)

    # -- what the shell asks ---------------------------------------------------------------------------------------

    @property
    def is_on_call(self) -> bool:
        return self.loop.phase is not Phase.READY

    def commands(self) -> Commands:
        return self.keys.commands()

    def refresh(self) -> None:
        self.space.note.show_snippets(snippets(self.app.settings))
        self.queue.delegate.settings = self.app.settings
        self.reader.reload_campaigns()
        if self.app.ask(is_built):
            self.reader.reload()
            self.rounds.open_best()
        else:
            self.rounds.build_day()

    def take_changes(self, changes: Changes) -> None:
        self.shelf.take_changes(changes)
        self.rounds.take_changes(changes)

    def open(self, **target: Any) -> None:
        """Bring ``target_id``, or the target of ``account_id``, into hand, its ``quote_id``, or ``campaign_id``."""
        if "campaign_id" in target:
            self.rounds.choose_campaign(target["campaign_id"])
            self.reader.reload_campaigns()
            return
        target_id = target.get("target_id")
        if target_id is None and "account_id" in target:
            rows = self.app.ask(rows_for, [target["account_id"]])
            target_id = rows[0].target_id if rows else None
        if target_id is None:
            self.teller.say("There is nothing to call about there.", kind="info")
        else:
            self.rounds.go_to(target_id)
            if "quote_id" in target and self.card is not None and self.card.target_id == target_id:
                self.keys.guarded(lambda: self.quoting.open(target["quote_id"]))

    def on_shown(self) -> None:
        self.setFocus()
        self.tick()

    def on_hidden(self) -> None:
        self._minute.stop()
        self.keep_quote()
        self.rounds.pause()
        for overlay in (self.why, self.plan, self.more):
            overlay.close_overlay()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_card(self, card: Card, *, with_note: bool = True) -> None:
        """Show an account; the note only where nobody is typing it."""
        card, self._suggested = with_reviewing(card, self.rounds.today(), self.app.settings.zone)
        self.card = card
        last, on = card.last, ""
        if last is not None:
            settings = self.app.settings
            on = words.weekday(last.happened_at.astimezone(settings.zone).date(), self.rounds.today(), settings)
        self.space.head.show_card(card, on, last.words if last else "")
        self.space.pad.show_keys(card.keys)
        self._suggest()
        if with_note:
            self.space.note.fill_in(card.draft)
            self.space.track.show_points(card.talk_track, card.ticked)
        self.context.show_card(card)
        self.space.show_desk()
        self._fit()

    def show_nobody(self) -> None:
        """Nobody is in hand: the middle says why and what next."""
        self.card = None
        self.queue.set_current(None)
        self.space.show_empty()
        self._fit()
        self.shell.renew_commands()

    def open_sheet(self, sheet: Sheet) -> None:
        """Show a sheet for the account in hand in the place of note and outcome keys; the call goes on."""
        self.notes.keep()
        self.space.open_sheet(sheet)
        self.setFocus()
        self.shell.renew_commands()

    def close_sheet(self) -> None:
        """Back to the note and the outcome keys."""
        if self.space.sheet is not None:
            self.space.close_sheet()
            self.setFocus()
            self.shell.renew_commands()

    @cached_property
    def quoting(self) -> "Quoting":
        """The quote of the account in hand, made at its first use."""
        from ui.quotes.quoting import Quoting

        return Quoting(self)

    def open_quote(self) -> None:
        """Show the quote of the account in hand; the call goes on."""
        self.quoting.open()

    @cached_property
    def documenting(self) -> "Documenting":
        """The documents of the account in hand, made at their first use."""
        from ui.documents.documenting import Documenting

        return Documenting(self)

    def open_document(self) -> None:
        """Show what can be made for the account in hand; the call goes on."""
        self.documenting.open()

    def keep_quote(self) -> None:
        """A quote that was worked on and not saved is kept as a draft."""
        if "quoting" in self.__dict__:
            self.quoting.keep_safe()

    @property
    def place(self) -> str:
        sheet = self.space.sheet
        return "desk" if sheet is None or self.loop.asked is not None else sheet.place

    @property
    def campaign_id(self) -> int | None:
        """The campaign that is worked; None for all."""
        return self.reader.campaign_id

    def show_line(self) -> None:
        """The call began or ended: its clock, and what Space does now."""
        is_on = self.loop.phase is Phase.CALLING
        if is_on:
            self._second.start()
        else:
            self._second.stop()
        self._suggest()
        self.show_clock()

    def _suggest(self) -> None:
        """While the call is on, mark the outcome that follows from what was done in it."""
        self.space.pad.suggest(0 if self.loop.phase is Phase.READY else self._suggested)

    def show_clock(self) -> None:
        self.space.head.show_clock(self.loop.seconds, is_over=self.loop.phase is Phase.WRAP_UP)

    def tick(self) -> None:
        """Once a minute, on the minute: callbacks rise, their local time moves on, the day may turn."""
        now = self.app.clock.now()
        self._minute.start(60_000 - (now.second * 1000 + now.microsecond // 1000) + 20)
        self.rounds.minute_passed()

    def toggle_context(self) -> None:
        """Show or hide what is known of the customer, until the next start."""
        self._wants_context = self.context.isHidden()
        self._fit()

    def _on_noticed(self, notice: Notice) -> None:
        if self.isVisible():
            self.teller.show_notice(notice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = 100 / theme.text_size
        wide, high = self.window().width() * scale, self.window().height() * scale
        has_room = wide >= 1180 if self._wants_context is None else self._wants_context
        self.context.setVisible(has_room and self.card is not None)
        self.context.set_tight(wide < ROOMY)
        self.queue.setFixedWidth(queue_width(self))
        is_narrow = wide < 1180 and (wide < 1000 or has_room)
        self.space.fit(is_compact=high < 720, is_narrow=is_narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.take_key(event):
            super().keyPressEvent(event)
