"""``callstation sync --dry-run``: what the next sync would send, field by field, without a request."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from callstation.cli.frame import printable, show, show_json

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.sync.dry_run import DryRun
    from callstation.work import Work

CHANGES = 20
"""How many changes are shown field by field."""
WOULD_SEND = {"sobject": "Object", "verb": "How", "count": "Rows"}
WOULD_NOT = {"key": "What", "title": "Whose", "why": "Why it would not go"}
VERBS = {"upsert": "made, by its key", "insert": "made", "update": "changed", "delete": "taken back"}


def look_first(app: "App", *, as_json: bool) -> bool:
    """Print it; whether something would stay behind."""
    from callstation.sync.dry_run import dry_run

    found = app.ask(dry_run)
    changes = app.ask(_changes, found)
    if as_json:
        show_json(_facts(found, changes))
    else:
        _print(app, found, changes)
    return bool(found.refused or found.blocked)


def _facts(found: "DryRun", changes: list[dict[str, Any]]) -> dict[str, Any]:
    sent = [{"sobject": name, "verb": verb, "count": count} for name, verb, count in found.by_object]
    return {
        "total": found.total, "would_send": sent, "refused": found.refused, "blocked": found.blocked,
        "settled": found.settled, "doubtful": found.doubtful, "would_not_go": _stuck(found), "changes": changes,
    }  # fmt: skip


def _stuck(found: "DryRun") -> list[dict[str, Any]]:
    return [
        {"key": f"{one.entity.value}:{one.record_id}", "entity": one.entity, "record_id": one.record_id,
         "title": one.title, "why": one.why}
        for one in found.stuck
    ]  # fmt: skip


def _changes(work: "Work", found: "DryRun") -> list[dict[str, Any]]:
    """The first changes that would go, parents first, each with its fields."""
    from callstation.sync.describing import preview

    rows = []
    for entity, record_id in found.first[:CHANGES]:
        seen = preview(work, entity, record_id)
        if seen is not None:
            rows.append(
                {"key": f"{entity.value}:{record_id}", "account": seen.title.account, "change": seen.title.what,
                 "sobject": seen.sobject, "verb": seen.verb, "fields": [asdict(line) for line in seen.lines]}
            )  # fmt: skip
    return rows


def _print(app: "App", found: "DryRun", changes: list[dict[str, Any]]) -> None:
    facts = _facts(found, changes)
    if not found.total:
        typer.echo("Nothing would be sent.")
    else:
        typer.echo(f"{found.total:,} would be sent; no request was made.")
        sent = [{**row, "verb": VERBS.get(row["verb"], row["verb"])} for row in facts["would_send"]]
        show(sent, WOULD_SEND, as_json=False, settings=app.settings)
    for one in changes:
        typer.echo(printable(", ".join(part for part in (one["account"], one["change"], one["verb"]) if part)))
        for line in one["fields"]:
            was = f"{line['was'] or 'nothing'} -> " if line["was"] or one["verb"].startswith("Changes") else ""
            typer.echo(printable(f"    {line['label']}: {was}{line['now'] or 'nothing'}"))
    if found.total > len(changes):
        typer.echo(f"And {found.total - len(changes):,} more.")
    for many, words in (
        (found.doubtful, "went out before without an answer: looked up first."),
        (found.settled, "stand in Salesforce already: they leave the outbox unsent."),
        (found.refused, "would be refused."),
        (found.blocked, "would wait for something else."),
    ):
        if many:
            typer.echo(f"{many:,} {words}")
    if found.stuck:
        show(facts["would_not_go"], WOULD_NOT, as_json=False, settings=app.settings)
