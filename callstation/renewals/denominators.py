"""What each source says is due in a window, and how much of it is in the book: what coverage is counted against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from callstation.accounts.importing.listed import current_lists
from callstation.accounts.importing.staging import number_key
from callstation.renewals.cover_sql import came_late_sql, loose_sql
from callstation.renewals.outside import book_numbers
from callstation.work import Work

_CRM_CONTRACTS = """
    SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM contract k WHERE k.crm_id = m.crm_id)), 0)
    FROM crm_record m WHERE m.sobject = 'Contract' AND json_extract(m.fields, '$.EndDate') BETWEEN ? AND ?"""
_CRM_OPPORTUNITIES = """
    SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM renewal r WHERE r.crm_id = m.crm_id)
                                  OR EXISTS (SELECT 1 FROM growth g WHERE g.crm_id = m.crm_id)), 0)
    FROM crm_record m WHERE m.sobject = 'Opportunity' AND json_extract(m.fields, '$.CloseDate') BETWEEN ? AND ?"""
_CRM = (("Salesforce: contracts", _CRM_CONTRACTS), ("Salesforce: opportunities", _CRM_OPPORTUNITIES))


@dataclass(frozen=True, slots=True)
class Denominator:
    """One source: its contracts due, and those of them that are in the book."""

    name: str
    due: int
    in_book: int
    is_known: bool = True
    """False for a list that was imported before its rows were kept: it counts nothing."""

    @property
    def missing(self) -> int:
        return self.due - self.in_book


def denominators(work: Work, first: date, last: date) -> tuple[Denominator, ...]:
    """The book, then each list that was imported last, then Salesforce; for what is due within both days (included)."""
    span = (first.isoformat(), last.isoformat())
    renewals = work.rows("SELECT count(*) FROM renewal WHERE due_on BETWEEN ? AND ?", span)[0][0]
    sql, values = loose_sql(work, first, last, "1")
    loose = work.rows(f"SELECT count(*) FROM ({sql} AND NOT {came_late_sql(work)})", values)[0][0]
    found = [Denominator("The book", renewals + loose, renewals + loose), *_lists(work, first, last)]
    if work.row("SELECT 1 FROM crm_record WHERE sobject IN ('Contract', 'Opportunity') LIMIT 1") is not None:
        for name, counted in _CRM:
            due, in_book = work.rows(counted, span)[0]
            found.append(Denominator(name, due, in_book))
    return tuple(found)


def _lists(work: Work, first: date, last: date) -> list[Denominator]:
    lists = current_lists(work)
    known = book_numbers(work) if lists else set()
    ends = _ends(work) if lists else {}
    found = []
    for one in lists:
        said = {key: ends_on or ends.get(key) for key, (_, ends_on) in one.taken.items()}
        due = {key for key, ends_on in said.items() if ends_on is not None and first <= ends_on <= last}
        left = {
            number_key(row.number) or f"row {row.row_number}"  # keys are in capitals
            for row in one.left
            if row.ends_on is None or first <= row.ends_on <= last
        }
        due |= left
        found.append(Denominator(one.file_name, len(due), len(due & known), is_known=one.packed is not None))
    return found


def _ends(work: Work) -> Mapping[str, date]:
    return {
        number_key(number): date.fromisoformat(ends_on)
        for number, ends_on in work.rows("SELECT number, ends_on FROM contract")
    }
