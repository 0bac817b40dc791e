"""The colours of the three themes, and the contrast between two of them."""

from typing import Literal, NamedTuple

Kind = Literal["info", "ok", "warn", "bad", "mute"]
KINDS: tuple[Kind, ...] = ("info", "ok", "warn", "bad", "mute")


class Pair(NamedTuple):
    """The colour of words (``fg``) and of the ground (``bg``) of one status; ``fg`` also stands on surfaces."""

    fg: str
    bg: str


class Tokens(NamedTuple):
    """One theme: every colour a screen may use, as ``#RRGGBB``."""

    name: str
    is_dark: bool
    window: str
    surface: str
    sunken: str
    hover: str
    selected: str
    border: str
    strong: str
    text: str
    text2: str
    text3: str
    info: Pair
    ok: Pair
    warn: Pair
    bad: Pair
    mute: Pair
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    focus: str

    def pair(self, kind: Kind) -> Pair:
        """The status colours of ``kind``."""
        pair: Pair = getattr(self, kind)
        return pair

    def colour(self, token: str) -> str:
        """The colour named ``token``; a status name means the colour of its words."""
        value = getattr(self, token)
        return value.fg if isinstance(value, Pair) else str(value)


LIGHT = Tokens(
    name="light", is_dark=False,
    window="#F3F4F7", surface="#FFFFFF", sunken="#F7F8FA", hover="#F0F2F6", selected="#E9EFFE",
    border="#E2E5EB", strong="#7F8796", text="#161A22", text2="#4B5365", text3="#646C7E",
    info=Pair("#1F4FA8", "#E3ECFC"), ok=Pair("#0D774B", "#DCF3E7"), warn=Pair("#856600", "#FCF2CE"),
    bad=Pair("#8A1C12", "#FBE3DF"), mute=Pair("#4B5365", "#ECEEF2"),
    accent="#2B59D9", accent_hover="#2450C8", on_accent="#FFFFFF", accent_text="#2450C8", focus="#2B59D9",
)  # fmt: skip

DARK = Tokens(
    name="dark", is_dark=True,
    window="#0F1217", surface="#171B22", sunken="#12161C", hover="#1E232C", selected="#1D2A49",
    border="#272D38", strong="#737D90", text="#ECEFF4", text2="#B1B9C7", text3="#8C96A8",
    info=Pair("#7FB0FA", "#1A2B4A"), ok=Pair("#4FE0B0", "#10352A"), warn=Pair("#FFD166", "#3A2F0E"),
    bad=Pair("#F9806C", "#40201B"), mute=Pair("#B1B9C7", "#252B36"),
    accent="#3D6BEB", accent_hover="#345FD8", on_accent="#FFFFFF", accent_text="#8FB0FF", focus="#8FB0FF",
)  # fmt: skip

HIGH_CONTRAST = Tokens(
    name="high_contrast", is_dark=True,
    window="#000000", surface="#000000", sunken="#000000", hover="#262626", selected="#00307A",
    border="#D0D0D0", strong="#FFFFFF", text="#FFFFFF", text2="#FFFFFF", text3="#E4E4E4",
    info=Pair("#9CD0FF", "#001A38"), ok=Pair("#7BFFC4", "#00301D"), warn=Pair("#FFE45C", "#2E2600"),
    bad=Pair("#FFA99E", "#3D0802"), mute=Pair("#FFFFFF", "#2B2B2B"),
    accent="#FFE45C", accent_hover="#FFF0A0", on_accent="#000000", accent_text="#9CD0FF", focus="#00E5FF",
)  # fmt: skip


def tokens_of(scheme: str, *, is_dark: bool) -> Tokens:
    """The colours of a theme of the settings; ``is_dark`` is how the system looks, for those who follow it."""
    named = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}
    return named.get(scheme) or (DARK if is_dark else LIGHT)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)
