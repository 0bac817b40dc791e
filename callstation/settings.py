"""Every setting, declared once: the settings page, the command line and the README follow from here."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callstation.errors import UserError

if TYPE_CHECKING:  # the window is painted before these are imported
    from zoneinfo import ZoneInfo


KINDS: dict[type, str] = {int: "a whole number", bool: "yes or no", str: "words"}
"""What a setting of each kind takes, in words."""


def setting(
    default: Any,
    label: str,
    words: str,
    *,
    group: str,
    choices: Sequence[str] = (),
    low: int = 0,
    high: int = 0,
    has_lines: bool = False,
) -> Any:
    """Declare one setting; ``choices`` or ``has_lines`` for words, ``low`` and ``high`` for numbers (inclusive)."""
    return field(
        default=default,
        metadata={
            "label": label,
            "help": words,
            "group": group,
            "choices": tuple(choices),
            "low": low,
            "high": high,
            "has_lines": has_lines,
        },
    )


@dataclass(frozen=True)
class Settings:
    """What the rep has chosen; a change makes a new object."""

    theme: str = setting(
        "system", "Theme", "Follow the system, or always the same.", group="Looks",
        choices=("system", "light", "dark", "high contrast"),
    )  # fmt: skip
    text_size: int = setting(100, "Text size", "Percent of the normal size.", group="Looks", low=90, high=140)
    clock: str = setting("12 h", "Clock", "How times are written.", group="Looks", choices=("12 h", "24 h"))
    language: str = setting(
        "en_US", "Dates and money", "Which country's way of writing dates and amounts.", group="Looks",
        choices=("en_US", "en_GB", "de_DE", "fr_FR"),
    )  # fmt: skip
    time_zone: str = setting(
        "", "Time zone", "An IANA name such as Europe/Berlin; empty follows the computer.", group="Day"
    )
    home_region: str = setting(
        "US",
        "Home country",
        "Numbers without a country code are read as numbers of this country.",
        group="Day",
    )
    day_turns_at_hour: int = setting(
        4, "The day turns at", "The hour at which a new calling day begins.", group="Day", low=0, high=8
    )
    work_starts_at: int = setting(8, "My day starts at", "Your first working hour.", group="Day", low=0, high=23)
    work_ends_at: int = setting(18, "My day ends at", "The hour you stop.", group="Day", low=1, high=24)
    dial_with: str = setting(
        "tel", "Dial with", "Which program rings the number, or just copy it.", group="Calls",
        choices=("tel", "sip", "clipboard"),
    )  # fmt: skip
    is_dialled_on_open: bool = setting(
        False, "Dial on open", "Start the call as soon as the next account opens.", group="Calls"
    )
    after_logging: str = setting(
        "next", "After logging", "Open the next account, ask first, or stay.", group="Calls",
        choices=("next", "ask", "stay"),
    )  # fmt: skip
    look_ahead_min: int = setting(
        20,
        "Look ahead",
        "Callbacks rise to the top this many minutes before their time.",
        group="Calls",
        low=0,
        high=120,
    )
    small_share: int = setting(
        15,
        "Kept for small contracts",
        "Percent of the day's calls, for the job says all.",
        group="Queue",
        low=0,
        high=50,
    )
    weight_expiry: int = setting(30, "Expiry urgency", "Points at most.", group="Queue", low=0, high=100)
    weight_value: int = setting(20, "Renewable value", "Points at most.", group="Queue", low=0, high=100)
    weight_promise: int = setting(20, "Promise or callback due", "Points at most.", group="Queue", low=0, high=100)
    weight_risk: int = setting(10, "Risk", "Points at most.", group="Queue", low=0, high=100)
    weight_stage: int = setting(8, "Stage gap", "Points at most.", group="Queue", low=0, high=100)
    weight_touch: int = setting(5, "Touch-point debt", "Points at most.", group="Queue", low=0, high=100)
    weight_reach: int = setting(5, "Reachability", "Points at most.", group="Queue", low=0, high=100)
    weight_campaign: int = setting(2, "Campaign boost", "Points at most.", group="Queue", low=0, high=100)
    snippets: str = setting(
        "Budget: Needs budget approval first.\nCompetitor: Comparing with a competitor: \n"
        "CFO sign-off: Needs CFO sign-off.\nVoicemail: Left my name, the end date and my number.",
        "Snippets", "One a line, name and text with a colon between.", group="Calls", has_lines=True,
    )  # fmt: skip
    voicemail_note: str = setting(
        "Voicemail: reminder about the end date, asked to call back.",
        "Voicemail note", "Written into the log when you leave a voicemail and typed nothing.", group="Calls",
    )  # fmt: skip

    is_synced_at_start: bool = setting(
        False, "Sync at the start", "When the book opens, once you are signed in.", group="Salesforce"
    )
    is_synced_when_idle: bool = setting(
        False, "Sync when idle", "After five minutes without a key or a call.", group="Salesforce"
    )
    sync_every_min: int = setting(
        0, "Sync every", "Minutes between two syncs, none during a call; 0 for never.", group="Salesforce", low=0,
        high=240,
    )  # fmt: skip
    is_synced_at_day_end: bool = setting(
        False, "Sync at the day's end", "At the hour at which your day ends.", group="Salesforce"
    )
    crm_scope: str = setting(
        "mine", "Accounts to load", "Those you own, or all that you may see.", group="Salesforce",
        choices=("mine", "all"),
    )  # fmt: skip
    api_share: int = setting(
        80, "Share of API calls", "Percent of your company's daily calls at which a sync stops.", group="Salesforce",
        low=10, high=100,
    )  # fmt: skip
    crm_key_field: str = setting(
        "Callstation_Key__c", "Key field", "The external-id field that your admin made; without it all works, slower.",
        group="Salesforce",
    )  # fmt: skip
    stage_names: str = setting(
        "", "Stage names", "Our stage and your company's name for it, one a line: Quoted: Proposal/Price Quote.",
        group="Salesforce", has_lines=True,
    )  # fmt: skip

    quote_valid_days: int = setting(
        30, "Valid for", "Days for which a quote binds you.", group="Quotes", low=1, high=365
    )
    currency: str = setting("USD", "Own currency", "ISO code of the currency your company counts in.", group="Quotes")
    proration: str = setting(
        "day_365", "Proration", "How a part of a term is priced; named on the quote.", group="Quotes",
        choices=("day_365", "day_actual", "month_up", "month_plus_day", "full_term"),
    )  # fmt: skip
    co_term: str = setting(
        "by_price", "Co-terming", "By the price of the days added, or by licence-days.", group="Quotes",
        choices=("by_price", "by_licence_days"),
    )  # fmt: skip
    uplift: str = setting(
        "0", "Uplift", "Percent added at a renewal where neither contract nor line says otherwise.", group="Quotes"
    )
    reinstatement_fee: str = setting(
        "10", "Reinstatement fee", "Percent added to a contract that lapsed longer than its grace days.", group="Quotes"
    )
    late_start: str = setting(
        "backdate", "Late renewals", "Start the day after the old end, or today.", group="Quotes",
        choices=("backdate", "today"),
    )  # fmt: skip
    grace_days: str = setting(
        "*: 30", "Grace days", "One a line, vendor and days after the end without a fee (Quillbase: 14); * for others.",
        group="Quotes", has_lines=True,
    )  # fmt: skip
    my_level: str = setting(
        "rep", "My level", "What you may allow yourself.", group="Quotes",
        choices=("rep", "lead", "manager", "director"),
    )  # fmt: skip
    floors: str = setting(
        "*: 10, 20, 40", "Discount floors",
        "One a line, family and the percent to which rep, lead and manager decide; * for all others.",
        group="Quotes", has_lines=True,
    )  # fmt: skip
    rates: str = setting(
        "", "Exchange rates", "One a line, currency, rate into your own and its day: EUR: 1.08, 2026-11-20.",
        group="Quotes", has_lines=True,
    )  # fmt: skip

    fiscal_year_starts: int = setting(
        1, "Fiscal year starts in month", "1 for January; quarters and years follow it.", group="Forecast", low=1,
        high=12,
    )  # fmt: skip
    incomplete: str = setting(
        "send", "Incomplete opportunities", "Sent to Salesforce all the same, or held until they are complete.",
        group="Forecast", choices=("send", "hold"),
    )  # fmt: skip

    company_name: str = setting("", "Company", "As it stands on letters and quotes.", group="Letterhead")
    company_address: str = setting(
        "", "Address", "As it stands on letters, line by line.", group="Letterhead", has_lines=True
    )
    company_contact: str = setting(
        "", "Phone, e-mail, web", "One a line, printed beside the address.", group="Letterhead", has_lines=True
    )
    company_footer: str = setting(
        "",
        "Footer",
        "Registration, VAT id and bank, printed small below each page.",
        group="Letterhead",
        has_lines=True,
    )
    company_logo: str = setting("", "Logo", "A PNG or JPEG file of at most 2 MB.", group="Letterhead")
    company_colour: str = setting("#2B59D9", "Colour", "Of lines and headings, as #RRGGBB.", group="Letterhead")
    signed_by: str = setting("", "Signed by", "Your name below letters.", group="Letterhead")
    signed_as: str = setting("", "Signed as", "Your role below letters.", group="Letterhead")
    paper: str = setting(
        "by country", "Paper", "A4, Letter, or what the customer's country uses.", group="Letterhead",
        choices=("by country", "A4", "Letter"),
    )  # fmt: skip

    @cached_property
    def zone(self) -> "ZoneInfo":
        """The rep's own time zone."""
        from zoneinfo import ZoneInfo

        if self.time_zone:
            return ZoneInfo(self.time_zone)
        from tzlocal import get_localzone_name

        return ZoneInfo(get_localzone_name() or "UTC")

    @property
    def is_24_hour(self) -> bool:
        return self.clock == "24 h"

    def with_values(self, **values: Any) -> "Settings":
        """A copy with some values changed; ``UserError`` where one is not allowed."""
        for item in fields(self):
            if item.name in values:
                _check(item.name, values[item.name], item.metadata, type(item.default))
        changed = replace(self, **values)
        if {"work_starts_at", "work_ends_at"} & values.keys() and changed.work_ends_at <= changed.work_starts_at:
            raise UserError(
                "Your day must end after it starts.",
                f"work_starts_at is {changed.work_starts_at}, work_ends_at is {changed.work_ends_at}.",
                "Change the other one first.",
            )
        return changed


