"""The right control for each declared setting, all answering to the same three words: value, show, changed."""

from collections.abc import Sequence
from dataclasses import Field
from functools import cache
from typing import Any, Protocol
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCompleter

from ui.settings.editors import LinesEditor, Stepper, WordsEditor
from ui.theme import theme
from ui.widgets import Check, SegmentedTabs, Select

_TYPING_PAUSE_MS = 500
_MOST_TABS = 4
_WORDS = {
    "tel": "tel:", "sip": "sip:", "12 h": "12 h", "24 h": "24 h", "day_365": "Days of 365",
    "day_actual": "Days of the term", "month_up": "Whole months, rounded up", "month_plus_day": "Months and days",
    "full_term": "Full terms", "by_price": "By price", "by_licence_days": "By licence-days",
    "backdate": "Day after the end", "today": "Today",
}  # fmt: skip
_PERCENT = ("uplift", "reinstatement_fee")


class Control(Protocol):
    """One control: ``widget`` stands on the page, ``value()`` is what it says, ``show(value)`` sets it silently."""

    widget: Any
    is_wide: bool

    def value(self) -> Any: ...
    def show(self, value: Any) -> None: ...
    def on_changed(self, heard: Any) -> None: ...


class _Tabs(SegmentedTabs):
    """As wide as its longest word asks of every tab."""

    def restyle(self) -> None:
        super().restyle()
        metrics = QFontMetrics(theme.font("label"))
        widest = max((metrics.horizontalAdvance(self.tabText(i)) for i in range(self.count())), default=0)
        self.setFixedWidth(self.count() * (widest + theme.px(28)))


class _Listed:
    """A choice among a few: side by side when they are short, a list when they are not."""

    is_wide = False

    def __init__(self, name: str, values: Sequence[str], words: Sequence[str]) -> None:
        self._values = list(values)
        self._has_tabs = len(words) <= _MOST_TABS and sum(map(len, words)) <= 36
        self.widget: Any
        if self._has_tabs:
            self.widget = _Tabs(list(words), name)
            self.widget.restyle()
        else:
            self.widget = Select(name)
            self.widget.addItems(list(words))
            self.widget.setMaximumWidth(300)

    def value(self) -> Any:
        return self._values[self.widget.currentIndex()]

    def show(self, value: str) -> None:
        self.widget.blockSignals(True)
        self.widget.setCurrentIndex(self._values.index(value) if value in self._values else 0)
        self.widget.blockSignals(False)
        self.widget.update()

    def on_changed(self, heard: Any) -> None:
        signal = self.widget.currentChanged if self._has_tabs else self.widget.currentIndexChanged
        signal.connect(lambda _index: heard())


class _Switch:
    is_wide = False

    def __init__(self, name: str) -> None:
        self.widget: Any = Check()
        self.widget.setAccessibleName(name)

    def value(self) -> Any:
        return self.widget.isChecked()

    def show(self, value: bool) -> None:
        self.widget.blockSignals(True)
        self.widget.setChecked(value)
        self.widget.blockSignals(False)

    def on_changed(self, heard: Any) -> None:
        self.widget.toggled.connect(lambda _is_on: heard())


class _Number:
    is_wide = False

    def __init__(self, name: str, low: int, high: int, step: int) -> None:
        self.widget: Any = Stepper(name, low, high, step)

    def value(self) -> Any:
        return self.widget.box.value()

    def show(self, value: int) -> None:
        self.widget.box.put(value)

    def on_changed(self, heard: Any) -> None:
        self.widget.box.changed.connect(lambda _value: heard())


class _Typed:
    """Words that are typed: heard a moment after the last key, and at once when the field is left."""

    def __init__(self, widget: WordsEditor | LinesEditor, *, is_wide: bool) -> None:
        self.widget: Any = widget
        self.is_wide = is_wide
        self._pause = QTimer(widget)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        widget.textChanged.connect(lambda *_: self._pause.start())

    def value(self) -> Any:
        return self.widget.words()

    def show(self, value: str) -> None:
        if value != self.value():
            self.widget.blockSignals(True)
            self.widget.put(value)
            self.widget.blockSignals(False)

    def on_changed(self, heard: Any) -> None:
        self._pause.timeout.connect(heard)
        self.widget.left.connect(self._pause.stop)
        self.widget.left.connect(heard)


def control_of(declared: "Field[Any]") -> Control:
    """The control of one field of ``Settings``, chosen by its type and what is declared with it."""
    name, told = declared.metadata["label"], declared.metadata
    default: Any = declared.default
    kind = type(default)
    if declared.name == "home_region":
        codes = region_names()
        return _Listed(name, [code for code, _ in codes], [words for _, words in codes])
    if told["choices"]:
        return _Listed(name, told["choices"], [choice_words(choice) for choice in told["choices"]])
    if kind is bool:
        return _Switch(name)
    if kind is int:
        span = told["high"] - told["low"]
        return _Number(name, told["low"], told["high"], 5 if span >= 50 else 1)
    if told["has_lines"]:
        lines = LinesEditor(name)
        if declared.name == "stage_names":
            from callstation.sync.stages import DEFAULT_NAMES

            lines.setPlaceholderText(DEFAULT_NAMES)
        return _Typed(lines, is_wide=True)
    if declared.name in ("company_colour", "company_logo"):
        from ui.settings.letterhead_controls import ColourControl, LogoControl

        return ColourControl(name) if declared.name == "company_colour" else LogoControl(name)
    if declared.name in _PERCENT:
        from ui.settings.percent_control import PercentControl

        return PercentControl(name)
    field = WordsEditor(name)
    if declared.name == "time_zone":
        field.setPlaceholderText("As the computer")
        completer = QCompleter(sorted(available_timezones()), field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
    return _Typed(field, is_wide=len(default) > 30)


def choice_words(choice: str) -> str:
    """How a choice reads: ``en_US`` as "English (United States)", ``high contrast`` as "High contrast"."""
    if len(choice) == 5 and choice[2] == "_":
        from babel import Locale

        return str(Locale.parse(choice).get_display_name("en"))
    return _WORDS.get(choice, choice[:1].upper() + choice[1:])


@cache
def region_names() -> list[tuple[str, str]]:
    """Every region with a numbering plan, by its English name."""
    from babel import Locale
    from phonenumbers import SUPPORTED_REGIONS

    names = Locale("en").territories
    return sorted(((code, names.get(code, code)) for code in SUPPORTED_REGIONS), key=lambda pair: pair[1])
