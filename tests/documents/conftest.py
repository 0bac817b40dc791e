"""A book of customers in three languages and a partner, with prices, and the letterhead filled in."""

import pytest

from callstation.app import App
from tests.documents.office import LETTERHEAD
from tests.documents.papers import sold


@pytest.fixture
def sales(app: App) -> dict[str, int]:
    """The accounts' ids: "en", "de", "fr", and "partner" with its end customers "end1" and "end2"."""
    app.settings = LETTERHEAD
    return app.do(sold)
