"""A book that was imported before it met Salesforce: what is the same on both sides becomes one, not two."""

from datetime import date
from decimal import Decimal

from callstation.calling.targets import refresh_targets
from callstation.work import Work
from tests import factories
from tests.sync.desk.conftest import Pair

ENDS = date(2026, 12, 9)


def imported(pair: Pair, *contracts: tuple[str, date, int], name: str = "Halden Robotics, Inc.") -> None:
    """One customer of a list, with contracts (number, end, value)."""

    def fill(work: Work) -> None:
        account_id = factories.account(work, name, name_key="halden robotics")
        contact_id = factories.contact(work, account_id, "Priya Raman", email="priya@halden.example")
        factories.phone(work, contact_id, f"+1617555{len(name):04}")
        for number, ends_on, value in contracts:
            contract_id = factories.contract(work, account_id, ends_on, number=number, value=Decimal(value))
            factories.renewal(work, contract_id, account_id, ends_on, amount=Decimal(value))
        refresh_targets(work)

    pair.app.record(fill)


def there(pair: Pair, **more: object) -> tuple[str, str]:
    """The same customer in Salesforce; its account and a contact whose name is written another way."""
    account = pair.org.create("Account", {"Name": "HALDEN ROBOTICS", "BillingCountry": "USA", **more})
    contact = pair.org.create(
        "Contact", {"AccountId": account, "FirstName": "P.", "LastName": "Raman", "Email": "PRIYA@halden.example"}
    )
    return account, contact


def opportunity(pair: Pair, account: str, close: str, amount: int, **more: object) -> str:
    return pair.org.create(
        "Opportunity",
        {"AccountId": account, "Name": "Renewal", "StageName": "Prospecting", "CloseDate": close, "Amount": amount,
         **more},
    )  # fmt: skip


def test_an_account_a_person_and_a_contract_are_found_to_be_the_same(pair: Pair) -> None:
    imported(pair, ("VENDOR-1", ENDS, 900))
    account, contact = there(pair)
    contract = pair.org.create("Contract", {"AccountId": account, "StartDate": "2025-12-10", "ContractTerm": 12})
    made = opportunity(pair, account, "2026-12-20", 950, ContractId=contract)
    receipt = pair.sync()
    assert receipt.problem == ""
    assert pair.rows("SELECT name, crm_id FROM account") == [("HALDEN ROBOTICS", account)]
    assert pair.rows("SELECT name, crm_id FROM contact") == [("P. Raman", contact)]
    assert pair.rows("SELECT number, crm_id FROM contract") == [("VENDOR-1", contract)]
    assert pair.rows("SELECT crm_id, amount, close_on FROM renewal") == [(made, 9_500_000, "2026-12-20")]
    assert pair.rows("SELECT renewal_count FROM call_target") == [(1,)]
    assert pair.sync().sent == 0


def test_without_contracts_there_an_opportunity_finds_its_renewal_by_day_and_worth(pair: Pair) -> None:
    imported(pair, ("A", ENDS, 900), ("B", ENDS, 500), ("C", date(2027, 6, 1), 70))
    account, _ = there(pair)
    by_worth = opportunity(pair, account, "2026-12-20", 500)
    far = opportunity(pair, account, "2027-05-20", 1)
    pair.sync()
    assert pair.rows(
        "SELECT k.number, r.crm_id FROM renewal r JOIN contract k ON k.id = r.contract_id ORDER BY k.number"
    ) == [("A", None), ("B", by_worth), ("C", far)]


def test_two_accounts_of_one_name_are_not_guessed_between(pair: Pair) -> None:
    imported(pair, ("A", ENDS, 900))
    imported(pair, ("B", ENDS, 900), name="Halden Robotics GmbH")
    there(pair)
    pair.sync()
    assert pair.rows("SELECT count(*), count(crm_id) FROM account") == [(3, 1)]


def test_the_same_name_in_another_country_is_another_account(pair: Pair) -> None:
    imported(pair, ("A", ENDS, 900))
    pair.org.create("Account", {"Name": "Halden Robotics", "BillingCountry": "Germany"})
    pair.sync()
    assert pair.rows("SELECT country, crm_id IS NULL FROM account ORDER BY country") == [("DE", 0), ("US", 1)]
