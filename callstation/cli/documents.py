"""Documents: letters, agreements, statements and call sheets for one account, and what was made for it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, places_of, printable, say, show, told

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.cli.whom import Whom
    from db.vocabulary import DocumentKind, FileFormat

LETTER_NAMES = ("first-notice", "reminder", "final-notice", "lapse", "price-change", "thank-you")
TITLES = {
    "document_id": "Document", "made_at": "Made", "title": "Title", "format": "Format", "language": "Language",
    "contact": "Contact", "file": "File", "state": "State",
}  # fmt: skip
Contract = Annotated[str, typer.Option(metavar="NUMBER", help="Which contract; the one that ends first without it.")]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="pdf, docx (Word) or eml (e-mail draft).")]
Language = Annotated[str, typer.Option(metavar="CODE", help="de or de_AT; the account's own without it.")]
Out = Annotated[Path | None, typer.Option(metavar="PATH", help="A copy goes there, a folder or a file.")]
Account = Annotated[str, typer.Argument(help="The account: its number, its name or a part of it.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("letter")(told(letter))
    cli.command("agreement")(told(agreement))
    cli.command("statement")(told(statement))
    cli.command("call-sheet")(told(call_sheet))
    cli.command("documents")(told(documents))


def letter(
    kind: Annotated[str, typer.Argument(help=f"{', '.join(LETTER_NAMES)}.")],
    account: Account,
    contract: Contract = "",
    file_format: Format = "pdf",
    language: Language = "",
    out: Out = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a renewal letter and file it.

    What it says and does not know is named, and nothing is made.

    Example: callstation letter reminder "Halden Robotics" --format docx
    """
    _make(kind_named(kind, LETTER_NAMES), account, contract, file_format, language, out, data, as_json)


