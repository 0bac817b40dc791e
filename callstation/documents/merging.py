"""Filling templates in: a sandbox in which a template sees the merge fields and nothing else."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from callstation.documents.fields import GROUPS, MissingField, missing
from callstation.documents.values import Day, Money, Number, Row, Share, Value, in_words, one_line
from callstation.errors import UserError

if TYPE_CHECKING:
    from jinja2 import Environment, Template

Fields = Mapping[str, Row | None]
"""Group to its fields; a group that does not apply (no quote, no partner) is None."""
LONGEST = 200_000
"""Characters that one filled-in template may have."""
_ALONE = re.compile(r"^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)+)\n", re.MULTILINE)
"""A line of nothing but conditions: it leaves no empty line, and the lines after it keep their numbers."""
FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "sort", "title", "trim", "upper")
"""Those that neither reach further nor make much out of little."""


class Worded:
    """A value as a template sees it: printed in the customer's language, compared by what it is."""

    __slots__ = ("_locale", "_value")

    def __init__(self, value: Value, locale: str) -> None:
        self._value, self._locale = value, locale

    def __str__(self) -> str:
        return in_words(self._value, self._locale)

    def __bool__(self) -> bool:
        return bool(_plain(self))

    def __eq__(self, other: object) -> bool:
        return bool(_plain(self) == _plain(other))

    def __lt__(self, other: object) -> bool:
        return bool(_plain(self) < _plain(other))

    def __gt__(self, other: object) -> bool:
        return bool(_plain(self) > _plain(other))

    def __le__(self, other: object) -> bool:
        return bool(_plain(self) <= _plain(other))

    def __ge__(self, other: object) -> bool:
        return bool(_plain(self) >= _plain(other))

    def __hash__(self) -> int:
        return hash(self._value)


def _plain(value: object) -> Any:
    if not isinstance(value, Worded):
        return value
    match value._value:
        case Money(amount=plain) | Day(on=plain) | Number(value=plain) | Share(share=plain):
            return plain
        case other:
            return other


class Absent:
    """A field that is not known: false in a condition, and noted as missing where it would be printed."""

    __slots__ = ("_note", "_path")

    def __init__(self, path: str, note: Callable[[str], None]) -> None:
        self._path, self._note = path, note

    def __str__(self) -> str:
        self._note(self._path)
        return ""

    __html__ = __str__

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def _compared(self, _other: object) -> bool:
        return False

    __lt__ = __gt__ = __le__ = __ge__ = _compared


class Thing:
    """A group of fields: ``{{ contract.number }}``; false where it does not apply at all."""

    __slots__ = ("_is_there", "_values")

    def __init__(self, values: Mapping[str, Any], is_there: bool = True) -> None:
        self._values, self._is_there = values, is_there

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __bool__(self) -> bool:
        return self._is_there


class Merge:
    """One filling-in: the context for the templates, and what turned out to be missing on the way."""

    def __init__(self, fields: Fields, lines: tuple[Row, ...], today: Value, locale: str, of: str) -> None:
        self._paths: dict[str, None] = {}
        self._of = of
        self.context: dict[str, Any] = {
            name: Thing(
                {key: self._shown(f"{name}.{key}", (fields.get(name) or {}).get(key), locale) for key in group.fields},
                fields.get(name) is not None,
            )
            for name, group in GROUPS.items()
        }
        self.context["today"] = Worded(today, locale)
        self.context["lines"] = [
            Thing({key: self._shown(f"lines.{key}", value, locale) for key, value in line.items()}) for line in lines
        ]

    def _shown(self, path: str, value: Value, locale: str) -> Any:
        if value is None or value == "":
            return Absent(path, self._note)
        return one_line(value) if isinstance(value, str) else Worded(value, locale)

    def _note(self, path: str) -> None:
        self._paths[path] = None

    @property
    def missing(self) -> tuple[MissingField, ...]:
        """What templates printed and had no value."""
        return tuple(
            MissingField(path, path, self._of, "in the catalogue")
            if path.startswith("lines.")
            else missing(path, self._of)
            for path in self._paths
        )

    def fill(self, template: "Template", where: str) -> str:
        """The text of a template. ``UserError`` with file and line for what it must not do or does wrong."""
        pieces, size = [], 0
        try:
            for piece in template.generate(self.context):
                size += len(piece)
                if size > LONGEST:
                    raise UserError("A template makes too much text.", where, "Mend it, or delete your own copy of it.")
                pieces.append(piece)
        except UserError:
            raise
        except Exception as error:  # whatever an own template does wrong, it is told where
            raise broken(where, _line(error), str(error)) from error
        return "".join(pieces)


def broken(where: str, line: int | None, why: str) -> UserError:
    """The error of a template that cannot be used."""
    at = f"{where}, line {line}" if line else where
    return UserError("A template cannot be used.", f"{at}: {why}", "Mend that line, or delete your own copy of it.")


def compiled(source: str, where: str) -> "Template":
    """A template, read. ``UserError`` with file and line where it is not written right."""
    from jinja2 import TemplateSyntaxError

    try:
        return environment().from_string(_ALONE.sub("\\1{#\n#}", source))
    except TemplateSyntaxError as error:
        raise broken(where, error.lineno, error.message or "") from error
    except Exception as error:
        raise broken(where, None, str(error)) from error


@cache
def environment() -> "Environment":
    """Where templates run: no attribute that starts with an underscore, nothing unknown, no other files."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.runtime import LoopContext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Jinja's sandbox, without methods, and without the operators that make much out of little."""

        intercepted_binops = frozenset({"*", "**", "%"})

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return isinstance(obj, LoopContext) and not attr.startswith("_")

        def wrap_str_format(self, value: Any) -> None:  # nothing special: a method like any other
            return None

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise SecurityError(f"{operator} is not for templates")

    made = Sandbox(
        undefined=StrictUndefined,
        autoescape=False,
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def _line(error: BaseException) -> int | None:
    """The template's line that an error came from, as Jinja writes it into the trace."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
    return lines[-1] if lines else None


def source_of(path: Path) -> str:
    """The text of a template file. ``UserError`` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("A template cannot be read.", f"{path}: {error}", "Save it as UTF-8 text.") from error
