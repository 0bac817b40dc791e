"""``callstation connect`` and ``callstation disconnect`` against a practice org over real HTTP."""

import json
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callstation.__main__ import open_window, paint_window, pictures, play
from callstation.cli import Screens, make_cli
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from tests.keychain import Keychain, keychain
from tests.sync.salesforce.conftest import Browser, Practice

__all__ = ["keychain"]

OVER_HTTP = pytest.mark.parametrize("practice", ["http"], indirect=True)
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A command on a book of the test's own."""
    save_settings(Places(tmp_path).settings, Settings(time_zone="America/New_York"))
    cli = make_cli(Screens(open_window, play, pictures, paint_window))
    return lambda *words: CliRunner().invoke(cli, [*words, "--data", str(tmp_path)], catch_exceptions=False)


@OVER_HTTP
def test_a_rep_connects_and_disconnects(
    run: Run, practice: Practice, browser: Browser, keychain: Keychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", browser.open_url)
    connected = run("connect", "--host", practice.base_url)
    assert connected.exit_code == 0, connected.stderr
    assert practice.org.username in connected.stdout
    assert practice.base_url in connected.stdout
    assert len(keychain.kept) == 1
    assert not any(secret in connected.output for secret in keychain.kept.values())
    told = json.loads(run("connect", "--host", practice.base_url, "--json").stdout)
    assert told["username"] == practice.org.username
    assert told["org_id"] == practice.org.org_id
    gone = run("disconnect")
    assert gone.stdout == f"{practice.org.username} is signed out.\n"
    assert keychain.kept == {}
    assert json.loads(run("disconnect", "--json").stdout) == {"username": None, "is_revoked": False}


@OVER_HTTP
def test_without_a_browser_the_address_is_printed(
    run: Run, practice: Practice, keychain: Keychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typer

    addresses: list[str] = []
    browser, real = Browser(None), typer.echo

    def echo(message: object = None, **values: object) -> None:
        real(message, **values)  # type: ignore[arg-type]
        if "/authorize?" in str(message):
            addresses.append(str(message).splitlines()[-1])
            browser.open_url(addresses[-1])

    monkeypatch.setattr(typer, "echo", echo)
    monkeypatch.setattr(webbrowser, "open", lambda url: pytest.fail(f"opened {url}"))
    connected = run("connect", "--host", practice.base_url, "--no-browser", "--json")
    for thread in browser.threads:
        thread.join()
    assert connected.exit_code == 0, connected.stderr
    assert addresses[0] in connected.stderr
    assert json.loads(connected.stdout)["username"] == practice.org.username


def test_without_a_keychain_the_command_says_where_to_sign_in(run: Run) -> None:
    result = run("connect", "--host", "practice")
    assert result.exit_code == 1
    assert "no keychain" in result.stderr
    assert "Sync page" in result.stderr


def test_a_wrong_address_is_a_sentence(run: Run, keychain: Keychain) -> None:
    result = run("connect", "--host", "http://evil.example")
    assert result.exit_code == 1
    assert "no Salesforce address" in result.stderr


@pytest.mark.parametrize("command", ["connect", "disconnect"])
def test_the_commands_explain_themselves(run: Run, command: str) -> None:
    assert f"Example: callstation {command}" in run(command, "--help").stdout
