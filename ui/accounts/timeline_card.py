"""What happened at an account, the newest first, read on as far back as one likes."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from callstation.accounts.timeline import TimelineEntry
from callstation.settings import Settings
from ui import words
from ui.calling.info_row import Info, InfoRow
from ui.widgets import Button, Card, Label

STEP = 20
_MARKS = {
    "email": "mail", "skip": "step-forward", "snooze": "alarm-clock", "note": "pencil", "import": "file-spreadsheet",
    "callback": "clock", "contact_change": "users", "document": "file-text", "quote": "tag", "closing": "list-checks",
}  # fmt: skip


class TimelineCard(Card):
    """``more_wanted`` asks for what came before the last entry shown."""

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Timeline")
        head = QHBoxLayout()
        head.addWidget(Label("Timeline", "pane_title"))
        head.addStretch(1)
        self.body.addLayout(head)
        self.head = head
        self.nothing = Label("Nothing has happened here yet.", "body", "text2", wraps=True)
        self.body.addWidget(self.nothing)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.body.addLayout(self._column)
        self.more = Button("Show older", "text")
        self.more.clicked.connect(self.more_wanted)
        self.body.addWidget(self.more)
        self._rows: list[InfoRow] = []
        self.entries: list[TimelineEntry] = []

    def show_entries(self, entries: list[TimelineEntry], today: date, settings: Settings) -> None:
        """Show another account's, or the same ones with older ones behind."""
        self.entries = entries
        while len(self._rows) < len(entries):
            row = InfoRow()
            self._rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self._rows):
            if place < len(entries):
                row.show_info(_info(entries[place], today, settings))
            row.setVisible(place < len(entries))
        self.nothing.setVisible(not entries)
        self.more.setVisible(bool(entries) and len(entries) % STEP == 0)


def _info(entry: TimelineEntry, today: date, settings: Settings) -> Info:
    local = entry.happened_at.astimezone(settings.zone)
    mark, tone = _MARKS.get(entry.kind, "phone-call" if entry.is_reached else "phone"), "text2"
    if entry.kind == "call":
        tone = "ok" if entry.is_reached else "text2"
        mark = "voicemail" if entry.title == "Left voicemail" else mark
    who = ", ".join(part for part in (entry.contact, f"through {entry.via}" if entry.via else "") if part)
    spoken = words.span(entry.duration_s) if entry.is_reached and entry.duration_s >= 60 else ""
    about = " · ".join(part for part in (who, spoken) if part)
    said = f"{entry.words} ({about})" if entry.words and about else entry.words or about
    end = words.day(local.date(), today, settings)
    if local.date() == today:
        end = words.clock(entry.happened_at, settings)
    return Info(entry.title, said, end, mark, tone, lines=4)
