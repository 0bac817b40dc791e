"""The style sheet for Qt's own controls; what we paint ourselves needs none."""

from collections.abc import Callable

from ui.tokens import Tokens

# No rule sets a font: a font in a sheet silently beats every setFont.
_SHEET = """
QToolTip { background: $tip_bg; color: $tip_fg; border: 1px solid $tip_bg; padding: %4px %8px; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {
  background: $sunken; color: $text; border: 1px solid $border; border-radius: 6px;
  placeholder-text-color: $text3; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QAbstractSpinBox { min-height: %30px; padding: 0 %8px; }
QPlainTextEdit, QTextEdit { padding: %8px; }
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid $focus; padding: 0 %7px; min-height: %28px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: %7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled { color: $text3; background: $window; }
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus { background: $surface; min-height: 0; padding: 0 %8px; }
QLineEdit[bare="true"], QPlainTextEdit[bare="true"] { background: transparent; border: 0; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QAbstractItemView { background: $surface; color: $text; border: 0; outline: 0;
  selection-background-color: $selected; selection-color: $text; }
QAbstractItemView::item:selected { background: $selected; color: $text; }
QAbstractItemView::item:hover:!selected { background: $hover; }
QTableView { gridline-color: transparent; }
QListView:focus, QTreeView:focus { border: 2px solid $focus; border-radius: 6px; }
QListView[rings="row"]:focus { border: 0; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text3; border: 0; border-bottom: 1px solid $border;
  padding: 0 %8px; min-height: %32px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $surface; border: 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: %4px; }
QComboBox QAbstractItemView::item { min-height: %30px; padding: 0 %8px; }
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: %4px; }
QMenu::item { padding: %6px %24px %6px %12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $border; margin: %4px %8px; }
QMenu::icon { padding-left: %8px; }
QScrollArea { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $border; }
QDialog { background: $surface; }
QProgressBar { background: $mute_bg; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""


def stylesheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """The sheet of one theme; ``px`` scales lengths marked ``%`` with the text size."""
    names = {
        name: str(getattr(tokens, name))
        for name in ("sunken", "surface", "selected", "border", "strong", "window", "hover", "accent")
    }
    names |= {
        "on_accent": tokens.on_accent,
        "text3": tokens.text3,
        "text": tokens.text,
        "focus": tokens.focus,
        "mute_bg": tokens.mute.bg,
        "handle": tokens.strong if tokens.name == "high_contrast" else tokens.border,
        "tip_bg": tokens.text if not tokens.is_dark else tokens.mute.bg,
        "tip_fg": tokens.surface if not tokens.is_dark else tokens.text,
    }
    sheet = _SHEET
    for name in sorted(names, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", names[name])
    parts = sheet.split("%")
    scaled = [parts[0]]
    for part in parts[1:]:
        digits = len(part) - len(part.lstrip("0123456789"))
        scaled.append(f"{px(int(part[:digits]))}{part[digits:]}")
    return "".join(scaled)
