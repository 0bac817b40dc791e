"""Four campaigns of the made-up book: whom they call, and what is asked in the call."""

from dataclasses import dataclass

from callstation.calling.campaign_filter import CampaignFilter
from callstation.calling.campaigns import create
from callstation.work import Work
from db.vocabulary import AccountKind, CampaignKind


@dataclass(frozen=True, slots=True)
class _Plan:
    name: str
    kind: CampaignKind
    weight: int
    saved_filter: CampaignFilter
    talk_track: tuple[str, ...]


PLANS = (
    _Plan(
        "Q4 renewals, mid-market",
        CampaignKind.EXPIRING,
        60,
        CampaignFilter(expires_from_days=-14, expires_to_days=90),
        (
            "Confirm who signs and by when",
            "Seats in use: right-size or grow?",
            "Two-year at +3%, price locked",
            "Ask for the purchase order date",
        ),
    ),
    _Plan(
        "Partner call-down",
        CampaignKind.PARTNER_CALL_DOWN,
        40,
        CampaignFilter(account_kind=AccountKind.PARTNER),
        (
            "Walk through the list, soonest end first",
            "Which ones has the customer confirmed?",
            "Who needs a quote this week?",
            "New end customers since last time?",
        ),
    ),
    _Plan(
        "Lapsed win-back",
        CampaignKind.LAPSED_WIN_BACK,
        20,
        CampaignFilter(is_lapsed=True),
        (
            "What do they use now, and how is it going?",
            "Coverage ended: anything urgent?",
            "Reinstatement without a gap until month end",
        ),
    ),
    _Plan(
        "Mid-term touch point",
        CampaignKind.TOUCH_POINT,
        10,
        CampaignFilter(expires_from_days=150, expires_to_days=250),
        ("How is it going, anything open with support?", "Has the team grown?", "Who decides on the next term?"),
    ),
)


def add_campaigns(work: Work) -> int:
    """Make those campaigns that the book has not, and find their members; how many are told of in all."""
    known = {name for (name,) in work.rows("SELECT name FROM campaign")}
    for plan in PLANS:
        if plan.name in known:
            continue
        create(
            work,
            name=plan.name,
            kind=plan.kind,
            weight=plan.weight,
            saved_filter=plan.saved_filter,
            talk_track="\n".join(plan.talk_track),
        )
    return len(PLANS)
