"""What a new batch is ordered as, and what is found for it: whom, who is left out, ten looked at, who is blocked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callstation.calling.campaign_filter import CampaignFilter
from callstation.calling.campaign_form import read_words
from callstation.documents.batch import Chosen, Looked, check, choose, preview
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import AccountKind, DocumentKind, FileFormat

if TYPE_CHECKING:
    from callstation.app import App
    from ui.jobs import Report

KINDS = (
    DocumentKind.FIRST_NOTICE, DocumentKind.REMINDER, DocumentKind.FINAL_NOTICE, DocumentKind.LAPSE,
    DocumentKind.PRICE_CHANGE, DocumentKind.THANK_YOU, DocumentKind.AGREEMENT, DocumentKind.STATEMENT,
    DocumentKind.CALL_SHEET,
)  # fmt: skip
"""What can be made in a batch, in the order of its digits."""
STARTS: Mapping[DocumentKind, CampaignFilter] = {
    DocumentKind.FIRST_NOTICE: CampaignFilter(expires_from_days=46, expires_to_days=120),
    DocumentKind.REMINDER: CampaignFilter(expires_from_days=8, expires_to_days=45),
    DocumentKind.FINAL_NOTICE: CampaignFilter(expires_from_days=0, expires_to_days=10),
    DocumentKind.LAPSE: CampaignFilter(expires_from_days=-60, is_lapsed=True),
    DocumentKind.PRICE_CHANGE: CampaignFilter(expires_from_days=30, expires_to_days=120),
    DocumentKind.STATEMENT: CampaignFilter(account_kind=AccountKind.PARTNER, expires_to_days=90),
    DocumentKind.CALL_SHEET: CampaignFilter(expires_to_days=30),
}
"""Whom each kind is for at first: the contracts at its place in time (trade.md, Letters)."""
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Order:
    """A batch as it is chosen: ``locale`` "" writes to each customer in their own language."""

    kind: DocumentKind
    file_format: FileFormat
    locale: str
    campaign_id: int | None
    typed: Mapping[str, str]
    """The words of the filter's fields."""
    chosen: Mapping[str, Any]
    """What of the filter is ticked."""
    with_those_sent: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Whom an order is for; ``chosen`` is None where a field of the filter cannot be read, and ``problems`` say why."""

    chosen: Chosen | None
    problems: Mapping[str, UserError]


def find(work: Work, order: Order) -> Found:
    """Whom it is for. ``UserError`` for what is not made in batches."""
    wanted, problems = read_words(work, order.typed, **order.chosen)
    if wanted is None:
        return Found(None, problems)
    return Found(
        choose(
            work, order.kind, campaign_id=order.campaign_id, wanted=wanted, with_those_sent=order.with_those_sent
        ),
        {},
    )  # fmt: skip


def look(app: "App", order: Order, chosen: Chosen, report: "Report") -> tuple[Looked, ...]:
    """The first ten as pages, whatever file they will be."""
    return preview(app, chosen, FileFormat.PDF, locale=order.locale, count=LOOKED_AT, report=report)


def blocked(app: "App", order: Order, chosen: Chosen, report: "Report") -> tuple[Looked, ...]:
    """All that cannot be made as ordered, each with why."""
    return app.ask(check, chosen, order.file_format, locale=order.locale, report=report)


Reading = Callable[[Work], Found]