def agreement(
    account: Account,
    contract: Contract = "",
    file_format: Format = "pdf",
    language: Language = "",
    out: Out = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a renewal agreement and file it.

    Example: callstation agreement "Halden Robotics" --contract C-1003
    """
    _make(kind_named("agreement"), account, contract, file_format, language, out, data, as_json)


def statement(
    partner: Annotated[str, typer.Argument(help="The partner: its number, its name or a part of it.")],
    file_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="pdf, xlsx or eml.")] = "pdf",
    language: Language = "",
    out: Out = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a partner's statement of expiring contracts.

    Example: callstation statement "Meridian IT" --format xlsx
    """
    _make(kind_named("statement"), partner, "", file_format, language, out, data, as_json)


def call_sheet(
    account: Account,
    language: Language = "",
    out: Out = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a one-page sheet for a call and file it.

    Example: callstation call-sheet "Halden Robotics" --out .
    """
    _make(kind_named("call-sheet"), account, "", "pdf", language, out, data, as_json)


def documents(
    account: Annotated[str, typer.Argument(help="The account; without it the latest of all, reports among them.")] = "",
    again: Annotated[int, typer.Option("--again", metavar="ID", help="Write the file of this document again.")] = 0,
    missing: Annotated[bool, typer.Option("--missing", help="Write every file that is missing again.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many rows.")] = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print what was made for an account.

    A file that is missing or was changed is named; --again makes it from its data, the same byte for byte.

    Example: callstation documents "Halden Robotics"
    """
    with opened(data) as app:
        from callstation.documents import filing

        folder = places_of(data).documents
        if again:
            path = filing.put_back(app, again, folder=folder)
            say(f"Made {path} again.", as_json=as_json, document_id=again, file=str(path))
            return
        if missing:
            _put_all_back(app, folder, as_json)
            return
        if account:
            from callstation.cli.whom import account_named

            found = app.ask(filing.documents_of, app.ask(account_named, account).account_id)
        else:
            found = app.ask(filing.recent_documents, limit=limit)
        states = app.ask(filing.states_of, folder, [one.document_id for one in found])
        rows: list[dict[str, Any]] = [
            {
                "document_id": one.document_id, "made_at": one.made_at.astimezone(app.zone), "title": one.title,
                "kind": one.kind.value, "format": one.file_format.value, "language": one.language,
                "contact": one.contact, "file": str(filing.file_of(folder, one.path)),
                "state": states.get(one.document_id, ""), "batch_id": one.batch_id,
            }
            for one in found[:limit]
        ]  # fmt: skip
        show(rows, TITLES, as_json=as_json, settings=app.settings, empty="No document was made yet.")


def _put_all_back(app: "App", folder: Path, as_json: bool) -> None:
    """Every missing file, made again from its data; what cannot be made the same is named, and the exit code is 1."""
    from callstation.documents import filing
    from callstation.errors import UserError

    written, failed = [], []
    for document_id, state in app.ask(filing.states_of, folder).items():
        if state != "missing":
            continue
        try:
            written.append(str(filing.put_back(app, document_id, folder=folder)))
        except UserError as error:
            failed.append({"document_id": document_id, "why": f"{error.title} {error.detail}".strip()})
    say(f"Made {len(written):,} again.", as_json=as_json, files=written, failed=failed)
    if failed:
        for one in failed:
            typer.echo(f"Document {one['document_id']}: {printable(str(one['why']))}", err=True)
        raise typer.Exit(1)


def kind_named(text: str, among: tuple[str, ...] = ()) -> "DocumentKind":
    """The kind of a typed name; ``UsageError`` naming ``among`` for one that is none of them."""
    from db.vocabulary import DocumentKind

    name = text.strip().lower().replace("_", "-").replace(" ", "-")
    known = among or tuple(kind.value.replace("_", "-") for kind in DocumentKind if not kind.is_report)
    found = [one for one in known if one == name] or [one for one in known if name and one.startswith(name)]
    if len(found) == 1:
        return DocumentKind(found[0].replace("-", "_"))
    raise UsageError(f"There is no document “{text}”.", "", f"Choose one of: {', '.join(known)}.")


def format_named(text: str) -> "FileFormat":
    """The file format of a typed name. ``UsageError`` for another one."""
    from db.vocabulary import FileFormat

    name = {"word": "docx", "excel": "xlsx", "email": "eml", "mail": "eml"}.get(
        text.strip().lower(), text.strip().lower()
    )
    if name in list(FileFormat):
        return FileFormat(name)
    raise UsageError(f"There is no format “{text}”.", "", f"Choose one of: {', '.join(FileFormat)}.")


def locale_named(app: "App", kind: "DocumentKind", text: str, country: str | None) -> str | None:
    """The locale of a typed language, in a country; None for none typed. ``UsageError`` for one we do not write."""
    if not text.strip():
        return None
    from callstation.documents.locales import locale_for
    from callstation.documents.wording import languages_of

    wanted = text.strip().replace("-", "_")
    locale = locale_for(wanted, country)
    known = languages_of(app.store.parent, kind)
    if locale.partition("_")[0] != wanted.partition("_")[0].lower() or locale.partition("_")[0] not in known:
        raise UsageError(f"There is no template in “{text}”.", "", f"There are: {', '.join(known)}.")
    return locale


def copy_to(path: Path, out: Path) -> Path:
    """A copy of a file in a folder or under a name of its own; no other file is overwritten. Where it lies."""
    from callstation.documents.disk import told as by_disk
    from callstation.documents.disk import write_new

    with by_disk(path.parent):
        content = path.read_bytes()
    return write_new(out / path.name if out.is_dir() or not out.suffix else out, content)[0]


def _make(
    kind: "DocumentKind", account: str, contract: str, file_format: str, language: str, out: Path | None,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    wanted = format_named(file_format)
    with opened(data) as app:
        from callstation.cli.whom import account_named, renewal_named
        from callstation.documents import filing
        from callstation.documents.data import Subject
        from db.vocabulary import DocumentKind

        whom: Whom = app.ask(account_named, account, only_partners=kind is DocumentKind.STATEMENT)
        renewal_id = app.ask(renewal_named, whom, contract) if contract else None
        locale = locale_named(app, kind, language, whom.country)
        made = filing.make_document(
            app, kind, Subject(whom.account_id, renewal_id), wanted, folder=places_of(data).documents, locale=locale
        )
        copy = copy_to(made.path, out) if out is not None else None
        say(
            f"{made.label}: {copy or made.path}", as_json=as_json, document_id=made.document_id, kind=kind.value,
            format=wanted.value, account_id=whom.account_id, account=whom.name, file=str(made.path),
            copy=None if copy is None else str(copy), is_new=made.is_new,
        )  # fmt: skip
