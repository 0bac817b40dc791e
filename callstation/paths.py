"""Where everything of one user lies, and which places are refused because a store there would not be safe."""

import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

from callstation.errors import UserError

SYNCED_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "box sync",
    "nextcloud",
)
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs", "webdav"})


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one store, all under one folder."""

    root: Path

    @property
    def store(self) -> Path:
        return self.root / "callstation.db"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def sample(self) -> "Places":
        """The practice book, in a store of its own."""
        return Places(self.root / "sample")


def user_places() -> Places:
    """The user's own folder: local application data, never a roaming profile."""
    from platformdirs import user_data_path

    return Places(user_data_path("Callstation", appauthor=False, roaming=False))


def refuse_unsafe(root: Path) -> None:
    """``UserError`` where a store would not be safe: a network drive, or a folder that a sync program copies."""
    where = str(root)
    hint = "Choose a folder on this computer's own disk, for example with --data."
    if where.startswith(("\\\\", "//")) or _is_network(root):
        raise UserError("The store cannot lie on a network drive.", f"{where} can lose what was saved.", hint)
    for part in PurePath(root).parts:
        if any(part.lower().startswith(name) for name in SYNCED_FOLDERS):
            raise UserError(
                "The store cannot lie in a folder that is synchronised.",
                f"{part} copies files while they are being written, which damages a database.",
                hint,
            )


def _is_network(root: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.absolute().anchor) == drive_remote)
    if sys.platform == "darwin":
        import subprocess

        lines = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout.splitlines()
        mounts = [(at.split(" (")[0], kind.split(",")[0]) for _, at, kind in (_mac_mount(line) for line in lines) if at]
    else:
        try:
            lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        mounts = [(line.split()[1].replace("\\040", " "), line.split()[2]) for line in lines]
    absolute = root.absolute()
    holding = [(at, kind) for at, kind in mounts if absolute.is_relative_to(at)]
    return bool(holding) and max(holding, key=lambda mount: len(mount[0]))[1] in NETWORK_FILE_SYSTEMS


def _mac_mount(line: str) -> tuple[str, str, str]:
    """``//host/share on /Volumes/share (smbfs, nodev)`` as (device, place, kind)."""
    device, _, rest = line.partition(" on ")
    place, _, kind = rest.rpartition(" (")
    return device, place, kind.rstrip(")")
