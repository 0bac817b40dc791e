"""What every test of the Sync page may ask for."""

from tests.ui.sync.book import bare, book

__all__ = ["bare", "book"]
