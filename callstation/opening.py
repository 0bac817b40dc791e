"""The careful way into a store: a safe place, the right version, a backup before every upgrade."""

from collections.abc import Callable
from pathlib import Path

from callstation import __version__
from callstation.app import App
from callstation.clock import Clock
from callstation.errors import UserError
from callstation.paths import Places, refuse_unsafe
from callstation.settings import load_settings
from db.engine import DatabaseError
from db.schema import SCHEMA_VERSION, StoreState, state_of, upgrade


def open_app(places: Places, *, clock: Clock | None = None, on_upgrade: Callable[[], None] | None = None) -> App:
    """Open the store of a folder, making or upgrading it first; ``on_upgrade`` is called where that takes a moment.

    Raises ``UserError`` for an unsafe place, a newer store (left byte-identical), a file that is no store, damage, and
    a store that is gone while its backups are there.
    """
    refuse_unsafe(places.root)
    places.root.mkdir(parents=True, exist_ok=True)
    try:
        is_new = state_of(places.store)[0] is StoreState.MISSING
        if is_new:
            refuse_lost(places)
        prepare(places.store, backup_folder=places.backups, on_upgrade=on_upgrade)
        app = App(places.store, settings=load_settings(places.settings), clock=clock)
        if is_new:
            from callstation.calling.campaigns import make_default_campaigns

            app.record(make_default_campaigns)
        return app
    except DatabaseError as error:
        raise damaged(places.store, str(error)) from error


def prepare(store: Path, *, backup_folder: Path, on_upgrade: Callable[[], None] | None = None) -> None:
    """Make or upgrade a store so that it has our version; does nothing, in well under a millisecond, where it has."""
    state, version = state_of(store)
    if state is StoreState.CURRENT:
        return
    if state is StoreState.NEWER:
        raise UserError(
            "This store was written by a newer Callstation.",
            f"{store} has version {version}; this program ({__version__}) knows versions up to {SCHEMA_VERSION}. "
            "It has not been touched.",
            "Install the newer Callstation, or choose another folder with --data.",
        )
    if state is StoreState.FOREIGN:
        raise damaged(store, "it does not begin like a Callstation store")
    if on_upgrade is not None:
        on_upgrade()
    backup_folder.mkdir(parents=True, exist_ok=True)
    upgrade(store, backup_to=backup_folder / f"before-upgrade-from-{version}.db")


def refuse_lost(places: Places) -> None:
    """``UserError`` where the store is gone but its backups are not: an empty one would in time displace them."""
    from callstation.backup import list_backups, made_at, newest_good

    if state_of(places.store)[0] is not StoreState.MISSING or not list_backups(places.backups):
        return
    good = newest_good(places.backups)
    raise UserError(
        "The store is missing, but there are backups.",
        f"{places.store} is {'empty' if places.store.exists() else 'not there'}; "
        + (f"the newest good backup is from {made_at(good.path):%Y-%m-%d %H:%M} UTC." if good else "none can be read."),
        ("Restore it with: callstation restore. " if good else "") + "To begin anew, move the backups folder away.",
    )


def damaged(store: Path, words: str) -> UserError:
    """The sentence for a file that cannot be read as a store."""
    return UserError(
        "This file is not a readable Callstation store.",
        f"{store}: {words}.",
        "Restore the newest good backup with: callstation restore",
    )
