"""Growth in the world of two sides: what the rep does with it, and what has to hold at the end."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.changing import change_many
from callstation.renewals.growth import change_growth, make_growth
from callstation.renewals.state import Key
from db.vocabulary import ForecastCategory, GrowthKind, LossReason, RenewalStage
from tests.sync.desk.conftest import Pair

BEGINS = "Growth of "
"""What the title of each begins with, by which they are told from renewals there."""


class Growing:
    """The part of the world that growth is."""

    pair: Pair
    clock: ManualClock
    random: Random
    _one: Callable[[str], Any]
    _do: Callable[..., None]

    @property
    def app(self) -> App:
        return self.pair.app

    def grow(self) -> None:
        account = self._one("SELECT id FROM account")
        if account:
            self._do(
                make_growth, account[0], kind=self.random.choice(list(GrowthKind)), currency="USD",
                title=f"{BEGINS}{self.random.randint(0, 5)}", amount=Decimal(self.random.randint(1, 99)),
            )  # fmt: skip

    def change_growth(self) -> None:
        found = self._one("SELECT id FROM growth")
        if not found:
            return
        match self.random.randint(0, 6):
            case 0:
                self._do(change_many, [Key(True, found[0])], stage=RenewalStage.WON)
            case 1:
                self._do(change_many, [Key(True, found[0])], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE)
            case 2:
                self._do(change_many, [Key(True, found[0])], stage=RenewalStage.CONTACTED)
            case 3:
                self._do(change_growth, found[0], title=f"{BEGINS}{self.random.randint(6, 99)}")
            case 4:
                self._do(change_growth, found[0], category=self.random.choice(list(ForecastCategory)[1:4]))
            case 5:
                day = self.clock.now().date() + timedelta(days=self.random.randint(5, 90))
                self._do(change_growth, found[0], close_on=day, next_step=f"Step {self.random.randint(0, 9)}")
            case _:
                stage = self.random.choice((RenewalStage.QUOTED, RenewalStage.AT_RISK, RenewalStage.VERBAL_YES))
                self._do(change_growth, found[0], stage=stage, amount=Decimal(self.random.randint(1, 99)))

    def check_growth(self) -> None:
        """Each on both sides once, with the same values; what was undone here is there no longer."""
        there = {
            row["Id"]: row
            for row in self.pair.there(
                "SELECT Id, Name, Amount, CloseDate, NextStep, IsClosed, ForecastCategoryName FROM Opportunity "
                f"WHERE Name LIKE '{BEGINS}%'"
            )
        }
        kept = {row["OpportunityId"] for row in self.pair.there("SELECT OpportunityId FROM OpportunityLineItem")}
        here = self.pair.rows("SELECT crm_id, title, amount, close_on, next_step, closed_at FROM growth")
        linked = [row[0] for row in here if row[0] is not None]
        assert Counter(linked) == Counter(list(there)), "none lost, none doubled, none left behind"
        for crm_id, title, amount, close_on, next_step, closed_at in here:
            if crm_id is None:
                continue  # it was deleted there, and the rep let it go
            row = there[crm_id]
            if crm_id not in kept:  # where its products make another amount, the rep may have kept his
                assert (None if amount is None else amount / 10_000) == row["Amount"]
            assert (title, next_step) == (row["Name"], row["NextStep"])
            assert row["IsClosed"] == (closed_at is not None)
            if closed_at is None:
                assert close_on == row["CloseDate"]
        assert self.pair.rows(f"SELECT 1 FROM contract WHERE number LIKE '{BEGINS}%'") == [], "none became a renewal"
