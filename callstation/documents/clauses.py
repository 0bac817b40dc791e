"""The clauses of agreements: each with an id, a version and a date, in every language; a company's own file wins."""

import re
import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from callstation.documents.merging import Merge, broken, source_of
from callstation.documents.values import Day, Row
from callstation.documents.wording import filled
from callstation.errors import UserError

FILE = "clauses.toml"
_BLANKS = re.compile(r"[ \t\n]+")
_LINE = re.compile(r"line (\d+)")


class Clause(NamedTuple):
    """One clause in one language, not filled in."""

    clause_id: str
    version: str
    dated: date
    title: str
    text: str


def own_clauses(folder: Path) -> Path:
    """Where a company's own clauses lie: ``templates/clauses.toml`` in the data folder."""
    return folder / "templates" / FILE


def write_own_clauses(folder: Path) -> Path:
    """A company's own copy of the clauses, to be changed by it; where it lies. One that is there stays as it is."""
    path = own_clauses(folder)
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".part")
            half.write_text(_shipped(), encoding="utf-8")
            half.replace(path)
        except OSError as error:
            raise UserError("The clauses could not be written.", f"{path}: {error}", "Check the folder.") from error
    return path


def clause_rows(folder: Path, locale: str, merge: Merge) -> tuple[Row, ...]:
    """The clauses for a locale, filled in: number, id, version, date, title, text. ``UserError`` for a file that is
    not right, naming the line or the clause."""
    where, clauses = clauses_for(folder, locale)
    return tuple(
        {
            "number": str(number), "id": clause.clause_id, "version": clause.version, "date": Day(clause.dated),
            "title": clause.title, "text": filled(clause.text, f"{where}, clause {clause.clause_id}", merge),
        }
        for number, clause in enumerate(clauses, start=1)
    )  # fmt: skip


def clauses_for(folder: Path, locale: str) -> tuple[str, tuple[Clause, ...]]:
    """(the file's name, its clauses in the locale's language; English where one has no such words)."""
    path = own_clauses(folder)
    is_own = path.exists()
    where = str(path) if is_own else FILE
    found = _read(source_of(path) if is_own else _shipped(), where, locale.partition("_")[0])
    if locale.endswith(("_CH", "_LI")) and not is_own:
        found = tuple(one._replace(title=_swiss(one.title), text=_swiss(one.text)) for one in found)
    return where, found


@lru_cache(maxsize=16)
def _read(text: str, where: str, language: str) -> tuple[Clause, ...]:
    try:
        listed = tomllib.loads(text).get("clause", [])
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise broken(where, int(line[1]) if line else None, str(error)) from error
    if not (isinstance(listed, list) and listed and all(isinstance(one, dict) for one in listed)):
        raise broken(where, None, "It has no [[clause]].")
    return tuple(_clause(one, number, where, language) for number, one in enumerate(listed, start=1))


def _clause(one: dict[str, Any], number: int, where: str, language: str) -> Clause:
    name = f"clause {one.get('id', number)}"
    words = one.get(language) or one.get("en")
    if not isinstance(words, dict):
        raise broken(where, None, f"{name} has no words in {language} or en.")
    dated = one.get("date")
    if not isinstance(dated, date):
        raise broken(where, None, f"{name} needs a date such as 2026-11-01.")
    texts = [one.get("id"), one.get("version"), words.get("title"), words.get("text")]
    for key, text in zip(("id", "version", "title", "text"), texts, strict=True):
        if not isinstance(text, str) or not text.strip():
            raise broken(where, None, f"{name} needs a {key}.")
    clause_id, version, title, text = (_BLANKS.sub(" ", str(part)).strip(" ") for part in texts)
    return Clause(clause_id, version, dated, title, text)


@lru_cache(maxsize=1)
def _shipped() -> str:
    return (files("resources") / "templates" / FILE).read_text(encoding="utf-8")


def _swiss(text: str) -> str:
    return text.replace("ß", "ss")
