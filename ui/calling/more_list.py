"""All outcomes, or all reasons, to search in: what has no digit of its own."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from ui.palette import Palette, Sources
from ui.palette_rows import Found


class MoreList(Palette):
    """The palette's list over the desk, with choices of the moment in it."""

    def __init__(self, page: QWidget) -> None:
        self._choices: list[Found] = []
        super().__init__(page, Sources(lambda: self._choices, lambda words: ()))

    def offer(self, prompt: str, choices: Iterable[Found]) -> None:
        """Open with these choices."""
        self._choices = list(choices)
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.open()


def choice(group: str, icon: str, title: str, detail: str, run: Callable[[], object], *keys: str) -> Found:
    """One thing to choose, with the digit it also has, if it has one."""
    return Found(group, icon, title, run, detail=detail, keys=keys)
