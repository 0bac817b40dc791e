"""When we come back after each outcome, and the times the desk offers for a callback (trade.md, Outcomes)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from callstation.calling.business_time import BusinessTime
from callstation.calling.clock_words import LONG_WEEKDAYS, date_words, day_words, near_day_words, time_words
from db.vocabulary import Disposition

BUSY_AGAIN = timedelta(minutes=15)
BUSY_A_DAY = 3
QUOTE_WITHIN = timedelta(hours=4)
"""The promise that goes with a requested quote, in business time (trade.md, Service)."""
WIN_BACK = timedelta(days=180)

_WORKING_DAYS = {
    Disposition.LEFT_VOICEMAIL: 2,
    Disposition.LEFT_MESSAGE: 2,
    Disposition.REVIEWING_QUOTE: 5,
    Disposition.VERBAL_YES: 3,
    Disposition.REDUCING_SEATS: 2,
    Disposition.ORDER_RECEIVED: 5,
}
_NOTHING_PLANNED = {
    Disposition.WRONG_NUMBER: "Ask for a new one",
    Disposition.CONTACT_LEFT: "Find a new contact",
    Disposition.CALLBACK_AGREED: "Pick a time",
    Disposition.RENEWING_VIA_PARTNER: "Task on the partner",
    Disposition.DO_NOT_CALL: "Asks first",
}
_LEADS = {
    Disposition.VERBAL_YES: "Commit, chase",
    Disposition.ORDER_RECEIVED: "Won, check in",
    Disposition.REDUCING_SEATS: "Risk play",
}
_NOON = time(12)
_MORNING = (time(10), time(9), time(11, 30))
_AFTERNOON = (time(16, 30), time(14, 30), time(13, 30))
_TOO_NEAR = 120  # minutes; trade.md: avoid the same clock time by two hours either way


@dataclass(frozen=True, slots=True)
class NextAttempt:
    """``at`` (UTC) is the minute we come back; ``on`` the day, if no minute matters; both None if nothing is planned.

    ``words`` is what the outcome key prints: "Again today 4:30 PM". ``zone`` is the IANA zone the words are told in.
    """

    at: datetime | None
    on: date | None
    words: str
    zone: str


@dataclass(frozen=True, slots=True)
class Preset:
    """A time on the callback strip: its digit, its name, the moment (UTC) and how it reads there."""

    digit: int
    label: str
    at: datetime
    words: str


def next_attempt(
    disposition: Disposition,
    *,
    now: datetime,
    there: BusinessTime,
    agreed_at: datetime | None = None,
    tried_at: Sequence[datetime] = (),
    busy_today: int = 0,
    is_24_hour: bool = False,
) -> NextAttempt:
    """The next step after an outcome at ``now`` (aware): at ``agreed_at`` if a time was agreed, else the default.

    ``tried_at`` are earlier attempts on the number, whose clock times are avoided; ``busy_today`` counts the busy
    signals before this one today. No answer: in their morning the same day's other half, else the next working day's.
    """
    local, zone = now.astimezone(there.zone), there.zones[0]
    if agreed_at is not None:
        lead = {Disposition.QUOTE_REQUESTED: "Quote by", **_LEADS}.get(disposition, "Again")
        return NextAttempt(agreed_at, None, f"{lead} {_moment(agreed_at, now, there, is_24_hour)}", zone)
    if disposition in _NOTHING_PLANNED:
        return NextAttempt(None, None, _NOTHING_PLANNED[disposition], zone)
    if disposition is Disposition.NOT_RENEWING:
        on = there.add_working_days(local.date() + WIN_BACK, 0)
        return NextAttempt(None, on, f"Win-back {date_words(on)}", zone)
    if disposition is Disposition.QUOTE_REQUESTED:
        at = there.add_hours(now, QUOTE_WITHIN)
        return NextAttempt(at, None, f"Quote by {_moment(at, now, there, is_24_hour)}", zone)
    at = _default_at(disposition, now, there, tried_at, busy_today)
    return NextAttempt(at, None, f"{_LEADS.get(disposition, 'Again')} {_moment(at, now, there, is_24_hour)}", zone)


def _default_at(
    disposition: Disposition, now: datetime, there: BusinessTime, tried_at: Sequence[datetime], busy_today: int
) -> datetime:
    local = now.astimezone(there.zone)
    tried = [local, *(at.astimezone(there.zone) for at in tried_at)]
    if disposition is Disposition.BUSY and busy_today < BUSY_A_DAY:
        return there.into_hours(_up_to_5(now + BUSY_AGAIN))
    if disposition is Disposition.GATEKEEPER:
        return there.into_hours(there.at(there.add_working_days(local.date(), 1), there.opens))
    if disposition in _WORKING_DAYS:
        day = there.add_working_days(local.date(), _WORKING_DAYS[disposition])
        is_missed = disposition is Disposition.LEFT_VOICEMAIL
        return there.into_hours(
            there.at(day, _freshest((_MORNING[0], _AFTERNOON[1]), tried) if is_missed else _MORNING[0])
        )
    return _other_half(local, there, tried)


def callback_presets(now: datetime, there: BusinessTime, *, is_24_hour: bool = False) -> tuple[Preset, ...]:
    """In one hour; tomorrow and next week at this time; Monday at ten. Days they rest on give way to the next."""
    local = now.astimezone(there.zone)
    clock = _nearest_quarter(local)
    tomorrow = there.add_working_days(local.date() + timedelta(days=1), 0)
    monday = there.add_working_days(local.date() + timedelta(days=7 - local.weekday()), 0)
    week = there.add_working_days(local.date() + timedelta(days=7), 0)
    is_next_day = (tomorrow - local.date()).days == 1
    hour = now + timedelta(hours=1)
    on_hour = time_words(hour.astimezone(there.zone), is_24_hour=is_24_hour)
    same, ten = time_words(clock, is_24_hour=is_24_hour), time_words(time(10), is_24_hour=is_24_hour)
    day_of_hour = hour.astimezone(there.zone).date()
    return (
        Preset(
            1, "In one hour", hour, on_hour if day_of_hour == local.date() else f"{day_words(day_of_hour)}, {on_hour}"
        ),
        Preset(
            2,
            "Tomorrow" if is_next_day else LONG_WEEKDAYS[tomorrow.weekday()],
            there.at(tomorrow, clock),
            f"{day_words(tomorrow)}, {same}",
        ),
        Preset(3, LONG_WEEKDAYS[monday.weekday()], there.at(monday, time(10)), f"{day_words(monday)[4:]}, {ten}"),
        Preset(4, "Next week", there.at(week, clock), f"{day_words(week)}, {same}"),
    )


def time_presets(
    disposition: Disposition, now: datetime, there: BusinessTime, *, is_24_hour: bool = False
) -> tuple[Preset, ...]:
    """What the strip offers for an outcome that needs a time: its own default first, where it has one."""
    usual = callback_presets(now, there, is_24_hour=is_24_hour)
    if disposition is Disposition.QUOTE_REQUESTED:
        at = there.add_hours(now, QUOTE_WITHIN)
    elif disposition in _WORKING_DAYS:
        at = _default_at(disposition, now, there, (), 0)
    else:
        return usual
    local = at.astimezone(there.zone)
    label = {Disposition.QUOTE_REQUESTED: "In 4 business hours"}.get(
        disposition, f"In {_WORKING_DAYS.get(disposition, 1)} working days"
    )
    words = f"{day_words(local.date())}, {time_words(local, is_24_hour=is_24_hour)}"
    return (Preset(1, label, at, words), *usual[1:])


def _other_half(local: datetime, there: BusinessTime, tried: Sequence[datetime]) -> datetime:
    is_morning = local.time() < _NOON
    slots = _AFTERNOON if is_morning else _MORNING
    # Of their own morning the afternoon is four hours off, so the cap of one call in four hours is kept as well.
    day = local.date() if is_morning and there.works_on(local.date()) else there.add_working_days(local.date(), 1)
    return there.into_hours(there.at(day, _freshest(slots, tried)), may_meet_lunch=False)


def _freshest(slots: Sequence[time], tried: Sequence[datetime]) -> time:
    """The first slot two hours away from every clock time tried so far; where none is, the one least often tried."""

    def times_near(slot: time) -> int:
        return sum(abs((slot.hour - at.hour) * 60 + slot.minute - at.minute) < _TOO_NEAR for at in tried)

    return min(slots, key=times_near)  # min keeps the first of equals


def _moment(at: datetime, now: datetime, there: BusinessTime, is_24_hour: bool) -> str:
    local = at.astimezone(there.zone)
    day = near_day_words(local.date(), now.astimezone(there.zone).date())
    return f"{day} {time_words(local, is_24_hour=is_24_hour)}"


def _up_to_5(at: datetime) -> datetime:
    """The next full five minutes: a time one can say."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=-at.minute % 5)


def _nearest_quarter(local: datetime) -> time:
    """2:18 PM is said as 2:15 PM; never past the day's last quarter."""
    minutes = min((local.hour * 60 + local.minute + 7) // 15 * 15, 23 * 60 + 45)
    return time(minutes // 60, minutes % 60)
