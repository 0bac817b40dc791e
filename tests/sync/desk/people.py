"""Customers of a practice org, made by the dozen, and a rep who calls them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from callstation.calling.calls import log_outcome
from db.vocabulary import Disposition
from tests.sync.desk.conftest import Pair


def customers(pair: Pair, count: int) -> list[dict[str, str]]:
    """So many customers there, each with a person, a contract and an open opportunity; their ids."""
    org, made = pair.org, []
    for number in range(count):
        account = org.create("Account", {"Name": f"Customer {number:04}", "BillingCountry": "United States"})
        contact = org.create(
            "Contact",
            {"AccountId": account, "FirstName": "Pat", "LastName": f"Number{number}",
             "Phone": f"+1617555{number % 10000:04}"},
        )  # fmt: skip
        contract = org.create("Contract", {"AccountId": account, "StartDate": "2025-12-10", "ContractTerm": 12})
        opportunity = org.create(
            "Opportunity",
            {"AccountId": account, "Name": f"Renewal {number}", "StageName": "Prospecting", "CloseDate": "2026-12-09",
             "Amount": 1000 + number, "ContractId": contract},
        )  # fmt: skip
        made.append({"account": account, "contact": contact, "contract": contract, "opportunity": opportunity})
    return made


def targets(pair: Pair) -> list[int]:
    """Whom the rep calls, in the order of the accounts."""
    return [row[0] for row in pair.rows("SELECT id FROM call_target ORDER BY account_id")]


def call_all(pair: Pair, target_ids: Sequence[int], outcomes: Iterator[Disposition]) -> None:
    """One call each, a minute apart."""
    for target_id in target_ids:
        disposition = next(outcomes)
        at = pair.clock.now() + timedelta(days=1) if disposition is Disposition.CALLBACK_AGREED else None
        pair.app.do(log_outcome, target_id, disposition, note=f"Call of {target_id}", duration_s=60, at=at)
        pair.clock.advance(60)
