"""Taking care of a store: backups, health, settings."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, places_of, say, show, show_json, told
from callstation.errors import UserError


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (backup, restore, doctor, settings):
        cli.command(command.__name__)(told(command))


def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; among the kept backups without it.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Copy the store, while calls are logged too.

    Example: callstation backup
    """
    with opened(data) as app:
        from callstation import backup as verbs

        if file is not None and file.exists():
            raise UserError(f"{file} is already there.", "", "Give another name.")
        if file is not None:
            verbs.copy_store(app, file)
        folder = places_of(data).backups
        made = file or verbs.write_backup(app, folder)
        verdict = verbs.verify(made)
        if not verdict.is_good:
            raise UserError("The backup cannot be read back.", f"{made}: {verdict.problem}.", "Check the disk.")
        # Only now that the new one is known to be good, and never without a word.
        dropped = [path.name for path in verbs.thin_out(folder, made)] if file is None else []
        say(
            f"Wrote {made} ({verdict.size / 1e6:,.1f} MB), and read it back."
            + (f" Thinned out, as newer ones stand for their time: {', '.join(dropped)}." if dropped else ""),
            as_json=as_json, file=str(made), size=verdict.size, version=verdict.version, counts=verdict.counts,
            dropped=dropped,
        )  # fmt: skip


def restore(
    file: Annotated[Path | None, typer.Argument(help="A backup; the newest good one without it.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the store's place.

    What was there is kept beside the backups.

    Example: callstation restore
    """
    from callstation import backup as verbs
    from callstation.clock import SystemClock
    from callstation.paths import refuse_unsafe

    places = places_of(data)
    refuse_unsafe(places.root)
    if not yes and not as_json:
        newest = verbs.newest_good(places.backups) if file is None else None
        which = str(newest.path if newest else file or f"the newest good backup in {places.backups}")
        typer.confirm(f"Replace {places.store} by {which}?", abort=True)
    verdict, aside = verbs.restore(places, file, SystemClock().now())
    say(
        f"Restored {verdict.path}"
        + (f", made {verdict.made_at:%Y-%m-%d %H:%M} UTC" if verdict.made_at else "")
        + f" (accounts: {verdict.counts.get('account', 0):,})."
        + (f" What was there is now {aside}." if aside else ""),
        as_json=as_json, file=str(verdict.path), kept=None if aside is None else str(aside), counts=verdict.counts,
    )  # fmt: skip


def doctor(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make search, call targets and order anew first.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Check the store's health and say what to do.

    The exit code is 1 where something is bad.

    Example: callstation doctor --rebuild
    """
    from callstation import doctor as verbs
    from callstation.clock import SystemClock
    from callstation.settings import Settings

    if rebuild:
        with opened(data) as app:
            done = app.record(verbs.rebuild)
            if not as_json:
                typer.echo("Made anew: " + "; ".join(done) + ".")
    rows = [asdict(finding) for finding in verbs.examine(places_of(data), SystemClock())]
    titles = {"check": "Check", "health": "Health", "found": "Found", "advice": "What to do"}
    show(rows, titles, as_json=as_json, settings=Settings())
    if any(row["health"] == verbs.Health.BAD for row in rows):
        raise typer.Exit(1)


def settings(
    name: Annotated[str, typer.Argument(help="Which setting; all of them without it.")] = "",
    value: Annotated[str | None, typer.Argument(help="What it shall be.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print settings, or change one.

    Several lines are one value with \\n between: callstation settings company_address "1 Quay St\\nGalway". A logo
    is checked, and copied beside the store.

    Example: callstation settings theme dark
    """
    from callstation.settings import Settings, load_settings, save_settings

    places = places_of(data)
    known = {item.name: item for item in fields(Settings)}
    kept = load_settings(places.settings)
    if name and name not in known:
        raise UsageError(f"There is no setting “{name}”.", "", f"The settings are: {', '.join(known)}.")
    if value is not None:
        typed = _typed(value, known[name].default)
        if known[name].metadata["has_lines"]:
            typed = str(typed).replace("\\n", "\n")
        if name == "company_logo" and typed:
            from callstation.documents.letterhead import keep_logo

            typed = str(keep_logo(places.root, Path(value).expanduser()))
        kept = kept.with_values(**{name: typed})
        places.root.mkdir(parents=True, exist_ok=True)
        save_settings(places.settings, kept)
    rows = [
        {"name": one, "value": getattr(kept, one), "label": item.metadata["label"], "help": item.metadata["help"]}
        for one, item in known.items()
        if name in ("", one)
    ]
    if as_json:
        show_json({row["name"]: row["value"] for row in rows})
    elif name:
        typer.echo(f"{name} = {rows[0]['value']}")
    else:
        shown: list[dict[str, Any]] = [{**row, "value": str(row["value"])} for row in rows]
        show(shown, {"name": "Setting", "value": "Value", "help": "What it does"}, as_json=False, settings=kept)


def _typed(text: str, default: object) -> object:
    """The text in the kind of the setting's default; what does not fit is left to the setting's own check."""
    if isinstance(default, bool):
        return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(
            text.lower(), text
        )
    if isinstance(default, int):
        return int(text) if text.lstrip("-").isdigit() else text
    return text
