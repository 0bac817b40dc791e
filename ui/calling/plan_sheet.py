"""The plan of a contract: every step of its cadence as a row with its day, what became of it, and why."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from callstation.calling.cadence import CadencePath, Step
from callstation.calling.plan import Plan
from callstation.settings import Settings
from db.vocabulary import Channel, StepStatus
from ui import words
from ui.calling.wrapping import wrapped
from ui.overlay import Overlay
from ui.theme import Role, theme
from ui.tokens import Kind
from ui.widgets import Divider, KeyBadge, Label, Scroll, paint
from ui.widgets.base import Themed

TOP = 72
PATHS = {
    CadencePath.DIRECT: "Direct customer", CadencePath.DIRECT_SMALL: "Direct customer, small contract",
    CadencePath.VIA_PARTNER: "Via the partner",
}  # fmt: skip
LOOKS: dict[StepStatus, tuple[str, Kind]] = {
    StepStatus.PLANNED: ("Planned", "mute"), StepStatus.DUE: ("Due", "info"), StepStatus.DONE: ("Done", "ok"),
    StepStatus.MISSED: ("Missed", "bad"), StepStatus.MOVED: ("Moved", "info"), StepStatus.PAUSED: ("Paused", "warn"),
    StepStatus.SKIPPED: ("Skipped", "mute"),
}  # fmt: skip
CHANNELS = {
    Channel.CALL: "Call", Channel.EMAIL: "E-mail", Channel.LETTER: "Letter", Channel.PARTNER_CALL: "Partner call",
}  # fmt: skip


class PlanSheet(Overlay):
    """``P`` opens it and ``P`` or Escape closes it; the arrow keys scroll where it is long."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "The plan of this contract", width=600, top=TOP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = self.card.body
        body.setContentsMargins(24, 16, 24, 20)
        head = QHBoxLayout()
        self.title = Label("", "pane_title", wraps=True)
        head.addWidget(self.title, 1)
        head.addSpacing(8)
        head.addWidget(KeyBadge("Esc"))
        self.about = Label("", "secondary", "text2", wraps=True)
        self.rows: list[StepRow] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self.area = Scroll(self._inside)
        body.addLayout(head)
        body.addWidget(self.about)
        body.addSpacing(4)
        body.addWidget(Divider())
        body.addWidget(self.area)

    def show_plan(self, account: str, plan: Plan | None, today: date, settings: Settings) -> None:
        """Open with every step of one account's contract, and the one that is next in view."""
        self.title.setText(f"The plan for {account}")
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        steps = plan.steps if plan is not None else ()
        self.rows = [StepRow(step, today, settings) for step in steps]
        for row in self.rows:
            self._column.addWidget(row)
        if plan is None:
            self.about.setText("No contract is open here, so nothing is planned.")
        else:
            ends = words.weekday(plan.expires_on, today, settings)
            verb = "Ends" if plan.expires_on >= today else "Ended"
            self.about.setText(f"{verb} {ends}. {PATHS[plan.path]}: {len(steps)} steps, counted from that day.")
        self.open()
        self._fit_rows()
        self.setFocus()
        upcoming = plan.next_step if plan is not None else None
        place = steps.index(upcoming) if upcoming is not None else 0
        self.area.verticalScrollBar().setValue(max(0, place - 2) * StepRow.height_px())

    def _fit_rows(self) -> None:
        """As high as the rows ask, within what the window leaves."""
        wanted = len(self.rows) * StepRow.height_px()
        head = self.title.sizeHint().height() + self.about.sizeHint().height() + theme.px(60)
        self.area.setFixedHeight(max(0, min(wanted, self.height() - TOP - 40 - head)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        found = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._fit_rows()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key, typed = self.area.verticalScrollBar(), event.key(), event.text().lower()
        line = StepRow.height_px()
        by = {
            Qt.Key.Key_Down: line, Qt.Key.Key_Up: -line, Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_Home: -bar.maximum(), Qt.Key.Key_End: bar.maximum(),
        }.get(Qt.Key(key), {"j": line, "k": -line}.get(typed))  # fmt: skip
        if typed == "p":
            self.close_overlay()
        elif by is not None:
            bar.setValue(bar.value() + by)
        else:
            super().keyPressEvent(event)


class StepRow(Themed, QWidget):
    """One step: its day, its name, how it is done, and on a chip what became of it; below, why."""

    def __init__(self, step: Step, today: date, settings: Settings) -> None:
        super().__init__()
        self.step = step
        on = step.done_on or step.due_on
        self.day = words.weekday(on, today, settings)
        said = [step.reason]
        if step.wakes_on is not None:
            said.append(f"Wakes up {words.weekday(step.wakes_on, today, settings)}.")
        if step.done_on is not None and step.done_on != step.due_on:
            said.append(f"Was due {words.weekday(step.due_on, today, settings)}.")
        self.why = " ".join(part for part in said if part)
        label = LOOKS[step.status][0]
        spoken = (f"{step.name}, {CHANNELS[step.channel]}", f"{label}, {self.day}", self.why.rstrip("."))
        self.setAccessibleName(". ".join(part for part in spoken if part))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @staticmethod
    def height_px() -> int:
        """All rows are of one height."""
        return theme.px(46)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self.height_px())

    def paintEvent(self, event: QPaintEvent) -> None:
        step, painter, tokens, px, whole = self.step, paint.on(self), theme.tokens, theme.px, self.rect()
        label, kind = LOOKS[step.status]
        size = paint.chip_size(label)
        side, top, line = px(124), px(5), px(19)
        is_over = step.status is StepStatus.SKIPPED
        day = QRect(0, top, side - px(8), line)
        chip = QRect(self.width() - size.width(), top, size.width(), size.height())
        name = QRect(side, top, chip.left() - side - px(12), line)
        why = QRect(side, top + line, self.width() - side, px(18))
        day_ink = tokens.text3 if is_over else tokens.text2
        paint.text(painter, paint.placed(painter, whole, day), self.day, theme.font("secondary", tabular=True), day_ink)
        ink = tokens.text3 if is_over else tokens.text
        role: Role = "label" if step.status is StepStatus.DUE else "body"
        paint.text(painter, paint.placed(painter, whole, name), step.name, theme.font(role), ink)
        paint.chip(painter, paint.placed(painter, whole, chip), label, kind)
        said = f"{CHANNELS[step.channel]}. {self.why}" if self.why else f"{CHANNELS[step.channel]}."
        shown = next(iter(wrapped(said, "secondary", why.width(), 1)), "")
        paint.text(painter, paint.placed(painter, whole, why), shown, theme.font("secondary"), tokens.text3)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("border"))

    def restyle(self) -> None:
        self.updateGeometry()
