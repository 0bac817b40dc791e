"""Who writes to whom: the letterhead of the settings, the account, its person, its address."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from callstation.accounts.street import street_lines
from callstation.documents.data import Sender
from callstation.documents.locales import locale_for, paper_for
from callstation.documents.values import Row, one_line
from callstation.documents.wording import is_written
from callstation.errors import UserError
from callstation.settings import Settings
from callstation.work import Work

MOST_STREET_LINES = 4
"""An address window is six lines high."""


class Party(NamedTuple):
    """The account that is written to: its merge fields, its language and paper, whether it is a partner."""

    account_id: int
    fields: Row
    street: tuple[str, ...]
    country: str | None
    locale: str
    paper: str
    is_partner: bool

    @property
    def name(self) -> str:
        return str(self.fields["name"])


def party_of(work: Work, account_id: int, locale: str | None) -> Party:
    """An account as the recipient; ``locale`` beats its own. ``UserError`` where it is gone."""
    found = work.row(
        "SELECT name, street, city, region, postal_code, country, language, kind FROM account WHERE id = ?",
        (account_id,),
    )
    if found is None:
        raise UserError("This account is gone.", f"There is no account {account_id}.", "Reload the list.")
    name, street, city, region, postal_code, country, language, kind = found
    written = locale_for(locale or language, country)
    if not is_written(work.folder, written):
        written = locale_for("en", country)
    return Party(
        account_id,
        {
            "name": one_line(name), "street": ", ".join(street_lines(street)) or None, "city": city, "region": region,
            "postal_code": postal_code, "country": country_name(country, written),
        },
        street_lines(street), country, written, paper_for(work.settings.paper, country, written), kind == "partner",
    )  # fmt: skip


def person_of(work: Work, account_id: int, *contact_ids: int | None) -> Row:
    """The person to write to: the first of ``contact_ids`` that is there, else the one who decides, else the first."""
    found = None
    for contact_id in contact_ids:
        if contact_id is not None and found is None:
            found = work.row(
                "SELECT name, role, email FROM contact WHERE id = ? AND account_id = ? AND is_active",
                (contact_id, account_id),
            )
    if found is None:
        found = work.row(
            """SELECT name, role, email FROM contact WHERE account_id = ? AND is_active
               ORDER BY is_decision_maker DESC, id LIMIT 1""",
            (account_id,),
        )
    name, role, email = found or (None, None, None)
    return {"name": one_line(name) if name else None, "role": role, "email": email}


def sender_of(settings: Settings) -> Sender:
    """The letterhead of the settings. ``UserError`` where its logo cannot be used."""
    return Sender(
        name=one_line(settings.company_name), address=_lines(settings.company_address),
        contact=_lines(settings.company_contact), footer=_lines(settings.company_footer),
        colour=settings.company_colour, signed_by=one_line(settings.signed_by), signed_as=one_line(settings.signed_as),
        logo=settings.company_logo, logo_digest=_digest(settings.company_logo),
    )  # fmt: skip


def company_fields(sender: Sender) -> dict[str, Row]:
    """The groups ``company`` and ``user``."""
    return {
        "company": {
            "name": sender.name or None, "address": ", ".join(sender.address) or None,
            "contact": ", ".join(sender.contact) or None,
        },
        "user": {"name": sender.signed_by or None, "role": sender.signed_as or None},
    }  # fmt: skip


def address_of(party: Party, person: Row, home: str) -> tuple[str, ...]:
    """The recipient's address, line by line, as its country orders it; the country only from ``home`` abroad.

    The street stands above the place everywhere that we write to in Latin letters; of very many lines the last are one.
    """
    fields = party.fields
    city, region, code = (str(fields[name] or "") for name in ("city", "region", "postal_code"))
    if party.country in ("US", "CA", "AU"):
        place = ", ".join(part for part in (city, f"{region} {code}".strip()) if part)
    elif party.country in ("GB", "IE"):
        place = ", ".join(part for part in (city, code) if part)
    else:
        place = f"{code} {city}".strip()
    country = str(fields["country"] or "") if party.country != home else ""
    name = str(person.get("name") or "")
    street = party.street[: MOST_STREET_LINES - 1]
    rest = ", ".join(party.street[MOST_STREET_LINES - 1 :])
    return tuple(line for line in (party.name, name, *street, rest, place, country.upper()) if line)


@lru_cache(maxsize=1024)
def country_name(country: str | None, locale: str) -> str | None:
    """A country's name in a language; its code where that is not known."""
    if not country:
        return None
    from babel import Locale

    return str(Locale.parse(locale).territories.get(country.upper(), country))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _digest(path: str) -> str:
    if not path:
        return ""
    place = Path(path)
    try:
        told = place.stat()
    except OSError as error:
        raise UserError("The logo cannot be read.", f"{path}: {error.strerror}.", "Choose it again.") from error
    return _digest_of(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=8)
def _digest_of(path: str, _changed: int, _size: int) -> str:
    from callstation.documents.letterhead import read_logo

    return read_logo(Path(path)).digest
