"""Documents for many accounts in one go: chosen by campaign or filter, looked at first, made, gone on with."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.documents import copy_to, format_named, kind_named, locale_named
from callstation.cli.frame import AsJson, Data, UsageError, opened, places_of, say, show, show_json, told

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.calling.campaign_filter import CampaignFilter
    from callstation.documents.batch import Chosen, Result
    from callstation.work import Work
    from db.vocabulary import FileFormat

KIND_NAMES = (
    "first-notice", "reminder", "final-notice", "lapse", "price-change", "thank-you", "agreement", "statement",
    "call-sheet",
)  # fmt: skip
NEEDS_YOU = 3
"""The exit code where documents are blocked and wait for what is missing (as ``sync`` and ``outbox`` have it)."""
BLOCKED_ROWS = 20
BLOCKED = {"account": "Account", "contract": "Contract", "problem": "Problem"}
LOOKED = {"account": "Account", "contract": "Contract", "language": "Language", "bytes": "Bytes", "problem": "Problem"}
BATCHES = {
    "batch_id": "Batch", "name": "Name", "kind": "Kind", "format": "Format", "created_at": "Ordered", "made": "Made",
    "blocked": "Blocked", "left": "Left", "folder": "Folder",
}  # fmt: skip


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("batch")(told(batch))


def batch(
    kind: Annotated[str, typer.Argument(help=f"{', '.join(KIND_NAMES)}; the batches there were without it.")] = "",
    campaign: Annotated[str, typer.Option(help="The members of this campaign, by name or number.")] = "",
    ends_within: Annotated[int | None, typer.Option(metavar="DAYS", help="Contracts that end in so many days.")] = None,
    ends_after: Annotated[int | None, typer.Option(metavar="DAYS", help="But not before so many days.")] = None,
    lapsed: Annotated[bool, typer.Option("--lapsed", help="Contracts that have ended.")] = False,
    stage: Annotated[list[str] | None, typer.Option(help="Only in this stage; may be given often.")] = None,
    partner: Annotated[list[str] | None, typer.Option(help="Only through this partner; may be given often.")] = None,
    country: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Only there; may be given often.")] = None,
    only_language: Annotated[str, typer.Option(metavar="CODE", help="Only who is written to in it, as de.")] = "",
    file_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="pdf, docx, xlsx or eml.")] = "pdf",
    language: Annotated[str, typer.Option(metavar="CODE", help="Write all of it in this one.")] = "",
    name: Annotated[str, typer.Option(help="What the batch is called.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also for those who had it already.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Look at ten and at what is missing, make none.")] = False,
    resume: Annotated[int, typer.Option(metavar="ID", help="Go on with this batch.")] = 0,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="A copy of its files goes there.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make documents for many, with an index of them.

    Who had that letter for that renewal is left out. The exit code is 3 where some are blocked for what is missing.

    Example: callstation batch reminder --ends-within 30 --preview
    """
    with opened(data) as app:
        folder = places_of(data).documents
        if resume:
            _run(app, resume, folder, out, as_json)
            return
        if not kind:
            _list(app, as_json)
            return
        wanted, kind_word = format_named(file_format), kind_named(kind, KIND_NAMES)
        from callstation.documents import batch as verbs

        saved = app.ask(_filter, ends_within, ends_after, lapsed, stage or [], partner or [], country or [])
        chosen = app.ask(
            verbs.choose, kind_word, campaign_id=_campaign(app, campaign), wanted=saved,
            language=only_language.strip().lower(), with_those_sent=again,
        )  # fmt: skip
        locale = locale_named(app, kind_word, language, None) or ""
        if preview:
            _preview(app, chosen, wanted, locale, as_json)
            return
        title = name or " ".join(part for part in (kind_word.value.replace("_", " "), campaign) if part).capitalize()
        _run(app, app.record(verbs.order, chosen, wanted, name=title, locale=locale), folder, out, as_json, chosen)


def _filter(
    work: "Work", ends_within: int | None, ends_after: int | None, is_lapsed: bool, stages: list[str],
    partners: list[str], countries: list[str],
) -> "CampaignFilter":  # fmt: skip
    from callstation.calling.campaign_filter import CampaignFilter
    from callstation.cli.whom import account_named
    from db.vocabulary import RenewalStage

    found = []
    for one in stages:
        word = one.strip().lower().replace(" ", "_").replace("-", "_")
        if word not in list(RenewalStage):
            raise UsageError(f"There is no stage “{one}”.", "", f"Choose one of: {', '.join(RenewalStage)}.")
        found.append(RenewalStage(word))
    return CampaignFilter(
        expires_from_days=ends_after if ends_after is not None or ends_within is None else 0,
        expires_to_days=ends_within, is_lapsed=is_lapsed, stages=tuple(found),
        partner_ids=tuple(account_named(work, one, only_partners=True).account_id for one in partners),
        countries=tuple(one.strip().upper() for one in countries),
    )  # fmt: skip


