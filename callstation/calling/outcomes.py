"""What follows from each outcome of a call: the trade's table of dispositions and the keys a campaign puts them on."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from db.vocabulary import CampaignKind, Disposition, ForecastCategory, LossReason, NumberStatus, RenewalStage


class Reached(StrEnum):
    """How far the call got; ``PARTLY`` is a person, but not the one asked for."""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"


class Needs(StrEnum):
    """What the desk still asks for before it logs."""

    NOTHING = "nothing"
    TIME = "time"
    REASON = "reason"
    CONFIRM = "confirm"


class Outcome(NamedTuple):
    """One row of trade.md's outcome table.

    ``counts_attempt``: adds to the number's attempts (a busy line does not: it is retried in 15 minutes, 3 a day).
    ``number_status``: what the number is now known to be, None = ``WORKING`` if reached, else unchanged.
    ``blocks_number`` is the flag suppression follows, never the label. ``next_words`` is the default next step.
    ``stage`` and ``category`` are suggestions, None = leave as it is; the rep's own pick stays.
    """

    disposition: Disposition
    label: str
    reached: Reached
    next_words: str
    needs: Needs = Needs.NOTHING
    counts_attempt: bool = True
    is_final: bool = False
    number_status: NumberStatus | None = None
    blocks_number: bool = False
    blocks_contact: bool = False
    deactivates_contact: bool = False
    is_promise: bool = False
    stage: RenewalStage | None = None
    category: ForecastCategory | None = None

    @property
    def is_conversation(self) -> bool:
        """Whether it counts as a conversation (two-way, with the person or someone for them)."""
        return self.reached is not Reached.NO


_D, _S, _C = Disposition, RenewalStage, ForecastCategory

_ROWS = (
    Outcome(_D.NO_ANSWER, "No answer", Reached.NO, "Again at another time of day"),
    Outcome(_D.LEFT_VOICEMAIL, "Left voicemail", Reached.NO, "Again in 2 working days"),
    Outcome(_D.LEFT_MESSAGE, "Left message", Reached.PARTLY, "Again in 2 working days"),
    Outcome(_D.BUSY, "Busy", Reached.NO, "Again in 15 minutes", counts_attempt=False),
    Outcome(
        _D.GATEKEEPER, "Gatekeeper", Reached.PARTLY, "Ask for the direct number", number_status=NumberStatus.MAIN_LINE
    ),
    Outcome(
        _D.WRONG_NUMBER, "Wrong number", Reached.NO, "Ask for a new one", Needs.CONFIRM, number_status=NumberStatus.DEAD
    ),
    Outcome(
        _D.CONTACT_LEFT, "Contact left", Reached.PARTLY, "Find a new contact", Needs.CONFIRM, deactivates_contact=True
    ),
    Outcome(_D.CALLBACK_AGREED, "Call back", Reached.YES, "Pick a time", Needs.TIME, stage=_S.CONTACTED),
    Outcome(
        _D.QUOTE_REQUESTED,
        "Send quote",
        Reached.YES,
        "Quote in 4 business hours",
        Needs.TIME,
        is_promise=True,
        stage=_S.CONTACTED,
        category=_C.PIPELINE,
    ),
    Outcome(
        _D.REVIEWING_QUOTE,
        "Reviewing quote",
        Reached.YES,
        "Again in 5 working days",
        Needs.TIME,
        stage=_S.QUOTED,
        category=_C.BEST_CASE,
    ),
    Outcome(
        _D.VERBAL_YES,
        "Renewing",
        Reached.YES,
        "Commit, chase the order",
        Needs.TIME,
        stage=_S.VERBAL_YES,
        category=_C.COMMIT,
    ),
    Outcome(
        _D.ORDER_RECEIVED,
        "Order received",
        Reached.YES,
        "Closing checklist",
        Needs.CONFIRM,
        is_final=True,
        stage=_S.WON,
        category=_C.CLOSED,
    ),
    Outcome(
        _D.RENEWING_VIA_PARTNER,
        "Renewing via partner",
        Reached.YES,
        "Task on the partner",
        Needs.CONFIRM,
        is_final=True,
        stage=_S.VERBAL_YES,
        category=_C.MOST_LIKELY,
    ),
    Outcome(
        _D.REDUCING_SEATS,
        "Reducing seats",
        Reached.YES,
        "Risk play",
        Needs.TIME,
        stage=_S.AT_RISK,
        category=_C.PIPELINE,
    ),
    Outcome(
        _D.NOT_RENEWING,
        "Declined",
        Reached.YES,
        "Pick a reason",
        Needs.REASON,
        is_final=True,
        stage=_S.LOST,
        category=_C.OMITTED,
    ),
    Outcome(
        _D.DO_NOT_CALL,
        "Do not call",
        Reached.YES,
        "Asks first",
        Needs.CONFIRM,
        is_final=True,
        blocks_number=True,
        blocks_contact=True,
    ),
)

OUTCOMES: Mapping[Disposition, Outcome] = MappingProxyType({row.disposition: row for row in _ROWS})
"""Every disposition's row. Source: trade.md, "Outcomes"."""

