"""A keychain in a file, for commands that tests start as processes of their own: chosen by PYTHON_KEYRING_BACKEND."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

PLACE = "CALLSTATION_TEST_KEYCHAIN"
"""The environment variable that names the file."""


class FileKeychain(KeyringBackend):
    """Keeps secrets as plain JSON, as no real keychain does; never chosen by keyring of itself."""

    priority = -1

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._keep(self._kept() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("no such password")
        self._keep(kept)

    def _kept(self) -> dict[str, str]:
        path = Path(os.environ[PLACE])
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found

    def _keep(self, kept: dict[str, str]) -> None:
        Path(os.environ[PLACE]).write_text(json.dumps(kept), encoding="utf-8")