def _campaign(app: "App", name: str) -> int | None:
    if not name:
        return None
    from callstation.calling.campaigns import refresh_members
    from callstation.cli.calling import campaign_named

    campaign_id = app.ask(campaign_named, name)
    app.record(refresh_members, campaign_id)
    return campaign_id


def _preview(app: "App", chosen: "Chosen", file_format: "FileFormat", locale: str, as_json: bool) -> None:
    from callstation.documents import batch as verbs

    looked = verbs.preview(app, chosen, file_format, locale=locale)
    blocked = [_row(one) for one in app.ask(verbs.check, chosen, file_format, locale=locale)]
    rows = [_row(one) for one in looked]
    if as_json:
        show_json({"chosen": len(chosen.recipients), "left_out": chosen.left_out, "preview": rows, "blocked": blocked})
    else:
        typer.echo(chosen.words)
        show(rows, LOOKED, as_json=False, settings=app.settings, empty="")
        _show_blocked(app, blocked)
    if blocked:
        raise typer.Exit(NEEDS_YOU)


def _row(one: Any) -> dict[str, Any]:
    return {
        "account_id": one.recipient.account_id, "account": one.recipient.account, "contract": one.recipient.contract,
        "language": one.recipient.locale, "bytes": len(one.content) or None, "problem": one.problem,
        "missing": [field.path for field in one.fields],
    }  # fmt: skip


def _run(
    app: "App", batch_id: int, folder: Path, out: Path | None, as_json: bool, chosen: "Chosen | None" = None
) -> None:
    from callstation.documents import batch as verbs
    from callstation.documents.batches import blocked_of

    is_seen = sys.stderr.isatty()

    def tell(done: int, total: int, words: str) -> None:
        if is_seen:
            typer.echo(f"\r{done:,} of {total:,} {words[:40]:<40}", err=True, nl=False)

    try:
        result = verbs.resume(app, batch_id, folder=folder, report=tell)
    except KeyboardInterrupt as error:
        typer.echo(f"\nStopped. Go on with: callstation batch --resume {batch_id}", err=True)
        raise typer.Exit(1) from error
    if is_seen:
        typer.echo(f"\r{result.words:<60}", err=True)
    copied = [str(copy_to(path, out)) for path in _files(app, result)] if out is not None else []
    blocked = [
        {"account_id": one.account_id, "account": one.account, "contract": one.contract, "problem": one.problem}
        for one in app.ask(blocked_of, batch_id)
    ]
    left_out = f" {chosen.words.partition('. ')[2]}" if chosen is not None and chosen.left_out else ""
    say(
        f"{result.words}{left_out} They lie in {out or result.folder}; {result.index.name} lists them.",
        as_json=as_json, batch_id=batch_id, folder=str(result.folder), index=str(result.index), made=result.made,
        blocked=blocked, left=result.left, left_out=0 if chosen is None else chosen.left_out, copied=copied,
    )  # fmt: skip
    if not as_json:
        _show_blocked(app, blocked)
    if blocked:
        raise typer.Exit(NEEDS_YOU)


def _files(app: "App", result: "Result") -> list[Path]:
    rows = app.ask(
        lambda work: work.rows("SELECT path FROM document WHERE batch_id = ? ORDER BY id", (result.batch_id,))
    )
    return [*(result.folder / path.rpartition("/")[2] for (path,) in rows), result.index]


def _show_blocked(app: "App", blocked: list[dict[str, Any]]) -> None:
    if blocked:
        typer.echo(f"{len(blocked):,} {'is' if len(blocked) == 1 else 'are'} blocked:")
        show(blocked[:BLOCKED_ROWS], BLOCKED, as_json=False, settings=app.settings)
        if len(blocked) > BLOCKED_ROWS:
            typer.echo(f"And {len(blocked) - BLOCKED_ROWS:,} more; the index and --json have them all.")


def _list(app: "App", as_json: bool) -> None:
    from callstation.documents.batches import batches

    rows = [
        {
            "batch_id": one.batch_id, "name": one.name, "kind": one.kind.value, "format": one.file_format.value,
            "created_at": one.created_at.astimezone(app.zone), "made": one.made, "blocked": one.blocked,
            "left": one.left, "folder": one.folder, "state": one.state.value,
        }
        for one in app.ask(batches)
    ]  # fmt: skip
    show(rows, BATCHES, as_json=as_json, settings=app.settings, empty="No batch was made yet.")
