"""What is due by an imported list or by Salesforce and is not in the book: missed unless somebody looks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from callstation.accounts.importing.listed import ImportedList, current_lists
from callstation.accounts.importing.staging import number_key
from callstation.renewals.cover import Why
from callstation.work import Work

_CRM_CONTRACTS = """
    SELECT m.fields, o.fields FROM crm_record m LEFT JOIN crm_record o ON o.crm_id = m.parent_id
    WHERE m.sobject = 'Contract' AND NOT EXISTS (SELECT 1 FROM contract k WHERE k.crm_id = m.crm_id)
    AND json_extract(m.fields, '$.EndDate') BETWEEN ? AND ? ORDER BY m.crm_id"""
_CRM_OPPORTUNITIES = """
    SELECT m.fields, o.fields FROM crm_record m LEFT JOIN crm_record o ON o.crm_id = m.parent_id
    WHERE m.sobject = 'Opportunity' AND NOT EXISTS (SELECT 1 FROM renewal r WHERE r.crm_id = m.crm_id)
    AND NOT EXISTS (SELECT 1 FROM growth g WHERE g.crm_id = m.crm_id)
    AND json_extract(m.fields, '$.CloseDate') BETWEEN ? AND ? AND NOT coalesce(json_extract(m.fields, '$.IsClosed'), 0)
    AND NOT EXISTS (SELECT 1 FROM crm_record c WHERE c.crm_id = json_extract(m.fields, '$.ContractId'))
    ORDER BY m.crm_id"""


@dataclass(frozen=True, slots=True)
class Outsider:
    """A contract that another source says is due. ``ends_on`` None: the list does not say, so it may be any day."""

    why: Why
    number: str
    account: str
    ends_on: date | None
    where: str
    """"contracts.xlsx, row 12", "Salesforce, an opportunity"."""
    detail: str
    """What kept it out of the book, as far as it is known."""


def outsiders(work: Work, first: date, last: date, *, with_open: bool = False) -> tuple[Outsider, ...]:
    """Every contract due within both days (included) that is not in the book, once though several sources have it.

    ``with_open``: also what Salesforce still has open that was due before; of other old ends nobody knows whether they
    are settled.
    """
    kept: dict[str, Outsider] = {}
    for one in (*_left_out(work, first, last), *_crm_contracts(work, first, last)):
        kept.setdefault(number_key(one.number) or one.where, one)
    # Names tell opportunities from contracts, but not from one another: many are called "Renewal".
    found = _crm_opportunities(work, date.min if with_open else first, last)
    more = [one for one in found if number_key(one.number) not in kept]
    return (*kept.values(), *more)


def book_numbers(work: Work, keys: Iterable[str] | None = None) -> set[str]:
    """The numbers of all contracts as they are compared, or those of ``keys`` that there are."""
    wanted = None if keys is None else set(keys)
    if wanted is None or not all(key.isascii() for key in wanted):
        found = work.rows("SELECT number FROM contract")
    else:  # SQLite knows no other capitals than these
        found = work.rows(
            "SELECT number FROM contract WHERE upper(number) IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(wanted)),),
        )
    return {number_key(number) for (number,) in found}


def _left_out(work: Work, first: date, last: date) -> Iterator[Outsider]:
    rows = [
        (one, row)
        for one in current_lists(work)
        for row in one.left
        if row.ends_on is None or first <= row.ends_on <= last
    ]
    known = book_numbers(work, (number_key(row.number) for _, row in rows)) if rows else set()
    for one, row in rows:
        if not row.number or number_key(row.number) not in known:
            yield Outsider(
                Why.ONLY_LISTED, row.number, row.customer, row.ends_on, row_words(one, row.row_number), row.why
            )


def row_words(one: ImportedList, row_number: int) -> str:
    """Where a row stands: "contracts.xlsx, row 12"."""
    return f"{one.file_name}, row {row_number:,}"


def _crm_contracts(work: Work, first: date, last: date) -> Iterator[Outsider]:
    for fields, account in work.rows(_CRM_CONTRACTS, (first.isoformat(), last.isoformat())):
        record = json.loads(fields)
        number = str(record.get("ContractNumber") or record.get("Name") or record.get("Id") or "")
        yield _outsider(number, account, record["EndDate"], "Salesforce, a contract")


def _crm_opportunities(work: Work, first: date, last: date) -> Iterator[Outsider]:
    for fields, account in work.rows(_CRM_OPPORTUNITIES, (first.isoformat(), last.isoformat())):
        record = json.loads(fields)
        yield _outsider(str(record.get("Name") or ""), account, record["CloseDate"], "Salesforce, an opportunity")


def _outsider(number: str, account: str | None, ends: str, where: str) -> Outsider:
    name = str(json.loads(account).get("Name") or "") if account else ""
    detail = "" if account else "Its account is not here."
    return Outsider(Why.ONLY_CRM, number, name, date.fromisoformat(ends), where, detail)
