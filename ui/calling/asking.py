"""What the strip asks for each outcome, for a snooze, and where the gate wants a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callstation.calling import when
from callstation.calling.both_times import show_both
from callstation.calling.card import Card, KeyLine
from callstation.calling.clock_words import day_words, time_words
from callstation.calling.gate import GateVerdict
from callstation.calling.outcomes import LOSS_REASONS, OUTCOMES, Needs
from callstation.calling.retry import Preset, time_presets
from callstation.settings import Settings
from db.vocabulary import Disposition, LossReason
from ui import words
from ui.calling.outcome_pad import KINDS
from ui.calling.strip import StripChoice, StripView

REASONS = tuple(LOSS_REASONS.items())
_SHORT = {LossReason.MOVED_TO_BUNDLE: "Moved to bundle", LossReason.PARTNER_SWITCHED_VENDOR: "Partner switch"}
"""Where a reason is too long for its key."""


class Ask(StrEnum):
    """What is asked now."""

    TIME = "time"
    REASON = "reason"
    COMPETITOR = "competitor"
    CONFIRM = "confirm"
    GATE = "gate"
    SNOOZE = "snooze"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with how it looks; ``line`` is its outcome if it has one, ``times`` the moments behind digits."""

    ask: Ask
    view: StripView
    line: KeyLine | None = None
    times: tuple[Preset, ...] = ()


def question_for(card: Card, line: KeyLine, now: datetime, settings: Settings) -> Question:
    """What an outcome still needs before it is logged: a time, a reason, or a yes."""
    if line.needs is Needs.TIME:
        return _time(card, line, now, settings)
    return _reason(card, line) if line.needs is Needs.REASON else _confirm(card, line)


def competitor_question(line: KeyLine) -> Question:
    """Who won them over."""
    view = StripView(
        _badge(line), "bad", "Which competitor?", prompt="Name of the competitor", icon="tag",
        button="Log and open next", words="Enter logs it, with or without a name.", is_typed_first=True,
    )  # fmt: skip
    return Question(Ask.COMPETITOR, view, line)


def gate_question(verdict: GateVerdict) -> Question:
    """Why call all the same; the answer is kept with the call as evidence."""
    view = StripView(
        "Not now", "bad", "Call all the same?", prompt="Why, in a few words", icon="ban", button="Call now",
        words=f"{verdict.words} A reason opens it and is kept with the call.", is_typed_first=True,
        back="Go back",
    )  # fmt: skip
    return Question(Ask.GATE, view)


def snooze_question(now: datetime, settings: Settings) -> Question:
    """When the account shall come back, in the rep's own time."""
    local = now.astimezone(settings.zone)
    morning = (local + timedelta(days=1)).replace(hour=settings.work_starts_at, minute=0, second=0, microsecond=0)
    moments = (
        ("In 15 minutes", local + timedelta(minutes=15)),
        ("In one hour", local + timedelta(hours=1)),
        ("In three hours", local + timedelta(hours=3)),
        ("Tomorrow", morning),
    )
    times = tuple(
        Preset(digit, label, at, _moment(at, local, settings)) for digit, (label, at) in enumerate(moments, start=1)
    )
    view = StripView(
        "Snooze", "mute", "Until when?", _choices(times), "or type: 3pm", "alarm-clock", "Snooze", back="Go back"
    )
    return Question(Ask.SNOOZE, view, times=times)


def next_question(account: str) -> Question:
    """Whether to go on; asked by setting only."""
    choices = (StripChoice(1, "Open next", account or "The queue is empty"), StripChoice(2, "Stay here", "J goes on"))
    return Question(Ask.NEXT, StripView("Logged", "ok", "What next?", choices, button="Open next", back="Stay here"))


@dataclass(frozen=True, slots=True)
class ReadTime:
    """How a typed time is understood: the moment, None where it is not; and two lines for the strip."""

    at: datetime | None
    strong: str
    words: str
    tone: str = "text2"