def _check(name: str, value: Any, declared: Any, kind: type) -> None:
    label = declared["label"]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise UserError(f"{label} cannot be {value!r}.", f"The setting {name} takes {KINDS[kind]}.", declared["help"])
    if declared["choices"] and value not in declared["choices"]:
        raise UserError(f"{label} cannot be {value!r}.", "", f"Choose one of: {', '.join(declared['choices'])}.")
    if declared["high"] and not declared["low"] <= value <= declared["high"]:
        raise UserError(f"{label} cannot be {value}.", "", f"It goes from {declared['low']} to {declared['high']}.")
    if name == "time_zone" and value:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(str(value))
        except (ValueError, OSError, LookupError) as error:
            raise UserError(f"There is no time zone {value!r}.", "", declared["help"]) from error
    if name == "stage_names" and value:
        from callstation.sync.stages import read_stage_names

        read_stage_names(str(value))
    if declared["group"] == "Quotes" and kind is str and not declared["choices"]:
        from callstation.quotes.policy import CHECKS

        CHECKS[name](str(value))
    if name == "company_colour":
        from callstation.documents.letterhead import check_colour

        check_colour(str(value))


def load_settings(path: Path) -> Settings:
    """The settings kept in a file, the defaults where there is none; names of other versions are passed over."""
    if not path.exists():
        return Settings()
    import json

    known = {item.name for item in fields(Settings)}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        start, end = (kept.get(name, getattr(Settings, name)) for name in ("work_starts_at", "work_ends_at"))
        if isinstance(start, int) and isinstance(end, int) and end <= start:  # older versions took such a day
            kept = {**kept, "work_starts_at": Settings.work_starts_at, "work_ends_at": Settings.work_ends_at}
        return Settings().with_values(**{name: value for name, value in kept.items() if name in known})
    except (ValueError, AttributeError) as error:
        raise UserError(
            "The settings file cannot be read.",
            f"{path}: {error}",
            "Mend it, or delete it to go back to the defaults.",
        ) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings in one step, so that a crash leaves the old or the new file, never half of one."""
    import json

    half = path.with_suffix(".part")
    half.write_text(json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    half.replace(path)
