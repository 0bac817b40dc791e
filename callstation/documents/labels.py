"""The words around the data: headings, labels and stock sentences in each language we write."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from callstation.documents.locales import WRITTEN

Labels = Mapping[str, str]


@cache
def labels_of(locale: str) -> Labels:
    """The labels for a locale, by name; English for a language that we do not write."""
    language, _, region = locale.partition("_")
    shipped = language if language in WRITTEN else "en"
    text = (files("resources") / "templates" / shipped / "labels.toml").read_text(encoding="utf-8")
    if region in ("CH", "LI"):
        text = text.replace("ß", "ss")
    found: dict[str, str] = tomllib.loads(text)
    return found
