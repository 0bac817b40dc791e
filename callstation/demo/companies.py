"""Made-up customers and partners, with their people and the numbers they answer."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from callstation.accounts.names import name_key
from callstation.calling.phones import read_number
from callstation.demo.places import CITIES, COUNTRY_SHARES, City
from callstation.demo.words import (
    FAMILY_NAMES,
    FIRST_WORDS,
    GIVEN_NAMES,
    LEGAL_FORMS,
    PARTNER_ROLES,
    PARTNER_TRADES,
    ROLES,
    SECOND_WORDS,
    SEGMENTS,
    STREETS,
    TRADES,
)

Row = tuple[Any, ...]


@dataclass(slots=True)
class Companies:
    """Rows of stored values for account, contact, phone and contact_phone, and what the next step needs of them."""

    accounts: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    phones: list[Row] = field(default_factory=list)
    contact_phones: list[Row] = field(default_factory=list)
    cities: list[City] = field(default_factory=list)
    """The city of each account, in the order of ids from 1."""
    first_customer: int = 0
    """Partners have the ids below."""


def make_companies(
    rng: random.Random, customers: int, partners: int, made_at: int, uid: Callable[[str, int], str]
) -> Companies:  # fmt: skip
    """``made_at`` in microseconds; ids count from 1, partners first."""
    made = Companies(first_customer=partners + 1)
    names = _names(rng)
    numbers = _Numbers(rng, made.phones)
    countries = rng.choices(list(COUNTRY_SHARES), list(COUNTRY_SHARES.values()), k=customers + partners)
    for account_id, country in enumerate(countries, start=1):
        is_partner = account_id <= partners
        city = rng.choice(CITIES[country])
        form = rng.choice(LEGAL_FORMS[country])
        name = f"{next(names)} {rng.choice(PARTNER_TRADES if is_partner else TRADES)}"
        name = f"{name} {form}" if form else name
        segment = None if is_partner else rng.choices(SEGMENTS, (60, 32, 8))[0]
        made.cities.append(city)
        made.accounts.append((
            account_id, uid("a", account_id), "partner" if is_partner else "customer", name, name_key(name),
            _street(country, account_id), city.name, city.region, city.postal_code, country, city.zone, segment,
            made_at,
        ))  # fmt: skip
        domain = f"{slug(name)[:40]}.example"
        roles = rng.sample(PARTNER_ROLES if is_partner else ROLES, 3)
        for position, role in enumerate(roles[: 1 + (rng.random() < 0.45) + (rng.random() < 0.15)]):
            contact_id = len(made.contacts) + 1
            given, family = rng.choice(_GIVEN[country]), rng.choice(_FAMILY[country])
            email = f"{slug(given)}.{slug(family)}@{domain}" if rng.random() < 0.93 else None
            made.contacts.append((
                contact_id, uid("c", contact_id), account_id, f"{given} {family}", role, email,
                1, int(position == 0), 0, made_at,
            ))  # fmt: skip
            if position == 0 or rng.random() < 0.8:
                link = (contact_id, numbers.next_in(city), None if position == 0 else str(100 + contact_id % 900), 0)
                made.contact_phones.append((len(made.contact_phones) + 1, *link))
    return made


ACCOUNT_COLUMNS = (
    "id, uid, kind, name, name_key, street, city, region, postal_code, country, time_zone, segment, created_at"
)
CONTACT_COLUMNS = "id, uid, account_id, name, role, email, is_active, is_decision_maker, is_do_not_call, created_at"
PHONE_COLUMNS = "id, e164, kind, status, region, zones, attempts, connects, is_do_not_call"
CONTACT_PHONE_COLUMNS = "id, contact_id, phone_id, extension, position"

_GIVEN = {country: names.split() for country, names in GIVEN_NAMES.items()}
_FAMILY = {country: names.split() for country, names in FAMILY_NAMES.items()}


class _Numbers:
    """Hands out each city's reserved numbers in turn; a number that comes round again is a shared switchboard."""

    def __init__(self, rng: random.Random, phones: list[Row]) -> None:
        self._rng, self._phones = rng, phones
        self._ids: dict[str, int] = {}
        self._used: dict[str, int] = {}
        self._plans: dict[str, tuple[str, str, str]] = {}

    def next_in(self, city: City) -> int:
        """The phone id of the city's next number, its row being made at the first use."""
        key = city.country + city.name
        # A step without a common factor spreads the numbers over the range before any repeats.
        index = self._used[key] = self._used.get(key, self._rng.randrange(50)) + 37
        e164 = city.number(index)
        known = self._ids.get(e164)
        if known is not None:
            return known
        plan = self._plans.get(e164[:7])
        if plan is None:
            read = read_number(e164, "")
            plan = self._plans[e164[:7]] = (read.kind.value, read.region, ",".join(read.zones))
        kind, region, zones = plan
        phone_id = self._ids[e164] = len(self._phones) + 1
        self._phones.append((phone_id, e164, kind, "untried", region, zones, 0, 0, 0))
        return phone_id


def _names(rng: random.Random) -> Iterator[str]:
    """Beginnings of company names, none twice."""
    seen: set[str] = set()
    while True:
        first, second = rng.choice(FIRST_WORDS), rng.choice(SECOND_WORDS)
        other = rng.choice(FIRST_WORDS)
        name = f"{first} {second}" if rng.random() < 0.7 else f"{first} & {other}"
        if len(seen) > 12_000 or name in seen:  # the pairs run out; a second word in front keeps them apart
            name = f"{other} {name}"
            if name in seen:
                continue
        if first != other:
            seen.add(name)
            yield name


def _street(country: str, number: int) -> str:
    """The ``number``-th address of a country, written as it is there; the house number goes behind in German."""
    names = STREETS[country]
    name, house = names[number * 7 % len(names)], 1 + number * 37 % 189
    return f"{name} {house}" if country == "DE" else f"{house} {name}"


def slug(name: str) -> str:
    """The letters and digits of a name, as they stand in a mail address."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum())
