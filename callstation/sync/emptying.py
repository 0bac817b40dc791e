"""A pull that would empty a noun stops and asks: a lost permission looks just like everything having been deleted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from callstation.errors import UserError
from callstation.sync.context import fact, keep_fact
from callstation.sync.pulls import Pull
from callstation.work import Work

if TYPE_CHECKING:
    from callstation.sync.run import Run

GUARDED = frozenset({"Account", "Contact", "Contract", "Opportunity"})
FEW, SHARE = 10, 0.5
"""Fewer than ten of them may go without a question, and no more than half of what is known."""
ASKED, ALLOWED = "crm.emptying", "crm.emptying_allowed"
TAKEN_OVER = "The next sync takes it over."
LEFT = "Left as it is. The next sync asks again if nothing has changed."


class EmptyingError(UserError):
    """The CRM no longer shows most of what it showed: nothing of that was taken over."""


def guard(run: "Run", pull: Pull, gone: Sequence[str]) -> None:
    """``EmptyingError`` where these ids are most of what the mirror has of an object, and the rep has not agreed."""
    if pull.sobject not in GUARDED or not gone:
        return
    known, lost = run.app.ask(_counts, pull.sobject, gone)
    total = run.leaving[pull.sobject] = run.leaving.get(pull.sobject, 0) + lost
    whole = known + total - lost  # what left earlier in this run is no longer in the mirror
    if total < FEW or total <= whole * SHARE or run.app.ask(fact, ALLOWED):
        return
    run.app.record(keep_fact, ASKED, f"{pull.sobject}:{total}:{whole}")
    raise EmptyingError(
        f"Salesforce no longer shows {total:,} of your {whole:,} {pull.label}.",
        "They may have been deleted, or you may have lost the right to see them.",
        "Nothing was taken over. Ask your admin; if it is right, choose “Take it over” on the Sync page, or type: "
        "callstation outbox take-over",
    )


def allow(work: Work) -> None:
    """The rep says that it is right: the next pull takes it over, with all that hangs on it."""
    asked = fact(work, ASKED)
    if asked:
        keep_fact(work, ALLOWED, asked)
        work.derive("DELETE FROM store_fact WHERE name = ?", (ASKED,), told="sync_conflict")


def put_off(work: Work) -> None:
    """The rep leaves it: nothing is taken over, and the next pull that finds the same asks again."""
    work.derive("DELETE FROM store_fact WHERE name = ?", (ASKED,), told="sync_conflict")


def forget(work: Work) -> None:
    """A sync went through, its comparisons too: the question, and the leave for it, are done with."""
    work.derive("DELETE FROM store_fact WHERE name IN (?, ?)", (ASKED, ALLOWED))


def asked(work: Work) -> tuple[str, int, int] | None:
    """(object, how many would go, of how many) where a pull waits for an answer."""
    found = fact(work, ASKED)
    if not found:
        return None
    sobject, lost, known = found.split(":")
    return sobject, int(lost), int(known)


def _counts(work: Work, sobject: str, gone: Sequence[str]) -> tuple[int, int]:
    known = work.row("SELECT count(*) FROM crm_record WHERE sobject = ?", (sobject,))
    lost = 0
    for start in range(0, len(gone), 500):
        some = list(gone[start : start + 500])
        found = work.row(f"SELECT count(*) FROM crm_record WHERE crm_id IN ({', '.join('?' * len(some))})", some)
        lost += int(found[0]) if found else 0
    return int(known[0]) if known else 0, lost
