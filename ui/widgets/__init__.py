"""The building blocks of every screen, drawn from the theme and showing data as plain text only."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.widgets.avatar import Avatar
    from ui.widgets.button import Button, ButtonKind
    from ui.widgets.card import Card, Divider
    from ui.widgets.check import Check
    from ui.widgets.chip import Chip, KeyBadge, StatusPill
    from ui.widgets.choice import Choice
    from ui.widgets.empty import EmptyState
    from ui.widgets.flow import FlowLayout
    from ui.widgets.form import Field, FieldRow
    from ui.widgets.outcome_key import OutcomeKey
    from ui.widgets.progress import ProgressBar
    from ui.widgets.scroll import Scroll
    from ui.widgets.search import SearchField
    from ui.widgets.select import Select
    from ui.widgets.tabs import SegmentedTabs
    from ui.widgets.text import ElidedLabel, IconLabel, Label

__all__ = [
    "Avatar", "Button", "ButtonKind", "Card", "Check", "Chip", "Choice", "Divider", "ElidedLabel", "EmptyState",
    "Field", "FieldRow", "FlowLayout", "IconLabel", "KeyBadge", "Label", "OutcomeKey", "ProgressBar",
    "Scroll", "SearchField", "SegmentedTabs", "Select", "StatusPill",
]  # fmt: skip

_HOMES = {
    "Avatar": "avatar", "Button": "button", "ButtonKind": "button", "Card": "card", "Divider": "card", "Check": "check",
    "Chip": "chip", "KeyBadge": "chip", "StatusPill": "chip", "Choice": "choice", "EmptyState": "empty",
    "FlowLayout": "flow", "Field": "form", "FieldRow": "form", "OutcomeKey": "outcome_key", "ProgressBar": "progress",
    "Scroll": "scroll", "SearchField": "search", "Select": "select", "SegmentedTabs": "tabs", "ElidedLabel": "text",
    "IconLabel": "text", "Label": "text",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """A building block, imported when it is first asked for: the first rows are shown with a few of them."""
    if name not in _HOMES:
        raise AttributeError(f"there is no widget {name}")
    return getattr(import_module(f"ui.widgets.{_HOMES[name]}"), name)
