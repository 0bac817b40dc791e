"""A believable book of any size, made up from a seed: the same seed and day make the same book."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from callstation.demo import campaigns, companies, history, prices, terms
from callstation.demo.bulk import load, unindexed
from callstation.demo.places import CITIES
from callstation.errors import UserError
from callstation.renewals.kept import refresh_kept
from callstation.work import Work
from db.stored import to_micros

SMALLEST, LARGEST = 10, 1_000_000
LOAD_CACHE_MB = 400


@dataclass(frozen=True, slots=True)
class BookCounts:
    """How many rows of each noun the book has."""

    customers: int
    partners: int
    contacts: int
    contracts: int
    renewals: int
    activities: int
    callbacks: int
    campaigns: int


def make_book(
    work: Work, size: int, *, seed: int = 1, history_per_renewal: int = 10,
    on_progress: Callable[[float, str], None] | None = None,
) -> BookCounts:  # fmt: skip
    """Fill an empty store with ``size`` open renewals and all that belongs to them; run through ``app.record``.

    ``on_progress`` is told the share done (0..1) and the step. ``UserError`` where the store already holds accounts.
    """
    from callstation.calling.day import build_day
    from callstation.calling.targets import refresh_targets, settle_many

    if not SMALLEST <= size <= LARGEST:
        raise UserError("That size cannot be made.", f"{size} is not within {SMALLEST} and {LARGEST}.", "Give --size.")
    if work.row("SELECT 1 FROM account LIMIT 1") is not None:
        raise UserError(
            "This store already holds a book.",
            "A made-up book goes into an empty store only.",
            "Choose another --data.",
        )
    tell = on_progress or (lambda _share, _step: None)
    rng = random.Random(seed)  # noqa: S311  # a book from a seed, nothing secret
    raw, now = work.raw, to_micros(work.now)

    def uid(noun: str, number: int) -> str:
        """Rising with the number, so that its unique index grows at one end."""
        return f"{seed & 0xFFFFFFFF:08x}{ord(noun):04x}{number:020x}"

    kept = raw.execute("PRAGMA cache_size").fetchone()[0]
    raw.execute(f"PRAGMA cache_size = -{LOAD_CACHE_MB * 1000}")  # the whole load is one transaction
    tell(0.0, "companies")
    customers = max(1, round(size / 1.97))
    made = companies.make_companies(rng, customers, max(3, size // 60), now - history.DAY, uid)
    tell(0.1, "contracts")
    with unindexed(raw, "account", "contact", "phone", "contact_phone", "contract", "contract_line", "renewal"):
        load(raw, "account", companies.ACCOUNT_COLUMNS, made.accounts)
        load(raw, "contact", companies.CONTACT_COLUMNS, made.contacts)
        load(raw, "phone", companies.PHONE_COLUMNS, made.phones)
        load(raw, "contact_phone", companies.CONTACT_PHONE_COLUMNS, made.contact_phones)
        load(raw, "product", terms.PRODUCT_COLUMNS, terms.PRODUCT_ROWS)
        agreed = terms.make_terms(rng, made, size, work.today, now, uid)
        load(raw, "contract", terms.CONTRACT_COLUMNS, agreed.contracts)
        load(raw, "contract_line", terms.LINE_COLUMNS, agreed.lines)
        load(raw, "renewal", terms.RENEWAL_COLUMNS, agreed.renewals)
    refresh_kept(work)
    prices.add_prices(work, prices.usual_prices(), uid)
    history.close_won(work)
    history.block_some(rng, work)
    tell(0.3, "call targets")
    refresh_targets(work)
    tell(0.4, "history")
    targets = history.read_targets(work, {city.zone: city.offset_h for some in CITIES.values() for city in some})
    tallies = history.Tallies()
    with unindexed(raw, "activity"):
        rows = history.history_rows(rng, targets, work.today, history_per_renewal, uid, tallies)
        load(raw, "activity", history.ACTIVITY_COLUMNS, rows)
    history.write_tallies(work, tallies)
    tell(0.85, "callbacks and campaigns")
    owed = list(history.callback_rows(rng, work, targets, min(80, max(5, size // 40)), uid))
    load(raw, "callback", history.CALLBACK_COLUMNS, owed)
    settle_many(work, [row[4] for row in owed], is_journaled=False)
    made_campaigns = campaigns.add_campaigns(work)
    tell(0.9, "today's order")
    build_day(work)
    raw.execute(f"PRAGMA cache_size = {kept}")
    tell(1.0, "done")
    return BookCounts(
        customers, made.first_customer - 1, len(made.contacts), len(agreed.contracts), len(agreed.renewals),
        tallies.made, len(owed), made_campaigns,
    )  # fmt: skip
