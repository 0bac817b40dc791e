"""``callstation template``: a company's own words of a document, begun from the program's."""

from typing import TYPE_CHECKING, Annotated

import typer

from callstation.cli.documents import LETTER_NAMES, kind_named, locale_named
from callstation.cli.frame import AsJson, Data, UsageError, opened, say, told

if TYPE_CHECKING:
    from pathlib import Path

    from callstation.work import Work
    from db.vocabulary import DocumentKind

KINDS = (*LETTER_NAMES, "agreement")


def add_to(cli: typer.Typer) -> None:
    """Add the command of this file."""
    cli.command("template")(told(template))


def template(
    kind: Annotated[str, typer.Argument(help=f"{', '.join(KINDS)}.")],
    language: Annotated[str, typer.Option(metavar="CODE", help="en, de or fr; your own country's without it.")] = "",
    file_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="txt (words) or docx (Word).")] = "txt",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Begin a template of your own, from the standard words.

    It is written into the data folder and wins from then on; one that is there stays as it is. An agreement's words
    are its clauses, one file for all languages.

    Example: callstation template reminder --language de --format docx
    """
    chosen, ending = kind_named(kind, KINDS), {"word": "docx"}.get(file_format.lower(), file_format.lower())
    if ending not in ("txt", "docx"):
        raise UsageError(f"There is no template in “{file_format}”.", "", "Choose one of: txt, docx.")
    with opened(data) as app:
        from callstation.documents.locales import locale_for

        locale = locale_named(app, chosen, language, None) or locale_for(None, app.settings.home_region)
        path, is_new = app.ask(_write, chosen, locale.partition("_")[0], ending)
        say(
            f"{path}" if is_new else f"{path} (was there already, and stays as it is)", as_json=as_json,
            kind=chosen.value, language=locale.partition("_")[0], file=str(path), is_new=is_new,
        )  # fmt: skip


def _write(work: "Work", kind: "DocumentKind", language: str, ending: str) -> "tuple[Path, bool]":
    """Where it lies, and whether it was written now."""
    from callstation.documents.clauses import own_clauses, write_own_clauses
    from callstation.documents.word_own import form_path, write_form
    from callstation.documents.wording import own_path, write_own

    if ending == "docx":
        is_new = not form_path(work, kind, language).exists()
        return write_form(work, kind, language), is_new
    if not kind.is_letter:
        is_new = not own_clauses(work.folder).exists()
        return write_own_clauses(work.folder), is_new
    is_new = not own_path(work.folder, language, kind.value).exists()
    return write_own(work.folder, language, kind.value), is_new
