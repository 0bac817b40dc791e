"""The first page of an empty book: practise on made-up accounts, bring a list, or connect Salesforce."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.book import is_empty
from callstation.changes import Changes
from callstation.errors import UserError
from ui import actions
from ui.page import Commands, Page
from ui.widgets import Card, Choice, Label, ProgressBar, Scroll

if TYPE_CHECKING:
    from ui.jobs import Report
    from ui.shell import Shell


class WelcomePage(Page):
    """One card with three ways to begin; the first has the focus."""

    nouns = ("account",)

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        inside = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))
        card = Card(padding=32)
        card.setMaximumWidth(560)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        down = QVBoxLayout(inside)
        down.setContentsMargins(24, 24, 24, 24)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(1)
        body = card.body
        body.setContentsMargins(32, 28, 32, 20)
        body.setSpacing(8)
        body.addWidget(Label("Make your first five calls", "account"))
        body.addWidget(
            Label("Practise on made-up accounts first. Nothing here reaches Salesforce.", "body", "text2", wraps=True)
        )
        body.addSpacing(8)
        self.practise = Choice(
            "graduation-cap", "Practise with sample accounts", "40 invented customers and the keys to work them.", "↵"
        )
        self.bring = Choice(
            "file-spreadsheet", "Import a call list", "CSV, Excel or pasted rows. You check the columns first.",
            *actions.caps_of("import_list"),
        )  # fmt: skip
        self.connect_crm = Choice(
            "cloud", "Connect Salesforce", "Sign in once, in your browser. Your accounts come with the first sync.",
            *actions.caps_of("connect"),
        )  # fmt: skip
        self.practise.clicked.connect(self._on_practise)
        self.bring.clicked.connect(partial(shell.go, "import"))
        self.connect_crm.clicked.connect(partial(shell.go, "sync"))
        self._choices = (self.practise, self.bring, self.connect_crm)
        for choice in self._choices:
            body.addWidget(choice)
        body.addSpacing(8)
        self._hint = Label(_HINT, "secondary", "text3", wraps=True)
        body.addWidget(self._hint)
        self._bar = ProgressBar("Making the practice book")
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        body.addWidget(self._bar)

    def commands(self) -> Commands:
        go = self.shell.go
        return {"import_list": partial(go, "import"), "connect": partial(go, "sync"), "practise": self._on_practise}

    def on_shown(self) -> None:
        self.practise.setFocus(Qt.FocusReason.TabFocusReason)

    def take_changes(self, changes: Changes) -> None:
        """The first account came in while this page is in view: go where it can be called."""
        if not self.app.ask(is_empty):
            self.shell.go("desk")

    # -- the practice book -----------------------------------------------------------------------------------------

    def _on_practise(self) -> None:
        """Make the book first, with this page in view, then open it; with it made already, that is at once."""
        if self.shell.open_book is None:
            return
        self.setFocus()
        for choice in self._choices:
            choice.setEnabled(False)
        self._bar.show()
        places, clock = self.shell.places, self.app.clock

        def make(report: "Report") -> None:
            from callstation.demo.practice import open_practice

            open_practice(
                places, clock=clock, on_progress=lambda share, step: report(round(share * 100), 100, step)
            ).close()

        self.shell.jobs.run(
            make, done=self._on_made, failed=self._on_failed, progress=self._on_progress, label="practise", owner=self
        )

    def _on_progress(self, done: int, total: int, step: str) -> None:
        self._bar.set_parts(done, done, total)
        self._hint.setText(f"Making the practice book: {step}.")

    def _on_made(self, _made: None) -> None:
        self._rest()
        if self.shell.open_book is not None:
            self.shell.open_book("sample")

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, UserError):
            raise error
        self.shell.show_problem(error)

    def _rest(self) -> None:
        for choice in self._choices:
            choice.setEnabled(True)
        self._bar.hide()
        self._hint.setText(_HINT)
        self.practise.setFocus()


_HINT = 'You can switch later with Ctrl+K, then type "sample" or "own".'
