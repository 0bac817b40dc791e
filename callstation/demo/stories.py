"""What was said in the calls of the made-up book: outcomes as often as they really come, with notes."""

import random
from dataclasses import dataclass

from callstation.demo.words import COMPETITORS, FAMILY_NAMES, GIVEN_NAMES
from db.vocabulary import Disposition

REACHED = frozenset({"callback_agreed", "quote_requested", "reviewing_quote", "verbal_yes", "reducing_seats"})
"""Outcomes that were a two-way conversation and leave the renewal open."""

_OUTCOMES = {
    "no_answer": 38, "left_voicemail": 23, "gatekeeper": 7, "left_message": 5, "busy": 2, "callback_agreed": 8,
    "quote_requested": 6, "reviewing_quote": 6, "verbal_yes": 3, "reducing_seats": 2,
}  # fmt: skip
_NOTES = {
    "no_answer": ("", "", "", "", "Rang out.", "Rang six times, no machine."),
    "left_voicemail": (
        "Voicemail: reminder about the end date, asked to call back.",
        "Left my name, the end date and my number.",
        "Voicemail full, sent the reminder by e-mail instead.",
        "Second voicemail. Next one goes to {person}.",
    ),
    "gatekeeper": (
        "Reception would not put me through. Direct line ends in the hundreds, ask for {person}.",
        "Assistant takes messages only before 10.",
        "Switchboard: {person} works from home on Fridays.",
    ),
    "left_message": ("Left word with {person}, back after lunch.", "{person} will pass it on."),
    "busy": ("",),
    "callback_agreed": (
        "In a meeting, asked me to ring back.",
        "Budget round ends this week, {person} decides. Call back after.",
        "Wants to look at usage first, then talk about the term.",
        "Travelling, back on Thursday. Prefers mornings.",
    ),
    "quote_requested": (
        "Asked for one and three years side by side, {seats} seats.",
        "Needs a quote with {person} as the contact, purchase order to follow.",
        "Wants the two-year price and the phone support taken off.",
        "{seats} seats now, was more last year. Asked for a new quote.",
    ),
    "reviewing_quote": (
        "Quote is with {person}, needs two signatures.",
        "Compares us with {rival}. Price is close, migration worries them.",
        "Procurement has the quote, expects an answer next week.",
        "Happy with the product, wants 5 percent off for a longer term.",
    ),
    "verbal_yes": ("Renews for a year, order comes from {person}.", "Yes to two years. Purchase order this month."),
    "reducing_seats": (
        "Closed a site, goes down to {seats} seats.",
        "Half the team moved to {rival}. Keeps {seats} seats.",
    ),
}
_EMAILS = (
    "Renewal notice sent.",
    "Quote sent, one and three years.",
    "Sent the usage summary.",
    "Order confirmation sent.",
)
_REMARKS = (
    "New head of purchasing: {person}.",
    "Ticket about single sign-on was solved, they noticed.",
    "Office moves next quarter, same number.",
    "Prefers e-mail for anything but decisions.",
    "{rival} called them last month.",
)


@dataclass(frozen=True, slots=True, order=True)
class Story:
    """One past event. ``kind`` and ``disposition`` as stored; the call's length in seconds."""

    kind: str
    disposition: str
    is_reached: bool
    duration_s: int
    note: str


def make_stories(rng: random.Random, count: int) -> list[Story]:
    """A pool to draw past events from, each as often as it happens."""
    names = [f"{given} {family}" for given, family in zip(
        " ".join(GIVEN_NAMES.values()).split(), " ".join(FAMILY_NAMES.values()).split(), strict=False)]  # fmt: skip
    made = []
    for outcome in rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()), k=count):
        words = {"person": rng.choice(names), "rival": rng.choice(COMPETITORS), "seats": rng.randrange(8, 400)}
        dice = rng.random()
        if dice < 0.12:
            made.append(Story("email", "", False, 0, rng.choice(_EMAILS)))
        elif dice < 0.16:
            made.append(Story("note", "", False, 0, rng.choice(_REMARKS).format(**words)))
        else:
            is_reached = outcome in REACHED
            length = int(rng.lognormvariate(5.3, 0.6)) if is_reached else rng.randrange(12, 55)
            note = rng.choice(_NOTES[outcome]).format(**words)
            made.append(Story("call", Disposition(outcome).value, is_reached, length, note))
    return made
