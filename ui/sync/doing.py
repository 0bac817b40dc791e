"""What the buttons and keys of the Sync page do; every step can be taken back."""

from typing import TYPE_CHECKING, Any

from callstation.errors import UserError
from callstation.sync import emptying, mending, outbox
from callstation.sync.failures import Mend
from callstation.sync.overview import Attention, Waiting
from db.vocabulary import OutboxState, SyncEntity
from ui.sync.aside import Aside

if TYPE_CHECKING:  # what a form or a look needs is imported when it is opened
    from callstation.sync.dry_run import DryRun
    from ui.sync.page import SyncPage

Key = tuple[SyncEntity, int]


class Doing:
    """Acts on the row in hand of one page."""

    def __init__(self, page: "SyncPage") -> None:
        self._page = page

    # -- what needs the rep ----------------------------------------------------------------------------------------

    def mend(self, row: Attention, mend: str) -> None:
        """One of the two actions of a row that needs the rep."""
        try:
            self._mend(row, mend)
        except UserError as error:
            self._page.shell.show_problem(error)

    def mend_by_digit(self, digit: int) -> None:
        """The first or second action; a person where one is asked for."""
        aside = self._page.beside.aside
        if aside is not None:
            aside.pick(digit)
        else:
            self._page.lists.attention.act(digit - 1)

    def _mend(self, row: Attention, mend: str) -> None:
        app = self._page.app
        if mend == "take_over":
            app.do(emptying.allow)
            self._page.refresh()
            self._page.shell.say(emptying.TAKEN_OVER)
            return
        if mend == "ask_again":
            app.do(emptying.put_off)
            self._page.refresh()
            self._page.shell.say(emptying.LEFT)
            return
        if row.conflict_id is not None:
            from callstation.sync import conflicts

            app.do(conflicts.keep_mine if mend == "keep_mine" else conflicts.use_theirs, row.conflict_id)
            self._told()
            return
        assert row.entity is not None
        if mend == Mend.EDIT:
            self._edit((row.entity, row.record_id))
        elif mend == Mend.OTHER_CONTACT:
            self._pick_person(row)
        else:
            app.do(mending.mend, row.entity, row.record_id, Mend(mend))
            self._told()

    def _pick_person(self, row: Attention) -> None:
        from callstation.accounts.accounts import card
        from ui.sync.person_picker import PersonPicker

        page = self._page
        if row.account_id is None:
            raise UserError("The account of this call is gone.", "", "Keep the call on this computer.")
        found = page.app.ask(card, row.account_id)
        people = [one for one in found.people if one.is_active]
        picker = PersonPicker(found.name, people)
        picker.picked.connect(lambda contact_id: self._link(row.record_id, contact_id))
        page.beside.show_aside(picker)
        picker.begin()

    def _link(self, activity_id: int, contact_id: int | None) -> None:
        self._do(mending.relink, activity_id, contact_id)

    def retry_all(self) -> None:
        """Let everything go again that was refused."""
        if not self._page.app.do(outbox.release_all):
            self._page.shell.say("Nothing was refused.", "mute")
            return
        self._told()

    def create_all(self) -> None:
        """Make every account in the CRM that changes wait for."""
        if not self._page.app.do(mending.create_accounts):
            self._page.shell.say("No change waits for an account.", "mute")
            return
        self._told()

    # -- what waits ------------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Keep the change in hand back, or let it go again."""
        row = self._waiting()
        if row is not None:
            self._do(outbox.release if row.state is OutboxState.HELD else outbox.hold, row.entity, row.record_id)

    def drop(self) -> None:
        """Keep the change in hand on this computer: the CRM does not hear of it."""
        row = self._waiting()
        if row is not None:
            self._do(mending.keep_local, row.entity, row.record_id)

    def _waiting(self) -> Waiting | None:
        row = self._page.current
        if isinstance(row, Attention) and Mend.KEEP_LOCAL in row.mends:
            self._page.lists.attention.act(row.mends.index(Mend.KEEP_LOCAL))
            return None
        if not isinstance(row, Waiting):
            return None
        if row.state not in (OutboxState.WAITING, OutboxState.HELD):
            raise UserError("This change is on its way.", "Its answer is not known yet.", "Sync first, then decide.")
        return row

    def edit(self) -> None:
        """Correct the change in hand."""
        row = self._page.current
        if isinstance(row, Attention) and row.conflict_id is not None:
            raise UserError("This is to be decided first.", "Two values stand against each other.", "Keep one of them.")
        if row is not None and row.entity is not None:
            self._edit((row.entity, row.record_id))

    def _edit(self, key: Key) -> None:
        from callstation.sync.editing import editable
        from ui.sync.edit_form import EditForm

        page = self._page
        found = page.app.ask(editable, *key)
        if found is None:
            account_id = page.app.ask(mending.account_of, *key)
            if account_id is None:
                raise UserError("This change cannot be corrected here.", "It holds no words of its own.", "")
            page.shell.go("accounts", account_id=account_id)
            page.shell.say("This one is corrected at its account. Come back with G S.", "info")
            return
        form = EditForm(found)
        form.saved.connect(lambda values: self._on_saved(key, values))
        page.beside.show_aside(form)
        form.begin()

    def _on_saved(self, key: Key, values: dict[str, str]) -> None:
        from callstation.sync.editing import edit

        aside: Aside | None = self._page.beside.aside
        try:
            self._page.app.do(edit, *key, values)
        except UserError as error:
            if aside is not None:
                aside.show_problem(error)
            return
        self._told()

    # -- the whole -------------------------------------------------------------------------------------------------

    def look_first(self) -> None:
        """What the next sync would send, read beside the window; nothing is sent."""
        from callstation.sync.dry_run import dry_run

        page, app = self._page, self._page.app

        def shown(found: "DryRun") -> None:
            page.beside.show_dry_run(found)

        page.shell.jobs.run(lambda report: app.ask(dry_run), done=shown, label="look first", owner=page)

    def export_log(self) -> None:
        """Write receipts and outbox beside the book, and say where."""
        from callstation.export.sync_log import write_sync_log

        page, app = self._page, self._page.app
        folder = app.store.parent / "exports"

        def failed(error: Exception) -> None:
            if not isinstance(error, UserError):
                raise error
            page.shell.show_problem(error)

        page.shell.jobs.run(
            lambda report: app.ask(write_sync_log, folder), failed=failed, label="export log", owner=page,
            done=lambda paths: page.shell.say(f"Exported {paths[0].name} and {paths[1].name} to {folder}."),
        )  # fmt: skip

    def leave(self) -> None:
        """Close the form or the look, and go back to the row in hand."""
        self._page.beside.close_asides()
        self._page.on_shown()

    def _do(self, verb: Any, *values: Any) -> None:
        try:
            self._page.app.do(verb, *values)
        except UserError as error:
            self._page.shell.show_problem(error)
            return
        self._told()

    def _told(self) -> None:
        """The step is done: say what it was, with Undo, and go on with the next row."""
        page = self._page
        page.beside.close_asides()
        if page.runner.is_running:
            page.refresh()  # otherwise the announcement of the change has done so
        page.on_shown()
        if page.app.undo_label:
            page.shell.say(f"{page.app.undo_label}.", may_undo=True)
