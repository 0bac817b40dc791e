"""Secrets in the keychain or in memory: both sides keep the same promises, and neither writes a file."""

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from callstation.errors import UserError
from callstation.secrets import MOST_CHARACTERS, KeyringSecrets, SecretStore, SessionSecrets, find_secrets
from tests.keychain import Keychain, keychain

__all__ = ["keychain"]


@pytest.fixture(params=["keychain", "memory"])
def secrets(request: pytest.FixtureRequest, keychain: Keychain) -> SecretStore:
    return KeyringSecrets() if request.param == "keychain" else SessionSecrets()


def test_a_secret_comes_back_as_it_was_set(secrets: SecretStore) -> None:
    secrets.set("one", "5Aep861 with “quotes” and \n a line")
    secrets.set("two", "another")
    assert secrets.get("one") == "5Aep861 with “quotes” and \n a line"
    assert secrets.get("two") == "another"


def test_what_was_never_set_is_none(secrets: SecretStore) -> None:
    assert secrets.get("one") is None


def test_the_last_one_set_counts(secrets: SecretStore) -> None:
    secrets.set("one", "old")
    secrets.set("one", "new")
    assert secrets.get("one") == "new"


def test_a_deleted_secret_is_gone_and_may_be_deleted_again(secrets: SecretStore) -> None:
    secrets.set("one", "x")
    secrets.delete("one")
    secrets.delete("one")
    assert secrets.get("one") is None


@pytest.mark.parametrize("mark", ["x", "é", "漢"])
def test_as_many_characters_as_windows_keeps_are_taken_and_not_one_more(secrets: SecretStore, mark: str) -> None:
    secrets.set("one", mark * MOST_CHARACTERS)
    with pytest.raises(UserError, match="1,281 characters"):
        secrets.set("one", mark * (MOST_CHARACTERS + 1))
    assert secrets.get("one") == mark * MOST_CHARACTERS


def test_a_character_outside_the_first_plane_counts_twice_as_windows_counts_it(secrets: SecretStore) -> None:
    with pytest.raises(UserError, match="1,282 characters"):
        secrets.set("one", "😀" * 641)


def test_a_locked_keychain_is_a_sentence(keychain: Keychain) -> None:
    secrets = KeyringSecrets()
    secrets.set("one", "x")
    keychain.is_locked = True
    asks: list[Callable[[], object]] = [
        lambda: secrets.get("one"), lambda: secrets.set("one", "y"), lambda: secrets.delete("one"),
    ]  # fmt: skip
    for ask in asks:
        with pytest.raises(UserError, match="Unlock it"):
            ask()


def test_a_keychain_that_drops_what_it_took_is_found_out(keychain: Keychain) -> None:
    keychain.is_forgetful = True
    with pytest.raises(UserError, match="did not keep"):
        KeyringSecrets().set("one", "x")


def test_a_second_program_finds_what_the_first_kept(keychain: Keychain) -> None:
    KeyringSecrets().set("one", "x")
    assert KeyringSecrets().get("one") == "x"


def test_a_keychain_is_used_where_there_is_one(keychain: Keychain) -> None:
    found = find_secrets()
    assert isinstance(found, KeyringSecrets)
    assert found.is_lasting


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring])
def test_without_a_keychain_the_user_is_told_that_he_stays_until_he_quits(
    keychain: Keychain, kind: Callable[[], KeyringBackend]
) -> None:
    keyring.set_keyring(kind())
    found = find_secrets()
    assert isinstance(found, SessionSecrets)
    assert not found.is_lasting
    assert found.words == "No keychain on this computer: you stay signed in until you quit."


def test_a_plain_file_is_no_keychain(keychain: Keychain) -> None:
    class PlaintextKeyring(Keychain):
        pass

    PlaintextKeyring.__module__ = "keyrings.alt.file"
    keyring.set_keyring(PlaintextKeyring())
    assert isinstance(find_secrets(), SessionSecrets)


def test_nothing_is_written_to_the_disk(secrets: SecretStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    secrets.set("one", "x")
    secrets.fleeting["one"] = "y"
    assert list(tmp_path.rglob("*")) == []
