"""The look in force: which tokens, how large the text, which font for which role."""

from enum import StrEnum
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.stylesheet import stylesheet
from ui.tokens import LIGHT, Tokens, tokens_of

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

Role = Literal["chip", "secondary", "label", "body", "emphasis", "pane_title", "account", "number"]

# size in px at 100 %, weight
_ROLES: dict[Role, tuple[int, QFont.Weight]] = {
    "chip": (11, QFont.Weight.Medium),
    "secondary": (12, QFont.Weight.Normal),
    "label": (12, QFont.Weight.DemiBold),
    "body": (13, QFont.Weight.Normal),
    "emphasis": (13, QFont.Weight.DemiBold),
    "pane_title": (15, QFont.Weight.DemiBold),
    "account": (20, QFont.Weight.DemiBold),
    "number": (22, QFont.Weight.DemiBold),
}
ROLES: tuple[Role, ...] = tuple(_ROLES)
_TNUM = QFont.Tag("tnum")


class Scheme(StrEnum):
    """What the user chose; ``SYSTEM`` follows the desktop between light and dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high contrast"


class Theme:
    """The state of the look. Our own, because Qt offscreen and some desktops report no colour scheme."""

    def __init__(self) -> None:
        self.tokens: Tokens = LIGHT
        self.scheme = Scheme.SYSTEM
        self.text_size = 100
        self._fonts: dict[tuple[Role, bool], QFont] = {}
        self._is_following, self._is_system_dark = False, False

    def px(self, size: float) -> int:
        """A length in px at 100 % text size, scaled with the text."""
        return round(size * self.text_size / 100)

    def colour(self, token: str) -> QColor:
        """The colour of a token, such as ``text2`` or ``warn`` (the words of that status)."""
        return QColor(self.tokens.colour(token))

    def font(self, role: Role = "body", *, tabular: bool = False) -> QFont:
        """The font of a role; ``tabular`` for money, dates, counts and timers, never for phone numbers."""
        key = (role, tabular)
        if key not in self._fonts:
            size, weight = _ROLES[role]
            font = QFont("Inter")
            font.setPixelSize(self.px(size))
            font.setWeight(weight)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            if tabular:
                font.setFeature(_TNUM, 1)
            self._fonts[key] = font
        return QFont(self._fonts[key])  # a copy: QFont can be changed in place

    def apply(self, app: QApplication, scheme: Scheme | str, text_size: int = 100) -> None:
        """Put a look on the whole application; every widget hears of it as a style change.

        ``text_size`` is in per cent and is kept between 90 and 140.
        """
        self.scheme, self.text_size = Scheme(scheme), max(90, min(140, text_size))
        self._fonts.clear()
        if not self._is_following:
            self._is_following = True
            self._is_system_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            app.styleHints().colorSchemeChanged.connect(lambda said: self._on_system_changed(app, said))
        self.tokens = tokens_of(self.scheme, is_dark=self._is_system_dark)
        app.setFont(self.font("body"))
        app.setPalette(_palette(self.tokens))
        app.setStyleSheet(stylesheet(self.tokens, self.px))

    def _on_system_changed(self, app: QApplication, said: Qt.ColorScheme) -> None:
        self._is_system_dark = said == Qt.ColorScheme.Dark
        if self.scheme is Scheme.SYSTEM:
            self.apply(app, self.scheme, self.text_size)


def load_fonts() -> None:
    """Register the bundled faces; needs a running QApplication."""
    for path in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def _palette(tokens: Tokens) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad.fg,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.border,
        role.Dark: tokens.strong,
        role.Shadow: tokens.border,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text3))
    return palette


# The one look of the process: appearance, not data, and a QApplication has only one of it.
theme = Theme()
