"""The page of all accounts: the list, and the one in hand with its people, contracts and history."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.accounts import AccountRow, card, timeline
from callstation.accounts.editing import change_account
from callstation.documents.filing import DocumentRow, documents_of, file_of
from callstation.errors import UserError
from callstation.quotes.cards import quotes_of
from ui.accounts import people_work
from ui.accounts.contracts_card import ContractsCard, LinkedCard
from ui.accounts.documents_card import DocumentsCard
from ui.accounts.head_card import HeadCard
from ui.accounts.list_panel import NO_NUMBER, ListPanel
from ui.accounts.people_card import PeopleCard
from ui.accounts.people_forms import Edit
from ui.accounts.timeline_card import STEP, TimelineCard
from ui.documents.again import documents_folder, make_again
from ui.documents.opening import open_file
from ui.page import Commands, Page
from ui.quotes.account_card import QuotesCard
from ui.theme import theme
from ui.widgets import EmptyState, Scroll

if TYPE_CHECKING:
    from ui.shell import Shell

_READ_MS = 30  # while J is held down, only the account one stops at is read


class AccountsPage(Page):
    """J and K walk the list, Enter calls, / filters, O orders, E corrects, P adds a person."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.account_id: int | None = None
        self.list = ListPanel(self.app, shell.jobs)
        self.head, self.people, self.contracts = HeadCard(), PeopleCard(), ContractsCard()
        self.linked, self.timeline = LinkedCard(), TimelineCard()
        self.documents, self.quotes = DocumentsCard(), QuotesCard()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self.head, self.people, self.contracts, self.quotes, self.documents, self.linked, self.timeline):
            column.addWidget(part)
        column.addStretch(1)
        self.detail = Scroll(inside)
        self.empty = EmptyState(
            "building-2", "No accounts yet", "Import a list of contracts, and everyone in it is here."
        )
        self.empty.add_action("Import a list", lambda: shell.go("import"), "Ctrl", "O", icon="file-spreadsheet",
                              is_main=True)  # fmt: skip
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for widget in (self.list, self.detail, self.empty):
            self._row.addWidget(widget, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_READ_MS)
        self._pause.timeout.connect(self._read)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.head.called.connect(self._call)
        self.head.edited.connect(self._on_corrected)
        self.head.left.connect(self.list.table.setFocus)
        self.people.edited.connect(self._on_edited)
        self.people.left.connect(self.list.table.setFocus)
        self.linked.chosen.connect(lambda account_id: self.open(account_id=account_id))
        self.timeline.more_wanted.connect(self._on_more_wanted)
        self.quotes.chosen.connect(self._open_quote)
        self.documents.opened.connect(self._open_document)
        self.documents.again.connect(lambda row: make_again(shell, row, self, self._show_documents))

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        return {
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "search": self._search,
            "back": self._back,
            "call_now": self._call,
            "sort": lambda: self._announce(self.list.sort_next()),
            "turn_order": lambda: self._announce(self.list.sort_next(turns_round=True)),
            "edit_account": self._edit,
            "add_person": lambda: self.people.begin(Edit("add_person")),
        }

    def refresh(self) -> None:
        self.list.show_counts()
        self.list.reload()
        has_any = self.list.has_any
        self.list.setVisible(has_any)
        self.detail.setVisible(has_any and self.account_id is not None)
        self.empty.setVisible(not has_any)
        self._read()

    def on_shown(self) -> None:
        self.list.table.setFocus()

    def on_hidden(self) -> None:
        self._pause.stop()

    def open(self, *, account_id: int | None = None, needs: str = "", edit: str | None = None, **target: Any) -> None:
        """Show one account, whatever the list is filtered by, or those that need attention.

        ``edit`` opens its form, at the field of that name.
        """
        if needs == "attention":
            self.list.search.clear()
            self.list.tabs.setCurrentIndex(NO_NUMBER)
        if account_id is None:
            return
        self._pause.stop()
        if not self.list.show_account(account_id):
            self.list.table.clearSelection()
        self._pause.stop()
        self.account_id = account_id
        self._read()
        self.detail.verticalScrollBar().setValue(0)
        if edit is not None:
            self._edit(edit)

    def _step(self, by: int) -> None:
        self.list.table.step(by)

    def _search(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _edit(self, key: str = "") -> None:
        if self._pause.isActive():  # the account one has just stopped at
            self._pause.stop()
            self._read()
        if self.account_id is not None:
            self.head.begin(key)
            self.detail.verticalScrollBar().setValue(0)

    def _back(self) -> None:
        if self.head.form is not None:
            self.head.leave()
        if self.people.form is not None:
            self.people.leave()
        self.list.table.setFocus()

    def _announce(self, words: str) -> None:
        """The header shows the order; a screen reader is told."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list.table, words))

    # -- the account in hand ---------------------------------------------------------------------------------------

    def _on_chosen(self, row: AccountRow) -> None:
        if row.account_id != self.account_id:
            self.account_id = row.account_id
            self._pause.start()

    def _on_opened(self, row: AccountRow) -> None:
        self.account_id = row.account_id
        self._call()

    def _read(self) -> None:
        if self.account_id is None:
            return
        try:
            found = self.app.ask(card, self.account_id)
        except UserError:  # taken back by an undo: the list has it no more either
            self.account_id = None
            self.detail.hide()
            return
        today, settings = self.app.ask(lambda work: work.today), self.app.settings
        is_other = getattr(self, "_shown_id", None) != self.account_id
        self._shown_id = self.account_id
        self.detail.show()
        self.head.show_card(found, self.app.clock.now(), today, settings)
        self.people.show_card(found)
        self.contracts.show_card(found, today, settings)
        self.quotes.show_quotes(self.app.ask(quotes_of, self.account_id), today, settings)
        self.linked.show_card(found)
        self._show_documents()
        self.timeline.show_entries(self.app.ask(timeline, self.account_id, limit=STEP), today, settings)
        if is_other:
            self.detail.verticalScrollBar().setValue(0)

    def _show_documents(self) -> None:
        if self.account_id is not None:
            rows, today = self.app.ask(documents_of, self.account_id), self.app.ask(lambda work: work.today)
            self.documents.show_documents(rows, documents_folder(self.shell), today, self.app.settings)

    def _open_document(self, row: DocumentRow) -> None:
        try:
            open_file(file_of(documents_folder(self.shell), row.path))
        except UserError as error:
            self.shell.show_problem(error)
            self._show_documents()

    def _on_more_wanted(self) -> None:
        if self.account_id is None or not self.timeline.entries:
            return
        older = self.app.ask(timeline, self.account_id, before=self.timeline.entries[-1].place, limit=STEP)
        today = self.app.ask(lambda work: work.today)
        self.timeline.show_entries([*self.timeline.entries, *older], today, self.app.settings)

    def _call(self) -> None:
        """Open the account on the desk, where it is called."""
        if self.account_id is None:
            return
        self._pause.stop()
        found = self.app.ask(card, self.account_id)
        if found.target_id is None:
            raise UserError(
                "There is nothing to call for here.", f"{found.name} has no contract that is up for renewal by call.",
                "Its partner may be the one to call.",
            )  # fmt: skip
        self.shell.go("desk", target_id=found.target_id)

    def _open_quote(self, target_id: int | None, quote_id: int) -> None:
        """A quote is shown in the call, where what it is about can still be renewed."""
        if target_id is not None:
            self.shell.go("desk", target_id=target_id, quote_id=quote_id)
        else:
            self.shell.show_problem(
                UserError("Nothing is up for renewal here.", "A quote is opened in the call of its account.")
            )

    def _on_edited(self, edit: Edit, typed: dict[str, Any]) -> None:
        shown = self.people.card
        if shown is None:
            return
        try:
            people_work.do(self.app, shown, edit, typed)
        except UserError as error:
            self.people.show_problem(error)
            return
        self.people.done()
        self.list.table.setFocus()
        self._say_done()

    def _on_corrected(self, changes: dict[str, str]) -> None:
        if self.head.card is None:
            return
        try:
            is_changed = self.app.do(change_account, self.head.card.account_id, **changes)
        except UserError as error:
            self.head.show_problem(error)
            return
        self.head.close_form()
        self.list.table.setFocus()
        if is_changed:
            self._say_done()

    def _say_done(self) -> None:
        if self.app.undo_label:
            self.shell.say(f"{self.app.undo_label}.", may_undo=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() * 100 // theme.text_size
        self.list.set_narrow(wide < 1180 - 57)
        self._row.setStretch(0, 10)
        self._row.setStretch(1, 8 if wide < 1180 - 57 else 6)
