"""Where to sign in, and as which app: the choices and fields of the connect panel."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from callstation.errors import UserError
from callstation.sync.salesforce import admin, hosts
from ui.theme import theme
from ui.widgets import Field, Label, SegmentedTabs
from ui.widgets.base import Themed

_PLACES = ("production", "sandbox", "domain", "practice")
_LABELS = ["Production", "Sandbox", "My Domain", "Practice org"]
_WORDS = {
    "production": "Your company's live Salesforce, by login.salesforce.com.",
    "sandbox": "A copy of it for trying things out, by test.salesforce.com.",
    "domain": "Your company's own address; some companies allow no other.",
    "practice": "Ties this book to that org. To practise without that, open the made-up book: Ctrl+K, then “sample”.",
}
_SERVED = "It is served by: callstation practice-org. Only this computer can reach it."


class _Line(Themed, QLineEdit):
    """One line of words in the body font."""

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self.setMaxLength(300)
        self.setPlaceholderText(prompt)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme.font("body"))


class ConnectForm(QWidget):
    """``entered`` on Enter in a field. The made-up book may sign in to a practice org alone."""

    entered = Signal()
    changed = Signal()

    def __init__(self, *, is_practice_only: bool) -> None:
        super().__init__()
        self._is_practice_only = is_practice_only
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.tabs = SegmentedTabs(_LABELS, "Where to sign in")
        if is_practice_only:
            self.tabs.hide()
        self.words = Label("", "secondary", "text3", wraps=True)
        self.domain, self.practice, self.client_id = (
            _Line("https://acme.my.salesforce.com"), _Line(hosts.PRACTICE), _Line("3MVG9…")
        )  # fmt: skip
        self.practice.setText(hosts.PRACTICE)
        self.domain_field = Field("Address", self.domain, "As your browser's address bar shows it.")
        self.practice_field = Field("Address", self.practice, _SERVED)
        self.client_field = Field(
            "Client id", self.client_id, "The consumer key of the app that your admin made; it is no secret."
        )
        column.addWidget(self.tabs)
        column.addWidget(self.words)
        for field in (self.domain_field, self.practice_field, self.client_field):
            column.addWidget(field)
        for line in (self.domain, self.practice, self.client_id):
            line.returnPressed.connect(self.entered)
            line.textEdited.connect(self.clear_problems)
        self.tabs.currentChanged.connect(self._on_chosen)
        self.choose("practice" if is_practice_only else "production")
        self._on_chosen()

    @property
    def place(self) -> str:
        """production, sandbox, domain or practice."""
        return _PLACES[self.tabs.currentIndex()]

    def choose(self, place: str) -> None:
        """Take one of the places."""
        self.tabs.setCurrentIndex(_PLACES.index(place))

    def show_last(self, host: str, client_id: str) -> None:
        """Fill in where the last sign-in was."""
        if hosts.is_loopback(host):
            if self.practice.text() == hosts.PRACTICE and host.count(":") > 1:
                self.practice.setText(host)
            self.choose("practice")
        elif not self._is_practice_only:
            known = {hosts.PRODUCTION: "production", hosts.SANDBOX: "sandbox"}
            self.choose(known.get(host, "domain"))
            if host not in known:
                self.domain.setText(host)
        if client_id != admin.CLIENT_ID:
            self.client_id.setText(client_id)

    def read(self) -> tuple[str, str] | None:
        """Host and client id; None where something is missing, which its field then says and has the focus."""
        self.clear_problems()
        host = self._host()
        if host is None:
            return None
        client_id = admin.CLIENT_ID if self.place == "practice" else self.client_id.text().strip() or admin.CLIENT_ID
        if admin.needs_client_id(host, client_id):
            self._refuse(self.client_field, self.client_id, "Salesforce asks which app this is: your admin has its id.")
            return None
        return host, client_id

    def clear_problems(self) -> None:
        """Forget what was wrong."""
        for field in (self.domain_field, self.practice_field, self.client_field):
            field.show_problem("")

    def _host(self) -> str | None:
        if self.place not in ("domain", "practice"):
            return hosts.NAMED[self.place]
        is_practice = self.place == "practice"
        field, line = (self.practice_field, self.practice) if is_practice else (self.domain_field, self.domain)
        try:
            host = hosts.host_of(line.text())
        except UserError as error:
            words = "A practice org is on this computer: http://127.0.0.1 and its port." if is_practice else error.hint
            self._refuse(field, line, f"{error.title} {words}")
            return None
        if hosts.is_loopback(host) != is_practice:
            self._refuse(field, line, "A practice org is on this computer: http://127.0.0.1 and its port."
                         if is_practice else "This is a practice org; choose it above.")  # fmt: skip
            return None
        return host

    def _refuse(self, field: Field, line: QLineEdit, words: str) -> None:
        field.show_problem(words)
        line.setFocus()
        line.selectAll()

    def _on_chosen(self) -> None:
        place = self.place
        self.words.setText(_WORDS[place])
        self.words.setVisible(not self._is_practice_only)
        self.domain_field.setVisible(place == "domain")
        self.practice_field.setVisible(place == "practice")
        self.client_field.setVisible(place != "practice")
        self.clear_problems()
        self.changed.emit()
