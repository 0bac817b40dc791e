"""The command that serves the practice org, until it is told to end."""

import json
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import UsageError, told
from callstation.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callstation.sync.practice.custom import CustomField
    from callstation.sync.practice.org import Org

FILE_NAME = "practice-org.db"


def add_to(cli: typer.Typer) -> None:
    """Add the command of this file."""
    cli.command("practice-org")(told(practice_org))


def practice_org(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on this computer; 0 picks a free one.")] = 8420,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="The folder that keeps it; in memory without it.")
    ] = None,
    seed_from_demo: Annotated[bool, typer.Option("--seed-from-demo", help="Fill it from the practice book.")] = False,
    auto_approve: Annotated[bool, typer.Option("--auto-approve", help="Sign in without the Allow page.")] = False,
    rotate: Annotated[bool, typer.Option("--rotate", help="Each refresh token works once.")] = False,
    without_quotes: Annotated[
        bool, typer.Option("--without-quotes", help="An org whose admin has not switched quotes on.")
    ] = False,
    custom_field: Annotated[
        list[str] | None,
        typer.Option("--custom-field", metavar="FIELD", help="Add a field; may be given several times."),
    ] = None,
) -> None:
    """Serve a practice Salesforce org on this computer.

    It answers on loopback only. When it is ready it prints one line of JSON: base_url, access_token, client_id and
    more. Without --data it forgets everything at the end; with it the org is kept in that folder.

    Example: callstation practice-org --port 0 --custom-field "Account.External_Id__c:Text(64):external,unique"
    """
    from callstation.clock import SystemClock
    from callstation.sync.practice.org import Org
    from callstation.sync.practice.server import PracticeServer
    from callstation.sync.practice.web import Options, make_app

    clock = SystemClock()
    fields = _fields(custom_field or (), has_quotes=not without_quotes)
    path = None
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        path = data / FILE_NAME
    with ExitStack() as stack:
        org = Org(path, clock, custom_fields=fields, has_quotes=not without_quotes)
        stack.callback(org.close)
        if seed_from_demo:
            _seed(org)
        options = Options(is_auto_approved=auto_approve, is_rotating=rotate, tokens=path)
        app = make_app(org, clock, options=options)
        stack.callback(app.close)
        try:
            server = PracticeServer(app, port)
        except OSError as error:
            raise UserError(f"Port {port} cannot be used.", str(error), "Choose another with --port.") from error
        stack.callback(server.close)
        signal.signal(signal.SIGTERM, _end)
        typer.echo(json.dumps(app.first_session(server.base_url)))
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            return


def _fields(lines: "Sequence[str]", *, has_quotes: bool) -> "list[CustomField]":
    """The fields as written; ``UsageError`` where one is not understood or has no object to stand on."""
    from callstation.sync.practice.custom import CustomField
    from callstation.sync.practice.schema import Schema

    try:
        fields = [CustomField.parse(line) for line in lines]
        Schema(fields, has_quotes=has_quotes)
    except UserError as error:
        raise UsageError(error.title, error.detail, error.hint) from error
    return fields


def _end(*_: Any) -> None:
    raise KeyboardInterrupt


def _seed(org: "Org") -> None:
    """The practice book, made in a store that is gone afterwards, copied into an org that has no accounts yet."""
    from tempfile import TemporaryDirectory

    from callstation.demo.practice import open_practice
    from callstation.paths import Places
    from callstation.sync.practice.seed import seed_from_store

    if org.count("Account"):
        return
    with TemporaryDirectory(prefix="callstation-") as folder:
        book = open_practice(Places(Path(folder)))
        try:
            seed_from_store(org, book)
        finally:
            book.close()
