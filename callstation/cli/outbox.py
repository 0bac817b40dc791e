"""The outbox without the window: what waits, what was refused, what is to decide, and what is done about it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, say, show, show_json, told

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.work import Work
    from db.vocabulary import SyncEntity

ON_RECORDS = ("hold", "release", "drop")
ON_ALL = ("retry-all", "create-accounts")
ON_CONFLICTS = ("keep-mine", "use-theirs")
ON_QUESTION = ("take-over", "leave")
ACTIONS = ("list", *ON_RECORDS, *ON_ALL, *ON_CONFLICTS, *ON_QUESTION)
ATTENTION_TITLES = {"key": "What", "title": "Whose", "sentence": "Why", "code": "Code", "actions": "What to type"}
WAITING_TITLES = {"key": "What", "account": "Account", "change": "Change", "marked_at": "Since", "state": "State"}


def add_to(cli: typer.Typer) -> None:
    """Add the command of this file."""
    cli.command("outbox")(told(outbox))


def outbox(
    action: Annotated[str, typer.Argument(help=f"One of: {', '.join(ACTIONS)}.")] = "list",
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="ENTITY:ID of a change, or the number of a decision.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many rows of each list.")] = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print what waits for Salesforce and what needs you.

    hold, release and drop take a change as printed, such as activity:12; drop keeps it on this computer alone.
    keep-mine and use-theirs take a decision's number. retry-all tries again what was refused; create-accounts makes
    the accounts there that changes wait for. take-over and leave answer a sync that asks because Salesforce no longer
    shows most of what it showed. Nothing is sent before the next sync.

    The list ends with exit code 3 where something needs you: a decision, a refused change, a question.

    Example: callstation outbox use-theirs 3
    """
    if action not in ACTIONS:
        raise UsageError(f"There is no action “{action}”.", "", f"Choose one of: {', '.join(ACTIONS)}.")
    if bool(what) != (action in ON_RECORDS + ON_CONFLICTS):
        needed = "an ENTITY:ID, such as activity:12" if action in ON_RECORDS else "the number of a decision"
        raise UsageError(f"{action} takes {needed if not what else 'nothing more'}.", "", "See: callstation outbox")
    with opened(data) as app:
        if action == "list":
            raise typer.Exit(_list(app, limit, as_json=as_json))
        elif action in ON_RECORDS:
            _on_record(app, action, what, as_json=as_json)
        elif action in ON_CONFLICTS:
            _on_conflict(app, action, what, as_json=as_json)
        elif action in ON_QUESTION:
            _on_question(app, action, as_json=as_json)
        else:
            _on_all(app, action, as_json=as_json)


def _list(app: "App", limit: int, *, as_json: bool) -> int:
    """Print both lists; the exit code."""
    from callstation.cli.syncing import UNFINISHED
    from callstation.sync.overview import overview

    found = app.ask(overview)
    code = UNFINISHED if found.attention else 0
    attention, waiting = app.ask(_attention, limit), app.ask(_waiting, limit)
    if as_json:
        show_json(
            {"counts": {"waiting": found.waiting, "held": found.held, "attention": found.attention},
             "attention": attention, "changes": waiting}
        )  # fmt: skip
        return code
    if attention:
        typer.echo(f"{found.attention:,} {'needs' if found.attention == 1 else 'need'} you:")
        shown = [{**row, "actions": ", ".join(row["actions"])} for row in attention]
        show(shown, ATTENTION_TITLES, as_json=False, settings=app.settings)
    if waiting:
        typer.echo(f"{found.waiting:,} to send" + (f", {found.held:,} held back:" if found.held else ":"))
    empty = "" if attention else "Nothing waits for Salesforce, and nothing needs you."
    show(waiting, WAITING_TITLES, as_json=False, settings=app.settings, empty=empty)
    return code


