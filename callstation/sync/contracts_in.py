"""Contracts and opportunities from the CRM: a contract has a renewal, and an opportunity is the work on one."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.accounts.importing.places import usual_currency
from callstation.accounts.importing.staging import OLD_DAYS
from callstation.accounts.names import plain_key
from callstation.renewals.states import free_id
from callstation.sync.attribute import NOT_SAID, plain
from callstation.sync.growth_in import growth_of, is_withdrawn, take_growth
from callstation.sync.opportunity_attributes import RENEWAL
from callstation.sync.opportunity_in import put_values
from callstation.sync.quote_lines import NOT_OURS
from callstation.sync.taking import Page, compare, find_by_key, link, name_of
from callstation.work import Work
from db.nouns import Contract, ContractLine, Product, Renewal
from db.stored import to_units
from db.vocabulary import ForecastCategory, RenewalStage, SyncEntity

DAY_OFF = 1
"""Some count the last day, some the first one after it."""
NEAR_DAYS = 45
"""An opportunity that closes within so many days of a contract's end may be its renewal."""


def take_contract(work: Work, page: Page, record: dict[str, Any]) -> dict[str, Any] | None:
    """One contract and its renewal; None where it has no end, is long over, or its account is not ours."""
    account_id = page.accounts.get(record.get("AccountId") or "")
    ends_on = date.fromisoformat(record["EndDate"]) if record.get("EndDate") else None
    if account_id is None or ends_on is None:
        return None
    number = plain(record.get("ContractNumber")) or record["Id"]
    starts_on = date.fromisoformat(record["StartDate"]) if record.get("StartDate") else None
    contract_id = page.local_ids.get(record["Id"])
    if contract_id is None:
        contract_id = _same_contract(work, account_id, record, ends_on)
        if contract_id is not None:
            link(work, "contract", contract_id, record["Id"])
    if contract_id is None:
        if ends_on < work.today - timedelta(days=OLD_DAYS):
            return None
        currency = _currency(work, account_id, page)
        contract_id = work.insert(
            Contract, uid=uuid4().hex, number=number, account_id=account_id, starts_on=starts_on, ends_on=ends_on,
            currency=currency, status=plain(record.get("Status")), crm_id=record["Id"], created_at=work.now,
        )  # fmt: skip
        _make_renewal(work, contract_id, account_id, ends_on, currency)
    else:
        was = page.bases.get(record["Id"])
        work.update(Contract, contract_id, starts_on=starts_on, ends_on=ends_on, status=plain(record.get("Status")))
        if was is None or was.fields.get("EndDate") != record["EndDate"]:
            for (renewal_id,) in work.rows(
                "SELECT id FROM renewal WHERE contract_id = ? AND closed_at IS NULL", (contract_id,)
            ):
                work.update(Renewal, renewal_id, due_on=ends_on)
    page.local_ids[record["Id"]] = contract_id
    page.taken.accounts.add(account_id)
    return {}


def take_opportunity(work: Work, page: Page, record: dict[str, Any]) -> dict[str, Any] | None:
    """One opportunity, as a renewal unless it is growth that was made here; None where its account is not ours, it was
    undone here, or it is closed and never was here."""
    account_id = page.accounts.get(record.get("AccountId") or "")
    if account_id is None or not record.get("CloseDate"):
        return None
    if record["Id"] not in page.local_ids:
        growth_id = growth_of(work, page, account_id, record)
        if growth_id is not None:
            return take_growth(work, page, growth_id, record)
        if is_withdrawn(work, page, record):
            return None
    renewal_id = page.local_ids.get(record["Id"]) or find_by_key(work, "renewal", record, page.context)
    if renewal_id is None:
        renewal_id = _same_renewal(work, account_id, record)
        if renewal_id is not None:
            link(work, "renewal", renewal_id, record["Id"])
    if renewal_id is None:
        if record.get("IsClosed"):
            return None
        renewal_id = _make_from_opportunity(work, page, account_id, record)
    found = compare(work, page, SyncEntity.RENEWAL, renewal_id, record)
    is_first, by = record["Id"] not in page.bases, name_of(work, record.get("LastModifiedById"))
    put_values(work, Renewal, renewal_id, found.take, by=by, is_first=is_first)
    page.local_ids[record["Id"]] = renewal_id
    page.taken.accounts.add(account_id)
    return found.agreed


def _same_renewal(work: Work, account_id: int, record: dict[str, Any]) -> int | None:
    """The renewal of the contract it names, else the only open one of the account near its day."""
    if record.get("ContractId"):
        found = work.row(
            "SELECT r.id FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE k.crm_id = ? "
            "AND +r.crm_id IS NULL ORDER BY r.closed_at IS NOT NULL, r.due_on DESC LIMIT 1",
            (record["ContractId"],),
        )
        if found is not None:
            return int(found[0])
    close_on = date.fromisoformat(record["CloseDate"])
    low, high = (close_on + timedelta(days=days) for days in (-NEAR_DAYS, NEAR_DAYS))
    near = work.rows(
        "SELECT id, amount, due_on FROM renewal r WHERE account_id = ? AND +crm_id IS NULL AND closed_at IS NULL "
        "AND due_on BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM sync_conflict c WHERE c.entity = 'renewal' "
        "AND c.record_id = r.id)",  # one that was deleted there waits for its decision
        (account_id, low.isoformat(), high.isoformat()),
    )
    said = record.get("Amount")
    worth = [row for row in near if row[1] is not None and said is not None and row[1] == to_units(Decimal(str(said)))]
    on_day = [row for row in near if row[2] == record["CloseDate"]]
    return next((int(some[0][0]) for some in (near, worth, on_day) if len(some) == 1), None)


