"""The calls: today's queue, logging an outcome, callbacks."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, say, show, told

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.work import Work
    from db.vocabulary import Disposition

DAY_S = 24 * 3600
"""Seconds in a day; no call is longer."""
QUEUE_TITLES = {
    "place": "#", "target_id": "Target", "account": "Account", "contact": "Contact", "amount": "Value",
    "days": "Days", "section": "Section", "due_at": "Due", "status": "Status", "score": "Score",
}  # fmt: skip
CALLBACK_TITLES = {
    "callback_id": "Callback", "due_at": "Due", "their_at": "Their time", "is_overdue": "Overdue", "kind": "Kind",
    "account": "Account", "contact": "Contact", "number": "Number", "note": "Note", "target_id": "Target",
}  # fmt: skip
CAMPAIGN_TITLES = {
    "campaign_id": "Campaign", "name": "Name", "kind": "Kind", "purpose": "Purpose", "weight": "Weight",
    "called": "Called", "total": "Of", "conversations": "Conversations", "done": "Done", "is_active": "Running",
}  # fmt: skip


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("queue")(told(queue))
    cli.command("log")(told(log))
    cli.command("callbacks")(told(callbacks))
    cli.command("campaigns")(told(campaigns))


def queue(
    on: Annotated[str, typer.Option("--date", metavar="DAY", help="Another day than today, as 2026-11-30.")] = "",
    why: Annotated[bool, typer.Option("--why", help="Tell why each one stands where it stands.")] = False,
    campaign: Annotated[str, typer.Option(help="Only the members of this campaign, by name or number.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many rows.")] = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print whom to call today, in order.

    Example: callstation queue --limit 20 --why
    """
    with opened(data) as app:
        rows = _queue_on_day(app, on, campaign, limit) if on else _queue(app, campaign, limit)
        if why:
            from callstation.calling.why import why as why_here

            for row in rows:
                told_why = app.ask(why_here, row["target_id"])
                row["why"], row["moves"] = told_why.words, told_why.moves
                row["parts"] = [
                    {"name": part.name, "weight": part.weight, "points": round(part.points, 1), "words": part.why}
                    for part in told_why.parts
                ]
        titles = {**QUEUE_TITLES, **({"why": "Why here", "moves": "What would move it"} if why else {})}
        show(rows, titles, as_json=as_json, settings=app.settings, empty="Nobody is left to call today.")


def _queue(app: "App", campaign: str, limit: int) -> list[dict[str, Any]]:
    from callstation.calling import queue as verbs
    from callstation.calling.day import build_day
    from callstation.calling.head import is_built
    from callstation.export.sheets import QUEUE, queue_rows

    if not app.ask(is_built):
        app.record(build_day)
    campaign_id = app.ask(campaign_named, campaign) if campaign else None

    def read(work: "Work") -> list[dict[str, Any]]:
        page = verbs.page(work, campaign_id=campaign_id, limit=limit)
        keys = [column.key for column in QUEUE]
        return [dict(zip(keys, row, strict=True)) for row in queue_rows(page, work)]

    return app.ask(read)