def _attention(work: "Work", limit: int) -> list[dict[str, Any]]:
    from callstation.sync.failures import Mend
    from callstation.sync.overview import attention

    rows = []
    for one in attention(work, limit=limit):
        if one.conflict_id is not None:
            key, actions = f"decision {one.conflict_id}", [f"{name} {one.conflict_id}" for name in ON_CONFLICTS]
        elif one.entity is not None:
            key = f"{one.entity.value}:{one.record_id}"
            making = ["create-accounts"] if Mend.CREATE_ACCOUNT in one.mends else []
            actions = [*making, f"release {key}", f"drop {key}"]
        else:
            key, actions = "question", list(ON_QUESTION)  # a pull that asks
        found = None if one.entity is None else _refusal(work, one.entity, one.record_id)
        rows.append(
            {"key": key, "entity": one.entity, "record_id": one.record_id or None, "conflict_id": one.conflict_id,
             "title": one.title, "sentence": one.sentence, "code": found, "note": one.small, "actions": actions}
        )  # fmt: skip
    return rows


def _refusal(work: "Work", entity: "SyncEntity", record_id: int) -> str:
    from callstation.sync.outbox import entry_of

    entry = entry_of(work, entity, record_id)
    return str(entry["code"]) if entry else ""


def _waiting(work: "Work", limit: int) -> list[dict[str, Any]]:
    from callstation.sync.overview import waiting

    return [
        {"key": f"{one.entity.value}:{one.record_id}", "entity": one.entity, "record_id": one.record_id,
         "account": one.title.account, "change": one.said, "marked_at": one.marked_at, "state": one.state}
        for one in waiting(work, limit=limit)
    ]  # fmt: skip


def _on_record(app: "App", action: str, what: str, *, as_json: bool) -> None:
    from callstation.sync import mending
    from callstation.sync import outbox as verbs

    entity, record_id = app.ask(_change, what)
    verb = {"hold": verbs.hold, "release": verbs.release, "drop": mending.keep_local}[action]
    app.do(verb, entity, record_id)
    say(f"{app.undo_label or 'It was so already'}.", as_json=as_json, action=action, entity=entity, record_id=record_id)


def _change(work: "Work", what: str) -> tuple["SyncEntity", int]:
    """A change that stands in the outbox, from "activity:12"."""
    from callstation.errors import UserError
    from callstation.sync.outbox import entry_of
    from db.vocabulary import SyncEntity

    name, _, number = what.partition(":")
    if name not in list(SyncEntity) or not number.isdecimal():
        names = ", ".join(SyncEntity)
        raise UsageError(f"“{what}” is no change.", f"ENTITY is one of: {names}.", "Write it as activity:12.")
    entity, record_id = SyncEntity(name), int(number)
    if entry_of(work, entity, record_id) is None:
        raise UserError(f"{what} is not in the outbox.", "", "It may have been sent; see: callstation outbox")
    return entity, record_id


def _on_conflict(app: "App", action: str, what: str, *, as_json: bool) -> None:
    from callstation.sync import conflicts

    if not what.isdecimal():
        raise UsageError(f"“{what}” is no number of a decision.", "", "See: callstation outbox")
    verb = conflicts.keep_mine if action == "keep-mine" else conflicts.use_theirs
    app.do(verb, int(what))
    say(f"{app.undo_label}.", as_json=as_json, action=action, conflict_id=int(what))


def _on_question(app: "App", action: str, *, as_json: bool) -> None:
    from callstation.errors import UserError
    from callstation.sync import emptying

    if app.ask(emptying.asked) is None:
        raise UserError("No sync asks anything.", "", "See: callstation outbox")
    is_right = action == "take-over"
    app.do(emptying.allow if is_right else emptying.put_off)
    say(emptying.TAKEN_OVER if is_right else emptying.LEFT, as_json=as_json, action=action)


def _on_all(app: "App", action: str, *, as_json: bool) -> None:
    from callstation.sync import mending
    from callstation.sync import outbox as verbs

    many = app.do(verbs.release_all if action == "retry-all" else mending.create_accounts)
    words = app.undo_label if many else "There was nothing to do"
    say(f"{words}.", as_json=as_json, action=action, count=many)
