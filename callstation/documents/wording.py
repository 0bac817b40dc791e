"""The words of letters: the program's own templates, or a company's in their place, filled in."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from callstation.documents.locales import WRITTEN
from callstation.documents.merging import Merge, broken, compiled, source_of
from callstation.errors import UserError

if TYPE_CHECKING:
    from jinja2 import Template

_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
SUBJECT = "Subject:"
CLOSING = "--"
ENDING = ".txt"
_WITHOUT_SHARP_S = frozenset({"CH", "LI"})
"""Where German is written with ss."""


@dataclass(frozen=True, slots=True)
class Words:
    """A letter, filled in: its subject, its paragraphs (a bullet starts with "• "), its closing line by line."""

    subject: str
    paragraphs: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Source:
    """A template as it is written; ``where`` names its file for the sentence of an error."""

    text: str
    where: str
    is_own: bool

    @property
    def parts(self) -> tuple[str, tuple[str, ...], str]:
        """Subject, paragraphs and closing, not filled in."""
        return _split(self.text, self.where)


def own_path(folder: Path, language: str, kind: str, ending: str = ENDING) -> Path:
    """Where a company's own template of a kind lies: ``templates/de/reminder.txt`` in the data folder."""
    return folder / "templates" / language / f"{kind}{ending}"


def languages_of(folder: Path, kind: str) -> tuple[str, ...]:
    """The languages in which a kind can be written: ours, and those the company has a template of its own for."""
    own = folder / "templates"
    found = [path.parent.name for path in own.glob(f"*/{kind}{ENDING}")] if own.is_dir() else []
    return tuple(dict.fromkeys([*WRITTEN, *sorted(found)]))


def is_written(folder: Path, locale: str) -> bool:
    """Whether there are words in a locale's language: ours, or the company's own."""
    language = locale.partition("_")[0]
    return language in WRITTEN or (folder / "templates" / language).is_dir()


def source_for(folder: Path, locale: str, kind: str) -> Source:
    """The template for a locale: the company's own of that language wins."""
    language, _, region = locale.partition("_")
    path = own_path(folder, language, kind)
    if path.exists():
        return Source(source_of(path), str(path), True)
    shipped = language if language in WRITTEN else "en"
    text = _shipped(shipped, kind)
    if region in _WITHOUT_SHARP_S:
        text = text.replace("ß", "ss")
    return Source(text, f"{kind} ({shipped})", False)


def write_own(folder: Path, language: str, kind: str) -> Path:
    """A company's own copy of a template, to be changed by it; where it lies. One that is there stays as it is."""
    path = own_path(folder, language, kind)
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".part")
            half.write_text(_shipped(language if language in WRITTEN else "en", kind), encoding="utf-8")
            half.replace(path)
        except OSError as error:
            raise UserError("The template could not be written.", f"{path}: {error}", "Check the folder.") from error
    return path


def words_of(source: Source, merge: Merge) -> Words:
    """A template, filled in. ``UserError`` naming file and line where it cannot be; missing fields are in ``merge``."""
    text = merge.fill(_compiled(source.text, source.where), source.where)
    return Words(*_split(text, source.where))


def filled(text: str, where: str, merge: Merge) -> str:
    """One text with merge fields (a clause, a line), filled in."""
    return merge.fill(_compiled(text, where), where) if "{" in text else text


@lru_cache(maxsize=256)
def _compiled(text: str, where: str) -> "Template":
    return compiled(text, where)


@lru_cache(maxsize=64)
def _shipped(language: str, kind: str) -> str:
    return (files("resources") / "templates" / language / f"{kind}{ENDING}").read_text(encoding="utf-8")


def _split(text: str, where: str) -> tuple[str, tuple[str, ...], str]:
    """A first line with the subject, paragraphs with an empty line between, and after a line of ``--`` the closing."""
    first, _, rest = text.replace("\r\n", "\n").lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise broken(where, 1, f"It must start with “{SUBJECT}” and the subject.")
    body, _, closing = f"\n{rest}".partition(f"\n{CLOSING}\n")
    paragraphs = (_joined(block) for block in _blocks(body))
    return (
        _joined(first.removeprefix(SUBJECT)),
        tuple(paragraph for paragraph in paragraphs if paragraph),
        "\n".join(line.strip() for line in closing.strip().splitlines()),
    )


def _joined(block: str) -> str:
    """The lines of a block as one; blanks that must not break ("48 200,00 €") stay what they are."""
    return _BLANKS.sub(" ", block).strip(" ")


def _blocks(body: str) -> list[str]:
    """The paragraphs of a text; a line that starts with a hyphen is one of its own, a bullet."""
    blocks = [""]
    for line in body.splitlines():
        if not line.strip():
            blocks.append("")
        elif line.lstrip().startswith("- "):
            blocks.append(f"• {line.lstrip()[2:]}")
        else:
            blocks[-1] += f"\n{line}"
    return blocks
