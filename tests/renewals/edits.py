"""Any edit of a small book, by whatever way there is, and the book row by row as the oracle."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from callstation.renewals.live import live_states
from callstation.renewals.state import Key, State
from callstation.work import Work
from db.nouns import Growth, Renewal
from db.vocabulary import ForecastCategory, GrowthKind, RenewalStage
from tests import factories


def book(work: Work) -> dict[Key, State]:
    """The oracle: every opportunity, row by row."""
    return dict(live_states(work))


def start(work: Work) -> None:
    """An account with a contract, for whatever is made later."""
    account_id = factories.account(work)
    factories.contract(work, account_id, date(2026, 12, 31))


def some_values(rng: random.Random, now: datetime) -> dict[str, Any]:
    """Any values that an opportunity may take."""
    stage = rng.choice(list(RenewalStage))
    return {
        "stage": stage,
        "category": rng.choice(list(ForecastCategory)),
        "amount": rng.choice([None, Decimal(0), Decimal(rng.randrange(10**8)) / 10_000]),
        "currency": rng.choice(["USD", "EUR"]),
        "close_on": date(2026, 9, 1) + timedelta(days=rng.randrange(400)),
        "closed_at": None if stage.is_open and rng.random() < 0.9 else now - timedelta(hours=rng.randrange(9000)),
    }


def edit(work: Work, rng: random.Random) -> None:
    """One change of the book, by whatever way there is."""
    way, values = rng.choice((0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 5)), some_values(rng, work.now)
    renewals = [row[0] for row in work.rows("SELECT id FROM renewal")]
    growths = [row[0] for row in work.rows("SELECT id FROM growth")]
    if way == 0 or not renewals:
        factories.renewal(work, 1, 1, date(2026, 9, 1) + timedelta(days=rng.randrange(400)), **values)
    elif way == 1:
        work.insert(
            Growth, uid=rng.randbytes(8).hex(), kind=GrowthKind.ADD_ON, account_id=1, title="More", created_at=work.now,
            **values,
        )  # fmt: skip
    elif way == 2 and rng.random() < 0.5:
        work.delete(Renewal, rng.choice(renewals))
    elif way == 3 and growths:
        work.update(Growth, rng.choice(growths), **values)
    elif way == 4 and rng.random() < 0.3:
        work.raw.execute(
            "UPDATE renewal SET amount = amount + 1, due_on = '2027-02-28', close_on = NULL WHERE id % 3 = 0"
        )
    elif way == 2 and growths:
        work.raw.execute("DELETE FROM growth WHERE id = ?", (rng.choice(growths),))
    else:
        name = rng.choice(list(values))
        if name != "closed_at":
            work.update(Renewal, rng.choice(renewals), **{name: values[name]})
