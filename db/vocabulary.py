"""The trade's words as enums, the same in code, table, CSV, command line and screen."""

from enum import StrEnum


class AccountKind(StrEnum):
    """Which side of the channel an account stands on."""

    CUSTOMER = "customer"
    PARTNER = "partner"


class NumberKind(StrEnum):
    """What sort of line a phone number is, as far as the numbering plan tells."""

    FIXED = "fixed"
    MOBILE = "mobile"
    FIXED_OR_MOBILE = "fixed_or_mobile"
    TOLL_FREE = "toll_free"
    VOIP = "voip"
    OTHER = "other"


class NumberStatus(StrEnum):
    """What calling it has taught about a number."""

    UNTRIED = "untried"
    WORKING = "working"
    MAIN_LINE = "main_line"
    DEAD = "dead"


class RenewalStage(StrEnum):
    """How far a renewal has come (trade.md, Pipeline)."""

    NOT_STARTED = "not_started"
    CONTACTED = "contacted"
    QUOTED = "quoted"
    VERBAL_YES = "verbal_yes"
    ORDER_PROMISED = "order_promised"
    AT_RISK = "at_risk"
    WON = "won"
    LOST = "lost"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to call for; a lapsed renewal is still worked."""
        return self not in (RenewalStage.WON, RenewalStage.LOST)


class ForecastCategory(StrEnum):
    """Salesforce's forecast categories."""

    OMITTED = "omitted"
    PIPELINE = "pipeline"
    BEST_CASE = "best_case"
    MOST_LIKELY = "most_likely"
    COMMIT = "commit"
    CLOSED = "closed"


class Disposition(StrEnum):
    """What came of a call (trade.md, Outcomes). What follows from each stands in ``callstation.calling.outcomes``."""

    NO_ANSWER = "no_answer"
    LEFT_VOICEMAIL = "left_voicemail"
    LEFT_MESSAGE = "left_message"
    BUSY = "busy"
    GATEKEEPER = "gatekeeper"
    WRONG_NUMBER = "wrong_number"
    CONTACT_LEFT = "contact_left"
    CALLBACK_AGREED = "callback_agreed"
    QUOTE_REQUESTED = "quote_requested"
    REVIEWING_QUOTE = "reviewing_quote"
    VERBAL_YES = "verbal_yes"
    ORDER_RECEIVED = "order_received"
    RENEWING_VIA_PARTNER = "renewing_via_partner"
    REDUCING_SEATS = "reducing_seats"
    NOT_RENEWING = "not_renewing"
    DO_NOT_CALL = "do_not_call"


class LossReason(StrEnum):
    """Why a customer does not renew."""

    PRICE = "price"
    BUDGET = "budget"
    COMPETITOR = "competitor"
    NO_LONGER_USED = "no_longer_used"
    MERGED_OR_CLOSED = "merged_or_closed"
    MOVED_TO_BUNDLE = "moved_to_bundle"
    SERVICE_PROBLEM = "service_problem"
    LOST_CONTACT = "lost_contact"
    PARTNER_SWITCHED_VENDOR = "partner_switched_vendor"
    UNRESPONSIVE = "unresponsive"
    DUPLICATE_CONTRACT = "duplicate_contract"


class ActivityKind(StrEnum):
    """What sort of thing happened on an account's timeline."""

    CALL = "call"
    SKIP = "skip"
    SNOOZE = "snooze"
    NOTE = "note"
    EMAIL = "email"
    CONTACT_CHANGE = "contact_change"
    IMPORT = "import"
    QUOTE = "quote"  # made, sent, accepted ...; its note says which
    DOCUMENT = "document"  # a letter, an agreement, a statement was made
    CLOSING = "closing"  # a step of the closing checklist was done
    PIPELINE = "pipeline"  # an opportunity beyond the renewals was made, moved, won or lost; its note says which


class CallbackStatus(StrEnum):
    """Whether a callback is still owed."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class CallbackKind(StrEnum):
    """What is owed at the time: an agreed call, something promised, or our own follow-up to a win or a loss."""

    CALLBACK = "callback"
    PROMISE = "promise"
    FOLLOW_UP = "follow_up"


class TargetState(StrEnum):
    """Where a call target stands in the queue."""

    READY = "ready"  # may be called, in the order of its rank
    TIMED = "timed"  # has a minute of its own: a callback, a promise, a retry, a snooze
    RESTING = "resting"  # waits for a later day
    FINISHED = "finished"  # nothing open to call for
    BLOCKED = "blocked"  # do not call, or no number that works


class CampaignKind(StrEnum):
    """The sorts of campaign an account manager runs."""

    EXPIRING = "expiring"
    PARTNER_CALL_DOWN = "partner_call_down"
    LAPSED_WIN_BACK = "lapsed_win_back"
    UPGRADE = "upgrade"
    TOUCH_POINT = "touch_point"
    DATA_CLEAN_UP = "data_clean_up"


class Purpose(StrEnum):
    """What a campaign calls about; marketing rules bind only marketing purposes."""

    CONTRACT_SERVICE = "contract_service"
    RENEWAL = "renewal"
    CROSS_SELL = "cross_sell"

    @property
    def is_marketing(self) -> bool:
        return self is Purpose.CROSS_SELL


class Channel(StrEnum):
    """How a planned step reaches the contact."""

    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    PARTNER_CALL = "partner_call"


class StepStatus(StrEnum):
    """What became of a planned step; every one is a visible row."""

    PLANNED = "planned"
    DUE = "due"
    DONE = "done"
    MISSED = "missed"
    MOVED = "moved"
    PAUSED = "paused"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """What an import will do with a row of the file."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    REVIEW = "review"
    PROBLEM = "problem"


