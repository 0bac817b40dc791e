"""What was changed of one opportunity, in words: which it is, and from what to what."""

from callstation.calling.clock_words import date_words
from callstation.quotes.money import show
from callstation.renewals.categories import SUGGESTED
from callstation.renewals.opportunity import Change, Current
from db.vocabulary import ForecastCategory, RenewalStage


def changed_words(now: Current, change: Change) -> str:
    """ "Halden Robotics, C-1003: Quoted to Won"; ``now`` is before the change. "" where nothing of it was."""
    said = [words for words in (_stage(now, change), _category(now, change), _amount(now, change)) if words]
    if change.close_on not in (None, now.expected_on):
        assert change.close_on is not None
        said.append(f"closes {date_words(now.expected_on)} to {date_words(change.close_on)}")
    if change.next_step is not None and change.next_step.strip() != now.next_step:
        step = change.next_step.strip()
        said.append(f"next step “{step}”" if step else "no next step")
    return f"{_which(now)}: {', '.join(said)}" if said else ""


def _which(now: Current) -> str:
    if not now.name or now.account in now.name:
        return now.name or now.account
    return f"{now.account}, {now.name}"


def _stage(now: Current, change: Change) -> str:
    if change.stage is None or change.stage is now.stage:
        return ""
    return f"{_named(now.stage)} to {_named(change.stage)}"


def _category(now: Current, change: Change) -> str:
    if change.is_suggested and now.is_picked and change.category is None:
        return f"{_named(now.category)} to {_named(SUGGESTED[change.stage or now.stage])}, as suggested"
    if change.category is None:
        return ""
    if change.category is now.category:
        return "" if now.is_picked else f"{_named(now.category)}, picked"
    return f"{_named(now.category)} to {_named(change.category)}"


def _amount(now: Current, change: Change) -> str:
    if change.amount is None or change.amount == now.amount:
        return ""
    before = "no amount" if now.amount is None else show(now.amount, now.currency)
    return f"{before} to {show(change.amount, now.currency)}"


def _named(one: RenewalStage | ForecastCategory) -> str:
    return one.value.replace("_", " ").capitalize()
