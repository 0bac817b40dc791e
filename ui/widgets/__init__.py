"""The building blocks of every screen, drawn from the theme and showing data as plain text only."""

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
