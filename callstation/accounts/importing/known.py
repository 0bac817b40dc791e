"""What the store already knows of the things a list speaks of, read by key in a handful of statements."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from callstation.accounts.importing.products import Shelf, stored_products
from callstation.accounts.importing.staging import number_key
from callstation.accounts.names import person_key
from callstation.work import Work

_IN = "IN (SELECT value FROM json_each(?))"

ACCOUNT_COLUMNS = ("name", "street", "city", "region", "postal_code", "country", "segment", "crm_id")
CONTRACT_COLUMNS = (
    "account_id", "partner_id", "distributor", "vendor", "starts_on", "ends_on", "value", "currency", "order_number",
    "status",
)  # fmt: skip
STAMPED = (
    "account",
    "contact",
    "phone",
    "contact_phone",
    "product",
    "contract",
    "contract_line",
    "renewal",
    "price_book",
    "price_entry",
)


StoredLine = tuple[int, int, int | None, int | None]
"""Line id, product id, quantity, value."""


@dataclass(slots=True)
class Known:
    """Stored rows by the keys a list has. Accounts and contracts are tuples: id, then their columns."""

    account_ids: dict[tuple[str, str], int] = field(default_factory=dict)
    """By kind and name key."""
    crm_ids: dict[str, int] = field(default_factory=dict)
    accounts: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """id -> ``ACCOUNT_COLUMNS``, then name key."""
    contracts: dict[str, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    """Number key -> (id, ``CONTRACT_COLUMNS``)."""
    lines: dict[int, list[StoredLine]] = field(default_factory=dict)
    """By contract id."""
    renewals: dict[int, tuple[int, str, int | None, int | None, str, bool]] = field(default_factory=dict)
    """Contract id -> its latest renewal: id, due day, amount, quantity, currency, whether it is open."""
    products: Shelf = field(default_factory=Shelf)
    contacts: dict[tuple[int, str], int] = field(default_factory=dict)
    """(account id, person key or e-mail) -> id."""
    contact_details: dict[int, tuple[str, str | None, str | None]] = field(default_factory=dict)
    """id -> name, role, e-mail."""
    phones: dict[str, int] = field(default_factory=dict)
    links: dict[int, list[int]] = field(default_factory=dict)
    """Contact id -> phone ids."""
    notes: set[tuple[int, str]] = field(default_factory=set)
    """(account id, text) of notes that came with a list."""


def look_up(work: Work, numbers: Iterable[str], keys: Iterable[str], crm_ids: Iterable[str]) -> Known:
    """Contracts with their lines and renewals by number, accounts by name key or CRM id, and all products."""
    known = Known(products=stored_products(work))
    if work.row("SELECT 1 FROM account LIMIT 1") is None:
        return known
    _contracts(work, known, set(numbers))
    contract_ids = _json(found[0] for found in known.contracts.values())
    columns = f"id, kind, name_key, {', '.join(ACCOUNT_COLUMNS)}"
    owners = {found[1][0] for found in known.contracts.values()}
    for condition, values in (("name_key", set(keys)), ("crm_id", set(crm_ids)), ("id", owners)):
        missing = values - known.accounts.keys() if condition == "id" else values
        for row in work.raw.execute(f"SELECT {columns} FROM account WHERE {condition} {_IN}", (_json(missing),)):
            remember_account(known, row)
    for contract_id, *line in work.raw.execute(
        f"SELECT contract_id, id, product_id, quantity, value FROM contract_line WHERE contract_id {_IN}",
        (contract_ids,),
    ):
        known.lines.setdefault(contract_id, []).append(tuple(line))
    for contract_id, *renewal in work.raw.execute(
        f"""SELECT contract_id, id, due_on, amount, quantity, currency, closed_at IS NULL FROM renewal
            WHERE contract_id {_IN}""",
        (contract_ids,),
    ):
        other = known.renewals.get(contract_id)
        if other is None or (renewal[5], renewal[1]) > (other[5], other[1]):
            known.renewals[contract_id] = tuple(renewal)
    return known


def _contracts(work: Work, known: Known, numbers: set[str]) -> None:
    """By number as written, then in upper and lower case; of several with one number the one that ends last."""
    sql = f"SELECT number, id, {', '.join(CONTRACT_COLUMNS)} FROM contract WHERE number {_IN}"
    ends = 1 + CONTRACT_COLUMNS.index("ends_on")
    for wanted in (numbers, None):
        if wanted is None:
            left = [number for number in numbers if number_key(number) not in known.contracts]
            wanted = {text for number in left for text in (number.upper(), number.lower())} - numbers
        for number, *row in work.raw.execute(sql, (_json(wanted),)):
            other = known.contracts.get(number_key(number))
            if other is None or row[ends] > other[1][ends - 1]:
                known.contracts[number_key(number)] = (row[0], tuple(row[1:]))


def look_up_people(work: Work, known: Known, account_ids: Iterable[int], numbers: Iterable[str]) -> None:
    """Add the contacts of these accounts with their numbers, and the phones with these E.164 numbers."""
    ids = _json(account_ids)
    found = work.rows(
        f"SELECT id, account_id, name, role, email FROM contact WHERE account_id {_IN} ORDER BY is_active, id DESC",
        (ids,),
    )
    for contact_id, account_id, name, role, email in found:
        known.contact_details[contact_id] = (name, role, email)
        known.contacts[account_id, name.lower() if "@" in name else person_key(name)] = contact_id
    for contact_id, account_id, _, _, email in found:
        if email:
            known.contacts.setdefault((account_id, email.lower()), contact_id)
    for contact_id, phone_id in work.raw.execute(
        f"""SELECT l.contact_id, l.phone_id FROM contact c JOIN contact_phone l ON l.contact_id = c.id
            WHERE c.account_id {_IN}""",
        (ids,),
    ):
        known.links.setdefault(contact_id, []).append(phone_id)
    known.phones.update(work.raw.execute(f"SELECT e164, id FROM phone WHERE e164 {_IN}", (_json(numbers),)))
    known.notes.update(
        work.raw.execute(f"SELECT account_id, note FROM activity WHERE kind = 'import' AND account_id {_IN}", (ids,))
    )


def remember_account(known: Known, row: tuple[Any, ...]) -> None:
    """Add one account (id, kind, name key, ``ACCOUNT_COLUMNS``)."""
    account_id, kind, key = row[:3]
    known.accounts[account_id] = (*row[3:], key)
    known.account_ids.setdefault((kind, key), account_id)
    if row[-1]:
        known.crm_ids[row[-1]] = account_id


def stamp(work: Work) -> tuple[Any, ...]:
    """The newest id of each table an import looks at: another stamp means that a plan has to be made anew."""
    return tuple(work.row(f"SELECT max(id) FROM {table}") for table in STAMPED)


def _json(values: Iterable[Any]) -> str:
    return json.dumps(list(values))
