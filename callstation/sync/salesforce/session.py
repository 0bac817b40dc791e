"""The right to ask: an access token in memory, and a refresh token in the keychain that brings the next one."""

import threading
from dataclasses import dataclass

from callstation.secrets import SecretStore
from callstation.sync.crm import SignInError
from callstation.sync.salesforce import oauth
from callstation.sync.salesforce.errors import signed_out
from callstation.sync.salesforce.wire import Wire

_TURN = threading.Lock()
"""One refresh at a time in the whole program: two with one rotating token would end the session."""


@dataclass(slots=True)
class Session:
    """A signed-in user. Many sessions and threads may share one ``secrets`` and ``name``."""

    host: str
    instance_url: str
    client_id: str
    secrets: SecretStore
    name: str
    """The name of the refresh token in ``secrets``, and of the access token among its fleeting ones."""

    def token(self, wire: Wire) -> str:
        """The access token; asks for one where the program has none yet."""
        return self.secrets.fleeting.get(self.name) or self.renew(wire, None)

    def renew(self, wire: Wire, dead: str | None) -> str:
        """An access token other than the ``dead`` one; ``SignInError`` where only signing in again helps."""
        with _TURN:
            known = self.secrets.fleeting.get(self.name)
            if known and known != dead:
                return known  # another thread was faster
            self.secrets.fleeting.pop(self.name, None)
            tokens = self._refreshed(wire)
            self.secrets.fleeting[self.name] = tokens.access_token
            self.instance_url = tokens.instance_url
            return tokens.access_token

    def _refreshed(self, wire: Wire) -> oauth.Tokens:
        kept = self._kept()
        try:
            tokens = oauth.refresh(wire, self.host, self.client_id, kept)
        except SignInError:
            # another Callstation of this user may have rotated it between our look and our request
            if (now := self._kept()) == kept:
                raise
            kept = now
            tokens = oauth.refresh(wire, self.host, self.client_id, kept)
        if tokens.refresh_token and tokens.refresh_token != kept:
            self.secrets.set(self.name, tokens.refresh_token)  # before the access token is used: the old one is dead
        return tokens

    def _kept(self) -> str:
        kept = self.secrets.get(self.name)
        if kept is None:
            raise signed_out("This computer has no key for Salesforce.")
        return kept
