"""What an account is called, where it is and in which language it is written to: corrected by hand, and undoable."""

import re
from uuid import uuid4

from callstation.accounts.names import name_key
from callstation.accounts.street import street_of
from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
from callstation.sync.outbox import mark, stands
from callstation.work import Work
from db.nouns import Account, Activity
from db.vocabulary import ActivityKind, SyncEntity

_COLUMNS = ("name", "street", "city", "region", "postal_code", "country", "language")
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?")
_NO_COUNTRY = re.compile("AA|Q[M-Z]|X[A-JL-Z]|ZZ|EU|EZ|UN")
"""Codes that ISO 3166-1 leaves to private use (all but Kosovo's), and those of unions."""


def change_account(
    work: Work, account_id: int, *, name: str | None = None, street: str | None = None, city: str | None = None,
    region: str | None = None, postal_code: str | None = None, country: str | None = None, language: str | None = None,
) -> bool:  # fmt: skip
    """Change what is given; None leaves a thing as it is, "" empties it. Whether anything is different now.

    A country is a code or a name, a language "de" or "de_AT"; a region is kept as its code where that is known.
    ``UserError`` for a name that is empty, a country that is none, a language that nothing is written in.
    """
    found = work.row(f"SELECT {', '.join(_COLUMNS)}, crm_id FROM account WHERE id = ?", (account_id,))
    if found is None:
        raise UserError("This account is gone.", f"There is no account {account_id}.", "Reload the list.")
    old: dict[str, str | None] = dict(zip(_COLUMNS, found[:-1], strict=True))
    values: dict[str, str | None] = {}
    if name is not None:
        values["name"] = _name(name)
    if street is not None:
        values["street"] = street_of(street) or None
    if city is not None:
        values["city"] = _line(city)
    if postal_code is not None:
        values["postal_code"] = _line(postal_code)
    if country is not None:
        values["country"] = _country(country)
    if region is not None:
        values["region"] = _region(region, values.get("country", old["country"]))
    if language is not None:
        values["language"] = _language(work, language)
    changed = {column: value for column, value in values.items() if value != old[column]}
    if not changed:
        return False
    columns = dict(changed)
    if changed.get("name"):
        columns["name_key"] = name_key(str(changed["name"]))
    if any(old[column] and column in changed for column in ("country", "region")):
        columns["time_zone"] = None  # it was told by the address that is no longer theirs
    work.update(Account, account_id, **columns)
    words = _words(changed)
    work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.CONTACT_CHANGE, account_id=account_id, happened_at=work.now,
        happened_on=work.today, note=f"{words} (was {old['name']})" if "name" in changed else words,
    )  # fmt: skip
    is_told = found[-1] is not None or stands(work, SyncEntity.ACCOUNT, account_id)
    if is_told and changed.keys() != {"language"}:  # which the CRM does not keep
        mark(work, SyncEntity.ACCOUNT, account_id)
    refresh_targets(work, [account_id])
    work.journal.label = f"{words}, {changed.get('name') or old['name']}"
    return True


def _words(changed: dict[str, str | None]) -> str:
    """What became of it: Changed the name and address."""
    parts: list[str] = [part for part in ("name", "language") if part in changed]
    if changed.keys() - {"name", "language"}:
        parts.insert(parts.count("name"), "address")
    return f"Changed the {', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]}"


def _line(text: str) -> str | None:
    return " ".join(text.split()) or None


def _name(text: str) -> str:
    name = _line(text)
    if name is None:
        raise UserError("An account needs a name.", "", "Type the name of the company.")
    return name


def _country(text: str) -> str | None:
    typed = _line(text)
    code = _code(typed) if typed else None
    if typed and code is None:
        raise UserError("This is not a country.", f"“{typed}”.", "Type its name, or its code such as US or DE.")
    return code


def _code(typed: str) -> str | None:
    from callstation.accounts.importing.shapes import country_code

    code = country_code(typed)
    return code if code and not _NO_COUNTRY.fullmatch(code) else None


def _region(text: str, country: str | None) -> str | None:
    from callstation.accounts.importing.places import state_code

    typed = _line(text)
    return state_code(typed, country or "") if typed else None


def _language(work: Work, text: str) -> str | None:
    """ "de_AT" for "de-at"; the language must be one there are templates in."""
    from callstation.documents.locales import WRITTEN
    from callstation.documents.wording import is_written

    typed = text.strip()
    if not typed:
        return None
    read = _LOCALE.fullmatch(typed)
    code = read[1].lower() if read else ""
    region = _code(read[2]) if read and read[2] else ""
    if not code or region is None or not is_written(work.folder, code):
        raise UserError(
            "No document is written in this language.", f"“{typed}”.",
            f"Type {', '.join(WRITTEN)}, or one with its country such as de_AT; empty is that of the country.",
        )  # fmt: skip
    return f"{code}_{region}" if region else code
