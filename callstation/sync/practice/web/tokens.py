"""Sessions, refresh tokens and authorization codes: kept by their hash alone, so that a copied file signs nobody in."""

import hashlib
import json
import secrets
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

CODE_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Grant:
    """What one token stands for. ``kind`` is ``access``, ``refresh`` or ``code``; one sign-in is one ``family``."""

    kind: str
    client_id: str
    scope: str
    family: str
    issued_at: str
    redirect_uri: str = ""
    challenge: str = ""


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Tokens:
    """All that is valid, in memory and, with a ``path``, in a table of that SQLite file."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._grants: dict[str, Grant] = {}
        self._raw = None
        if path is not None:
            from db.engine import connect

            self._raw = connect(path)
            self._raw.execute("CREATE TABLE IF NOT EXISTS web_grant (hash TEXT PRIMARY KEY, facts TEXT NOT NULL)")
            for digest, facts in self._raw.execute("SELECT hash, facts FROM web_grant"):
                self._grants[digest] = Grant(**json.loads(facts))

    def close(self) -> None:
        with self._lock:
            if self._raw is not None:
                self._raw.close()
                self._raw = None

    def issue(self, token: str, grant: Grant) -> str:
        with self._lock:
            self._grants[hashed(token)] = grant
            if self._raw is not None:
                facts = json.dumps(asdict(grant))
                self._raw.execute("INSERT OR REPLACE INTO web_grant VALUES (?, ?)", (hashed(token), facts))
        return token

    def find(self, token: str, *kinds: str) -> Grant | None:
        grant = self._grants.get(hashed(token))
        return grant if grant is not None and grant.kind in kinds else None

    def take(self, token: str, kind: str) -> Grant | None:
        """Find and end in one step: what works once."""
        with self._lock:
            grant = self.find(token, kind)
            if grant is not None:
                self._end([hashed(token)])
            return grant

    def revoke(self, token: str) -> bool:
        """End a session, or with its refresh token the whole sign-in."""
        with self._lock:
            grant = self.find(token, "access", "refresh")
            if grant is None:
                return False
            whole = grant.kind == "refresh"
            self._end([one for one, held in self._grants.items() if whole and held.family == grant.family])
            self._end([hashed(token)])
            return True

    def expire_sessions(self) -> None:
        """Every access token ends; refresh tokens live on."""
        with self._lock:
            self._end([one for one, held in self._grants.items() if held.kind == "access"])

    def _end(self, digests: list[str]) -> None:
        for digest in digests:
            self._grants.pop(digest, None)
        if self._raw is not None:
            self._raw.executemany("DELETE FROM web_grant WHERE hash = ?", [(digest,) for digest in digests])


def new_session(
    tokens: Tokens, org_id: str, now: datetime, *, client_id: str, scope: str, family: str = ""
) -> tuple[str, str]:
    """A new access token (``00D<12>!<opaque>``) of a sign-in, a new one without ``family``; also its family."""
    family = family or secrets.token_hex(8)
    token = f"{org_id[:15]}!{secrets.token_urlsafe(72).replace('-', '.')}"
    tokens.issue(token, Grant("access", client_id, scope, family, now.isoformat()))
    return token, family


def new_refresh_token(tokens: Tokens, now: datetime, *, client_id: str, scope: str, family: str) -> str:
    token = f"5Aep861{secrets.token_urlsafe(60)}"
    return tokens.issue(token, Grant("refresh", client_id, scope, family, now.isoformat()))
