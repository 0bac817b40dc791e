"""The words of a letter's text template as paragraphs of a Word template, with the conditions that Word users edit."""

import re
from collections.abc import Iterator

from callstation.documents.word_parts import Block

_TAG = re.compile(r"\{%-?\s*(if|elif|else|endif|for|endfor|set)\b(.*?)-?%\}", re.DOTALL)
_ALONE = re.compile(r"\s*\{%(.*?)%\}\s*")
_BULLET = re.compile(r"\s*- ")


def word_words(body: str) -> list[Block]:
    """The paragraphs of a template's body (without subject and closing).

    A condition around whole paragraphs stands in paragraphs of its own, ``{%p if quote %}``, which leave no empty line;
    one inside a paragraph stays inside.
    """
    made: list[Block] = []
    for block in re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n").strip("\n")):
        if block.strip():
            made += _inline(block) if _is_inline(block) else _lines(block)
    return made


def inline(text: str) -> str:
    """A text with conditions on one line, spaced as the letters are: a line end after a tag goes, others are blanks."""
    text = re.sub(r"\s*\{%-", "{%", text)
    text = re.sub(r"-%\}\s*", "%}", text)
    text = re.sub(r"^[ \t]+(?=\{%)", "", text, flags=re.MULTILINE)
    text = re.sub(r"(%\})\n", r"\1", text)
    return re.sub(r"[ \t]*\n[ \t]*", " ", text).strip()


def _inline(block: str) -> list[Block]:
    return [Block(inline(block))]


def _is_inline(block: str) -> bool:
    """Whether the conditions of a block begin and end within it, beside text that stands in any case."""
    depth, outside, at = 0, "", 0
    for tag in _TAG.finditer(block):
        if depth == 0:
            outside += block[at : tag.start()]
        depth += {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(tag[1], 0)
        at = tag.end()
        if depth < 0:
            return False
    has_text = bool((outside + (block[at:] if depth == 0 else "")).strip())
    return depth == 0 and has_text and not any(_BULLET.match(line) for line in block.splitlines())


def _lines(block: str) -> Iterator[Block]:
    """Line by line: a tag alone on its line becomes a paragraph that Word leaves out, a hyphen begins a bullet."""
    said: list[str] = []
    is_bullet = False

    def taken() -> Iterator[Block]:
        nonlocal is_bullet
        text = inline("\n".join(said))
        if text:
            yield Block(f"•\t{text}", "bullet") if is_bullet else Block(text)
        said.clear()
        is_bullet = False

    for line in block.splitlines():
        alone = _ALONE.fullmatch(line)
        if alone is not None and "%}" not in alone[1]:
            yield from taken()
            yield Block(f"{{%p {alone[1].strip().strip('-').strip()} %}}")
        elif _BULLET.match(line):
            yield from taken()
            is_bullet = True
            said.append(line.strip().removeprefix("- "))
        else:
            said.append(line)
    yield from taken()
