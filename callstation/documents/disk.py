"""Files that are whole or not there: written beside their place, on the disk, and only then named."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock

from callstation.documents.names import numbered
from callstation.errors import UserError

PART = ".part"
"""The ending of a file that is not whole yet."""
MOST_NAMES = 1000

_naming = Lock()
"""Two jobs must not find the same name free at the same time."""


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def digest_in(path: Path) -> str | None:
    """SHA-256 of a file; None where it is not there or cannot be read."""
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return None


def write_new(path: Path, content: bytes) -> tuple[Path, bool]:
    """Write a file that overwrites no other; (where it lies, whether it is new).

    A file of that name with the same content is taken as it is; beside another one this becomes "Name (2).pdf".
    ``UserError`` where the place cannot be written; then nothing of it is left.
    """
    with told(path.parent), _naming:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = write_part(path, content)
        try:
            for number in range(1, MOST_NAMES):
                free = path.with_name(numbered(path.name, number))
                if _name(half, free):
                    sync_folder(path.parent)
                    return free, True
                if digest_in(free) == digest_of(content):
                    return free, False
        finally:
            half.unlink(missing_ok=True)
    raise UserError(
        "The file could not be named.", f"{path.parent} has {MOST_NAMES} files named {path.name}.", "Tidy that folder."
    )


def write_part(path: Path, content: bytes) -> Path:
    """Write the half-made file beside ``path`` and wait until the disk has it; ``OSError`` where it has not."""
    half = path.with_name(path.name + PART)
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise
    return half


def replace_all(halves: Sequence[tuple[Path, Path]], folder: Path) -> None:
    """Give half-made files of one folder their names, whatever stood there."""
    for half, path in halves:
        half.replace(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder; Windows keeps them without being asked."""
    if os.name == "nt":
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """What the disk refuses becomes a ``UserError`` that names the folder."""
    try:
        yield
    except OSError as error:
        raise UserError(
            "The file could not be written.",
            f"{folder}: {error.strerror or error}.",
            "Free some space, or check that the folder may be written.",
        ) from error


def _name(half: Path, path: Path) -> bool:
    """Give a half-made file its name unless that is taken; whether it was free."""
    try:
        os.link(half, path)  # one step that never overwrites, unlike a rename
        return True
    except FileExistsError:
        return False
    except OSError:  # a file system without links (exFAT)
        if path.exists():
            return False
        half.replace(path)
        return True
