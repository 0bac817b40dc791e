"""Signing in to Salesforce and out again."""

from typing import Annotated

import typer

from callstation.cli.frame import AsJson, Data, opened, say, told
from callstation.errors import UserError


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("connect")(told(connect))
    cli.command("disconnect")(told(disconnect))


def connect(
    host: Annotated[
        str, typer.Option(metavar="HOST", help="production, sandbox, practice, or the address of your My Domain.")
    ] = "production",
    client_id: Annotated[
        str, typer.Option("--client-id", metavar="ID", help="The consumer key of your company's own app.")
    ] = "",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address of the sign-in page instead of opening it.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Sign in to Salesforce in your browser.

    The password stays in the browser; the key to come back lies in this computer's keychain. --host practice is a
    practice org on port 8420; one on another port is --host http://127.0.0.1:PORT.

    Example: callstation connect --host https://acme.my.salesforce.com --client-id 3MVG9
    """
    from callstation.secrets import find_secrets
    from callstation.sync.connection import sign_in
    from callstation.sync.salesforce.admin import CLIENT_ID
    from callstation.sync.salesforce.hosts import host_of

    def show_url(url: str) -> None:
        import webbrowser

        if no_browser or not webbrowser.open(url):
            typer.echo(f"Open this in your browser to sign in:\n{url}", err=True)

    address = host_of(host)
    secrets = find_secrets()
    if not secrets.is_lasting:
        raise UserError(
            "This computer has no keychain.",
            "A command ends at once, and its sign-in would end with it.",
            "Sign in on the Sync page of the window: there you stay signed in until you quit.",
        )
    with opened(data) as app:
        try:
            made = sign_in(app, secrets, address, client_id or CLIENT_ID, show_url)
        except KeyboardInterrupt as error:
            raise UserError("You are not signed in.", "It was stopped.") from error
        say(
            f"Signed in as {made.display_name or made.username} ({made.username}) at {made.instance_url}.",
            as_json=as_json, username=made.username, display_name=made.display_name, host=made.host,
            instance_url=made.instance_url, org_id=made.org_id, user_id=made.user_id,
        )  # fmt: skip


def disconnect(data: Data = None, as_json: AsJson = False) -> None:
    """Sign out of Salesforce and throw its key away.

    The book stays as it is, and so does what waits to be sent.

    Example: callstation disconnect
    """
    from callstation.secrets import find_secrets
    from callstation.sync.connection import connection, sign_out

    with opened(data) as app:
        found = app.ask(connection)
        if found is None:
            say("Nobody was signed in.", as_json=as_json, username=None, is_revoked=False)
            return
        is_revoked = sign_out(app, find_secrets())
        words = "" if is_revoked else " Salesforce could not be told; an admin can end the session there."
        say(f"{found.username} is signed out.{words}", as_json=as_json, username=found.username, is_revoked=is_revoked)
