"""Sending: a look at the outbox, a request, its answers, and again until nothing is left that may go."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from callstation.sync import bulk_push
from callstation.sync.answers import CHUNK, dispute, lost, mark_sending, not_sent, record_answers, refuse, settle
from callstation.sync.crm import Answer, CrmError, LostAnswerError, Refusal, RowAnswer
from callstation.sync.incomplete import complete_again
from callstation.sync.packing import BULK_FROM, RowList, is_repeatable, lists_of, packages_of, part_of, without_the_rest
from callstation.sync.quote_links import fold_quotes, lines_again
from callstation.sync.rows import Ready, Row, Verb, fold_phones, mark_parents, read_ready
from callstation.sync.run import Run
from callstation.sync.salesforce.errors import parse_refusal, row_answer
from callstation.sync.unknown import interrupted, resolve
from callstation.work import Work
from db.vocabulary import SyncEntity

MOST_TRIES = 6
"""Attempts for a row that a lock keeps out (salesforce.md 4.1)."""
MOST_ROUNDS = 40
HOUSE_CHUNK = 500
"""Rows settled, refused or marked in one commit: a call logged meanwhile waits for no more than that."""


def push(run: Run) -> None:
    """Send everything that may go. Raises what ended it; what was answered by then is recorded."""
    bulk_push.resume(run)
    run.app.record(interrupted)
    run.app.record(fold_phones)
    run.app.record(fold_quotes, run.context)
    run.app.record(lines_again, run.context)
    run.app.record(complete_again)
    resolve(run)
    tries: Counter[tuple[Any, int]] = Counter()
    for _ in range(MOST_ROUNDS):
        ready = run.app.ask(read_ready, run.context)
        _keep_house(run, ready)
        run.tally.refused += len(ready.refused)
        rows = [row for row in ready.rows if tries[row.key] < MOST_TRIES]
        if not rows:
            if ready.new_parents:
                continue
            break
        run.tally.again.clear()
        for row in rows:
            tries[row.key] += 1
        send(run, rows)
        resolve(run)
        if run.tally.again:
            worn = [row for row in run.tally.again if tries[row.key] >= MOST_TRIES]
            run.app.record(_give_up, worn)
            run.tally.refused += len(worn)
            if len(worn) < len(run.tally.again):
                run.crm.pause(min(30.0, 0.5 * 2 ** max(tries[row.key] for row in run.tally.again)))


def send(run: Run, rows: Sequence[Row]) -> None:
    """Send rows whose parents are there: collections in composites, and what is very many of one kind by Bulk 2.0."""
    few: list[Row] = []
    many: dict[tuple[str, Verb], list[Row]] = {}
    for row in rows:
        (many.setdefault((row.sobject, row.verb), []) if bulk_push.may_carry(row) else few).append(row)
    apart = {key: some for key, some in sorted(many.items()) if len(some) >= BULK_FROM}
    few += [row for key, some in many.items() if key not in apart for row in some]
    done, total = 0, len(rows)
    for package in packages_of(lists_of(few)):
        run.check()
        run.report(done, total, "Sending to Salesforce")
        _send_package(run, package)
        done += sum(len(one.rows) for one in package)
    for (sobject, verb), some in apart.items():
        bulk_push.send(run, sobject, verb, some)
        done += len(some)
    run.report(done, total, "Sending to Salesforce")


def _send_package(run: Run, package: tuple[RowList, ...]) -> None:
    rows = run.app.record(mark_sending, [row for one in package for row in one.rows])
    package = without_the_rest(package, rows)
    if not package:
        return
    try:
        answers = run.crm.composite(
            [part_of(one, run.context) for one in package], is_repeatable=is_repeatable(package)
        )
    except LostAnswerError:
        run.app.record(lost, rows)
        raise
    except Exception:
        run.app.record(not_sent, rows)
        raise
    pairs = [pair for one, answer in zip(package, answers, strict=True) for pair in _pairs(one, answer)]
    for start in range(0, len(pairs), CHUNK):
        run.app.record(record_answers, pairs[start : start + CHUNK], run.server_now, run.tally)


def _pairs(one: RowList, answer: Answer) -> list[tuple[Row, RowAnswer]]:
    if not answer.is_ok or not isinstance(answer.body, list):
        refusal = parse_refusal(answer.body)
        if answer.status >= 500:
            refusal = Refusal("SERVER_ERROR", refusal.message)
        return [(row, RowAnswer(None, refusal=refusal)) for row in one.rows]
    if len(answer.body) != len(one.rows):
        raise CrmError(answer.status, Refusal("UNKNOWN", f"{len(answer.body)} answers to {len(one.rows)} rows"))
    return [(row, row_answer(told)) for row, told in zip(one.rows, answer.body, strict=True)]


def _keep_house(run: Run, ready: Ready) -> None:
    for at in range(0, len(ready.settled), HOUSE_CHUNK):
        run.app.record(settle, ready.settled[at : at + HOUSE_CHUNK])
    for at in range(0, len(ready.refused), HOUSE_CHUNK):
        run.app.record(_refuse_some, ready.refused[at : at + HOUSE_CHUNK])
    if ready.made_there:
        run.app.record(_ask_about, ready.made_there)
        run.conflicts += len(ready.made_there)
    parents = sorted(ready.new_parents)
    for at in range(0, len(parents), HOUSE_CHUNK):
        run.app.record(mark_parents, parents[at : at + HOUSE_CHUNK])


def _refuse_some(work: Work, refused: Sequence[tuple[SyncEntity, int, Refusal]]) -> None:
    for entity, record_id, refusal in refused:
        refuse(work, entity, record_id, refusal)


def _ask_about(work: Work, amounts: Sequence[tuple[SyncEntity, int, int, int]]) -> None:
    for entity, record_id, ours, theirs in amounts:
        dispute(work, entity, record_id, "Amount", ours, theirs, "its products")


def _give_up(work: Work, rows: Sequence[Row]) -> None:
    for row in rows:
        refuse(work, row.entity, row.record_id, Refusal("UNABLE_TO_LOCK_ROW", "Others kept it locked."))
