"""What a campaign is: its name, what it calls about, its weight, its talk track, and how far it has come."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from callstation.calling.campaigns import CampaignDetail
from callstation.errors import UserError
from ui import actions
from ui.campaigns.kinds import KINDS, PURPOSES
from ui.settings.editors import LinesEditor, Stepper, WordsEditor
from ui.theme import theme
from ui.widgets import Button, Card, Chip, ElidedLabel, Field, KeyBadge, Label, ProgressBar, Select


class HeadCard(Card):
    """Name, state, progress, and what can be done with the whole of it."""

    called = Signal()
    turned = Signal()

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.setAccessibleName("Campaign")
        self.name = ElidedLabel("", "account")
        self.state, self.kind = Chip("", "ok"), Chip("", "mute")
        self.progress, self.bar = Label("", "secondary", "text2", tabular=True, wraps=True), ProgressBar("Called")
        self.call, self.turn = Button("Call this campaign", "primary", "phone"), Button("Close", "plain")
        self.call.clicked.connect(self.called)
        self.turn.clicked.connect(self.turned)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addWidget(self.kind)
        top.addWidget(self.state)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._enter = KeyBadge("↵")
        for widget in (self.call, self._enter, self.turn, KeyBadge(*actions.caps_of("close_campaign"))):
            foot.addWidget(widget)
        foot.addStretch(1)
        self.body.addLayout(top)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.bar)
        self.body.addSpacing(4)
        self.body.addLayout(foot)

    def show_campaign(self, found: CampaignDetail) -> None:
        """Show one campaign."""
        done = found.progress
        self.name.setText(found.name)
        self.kind.set_chip(KINDS[found.kind], "mute")
        self.state.set_chip("Running" if found.is_active else "Closed", "ok" if found.is_active else "mute")
        spoke = "1 conversation" if done.conversations == 1 else f"{done.conversations:,} conversations"
        self.progress.setText(f"{done.called:,} of {done.total:,} called, {spoke}, {done.done:,} done")
        self.bar.set_parts(done.conversations, done.called, done.total)
        self.turn.set_words("Close" if found.is_active else "Reopen")
        for widget in (self.call, self._enter):
            widget.setVisible(found.is_active)


class AboutCard(Card):
    """``changed({field: value})`` whenever a field is left with something else in it."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.setAccessibleName("About the campaign")
        self._shown: CampaignDetail | None = None
        self.name, self.purpose = WordsEditor("Name"), Select("Purpose")
        self.weight = Stepper("Weight", 0, 100, 5)
        self.purpose.addItems(list(PURPOSES.values()))
        self.name_field = Field("Name", self.name)
        binds = "Marketing rules bind cross-sell; renewal and service calls are about a contract they have."
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.name_field, 0, 0, 1, 2)
        grid.addWidget(Field("Purpose", self.purpose, binds), 1, 0, Qt.AlignmentFlag.AlignTop)
        weight = Field("Weight", self.weight, "0 to 100 in the order of the queue.")
        grid.addWidget(weight, 1, 1, Qt.AlignmentFlag.AlignTop)
        weight.setMaximumWidth(170)
        self.body.addWidget(Label("About", "pane_title"))
        self.body.addLayout(grid)
        self.name.left.connect(self._on_name)
        self.purpose.activated.connect(lambda index: self.changed.emit({"purpose": list(PURPOSES)[index]}))
        self.weight.box.changed.connect(lambda value: self.changed.emit({"weight": value}))

    def show_campaign(self, found: CampaignDetail, *, is_other: bool) -> None:
        """Show one campaign; a name that is being typed stays unless it is another campaign's."""
        self._shown = found
        if is_other or not self.name.hasFocus():
            self.name.put(found.name)
        self.name_field.show_problem("")
        self.purpose.setCurrentIndex(list(PURPOSES).index(found.purpose))
        self.weight.box.put(found.weight)

    def show_problem(self, error: UserError) -> None:
        """Say under the name what cannot be taken."""
        self.name_field.show_problem(f"{error.title} {error.hint}".strip())

    def _on_name(self) -> None:
        if self._shown is not None and self.name.words() != self._shown.name:
            self.changed.emit({"name": self.name.words()})


class TrackEditor(LinesEditor):
    """As high as a usual talk track."""

    def restyle(self) -> None:
        super().restyle()
        self.setFixedHeight(theme.px(164))


class TrackCard(Card):
    """The talk track, one point a line; ``changed(words)`` when it is left. No words mean those of the kind."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.setAccessibleName("Talk track")
        self._shown = ""
        self.track = TrackEditor("Talk track")
        self.reset = Button("As the kind has it", "plain", "undo-2")
        head = QHBoxLayout()
        head.addWidget(Label("Talk track", "pane_title"), 1)
        head.addWidget(self.reset)
        told = "One point a line. {quantity}, {product}, {end}, {amount}, {account} and {contact} are filled in."
        self.body.addLayout(head)
        self.body.addWidget(Label(told, "secondary", "text3", wraps=True))
        self.body.addWidget(self.track)
        self.track.left.connect(self._on_left)
        self.reset.clicked.connect(lambda _checked=False: self.changed.emit(""))

    def show_track(self, track: str, *, is_other: bool) -> None:
        """Show the track in force."""
        self._shown = track
        if is_other or not self.track.hasFocus():
            self.track.put(track)

    def _on_left(self) -> None:
        if self.track.words().strip() != self._shown.strip():
            self.changed.emit(self.track.words().strip())
