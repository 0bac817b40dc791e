"""Reads the queue for its panel: one of three lists, or what a search finds, for one campaign or all."""

from typing import TYPE_CHECKING

from callstation.accounts.search import find
from callstation.calling.campaigns import progress, switcher
from callstation.calling.lookup import rows_for
from callstation.calling.queue import QueuePage, QueueRow, counts, done_today, page, timed
from callstation.work import Work
from ui.calling.queue_model import Section
from ui.calling.queue_panel import CALLBACKS, DONE, TO_CALL, QueuePanel, to_call

if TYPE_CHECKING:
    from callstation.app import App

FIRST_ROWS, MORE_ROWS = 50, 200
NOTHING = {
    TO_CALL: "Nobody is left to call right now.",
    CALLBACKS: "No callbacks are promised.",
    DONE: "No calls yet today.",
}


class QueueReader:
    """Knows what is looked at; ``reload`` puts it into the panel."""

    def __init__(self, app: "App", panel: QueuePanel) -> None:
        self._app, self._panel = app, panel
        self.campaign_id: int | None = None
        self.tab, self.words, self.limit = TO_CALL, "", FIRST_ROWS
        self.page = QueuePage((), (), ())

    def reload_campaigns(self) -> None:
        """Fill the switcher; a campaign that is gone gives way to all of them."""
        offered = [(row.campaign_id, row.name) for row in self._app.ask(switcher)]
        if self.campaign_id not in [one for one, _ in offered]:
            self.campaign_id = None
        self._panel.show_campaigns([(None, "All renewals"), *offered], self.campaign_id)

    def reload(self) -> None:
        """Read counts and rows anew and show them."""
        self._app.ask(self._read)

    def next_after(self, target_id: int | None, place: int) -> int | None:
        """Whom to call next: a callback at its minute first, else who took the place of the one just called."""
        now = self._app.clock.now()
        for row in self.page.due:
            if row.target_id != target_id and row.due_at is not None and row.due_at <= now:
                return row.target_id
        open_now = [row.target_id for row in (*self.page.due, *self.page.next) if row.target_id != target_id]
        if not open_now:
            return None
        return open_now[place] if 0 <= place < len(open_now) else open_now[0]

    def place_of(self, target_id: int) -> int:
        """How many stand before a target in the list of those to call now; 0 where it is not among them."""
        order = [row.target_id for row in (*self.page.due, *self.page.next)]
        return order.index(target_id) if target_id in order else 0

    def name_of(self, target_id: int | None) -> str:
        """The account of a loaded target, "" where there is none."""
        return next((row.account for row in self.page.rows if row.target_id == target_id), "")

    def _read(self, work: Work) -> None:
        self.page = page(work, campaign_id=self.campaign_id, limit=self.limit)
        numbers = counts(work, campaign_id=self.campaign_id)
        self._panel.show_counts(numbers)
        self._panel.show_progress(progress(work, self.campaign_id))
        if self.words:
            rows = _found(work, self.words)
            nothing = f'Nothing found for "{self.words}". Esc shows the queue again.'
            self._panel.show_rows([("Found", len(rows), rows)], nothing=nothing)
            return
        sections: list[Section]
        if self.tab == CALLBACKS:
            rows = timed(work, campaign_id=self.campaign_id, limit=max(self.limit, MORE_ROWS))
            sections = [("By time", numbers.callbacks, rows)]
        elif self.tab == DONE:
            sections = [("Called today", numbers.done, done_today(work, campaign_id=self.campaign_id))]
        else:
            sections = to_call(self.page, numbers)
        has_more = self.tab == TO_CALL and len(self.page.rows) >= self.limit
        self._panel.show_rows(sections, has_more=has_more, nothing=NOTHING[self.tab])


def _found(work: Work, words: str) -> tuple[QueueRow, ...]:
    account_ids = [hit.account_id for hit in find(work, words)]
    return rows_for(work, account_ids)