class SyncEntity(StrEnum):
    """The nouns whose changes wait for the CRM."""

    ACCOUNT = "account"
    ACTIVITY = "activity"
    CALLBACK = "callback"
    CONTACT = "contact"
    GROWTH = "growth"
    PHONE = "phone"
    QUOTE = "quote"
    QUOTE_LINE = "quote_line"
    RENEWAL = "renewal"
    WITHDRAWAL = "withdrawal"


class OutboxState(StrEnum):
    """Where a record stands on its way to the CRM."""

    WAITING = "waiting"
    HELD = "held"  # the rep keeps it back
    SENDING = "sending"  # a request with it is under way, or was when the program ended
    UNKNOWN = "unknown"  # sent, and no answer came: looked up before it is sent again
    REFUSED = "refused"  # the CRM, or our own check against its schema, said no


class ConflictKind(StrEnum):
    """What is to be decided between this computer and the CRM."""

    FIELD = "field"  # both sides changed it
    DELETED = "deleted"  # deleted there, with edits here that were not sent


class ProductKind(StrEnum):
    """Whether a product stands on its own."""

    PLAN = "plan"
    ADD_ON = "add_on"


class Proration(StrEnum):
    """How a part of a term is priced (trade.md, Proration methods); named on the quote."""

    DAY_365 = "day_365"
    DAY_ACTUAL = "day_actual"
    MONTH_UP = "month_up"
    MONTH_PLUS_DAY = "month_plus_day"
    FULL_TERM = "full_term"


class CoTermMethod(StrEnum):
    """How contracts that end on different days are brought to one end."""

    BY_PRICE = "by_price"
    BY_LICENCE_DAYS = "by_licence_days"


class QuoteOption(StrEnum):
    """The ways to renew that a quote compares side by side."""

    AS_IS = "as_is"
    CO_TERM = "co_term"
    THREE_YEARS = "three_years"
    UPGRADE = "upgrade"


class LineKind(StrEnum):
    """What a line of a quote is: what is owned, or growth, which is counted apart."""

    RENEWAL = "renewal"
    ADD_ON = "add_on"
    UPGRADE = "upgrade"


class QuoteStatus(StrEnum):
    """Where a quote stands. Sent quotes whose validity ends become expired; a newer version supersedes an older."""

    DRAFT = "draft"
    NEEDS_APPROVAL = "needs_approval"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"

    @property
    def is_open(self) -> bool:
        """Whether the customer can still say yes, or the rep still change it."""
        return self in (QuoteStatus.DRAFT, QuoteStatus.NEEDS_APPROVAL, QuoteStatus.SENT)


class ApprovalLevel(StrEnum):
    """Who may allow a discount (trade.md: to 10 % the rep, 20 lead, 40 manager, above the director)."""

    REP = "rep"
    LEAD = "lead"
    MANAGER = "manager"
    DIRECTOR = "director"


class DocumentKind(StrEnum):
    """What can be made: for a customer, or of the book."""

    QUOTE = "quote"
    FIRST_NOTICE = "first_notice"
    REMINDER = "reminder"
    FINAL_NOTICE = "final_notice"
    LAPSE = "lapse"
    PRICE_CHANGE = "price_change"
    THANK_YOU = "thank_you"
    AGREEMENT = "agreement"
    STATEMENT = "statement"
    CALL_SHEET = "call_sheet"
    DAY_SHEET = "day_sheet"
    WEEKLY_REPORT = "weekly_report"
    PRINTED_PAGE = "printed_page"

    @property
    def is_letter(self) -> bool:
        return self in LETTERS

    @property
    def is_report(self) -> bool:
        """Whether it is for the rep, and no account's."""
        return self in REPORTS


LETTERS = frozenset(
    {
        DocumentKind.FIRST_NOTICE, DocumentKind.REMINDER, DocumentKind.FINAL_NOTICE, DocumentKind.LAPSE,
        DocumentKind.PRICE_CHANGE, DocumentKind.THANK_YOU,
    }
)  # fmt: skip
"""The renewal letters, in the order of a contract's end."""
REPORTS = frozenset({DocumentKind.DAY_SHEET, DocumentKind.WEEKLY_REPORT, DocumentKind.PRINTED_PAGE})
"""What is made of the book as a whole."""


class FileFormat(StrEnum):
    """What a document is written as; the value is the file's ending."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    EML = "eml"


class BatchState(StrEnum):
    """Where a batch of documents, or one item of it, stands."""

    WAITING = "waiting"
    DONE = "done"
    BLOCKED = "blocked"  # a field is missing; the item says which
    CANCELLED = "cancelled"


class ClosingStep(StrEnum):
    """What it takes until a renewal is complete, in order (trade.md)."""

    QUOTE_ACCEPTED = "quote_accepted"
    ORDER_NUMBER = "order_number"
    ORDER_PLACED = "order_placed"
    LICENCE_DELIVERED = "licence_delivered"
    CUSTOMER_TOLD = "customer_told"


class GrowthKind(StrEnum):
    """What an opportunity beyond the renewals is; each is counted apart from them."""

    CROSS_SELL = "cross_sell"
    ADD_ON = "add_on"
    UPGRADE = "upgrade"


class PeriodKind(StrEnum):
    """The periods that are forecast and have quotas; they follow the fiscal calendar."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class WhitespaceState(StrEnum):
    """How an account stands to a product family."""

    OWNED = "owned"
    EXPIRED = "expired"
    COMPETITOR = "competitor"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
