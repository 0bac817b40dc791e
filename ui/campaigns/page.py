"""The page of campaigns: the list, and the one in hand, changed in its place and saved as its fields are left."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.calling import campaign_form, campaigns
from callstation.calling.campaign_filter import CampaignFilter
from callstation.calling.campaigns import CampaignDetail, CampaignRow
from callstation.calling.day import build_day
from callstation.calling.head import is_built
from callstation.changes import Changes
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import CampaignKind
from ui.campaigns.about_card import AboutCard, HeadCard, TrackCard
from ui.campaigns.filter_card import FilterCard
from ui.campaigns.keys_card import KeysCard
from ui.campaigns.list_panel import ListPanel
from ui.page import Commands, Page
from ui.theme import theme
from ui.widgets import EmptyState, Scroll

if TYPE_CHECKING:
    from ui.shell import Shell

_ORDER_PAUSE_MS = 400
_READ_MS = 30  # while J is held down, only the campaign one stops at is read
Reading = tuple[CampaignFilter | None, dict[str, UserError], int | None]


class CampaignsPage(Page):
    """J and K walk the list, Enter calls, A makes one, X closes or reopens."""

    nouns: ClassVar[tuple[str, ...]] = ("campaign", "campaign_member", "call_target")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.found: CampaignDetail | None = None
        self.campaign_id: int | None = None
        self.list = ListPanel(self.app)
        self.head, self.about, self.filter = HeadCard(), AboutCard(), FilterCard()
        self.keys, self.track = KeysCard(), TrackCard()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self.head, self.about, self.filter, self.keys, self.track):
            column.addWidget(part)
        column.addStretch(1)
        self.detail = Scroll(inside)
        self.empty = EmptyState(
            "megaphone",
            "No campaigns yet",
            "A campaign is a reason to call, with its own list, outcome keys and talk track.",
        )
        self.empty.add_action("New campaign", self._begin, "A", icon="plus", is_main=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.list, self.detail, self.empty):
            row.addWidget(widget, 0 if widget is self.list else 1)
        self._is_keeping = False
        self._pause = QTimer(self, singleShot=True, interval=_READ_MS)
        self._pause.timeout.connect(self._read)
        self._order = QTimer(self, singleShot=True, interval=_ORDER_PAUSE_MS)
        self._order.timeout.connect(self._put_in_order)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.shell.run("call_campaign"))
        self.list.new_wanted.connect(lambda: self.shell.run("add_campaign"))
        self.list.form.made.connect(self._on_made)
        self.list.form.left.connect(self._back)
        self.head.called.connect(lambda: self.shell.run("call_campaign"))
        self.head.turned.connect(lambda: self.shell.run("close_campaign"))
        self.about.changed.connect(lambda given: self._change(self.about.show_problem, **given))
        self.keys.changed.connect(lambda keys: self._change(self.keys.show_problem, keys=keys))
        self.track.changed.connect(lambda words: self._change(self.shell.show_problem, talk_track=words))
        self.filter.edited.connect(self._count)
        self.filter.kept.connect(self._on_filter_kept)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Callable[..., object]] = {"add_campaign": self._begin, "back": self._back}
        if self.found is not None:
            found |= {
                "next": lambda: self.list.table.step(1), "previous": lambda: self.list.table.step(-1),
                "call_campaign": self._call, "close_campaign": self._turn,
            }  # fmt: skip
        return found

    def refresh(self) -> None:
        self.list.reload(self.campaign_id)
        has_any = bool(self.list.campaigns)
        self.list.setVisible(has_any or not self.list.form.isHidden())
        self.detail.setVisible(has_any)
        self.empty.setVisible(not has_any)
        current = self.list.table.current
        self.campaign_id = None if current is None else current.campaign_id
        if not has_any:
            self.found = None
        self._read()

    def open(self, *, campaign_id: int | None = None, **target: Any) -> None:
        """Show one campaign."""
        if campaign_id is not None:
            self.list.show_campaign(campaign_id)

    def on_shown(self) -> None:
        (self.list.table if self.list.campaigns else self).setFocus()

    def on_hidden(self) -> None:
        self.list.form.hide()
        self.setFocus()  # a field that is left is saved
        if self._is_keeping and self.found is not None:  # the job may never be answered: the window may close
            self._keep_filter(self.found.campaign_id, self.app.ask(self._reading()))

    def _back(self) -> None:
        self.list.form.hide()
        self.list.setVisible(bool(self.list.campaigns))
        self.on_shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() * 100 // theme.text_size < 1180 - 57
        self.list.setFixedWidth(theme.px(340) if is_narrow else max(theme.px(480), self.width() * 2 // 5))
        self.list.table.show_columns(
            ["Campaign", "Called", "State"] if is_narrow else ["Campaign", "Kind", "Called", "State"]
        )

    # -- the campaign in hand --------------------------------------------------------------------------------------

    def _on_chosen(self, row: CampaignRow) -> None:
        if row.campaign_id != self.campaign_id:
            self.campaign_id = row.campaign_id
            self._pause.start()

    def _read(self) -> None:
        if self.campaign_id is None:
            return
        self._pause.stop()
        try:
            found, said = self.app.ask(_read_whole, self.campaign_id)
        except UserError as error:  # its filter cannot be read
            self.found = None
            self.detail.hide()
            self.shell.show_problem(error)
            return
        is_other, is_first = self.found is None or self.found.campaign_id != found.campaign_id, self.found is None
        self.found = found
        self.detail.show()
        self.head.show_campaign(found)
        self.about.show_campaign(found, is_other=is_other)
        self.filter.show_filter(found.saved_filter, said, is_other=is_other)
        self.keys.show_keys(found.keys, is_other=is_other)
        self.track.show_track(found.talk_track, is_other=is_other)
        self._count()
        if is_other:
            self.detail.verticalScrollBar().setValue(0)
        if is_first:
            self.shell.renew_commands()

    def _change(self, tell: Callable[[UserError], object], **given: Any) -> None:
        """Save what was changed; what cannot be is said in its place."""
        if self.found is None:
            return
        try:
            self.app.do(campaigns.change, self.found.campaign_id, **given)
        except UserError as error:
            tell(error)
        else:
            self._said(has_new_order="weight" in given)

    def _said(self, *, has_new_order: bool = True) -> None:
        """Tell what was saved; weight and members move people in today's order."""
        if has_new_order:
            self._order.start()
        if self.app.undo_label:
            self.shell.say(f"{self.app.undo_label}.", may_undo=True)

    def _put_in_order(self) -> None:
        """Every open target is placed anew, beside the window, once there is an order to place them in."""
        if not self.shell.current:
            return  # the book was closed meanwhile
        app = self.app
        if app.ask(is_built):
            done = self._on_in_order
            self.shell.jobs.run(lambda report: app.do(build_day), done=done, label="order", owner=self)

    def _on_in_order(self, _count: int) -> None:
        self.shell.bus.changed.emit(Changes(everything=True))

    # -- the filter ------------------------------------------------------------------------------------------------

    def _reading(self) -> Callable[[Work], Reading]:
        """The question what the form says as it stands, and how many match it."""
        typed, chosen = self.filter.typed(), self.filter.chosen()

        def read(work: Work) -> Reading:
            saved, problems = campaign_form.read_words(work, typed, **chosen)
            return saved, problems, None if saved is None else campaign_form.count_matching(work, saved)

        return read

    def _count(self) -> None:
        """Count beside the window: a large book takes its moment."""
        read, app = self._reading(), self.app
        self.shell.jobs.run(lambda report: app.ask(read), done=self._show_reading, label="count", owner=self)

    def _on_filter_kept(self) -> None:
        if self.found is None:
            return
        read, app, keep = self._reading(), self.app, partial(self._keep_filter, self.found.campaign_id)
        self._is_keeping = True
        self.shell.jobs.run(lambda report: app.ask(read), done=keep, label="keep", owner=self)

    def _show_reading(self, reading: Reading) -> None:
        _saved, problems, count = reading
        self.filter.show_problems(problems)
        self.filter.show_count(count)

    def _keep_filter(self, campaign_id: int, reading: Reading) -> None:
        self._is_keeping, saved, found = False, reading[0], self.found
        is_shown = found is not None and found.campaign_id == campaign_id
        if is_shown:
            self._show_reading(reading)
        if saved is None or (found is not None and is_shown and saved == found.saved_filter):
            return
        if found is not None and is_shown:
            self.found = replace(found, saved_filter=saved)
        self.app.do(campaigns.change, campaign_id, saved_filter=saved)
        self._said()

    # -- what can be done ------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.list.show()
        self.list.form.begin()

    def _on_made(self, name: str, kind: CampaignKind) -> None:
        try:
            made = self.app.do(campaigns.create, name=name, kind=kind, saved_filter=campaign_form.STARTS[kind])
        except UserError as error:
            self.list.form.show_problem(error)
            return
        self.list.form.hide()
        self.campaign_id = made
        self.refresh()
        self.list.table.setFocus()
        self._said()

    def _turn(self) -> None:
        if self.found is not None:
            self.app.do(campaigns.close if self.found.is_active else campaigns.reopen, self.found.campaign_id)
            self._said()

    def _call(self) -> None:
        """Work this campaign on the desk."""
        self._pause.stop()
        row = self.list.table.current
        if row is None:
            return
        if not row.is_active:
            raise UserError(f"{row.name} is closed.", "", "Reopen it with X to call it.")
        self.shell.go("desk", campaign_id=row.campaign_id)


def _read_whole(work: Work, campaign_id: int) -> tuple[CampaignDetail, dict[str, str]]:
    found = campaigns.detail(work, campaign_id)
    return found, campaign_form.words_of(work, found.saved_filter)
