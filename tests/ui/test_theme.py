"""The look: contrasts computed from the tokens, colours that stay apart, fonts by role."""

import sys
from dataclasses import fields
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from callstation.settings import Settings
from ui.theme import ROLES, Scheme, theme
from ui.tokens import DARK, HIGH_CONTRAST, KINDS, LIGHT, Tokens, contrast

THEMES = (LIGHT, DARK, HIGH_CONTRAST)


def standing(tokens: Tokens) -> list[tuple[str, str, str]]:
    """Every pairing of words and ground that a screen makes: (what, words, ground)."""
    grounds = ("window", "surface", "sunken", "hover", "selected")
    found = [
        (f"{words} on {ground}", tokens.colour(words), tokens.colour(ground))
        for words in ("text", "text2", "text3", "accent_text")
        for ground in grounds
    ]
    for kind in KINDS:
        pair = tokens.pair(kind)
        found.append((f"{kind} on its chip", pair.fg, pair.bg))
        found += [(f"{kind} on {ground}", pair.fg, tokens.colour(ground)) for ground in ("window", "surface", "sunken")]
    found.append(("words on accent", tokens.on_accent, tokens.accent))
    found.append(("words on accent under the pointer", tokens.on_accent, tokens.accent_hover))
    return found


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_all_words_have_a_contrast_of_at_least_4_5(tokens: Tokens) -> None:
    weak = [f"{what}: {contrast(a, b):.2f}" for what, a, b in standing(tokens) if contrast(a, b) < 4.5]
    assert weak == []


def test_high_contrast_has_at_least_7() -> None:
    assert [what for what, a, b in standing(HIGH_CONTRAST) if contrast(a, b) < 7] == []


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_the_focus_ring_and_strong_borders_stand_out(tokens: Tokens) -> None:
    for ground in ("window", "surface", "sunken"):
        assert contrast(tokens.focus, tokens.colour(ground)) >= 3
        assert contrast(tokens.strong, tokens.colour(ground)) >= 3


def test_contrast_agrees_with_the_published_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def lab(colour: str, blindness: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as seen with a colour blindness."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in BLINDNESS[blindness])
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, blindness: str) -> float:
    """CIE 1976 colour difference as seen with a colour blindness; 2.3 is just noticeable."""
    pairs = zip(lab(one, blindness), lab(other, blindness), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_status_colours_stay_apart_under_colour_blindness(tokens: Tokens, blindness: str) -> None:
    close = {
        f"{a} and {b}": found
        for a, b in combinations(KINDS, 2)
        if (found := distance(tokens.pair(a).fg, tokens.pair(b).fg, blindness)) < 12
    }
    assert close == {}


def test_colours_that_only_the_unimpaired_tell_apart_are_caught() -> None:
    assert distance("#A04A00", "#6A6500", "none") > 30
    assert distance("#A04A00", "#6A6500", "deutan") < 12


def test_each_role_is_drawn_in_the_bundled_face(dressed: QApplication) -> None:
    for role in ROLES:
        info = QFontInfo(theme.font(role))
        assert info.family() == "Inter"
        assert info.pixelSize() == theme.font(role).pixelSize()


def test_tabular_figures_have_one_width() -> None:
    tabular, plain = (QFontMetrics(theme.font("number", tabular=is_on)) for is_on in (True, False))
    assert tabular.horizontalAdvance("111111") == tabular.horizontalAdvance("888888")
    assert plain.horizontalAdvance("111111") < plain.horizontalAdvance("888888")


@pytest.mark.parametrize(("asked", "given"), [(60, 90), (100, 100), (140, 140), (300, 140)])
def test_text_size_stays_between_90_and_140_per_cent(dressed: QApplication, asked: int, given: int) -> None:
    theme.apply(dressed, Scheme.LIGHT, asked)
    assert theme.text_size == given
    assert theme.font("body").pixelSize() == round(13 * given / 100)


def test_no_rule_of_the_sheet_sets_a_font(dressed: QApplication) -> None:
    assert "font" not in dressed.styleSheet()


def test_a_changed_copy_of_a_font_leaves_the_role_alone() -> None:
    theme.font("body").setPixelSize(40)
    assert theme.font("body").pixelSize() == 13


def test_the_system_scheme_is_followed(dressed: QApplication) -> None:
    theme.apply(dressed, Scheme.SYSTEM)
    dressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is DARK
    dressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is LIGHT


def test_a_chosen_scheme_does_not_follow_the_system(dressed: QApplication) -> None:
    theme.apply(dressed, Scheme.HIGH_CONTRAST)
    dressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    dressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is HIGH_CONTRAST


def test_every_theme_of_the_settings_is_one_of_ours() -> None:
    declared = next(item for item in fields(Settings) if item.name == "theme")
    assert set(declared.metadata["choices"]) == {str(scheme) for scheme in Scheme}


def test_setting_text_leaks_no_reference_to_none(dressed: QApplication) -> None:
    label, before = QLabel(), sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) <= 20
