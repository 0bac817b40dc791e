"""What stands in the middle when nobody is left to call: what happened, the day in figures, and the next step."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.calling.clock_words import near_day_words
from callstation.calling.day_done import DayDone
from callstation.settings import Settings
from ui import actions, words
from ui.widgets import EmptyState


class DeskEmpty(QWidget):
    """``run`` does an action of the registry."""

    def __init__(self, run: Callable[[str], object], settings: Settings) -> None:
        super().__init__()
        self._run, self._settings = run, settings
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.state: EmptyState | None = None

    def show_building(self) -> None:
        """The day's order is being made."""
        self._put(EmptyState("refresh-cw", "Sorting today's calls", "A moment: every account is scored for today."))

    def show_day(self, day: DayDone, later: int, campaign: str, today: date) -> None:
        """Nobody is left, or nobody is known yet."""
        if day.is_book_empty:
            state = EmptyState(
                "file-spreadsheet",
                "No accounts yet",
                "Import a list of contracts, or practise on made-up accounts first.",
            )
            self._add(state, "go_import", "Import a list", is_main=True)
            state.add_action("Practise first", lambda: self._run("practise"), icon="graduation-cap")
            self._put(state)
            return
        first = "Nothing left to call right now" if day.calls else "Nobody to call right now"
        state = EmptyState("circle-check", first, self._sentences(day, later, campaign, today), tone="ok")
        state.add_figure(f"{day.calls:,}", "call" if day.calls == 1 else "calls")
        state.add_figure(f"{day.conversations:,}", "conversation" if day.conversations == 1 else "conversations")
        if day.renewing is not None:
            state.add_figure(words.money(day.renewing, day.currency, self._settings), "renewing")
        if later:
            self._add(state, "next", "Look at them anyway", is_main=True)
        self._add(state, "go_callbacks", "See callbacks", is_main=not later)
        self._add(state, "go_import", "Import a list")
        self._put(state)

    def _sentences(self, day: DayDone, later: int, campaign: str, today: date) -> str:
        within = f" in {campaign}" if campaign else ""
        told = []
        if day.accounts:
            accounts = "the one account" if day.accounts == 1 else f"all {day.accounts:,} accounts"
            told.append(f"You worked through {accounts} due today{within}.")
        if later:
            told.append(f"{later:,} more open later today{within}; they come up when their hours begin.")
        if day.next_at is not None:
            on = near_day_words(day.next_at.astimezone(self._settings.zone).date(), today)
            clock = words.clock(day.next_at, self._settings)
            told.append(f"The next callback is {day.next_account} {'' if on == 'today' else f'{on} '}at {clock}.")
        elif not told:
            told.append(f"No contract{within} is near its end, and no callback is promised.")
        return " ".join(told)

    def _add(self, state: EmptyState, action_id: str, label: str, *, is_main: bool = False) -> None:
        state.add_action(
            label, lambda: self._run(action_id), *actions.caps_of(action_id), icon=actions.action(action_id).icon,
            is_main=is_main,
        )  # fmt: skip

    def _put(self, state: EmptyState) -> None:
        if self.state is not None:
            self._column.removeWidget(self.state)
            self.state.hide()
            self.state.deleteLater()
        self.state = state
        self._column.addWidget(state)
