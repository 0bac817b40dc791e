"""What a sync under way shares with its parts: progress, cancelling, the budget of API calls, what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from callstation.errors import CancelledError
from callstation.sync.answers import Tally
from callstation.sync.crm import BudgetError, Crm

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.sync.context import Context

Report = Callable[[int, int, str], object]
"""(done, of how many, 0 where that is not known, what is going on)."""


def quiet(done: int, total: int, words: str) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Run:
    """One sync."""

    app: "App"
    crm: Crm
    context: "Context"
    report: Report = quiet
    is_cancelled: Callable[[], bool] = lambda: False
    tally: Tally = field(default_factory=Tally)
    received: dict[str, int] = field(default_factory=dict)
    """Object to rows taken over from the CRM."""
    conflicts: int = 0
    new_accounts: int = 0
    leaving: dict[str, int] = field(default_factory=dict)
    """Object to how many known records this run has seen go."""

    def check(self) -> None:
        """Before every request: ``CancelledError`` where the user stopped it, ``BudgetError`` at our share."""
        self.check_cancelled()
        usage, share = self.crm.usage, self.app.settings.api_share
        if usage is not None and usage.used * 100 > usage.limit * share:
            raise BudgetError(
                "Today's share of Salesforce calls is used up.",
                f"{usage.used:,} of {usage.limit:,} calls of the last 24 hours; a sync stops at {share} %.",
                "Nothing is lost; sync again later, or raise the share in the settings.",
            )

    def check_cancelled(self) -> None:
        """Between two commits: ``CancelledError`` where the user stopped it."""
        if self.is_cancelled():
            raise CancelledError

    @property
    def server_now(self) -> datetime:
        """The CRM's time, ours before its first answer."""
        return self.crm.server_time or self.app.clock.now()


EXECUTES_AT_MOST = timedelta(minutes=10)
"""How long Salesforce may still be carrying out a request whose answer was lost (salesforce.md 4.1 B)."""