LOSS_REASONS: Mapping[LossReason, str] = MappingProxyType(
    {
        LossReason.PRICE: "Price",
        LossReason.BUDGET: "Budget",
        LossReason.COMPETITOR: "Competitor",
        LossReason.NO_LONGER_USED: "No longer used",
        LossReason.MERGED_OR_CLOSED: "Merged or closed",
        LossReason.MOVED_TO_BUNDLE: "Moved to a bundle",
        LossReason.SERVICE_PROBLEM: "Service problem",
        LossReason.LOST_CONTACT: "Lost contact",
        LossReason.PARTNER_SWITCHED_VENDOR: "Partner switched vendor",
        LossReason.UNRESPONSIVE: "Unresponsive",
        LossReason.DUPLICATE_CONTRACT: "Duplicate contract",
    }
)
"""The loss reasons in the order the strip offers them: digits 1-9, the rest behind 0."""


class OutcomeKey(NamedTuple):
    """A digit 1-9 on the desk, what it logs, and what this campaign calls it."""

    digit: int
    disposition: Disposition
    label: str


def keys(*dispositions: Disposition, **labels: str) -> tuple[OutcomeKey, ...]:
    """Put at most nine dispositions on the digits 1-9 in order; ``labels`` renames by the disposition's value."""
    if len(dispositions) > 9 or len(set(dispositions)) != len(dispositions):
        raise ValueError("at most nine different outcomes fit on the digits")
    return tuple(
        OutcomeKey(digit, one, labels.get(one.value, OUTCOMES[one].label))
        for digit, one in enumerate(dispositions, start=1)
    )


_NOT_REACHED = (_D.NO_ANSWER, _D.LEFT_VOICEMAIL, _D.GATEKEEPER, _D.WRONG_NUMBER)
_USUAL = keys(*_NOT_REACHED, _D.VERBAL_YES, _D.CALLBACK_AGREED, _D.QUOTE_REQUESTED, _D.NOT_RENEWING, _D.DO_NOT_CALL)

DEFAULT_KEYS: Mapping[CampaignKind, tuple[OutcomeKey, ...]] = MappingProxyType(
    {
        CampaignKind.EXPIRING: _USUAL,
        CampaignKind.PARTNER_CALL_DOWN: keys(
            *_NOT_REACHED,
            _D.RENEWING_VIA_PARTNER,
            _D.CALLBACK_AGREED,
            _D.QUOTE_REQUESTED,
            _D.NOT_RENEWING,
            _D.DO_NOT_CALL,
            renewing_via_partner="Partner renews",
        ),
        CampaignKind.LAPSED_WIN_BACK: keys(
            *_NOT_REACHED,
            _D.VERBAL_YES,
            _D.CALLBACK_AGREED,
            _D.QUOTE_REQUESTED,
            _D.NOT_RENEWING,
            _D.DO_NOT_CALL,
            verbal_yes="Coming back",
            not_renewing="Stays away",
        ),
        CampaignKind.UPGRADE: keys(
            *_NOT_REACHED,
            _D.VERBAL_YES,
            _D.CALLBACK_AGREED,
            _D.QUOTE_REQUESTED,
            _D.REVIEWING_QUOTE,
            _D.DO_NOT_CALL,
            verbal_yes="Upgrading",
        ),
        CampaignKind.TOUCH_POINT: keys(
            *_NOT_REACHED,
            _D.CALLBACK_AGREED,
            _D.LEFT_MESSAGE,
            _D.QUOTE_REQUESTED,
            _D.REDUCING_SEATS,
            _D.DO_NOT_CALL,
            callback_agreed="Spoke, next time",
        ),
        CampaignKind.DATA_CLEAN_UP: keys(
            *_NOT_REACHED,
            _D.CALLBACK_AGREED,
            _D.LEFT_MESSAGE,
            _D.CONTACT_LEFT,
            _D.RENEWING_VIA_PARTNER,
            _D.DO_NOT_CALL,
            callback_agreed="Spoke, next time",
        ),
    }
)
"""The keys a new campaign starts with; labels and order belong to the campaign from then on."""


def more_outcomes(on_keys: tuple[OutcomeKey, ...]) -> tuple[Outcome, ...]:
    """What ``0`` lists: the outcomes that have no key, in the table's order."""
    taken = {key.disposition for key in on_keys}
    return tuple(row for row in _ROWS if row.disposition not in taken)