def _same_contract(work: Work, account_id: int, record: dict[str, Any], ends_on: date) -> int | None:
    """The contract of ours with its number, else one that ends on its day: lists bear the vendor's own numbers."""
    numbers = [plain(record.get(name)) for name in ("ContractNumber", "Name")]
    mine = work.rows(
        "SELECT id, number, ends_on FROM contract WHERE account_id = ? AND +crm_id IS NULL ORDER BY id", (account_id,)
    )
    by_number = [row[0] for row in mine if row[1] in numbers]
    by_day = [row[0] for row in mine if abs((date.fromisoformat(row[2]) - ends_on).days) <= DAY_OFF]
    return next((int(some[0]) for some in (by_number, by_day) if some), None)


def _make_from_opportunity(work: Work, page: Page, account_id: int, record: dict[str, Any]) -> int:
    """A renewal needs a contract: the one it names, else one named after the opportunity."""
    ends_on = date.fromisoformat(record["CloseDate"])
    currency = record.get("CurrencyIsoCode") or _currency(work, account_id, page)
    named = work.row("SELECT id FROM contract WHERE crm_id = ?", (record.get("ContractId") or "",))
    contract_id = int(named[0]) if named else work.insert(
        Contract, uid=uuid4().hex, number=(plain(record.get("Name")) or record["Id"])[:80], account_id=account_id,
        ends_on=ends_on, currency=currency, created_at=work.now,
    )  # fmt: skip
    renewal_id = _make_renewal(work, contract_id, account_id, ends_on, currency)
    work.derive("UPDATE renewal SET crm_id = ? WHERE id = ?", (record["Id"], renewal_id))
    said = {one.name: one.read({**record, "~stage": None}, page.context) for one in RENEWAL if one.read is not None}
    taken = {name: value for name, value in said.items() if value is not NOT_SAID}
    put_values(work, Renewal, renewal_id, taken, is_first=True)
    return renewal_id


def _make_renewal(work: Work, contract_id: int, account_id: int, ends_on: date, currency: str) -> int:
    return work.insert(
        Renewal, id=free_id(work, is_growth=False), uid=uuid4().hex, contract_id=contract_id, account_id=account_id,
        due_on=ends_on, currency=currency, stage=RenewalStage.NOT_STARTED, category=ForecastCategory.PIPELINE,
    )  # fmt: skip


def _currency(work: Work, account_id: int, page: Page) -> str:
    found = work.row("SELECT country FROM account WHERE id = ?", (account_id,))
    return page.context.home_currency or usual_currency((found[0] if found else None) or work.settings.home_region)


def refresh_lines(work: Work, opportunity_id: str) -> None:
    """The lines of a contract that has none of its own, from the opportunity's products."""
    found = work.row("SELECT id, contract_id, quantity FROM renewal WHERE crm_id = ?", (opportunity_id,))
    if found is None:
        return
    renewal_id, contract_id, quantity = found
    lines = [
        json.loads(fields)
        for (fields,) in work.rows(
            f"SELECT fields FROM crm_record m WHERE sobject = 'OpportunityLineItem' AND parent_id = ? AND {NOT_OURS} "
            "ORDER BY crm_id",
            (opportunity_id,),
        )
    ]
    seats = sum(int(line.get("Quantity") or 0) for line in lines)
    if quantity is None and seats:
        work.update(Renewal, renewal_id, quantity=seats)
    if work.row("SELECT 1 FROM contract_line WHERE contract_id = ?", (contract_id,)) is not None:
        return
    for position, line in enumerate(lines):
        product_id = _product(work, line.get("Product2Id"))
        if product_id is not None:
            total = line.get("TotalPrice")
            work.insert(
                ContractLine, contract_id=contract_id, position=position, product_id=product_id,
                quantity=int(line.get("Quantity") or 0) or None,
                value=None if total is None else Decimal(str(total)),
            )  # fmt: skip


def _product(work: Work, product_crm_id: str | None) -> int | None:
    found = work.row("SELECT fields FROM crm_record WHERE crm_id = ?", (product_crm_id or "",))
    if found is None:
        return None
    fields = json.loads(found[0])
    key = plain_key(fields["Name"])
    known = work.row("SELECT id FROM product WHERE name_key = ?", (key,))
    if known is not None:
        return int(known[0])
    return work.insert(
        Product, name=fields["Name"], name_key=key, family=fields.get("Family"), sku=fields.get("ProductCode")
    )
