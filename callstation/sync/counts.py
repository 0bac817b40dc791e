"""The proof after a sync: counts and sums of both sides, side by side."""

from decimal import Decimal
from typing import Any

from callstation.sync import soql
from callstation.sync.both_sides import Count
from callstation.sync.calls_in import mine, reconcile_calls
from callstation.sync.context import Context
from callstation.sync.crm import MOST_LISTS, Answer, CrmError
from callstation.sync.pulls import PULLS, conditions, fields_of
from callstation.sync.reconcile import reconcile
from callstation.sync.run import Run
from callstation.sync.salesforce.errors import parse_refusal
from callstation.work import Work

OPEN = "Opportunity"
CALLS = "Task"
QUOTES = "Quote"
COUNTED = ("Account", "Contact", "Contract", OPEN, CALLS, QUOTES)
SUMS = {OPEN: "Amount", CALLS: "CallDurationInSeconds"}
"""What is added up, where the user may see it."""


def verify(run: Run) -> list[Count]:
    """Both sides counted; what differs is reconciled by its ids once, and counted again."""
    found = count(run)
    odd = [one.sobject for one in found if not one.is_equal]
    if not odd:
        return found
    for sobject in odd:
        if sobject == CALLS:
            reconcile_calls(run)
        else:
            reconcile(run, sobject)
    return count(run)


def count(run: Run) -> list[Count]:
    """One request for the CRM's side, one question for ours."""
    run.check()
    run.report(0, 0, "Counting both sides")
    asked = [name for name in COUNTED if fields_of(PULLS[name], run.context)]
    if not run.app.ask(_here, QUOTES)[0]:
        asked = [name for name in asked if name != QUOTES]  # it would cost a request of its own
    if run.context.field(CALLS, "CallObject") is None:
        asked = [name for name in asked if name != CALLS]
    parts = [soql.query_part(_soql(name, run.context), is_all=name == CALLS) for name in asked]
    answers: list[Answer] = []
    for start in range(0, len(parts), MOST_LISTS):
        answers += run.crm.composite(parts[start : start + MOST_LISTS], is_repeatable=True)
    found = []
    for name, answer in zip(asked, answers, strict=True):
        if not answer.is_ok:
            raise CrmError(answer.status, parse_refusal(answer.body))
        told = answer.body["records"][0]
        here, here_sum = run.app.ask(_here, name)
        there_sum = _there_sum(name, told.get("s"))
        if not _is_summed(name, run.context):
            here_sum = there_sum = None
        label = "calls" if name == CALLS else "open opportunities" if name == OPEN else PULLS[name].label
        found.append(Count(name, label, here, int(told["n"]), here_sum, there_sum))
    return found


def _soql(name: str, context: Context) -> str:
    total = f", SUM({SUMS[name]}) s" if _is_summed(name, context) else ""
    if name == CALLS:
        return f"SELECT COUNT(Id) n{total} FROM Task WHERE {mine(context)} AND IsDeleted = false"
    asked = [one for one in conditions(PULLS[name], context, is_first=True) if one != "IsDeleted = false"]
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    return f"SELECT COUNT(Id) n{total} FROM {name}{where}"


def _is_summed(name: str, context: Context) -> bool:
    return name in SUMS and context.field(name, SUMS[name]) is not None


def _there_sum(name: str, told: Any) -> str | None:
    if name == OPEN:
        return str(Decimal(str(told or 0)).quantize(Decimal("0.01")))
    return str(int(told or 0)) if name == CALLS else None


def _here(work: Work, name: str) -> tuple[int, str | None]:
    if name == CALLS:
        found = work.row(
            # its length is as it was sent: nothing changes it, and the mirror of years of calls is slow to read
            "SELECT count(*), coalesce(sum(duration_s), 0) FROM activity WHERE kind = 'call' AND crm_id NOT NULL"
        )
        assert found is not None
        return int(found[0]), str(int(found[1]))
    if name == OPEN:
        rows = work.rows(
            "SELECT json_extract(local, '$.stage'), json_extract(fields, '$.IsClosed'), "
            "json_extract(fields, '$.Amount') FROM crm_record WHERE sobject = 'Opportunity'"
        )
        amounts = [
            Decimal(str(amount or 0))
            for stage, is_closed, amount in rows
            if (stage not in ("won", "lost", "lapsed") if stage is not None else not is_closed)
        ]
        return len(amounts), str(sum(amounts, Decimal(0)).quantize(Decimal("0.01")))
    found = work.row("SELECT count(*) FROM crm_record WHERE sobject = ?", (name,))
    return (int(found[0]) if found else 0), None