def _queue_on_day(app: "App", on: str, campaign: str, limit: int) -> list[dict[str, Any]]:
    """The queue as it would stand on another day, built on a copy so that today's order stays."""
    import tempfile
    from pathlib import Path

    from callstation.app import App
    from callstation.backup import copy_store
    from callstation.clock import ManualClock

    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise UsageError(f"“{on}” is no day.", "", "Write it as 2026-11-30.") from error
    local = datetime.combine(day, time(app.settings.work_starts_at), app.settings.zone)
    with tempfile.TemporaryDirectory(prefix="callstation-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "callstation.db"
        copy_store(app, copy)
        other = App(copy, settings=app.settings, clock=ManualClock(local + timedelta(hours=1)))
        try:
            return _queue(other, campaign, limit)
        finally:
            other.close()


def campaign_named(work: "Work", name: str) -> int:
    """The campaign meant by a number or by the beginning of a name."""
    found = work.rows("SELECT id, name FROM campaign WHERE is_active ORDER BY id")
    for campaign_id, one in found:
        if name == str(campaign_id) or one.casefold().startswith(name.casefold()):
            return int(campaign_id)
    names = "; ".join(one for _, one in found) or "there are none"
    raise UsageError(f"There is no campaign “{name}”.", f"The campaigns are: {names}.", "Give the beginning of a name.")


def log(
    target: Annotated[int, typer.Argument(help="The target's number, as `callstation queue` prints it.")],
    outcome: Annotated[str, typer.Argument(help="What came of the call, such as no_answer or callback_agreed.")],
    note: Annotated[str, typer.Option(help="What was said.")] = "",
    at: Annotated[str, typer.Option(help='When to call back, in their time: "tomorrow 3pm", "thu 10am".')] = "",
    reason: Annotated[str, typer.Option(help="Why they do not renew, such as price or budget.")] = "",
    competitor: Annotated[str, typer.Option(help="Whom they go to.")] = "",
    duration: Annotated[int, typer.Option(min=0, help="The call's length in seconds.")] = 0,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Log what came of a call.

    Callbacks, the renewal's stage and the place in the queue follow from the outcome.

    Example: callstation log 12 callback_agreed --at "tomorrow 3pm" --note "Back from holiday."
    """
    from callstation.calling.outcomes import LOSS_REASONS, OUTCOMES
    from db.vocabulary import Disposition, LossReason

    if duration > DAY_S:
        raise UsageError(f"A call of {duration:,} seconds is longer than a day.", "", "Give its length in seconds.")
    disposition = Disposition(_one_of(outcome, [item.value for item in OUTCOMES], "outcome"))
    loss = LossReason(_one_of(reason, [item.value for item in LOSS_REASONS], "reason")) if reason else None
    with opened(data) as app:
        from callstation.calling import dial
        from callstation.calling.calls import log_outcome

        moment = app.ask(_moment, target, at) if at else None
        evidence = dial.evidence_of(app.ask(dial.verdict, target))
        logged = app.do(
            log_outcome, target, disposition, note=note, at=moment, loss_reason=loss, competitor=competitor or None,
            duration_s=duration, evidence=evidence,
        )  # fmt: skip
        words = _done_words(disposition, logged.next_words, is_planned=logged.next_at is not None)
        say(
            f"Logged {logged.label} for {logged.account}. {words}".strip(),
            as_json=as_json, activity_id=logged.activity_id, target_id=logged.target_id, account=logged.account,
            outcome=disposition.value, next_at=logged.next_at, next_words=words,
        )  # fmt: skip


def _done_words(disposition: "Disposition", next_words: str, *, is_planned: bool) -> str:
    """What was done by the outcome, and what comes next where something is planned or left to do."""
    from callstation.calling.calls import OTHERS_WORDS
    from db.vocabulary import Disposition

    done = {
        Disposition.WRONG_NUMBER: "The number is marked dead.",
        Disposition.CONTACT_LEFT: "The contact is marked as left.",
        Disposition.ORDER_RECEIVED: "The renewal is closed as won.",
        Disposition.RENEWING_VIA_PARTNER: "The partner takes the order.",
        Disposition.NOT_RENEWING: "The renewal is closed as lost.",
        Disposition.DO_NOT_CALL: "Blocked, with the evidence kept.",
    }.get(disposition)
    if done is None:
        return next_words
    return f"{done} {next_words}." if is_planned or next_words == OTHERS_WORDS else done


def _one_of(given: str, known: list[str], what: str) -> str:
    name = given.strip().lower().replace(" ", "_").replace("-", "_")
    if name in known:
        return name
    raise UsageError(f"There is no {what} “{given}”.", "", f"Choose one of: {', '.join(known)}.")


def _moment(work: "Work", target_id: int, text: str) -> datetime:
    """A typed time in the zone of the target's account."""
    from zoneinfo import ZoneInfo

    from callstation.calling.open_hours import read_hours_key
    from callstation.calling.when import Misread, parse

    row = work.row(
        "SELECT t.hours_key, a.time_zone FROM call_target t JOIN account a ON a.id = t.account_id WHERE t.id = ?",
        (target_id,),
    )
    zones = read_hours_key(row[0])[2] if row else ()
    name = (row[1] if row else None) or next(iter(zones), None)
    found = parse(
        text, now=work.now, zone=ZoneInfo(name) if name else work.settings.zone, own_zone=work.settings.zone,
        is_day_first=work.settings.language != "en_US",
    )  # fmt: skip
    if isinstance(found, Misread):
        raise UsageError(f"“{text}” is no time we can read.", found.words, found.hint)
    return found.at


def callbacks(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many rows.")] = 100,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print what is owed, the next due first.

    Example: callstation callbacks --json
    """
    with opened(data) as app:
        from callstation.calling.callbacks import open_callbacks

        rows = [
            {
                "callback_id": one.callback_id, "due_at": one.due_at.astimezone(app.zone), "their_at": one.their_at,
                "is_overdue": one.is_overdue, "kind": one.kind.value, "account": one.account, "contact": one.contact,
                "number": one.number, "note": one.note, "target_id": one.target_id,
            }
            for one in app.ask(open_callbacks, limit=limit)
        ]  # fmt: skip
        for row in rows:
            if not as_json and row["their_at"] is not None:
                row["their_at"] = _their_words(row["their_at"], app.settings.is_24_hour)
        show(rows, CALLBACK_TITLES, as_json=as_json, settings=app.settings, empty="Nothing is owed.")


def _their_words(at: Any, is_24_hour: bool) -> str:
    from callstation.calling.clock_words import day_words, time_words, zone_place

    return f"{day_words(at.date())} {time_words(at, is_24_hour=is_24_hour)} {zone_place(str(at.tzinfo))}".strip()


def campaigns(
    closed: Annotated[bool, typer.Option("--closed", help="The closed ones too.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print the campaigns and how far each has come.

    Example: callstation campaigns --closed
    """
    with opened(data) as app:
        from callstation.calling.campaigns import switcher

        rows = [
            {
                "campaign_id": one.campaign_id, "name": one.name, "kind": one.kind.value, "purpose": one.purpose.value,
                "weight": one.weight, "called": one.progress.called, "total": one.progress.total,
                "conversations": one.progress.conversations, "done": one.progress.done, "is_active": one.is_active,
            }
            for one in app.ask(switcher, with_closed=closed)
        ]  # fmt: skip
        empty = "There are no campaigns." if closed else "No campaign is running."
        show(rows, CAMPAIGN_TITLES, as_json=as_json, settings=app.settings, empty=empty)
