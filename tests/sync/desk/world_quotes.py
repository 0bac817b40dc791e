"""Quotes in the world of two sides: what the rep and his colleagues do with them, and what has to hold at the end."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.expiring import expire_quotes
from callstation.quotes.quotes import accept_quote, reject_quote, send_quote
from callstation.sync.quote_attributes import STATUS_NAMES
from db.stored import from_units
from db.vocabulary import QuoteStatus
from tests.sync.desk.conftest import Pair
from tests.sync.desk.quoting import PRODUCTS, draft, newer_version

ONLY_OURS = "Wayfold & Sons"
"""A product that is in no price book there."""


class Quoting:
    """The part of the world that quotes are."""

    pair: Pair
    clock: ManualClock
    random: Random
    _one: Callable[[str], Any]
    _do: Callable[..., None]
    _there: Callable[..., str | None]
    _change_there: Callable[..., None]

    @property
    def app(self) -> App:
        return self.pair.app

    # -- the rep -------------------------------------------------------------------------------------------------

    def quote(self) -> None:
        """A quote, or a newer version of one, which mostly is sent."""
        old = self._one("SELECT id FROM quote q WHERE status NOT IN ('draft', 'superseded') AND renewal_id NOT NULL")
        if old and self.random.random() < 0.3:
            made = self.app.do(newer_version, old[0])
        else:
            renewal = self._one("SELECT id FROM renewal WHERE closed_at IS NULL")
            if renewal is None:
                return
            lines = [self._any_line() for _ in range(self.random.randint(1, 3))]
            until = self.clock.now().date() + timedelta(days=self.random.choice((1, 30)))
            made = self.app.do(draft, renewal[0], lines, valid_until=until)
            other = self._one("SELECT id FROM renewal WHERE closed_at IS NULL")
            if self.random.random() < 0.3:  # as a partner's, for several of its customers
                self.app.record(
                    lambda work: work.derive(
                        "UPDATE quote_line SET renewal_id = ? WHERE quote_id = ? AND position > 0", (other[0], made)
                    )
                )
        if self.random.random() < 0.9:
            self._do(send_quote, made)

    def _any_line(self) -> tuple[str, int, str]:
        product = self.random.choice((*PRODUCTS, *PRODUCTS, ONLY_OURS))
        return product, self.random.randint(1, 99), f"{self.random.randint(100, 99_999) / 100}"

    def answer_quote(self) -> None:
        found = self._one("SELECT id FROM quote WHERE status = 'sent'")
        if found and self.random.random() < 0.6:
            self._do(accept_quote, found[0])
        elif found:
            self._do(reject_quote, found[0], reason="Too dear")

    def run_out(self) -> None:
        self._do(expire_quotes)

    # -- the others ----------------------------------------------------------------------------------------------

    @property
    def has_quotes(self) -> bool:
        return "Quote" in self.pair.org.sobjects()

    def they_answer_quote(self) -> None:
        if self.has_quotes:
            quote = self._there("Quote", "WHERE Status = 'Presented'")
            self._change_there("Quote", quote, Status=self.random.choice(("Accepted", "Denied")))

    def they_add_product(self) -> None:
        """An opportunity's own product, from which on it is worth that."""
        opportunity, entry = self._there("Opportunity"), self._there("PricebookEntry")
        if opportunity is not None and entry is not None:
            self.clock.advance(1)
            values = {"OpportunityId": opportunity, "PricebookEntryId": entry, "Quantity": 1, "TotalPrice": 77}
            self.pair.org.create("OpportunityLineItem", {**values, "Description": "Theirs"})

    def they_delete_quote(self) -> None:
        record_id = self._there("Quote" if self.has_quotes else "OpportunityLineItem")
        if record_id is not None:
            self.clock.advance(1)
            self.pair.org.delete(record_id=record_id, sobject="Quote" if self.has_quotes else "OpportunityLineItem")

    # -- the end -------------------------------------------------------------------------------------------------

    def check_quotes(self) -> None:
        """Every quote that was sent is there once with its state and its lines, and nothing that was undone is."""
        if self.has_quotes:
            self._check_quotes()
        self._check_lines()

    def _check_quotes(self) -> None:
        there = {
            row["Id"]: row for row in self.pair.there("SELECT Id, Name, Status, TotalPrice, Description FROM Quote")
        }
        here = self.pair.rows("SELECT crm_id, number || ' v' || version, status, id FROM quote WHERE sent_at NOT NULL")
        assert set(there) == {row[0] for row in here if row[0] is not None}, "undone here and still there, or doubled"
        deleted = {
            row["Name"] for row in self.pair.there("SELECT Name FROM Quote WHERE IsDeleted = true", is_all=True)
        }  # fmt: skip
        lines = dict(
            self.pair.rows("SELECT quote_id, sum(amount) FROM quote_line WHERE crm_id NOT NULL GROUP BY quote_id")
        )
        for crm_id, name, status, quote_id in here:
            if crm_id is None:
                is_left = self.pair.rows(
                    "SELECT 1 FROM quote q JOIN renewal r ON r.id = q.renewal_id WHERE q.id = ? AND r.crm_id IS NULL",
                    quote_id,
                )
                assert status in ("expired", "superseded") or name in deleted or is_left, f"{name} never arrived"
                continue
            row = there[crm_id]
            assert (row["Name"], row["Status"]) == (name, STATUS_NAMES[QuoteStatus(status)][0] if status not in (
                "expired", "superseded") else row["Status"])  # fmt: skip
            assert row["TotalPrice"] == float(from_units(lines.get(quote_id, 0))), name
            missing = self.pair.rows(
                "SELECT count(*), coalesce(sum(product <> ?), 0) FROM quote_line WHERE quote_id = ? AND crm_id IS NULL",
                ONLY_OURS, quote_id,
            )  # fmt: skip
            assert missing[0][1] == 0, f"{name} lacks a line whose product is there"
            assert str(row["Description"]).count(ONLY_OURS) == missing[0][0], "words for each line that could not go"

    def _check_lines(self) -> None:
        sobject = "QuoteLineItem" if self.has_quotes else "OpportunityLineItem"
        found = self.pair.there(f"SELECT Id, TotalPrice, Description FROM {sobject}")
        there = {row["Id"]: row for row in found if row["Description"] != "Theirs"}
        doubled = [words for words, count in Counter(row["Description"] for row in there.values()).items() if count > 1]
        here = self.pair.rows("SELECT crm_id, amount FROM quote_line WHERE crm_id NOT NULL")
        assert set(there) == {row[0] for row in here}, f"undone here and still there, or doubled: {doubled}"
        for crm_id, amount in here:
            assert there[crm_id]["TotalPrice"] == float(from_units(amount))
        if not self.has_quotes:
            wrong = "SELECT 1 FROM quote_line l JOIN quote q ON q.id = l.quote_id WHERE l.crm_id NOT NULL"
            assert self.pair.rows(f"{wrong} AND q.status <> 'accepted'") == []
