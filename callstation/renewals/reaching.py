"""Which contracts can be reached in time: the days to come worked through in queue order at the rep's own rates.

Each working day has room for so many first calls. It goes to whoever is in the queue that day, first come first served
by the order of the queue; one person is rung once a day, and where a conversation takes more than six calls, on six of
ten working days (trade.md: six attempts in 14 days); so many calls make one conversation, and one conversation is for
every contract of the person that is in its time. Everything is whole numbers, so that the same book gives the same
answer; on which days a person may be rung does not depend on other calls, so that more room makes nobody later.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MOST_CALLS = 6
"""Attempts of one number within 14 days."""
WEEK = 5
RUNG_ON = (0, 2, 4)
"""Of the five days of a working week, where the cap binds; each person's week begins on a day of its own."""


class Need(NamedTuple):
    """A contract that nobody has spoken about yet. Both days included."""

    renewal_id: int
    opens_on: date
    """The first day on which a conversation counts for it, and on which it may be called."""
    ends_on: date


class Person(NamedTuple):
    """A call target with such contracts; persons come in the order of the queue."""

    target_id: int
    needs: tuple[Need, ...]


class Rates(NamedTuple):
    """What the rep did in the working days counted: whole numbers, of which every rate is made."""

    days: int
    calls: int
    first_calls: int
    """Those to persons not spoken to lately: the others follow up what has begun."""
    conversations: int

    @property
    def calls_per_conversation(self) -> int | None:
        """Rounded up; None where no call of theirs got through."""
        return -(-self.calls // self.conversations) if self.conversations else None


@dataclass(frozen=True, slots=True)
class Reached:
    """What the days to come bring: renewal id to the day of the conversation, and those never reached in time."""

    on: Mapping[int, date]
    missed: frozenset[int]


def reach(people: Sequence[Person], days: Sequence[date], rates: Rates, *, extra: int = 0) -> Reached:
    """Work through the working ``days`` (rising, the first today), with ``extra`` calls more on each.

    Contracts of which no day is left, or where no call gets through at all, are missed.
    """
    tries = rates.calls_per_conversation
    everyone = {need.renewal_id for person in people for need in person.needs}
    if tries is None or not rates.days or not days:
        return Reached({}, frozenset(everyone))
    waiting: dict[int, list[tuple[int, int]]] = defaultdict(list)  # day to (place, number of the need) opening then
    for place, person in enumerate(people):
        for number, need in enumerate(person.needs):
            opens = bisect_left(days, need.opens_on)
            if opens < len(days) and days[opens] <= need.ends_on:
                waiting[opens].append((place, number))
    room = _room(rates, extra)
    classes = WEEK if tries > MOST_CALLS else 1
    heaps: tuple[list[int], ...] = tuple([] for _ in range(classes))
    active: dict[int, dict[int, int]] = {}  # place to the calls made for each of its needs in their time
    on: dict[int, date] = {}
    for at, (today, free) in enumerate(zip(days, room, strict=False)):
        for place, number in waiting.pop(at, ()):
            if place not in active:
                active[place] = {}
                heapq.heappush(heaps[place % classes], place)
            active[place][number] = 0
        today_only = [heap for number, heap in enumerate(heaps) if may_ring(at, number, tries)]
        again = []
        while free and (heap := min(filter(None, today_only), key=lambda heap: heap[0], default=None)):
            place = heapq.heappop(heap)
            needs, counts = people[place].needs, active[place]
            for number in [one for one in counts if needs[one].ends_on < today]:
                del counts[number]
            if not counts:
                del active[place]
                continue
            free -= 1
            for number in list(counts):
                counts[number] += 1
                if counts[number] >= tries:
                    on[needs[number].renewal_id] = today
                    del counts[number]
            if counts:
                again.append(place)
            else:
                del active[place]
        for place in again:
            heapq.heappush(heaps[place % classes], place)
    return Reached(on, frozenset(everyone - on.keys()))


def may_ring(at: int, place: int, tries: int) -> bool:
    """Whether the person at a place of the queue may be rung on the working day ``at``."""
    return tries <= MOST_CALLS or (at + place) % WEEK in RUNG_ON


def needed_extra(people: Sequence[Person], days: Sequence[date], rates: Rates) -> tuple[int, Reached] | None:
    """(the fewest calls more a day with which nobody is missed for want of calls, what is reached then).

    Who is missed all the same has too few days left for the calls that one conversation takes. None where no number of
    calls would do, because none gets through or none was made.
    """
    if rates.calls_per_conversation is None or not rates.days:
        return None
    best = reach(people, days, rates, extra=len(people))
    low, high = -1, 0
    found = reach(people, days, rates, extra=high)
    while len(found.missed) > len(best.missed):
        low, high = high, max(1, high * 2)
        found = reach(people, days, rates, extra=high)
    while high - low > 1:
        middle = (low + high) // 2
        tried = reach(people, days, rates, extra=middle)
        if len(tried.missed) > len(best.missed):
            low = middle
        else:
            high, found = middle, tried
    return high, found


def _room(rates: Rates, extra: int) -> Iterator[int]:
    """First calls on each day to come: the rate is kept over the days, the fraction carried on to the next."""
    done = 0
    day = 0
    while True:
        day += 1
        so_far = day * rates.first_calls // rates.days
        yield so_far - done + extra
        done = so_far
