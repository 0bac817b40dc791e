"""Syncing with Salesforce without the window: the sync itself, a look first, the receipts."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, opened, printable, show, show_json, told

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.sync.overview import Overview
    from callstation.sync.receipt import Receipt

COULD_NOT, UNFINISHED = 1, 3
RECEIPT_TITLES = {
    "run_id": "Sync", "started_at": "Started", "sent": "Sent", "received": "Received", "refused": "Refused",
    "conflicts": "To decide", "requests": "Requests", "seconds": "Seconds", "agrees": "Both sides agree",
    "problem": "Ended early",
}  # fmt: skip
COUNT_TITLES = {
    "label": "Counted", "here": "Here", "there": "In Salesforce", "here_sum": "Sum here", "there_sum": "Sum there",
    "is_equal": "Agree",
}  # fmt: skip


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("sync")(told(sync))
    cli.command("receipts")(told(receipts))


def sync(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sent, field by field; no request is made.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Sync with Salesforce: send, take over, compare.

    The receipt is printed. The exit code is 0 when everything was sent and both sides agree; 1 when it could not be
    done (signed out, offline, stopped), with a sentence on stderr; 2 when it was asked wrongly; 3 when it was done
    but something needs you or still waits: a refused change, a decision, counts that differ. What you hold back does
    not count. Ctrl-C stops between two requests, and the next sync goes on from there.

    Example: callstation sync --dry-run
    """
    with opened(data) as app:
        if dry_run:
            from callstation.cli.looking import look_first

            raise typer.Exit(UNFINISHED if look_first(app, as_json=as_json) else 0)
        receipt = _run(app)
        raise typer.Exit(_tell(app, receipt, as_json=as_json))


def receipts(
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many syncs.")] = 20,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print the last syncs, the newest first.

    With --json each has its counts and sums of both sides.

    Example: callstation receipts --limit 5
    """
    from callstation.sync.receipt import receipts as read

    with opened(data) as app:
        rows = [facts_of(one) for one in app.ask(read, limit=limit)]
        if not as_json:
            for row in rows:
                row["agrees"] = row["is_balanced"] if row["counts"] else None
        show(rows, RECEIPT_TITLES, as_json=as_json, settings=app.settings, empty="There was no sync yet.")


def facts_of(receipt: "Receipt") -> dict[str, Any]:
    """A receipt for JSON; its keys are the command's promise to scripts."""
    return {
        "run_id": receipt.run_id, "started_at": receipt.started_at, "finished_at": receipt.finished_at,
        "seconds": round(receipt.took_s, 3), "sent": receipt.sent, "received": receipt.received,
        "refused": receipt.refused, "conflicts": receipt.conflicts, "waiting": receipt.waiting,
        "requests": receipt.requests, "api_used": receipt.api_used, "api_limit": receipt.api_limit,
        "sent_by_object": receipt.sent_by_object, "received_by_object": receipt.received_by_object,
        "counts": [
            {"sobject": one.sobject, "label": one.label, "here": one.here, "there": one.there,
             "here_sum": one.here_sum, "there_sum": one.there_sum, "is_equal": one.is_equal}
            for one in receipt.counts
        ],
        "is_whole": receipt.is_whole, "is_balanced": receipt.is_balanced, "problem": receipt.problem,
    }  # fmt: skip


def _run(app: "App") -> "Receipt":
    from callstation.cli.watching import progress, stopping
    from callstation.secrets import find_secrets
    from callstation.sync.opening import open_crm
    from callstation.sync.syncing import sync as run

    with stopping() as asked:

        def wait(seconds: float) -> None:
            asked.wait(seconds)  # ends with Ctrl-C

        client, user_id = open_crm(app, find_secrets(), sleep=wait)
        try:
            with progress() as report:
                return run(app, client, user_id, report=report, is_cancelled=asked.is_set)
        finally:
            client.close()


def _tell(app: "App", receipt: "Receipt", *, as_json: bool) -> int:
    """Print what a sync came to; the exit code."""
    from callstation.sync.overview import overview

    left = app.ask(overview)
    if as_json:
        show_json(
            {**facts_of(receipt), "waiting": left.waiting, "held": left.held, "attention": left.attention}
        )  # fmt: skip
    else:
        _print(app, receipt, left)
    if not receipt.is_whole:
        typer.echo(printable(receipt.problem), err=True)
        return COULD_NOT
    return UNFINISHED if left.attention or left.waiting or not receipt.is_balanced else 0


def _print(app: "App", receipt: "Receipt", left: "Overview") -> None:
    from callstation.sync.receipt import words

    typer.echo(words(receipt))
    names = {**receipt.sent_by_object, **receipt.received_by_object}
    rows = [
        {"sobject": name, "sent": receipt.sent_by_object.get(name, 0),
         "received": receipt.received_by_object.get(name, 0)}
        for name in names
    ]  # fmt: skip
    if rows:
        titles = {"sobject": "Object", "sent": "Sent", "received": "Received"}
        show(rows, titles, as_json=False, settings=app.settings)
    if receipt.counts:
        counts = [{**row, "is_equal": row["is_equal"] or "NO"} for row in facts_of(receipt)["counts"]]
        show(counts, COUNT_TITLES, as_json=False, settings=app.settings)
    if receipt.api_used is not None:
        typer.echo(f"{receipt.api_used:,} of {receipt.api_limit:,} API calls of the last 24 hours are used.")
    for many, words_of in (
        (left.waiting, "still waits" if left.waiting == 1 else "still wait"),
        (left.held, "is held back" if left.held == 1 else "are held back"),
        (left.attention, "needs you: callstation outbox" if left.attention == 1 else "need you: callstation outbox"),
    ):
        if many:
            typer.echo(f"{many:,} {words_of}.")
