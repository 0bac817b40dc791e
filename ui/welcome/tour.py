"""The keys of the loop in two lines, said once the practice book is open."""

from ui.bus import Notice

TOUR = Notice(
    "Practice book: Space starts a call, 1 to 9 logs it and opens the next account, Ctrl+Z takes it back.",
    "info",
    hint='The 40 accounts are made up. Ctrl+K, then "own", goes back to your own; ? shows every key.',
)
"""Stays above the status bar until it is closed."""