def read_time(typed: str, card: Card, now: datetime, settings: Settings, *, is_theirs: bool) -> ReadTime:
    """Read a typed time, in their zone (and tell it in both) or, for a snooze, in the rep's own."""
    if not typed.strip():
        return ReadTime(None, "", "")
    zone, is_day_first = card.there.zone if is_theirs else settings.zone, settings.language != "en_US"
    read = when.parse(typed, now=now, zone=zone, own_zone=settings.zone, is_day_first=is_day_first)
    if isinstance(read, when.Misread):
        return ReadTime(None, "", f"{read.words} {read.hint}")
    if not is_theirs:
        local, is_ahead = read.at.astimezone(settings.zone), read.at > now
        words_there = _moment(local, now.astimezone(settings.zone), settings)
        return ReadTime(
            read.at if is_ahead else None, words_there, "" if is_ahead else "That moment has passed.", "bad"
        )
    shown = show_both(
        read.at, there=card.there, place=card.place if card.their_zone else "", own_zone=settings.zone, now=now,
        own_day=(settings.work_starts_at, settings.work_ends_at), is_24_hour=settings.is_24_hour,
    )  # fmt: skip
    second = " ".join(part for part in (f"{shown.yours}." if shown.yours else "", *shown.warnings) if part)
    if not shown.is_possible:
        return ReadTime(None, shown.theirs, second, "bad")
    return ReadTime(read.at, shown.theirs, second, "warn" if shown.warnings or "your day" in shown.yours else "text2")


def reason_at(digit: int) -> LossReason | None:
    """The reason behind a digit; the last ones have none and are found behind 0."""
    return REASONS[digit - 1][0] if 1 <= digit <= min(9, len(REASONS)) else None


def _time(card: Card, line: KeyLine, now: datetime, settings: Settings) -> Question:
    times = time_presets(line.disposition, now, card.there, is_24_hour=settings.is_24_hour)
    is_callback = line.disposition is Disposition.CALLBACK_AGREED
    title = "When?" if is_callback else "When shall we come back to it?"
    if OUTCOMES[line.disposition].is_promise:
        title = "Promised by when?"
    view = StripView(
        _badge(line), KINDS.get(line.disposition, "mute"), title, _choices(times), "or type: thu 10am",
        "calendar-clock", "Log and open next",
    )  # fmt: skip
    return Question(Ask.TIME, view, line, times)


def _reason(card: Card, line: KeyLine) -> Question:
    choices = tuple(
        StripChoice(digit, _SHORT.get(one, label)) for digit, (one, label) in enumerate(REASONS[:9], start=1)
    )
    title = f"Why?{_which(card)}"
    return Question(Ask.REASON, StripView(_badge(line), "bad", title, (*choices, StripChoice(0, "More"))), line)


def _confirm(card: Card, line: KeyLine) -> Question:
    who, number = card.contact or card.account, card.number.shown if card.number else "the number"
    says, title = {
        Disposition.WRONG_NUMBER: (f"{number} is marked dead and not offered again.", "Is this number wrong?"),
        Disposition.CONTACT_LEFT: (f"{who} is marked as gone; someone else takes over.", "Has this person left?"),
        Disposition.DO_NOT_CALL: (f"{who} and {number} are blocked, with the evidence kept.", "Never call again?"),
    }.get(line.disposition, (_closing(card), "Is it final?"))
    kind = KINDS.get(line.disposition, "mute")
    view = StripView(
        _badge(line), kind, title, (StripChoice(1, f"Yes, {line.label.lower()}", says),), button="Log and open next"
    )
    return Question(Ask.CONFIRM, view, line)


def _which(card: Card) -> str:
    if len(card.renewals) < 2:
        return ""
    rest = len(card.renewals) - 1
    return f" This closes {card.renewals[0].number}; {rest} more {'stays' if rest == 1 else 'stay'} open."


def _closing(card: Card) -> str:
    return (_which(card).strip() or "This closes the renewal.") if card.renewals else "Nothing is open to close."


def _badge(line: KeyLine) -> str:
    return f"{line.digit}  {line.label}" if line.digit else line.label


def _choices(times: tuple[Preset, ...]) -> tuple[StripChoice, ...]:
    return tuple(StripChoice(one.digit, one.label, one.words) for one in times)


def _moment(at: datetime, local: datetime, settings: Settings) -> str:
    clock = time_words(at, is_24_hour=settings.is_24_hour)
    return clock if at.date() == local.date() else f"{day_words(at.date())}, {clock}"


def after_words(disposition: Disposition, next_at: datetime | None, next_words: str, settings: Settings) -> str:
    """What follows, said once it is logged: "Again Mon 10:00 AM.", or what was closed or blocked."""
    if disposition is Disposition.CALLBACK_AGREED and next_at is not None:
        local = next_at.astimezone(settings.zone)
        return f"Callback {day_words(local.date())}, {words.clock(next_at, settings)}."
    settled = {
        Disposition.WRONG_NUMBER: "The number is marked dead.",
        Disposition.CONTACT_LEFT: "Someone else takes over.",
        Disposition.DO_NOT_CALL: "Blocked, with the evidence kept.",
        Disposition.RENEWING_VIA_PARTNER: "The partner takes the order.",
    }
    return settled.get(disposition) or (f"{next_words}." if next_words else "")
