"""Where secrets are kept: the keychain of the operating system, or nowhere but memory; never a file."""

from typing import Any, Protocol

from callstation.errors import UserError

SERVICE = "Callstation"
"""The name under which the keychain shows our entries."""
MOST_CHARACTERS = 1_280
"""What Windows keeps of one secret: 2,560 bytes of UTF-16."""


class SecretStore(Protocol):
    """Secrets by name. Every method may raise ``UserError``: a keychain can be locked or say no."""

    fleeting: dict[str, str]
    """Secrets that end with the program on purpose (access tokens); never kept anywhere else."""

    @property
    def is_lasting(self) -> bool:
        """Whether what is set here is still there after the program ends."""
        ...

    @property
    def words(self) -> str:
        """Where secrets are kept, in a sentence for the user."""
        ...

    def get(self, name: str) -> str | None:
        """The secret of that name, None where there is none."""
        ...

    def set(self, name: str, secret: str) -> None:
        """Keep a secret, durably where ``is_lasting``; more than 1,280 characters are refused."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; one that is not there is forgotten already."""
        ...


class SessionSecrets:
    """Memory only, for a computer without a keychain."""

    is_lasting = False
    words = "No keychain on this computer: you stay signed in until you quit."

    def __init__(self) -> None:
        self.fleeting: dict[str, str] = {}
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._kept.get(name)

    def set(self, name: str, secret: str) -> None:
        _refuse_long(secret)
        self._kept[name] = secret

    def delete(self, name: str) -> None:
        self._kept.pop(name, None)


class KeyringSecrets:
    """The keychain: Windows Credential Manager, the macOS Keychain, or the desktop's Secret Service."""

    is_lasting = True
    words = "You stay signed in: the key lies in this computer's keychain."

    def __init__(self) -> None:
        import keyring
        import keyring.errors

        self.fleeting: dict[str, str] = {}
        self._keyring = keyring
        self._trouble = keyring.errors.KeyringError

    def get(self, name: str) -> str | None:
        try:
            found: str | None = self._keyring.get_password(SERVICE, name)
        except self._trouble as error:
            raise _locked(error) from error
        return found

    def set(self, name: str, secret: str) -> None:
        _refuse_long(secret)
        try:
            self._keyring.set_password(SERVICE, name, secret)
        except self._trouble as error:
            raise _locked(error) from error
        if self.get(name) != secret:  # some keychains take a write and drop it
            raise _locked("it did not keep what was written")

    def delete(self, name: str) -> None:
        if self.get(name) is None:
            return
        try:
            self._keyring.delete_password(SERVICE, name)
        except self._trouble as error:
            raise _locked(error) from error


def find_secrets() -> SecretStore:
    """The keychain where this computer has one, else memory; ``is_lasting`` and ``words`` tell which."""
    import keyring

    return KeyringSecrets() if _is_keychain(keyring.get_keyring()) else SessionSecrets()


def _is_keychain(backend: Any) -> bool:
    """Whether a backend of keyring is one of a desktop: not the failing one, not the null one, and no plain file."""
    from keyring.backends import chainer, fail, null

    if isinstance(backend, fail.Keyring | null.Keyring):
        return False
    if isinstance(backend, chainer.ChainerBackend):
        return all(_is_keychain(one) for one in backend.backends) and bool(backend.backends)
    return not type(backend).__module__.startswith("keyrings.alt")


def _refuse_long(secret: str) -> None:
    length = len(secret.encode("utf-16-le")) // 2
    if length > MOST_CHARACTERS:
        raise UserError(
            "This key is too long for a keychain.",
            f"It has {length:,} characters; {MOST_CHARACTERS:,} can be kept.",
            "Ask your Salesforce admin to let the app use opaque tokens (not JWT), then sign in again.",
        )


def _locked(error: object) -> UserError:
    return UserError(
        "The keychain of this computer did not answer.", f"{error}.", "Unlock it, allow Callstation, then do it again."
    )
