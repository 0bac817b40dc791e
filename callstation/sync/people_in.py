"""Accounts and people from the CRM: known ones brought up to date, new ones made, with their numbers."""

from typing import Any
from uuid import uuid4

from callstation.accounts.names import MAIN_LINE, name_key, person_key
from callstation.calling.phones import read_number
from callstation.sync.attribute import NOT_SAID, Attribute
from callstation.sync.attributes import ACCOUNT, CONTACT
from callstation.sync.taking import Page, compare, find_by_key, link
from callstation.work import Work
from db.nouns import Account, Contact, ContactPhone, Phone
from db.vocabulary import NumberStatus, SyncEntity

LAST = 9
"""Where a main line stands among numbers: behind those of people."""


def take_account(work: Work, page: Page, record: dict[str, Any]) -> dict[str, Any] | None:
    """One account; our values that both sides agree on."""
    crm_id = record["Id"]
    account_id = page.local_ids.get(crm_id) or find_by_key(work, "account", record, page.context)
    values = _said(ACCOUNT, record, page)
    if account_id is None:
        account_id = _same_account(work, values)
        if account_id is not None:
            link(work, "account", account_id, crm_id)
    if account_id is None:
        account_id = work.insert(
            Account, uid=uuid4().hex, name_key=name_key(values["name"]), crm_id=crm_id, created_at=work.now, **values
        )
        _main_line(work, account_id, record, values["country"])
        agreed = values
    else:
        found = compare(work, page, SyncEntity.ACCOUNT, account_id, record)
        if "name" in found.take:
            found.take["name_key"] = name_key(found.take["name"])
        if found.take:
            work.update(Account, account_id, **found.take)
        agreed = found.agreed
    if crm_id not in page.bases:
        page.taken.new_accounts += 1
    page.local_ids[crm_id] = account_id
    page.taken.accounts.add(account_id)
    return agreed


def _same_account(work: Work, values: dict[str, Any]) -> int | None:
    """The one account of ours of the same name and kind that belongs to no other record there."""
    found = work.rows(  # the plus: all that no CRM knows must not be looked through for one name
        "SELECT id, country FROM account WHERE name_key = ? AND kind = ? AND +crm_id IS NULL LIMIT 2",
        (name_key(values["name"]), values["kind"]),
    )
    if len(found) != 1 or (found[0][1] and values["country"] and found[0][1] != values["country"]):
        return None
    return int(found[0][0])


def _main_line(work: Work, account_id: int, record: dict[str, Any], country: str | None) -> None:
    read = read_number(str(record.get("Phone") or ""), country or work.settings.home_region)
    if read.e164:
        contact_id = work.insert(Contact, uid=uuid4().hex, account_id=account_id, name=MAIN_LINE, created_at=work.now)
        _link_number(work, contact_id, read.e164, country, position=LAST)


def take_contact(work: Work, page: Page, record: dict[str, Any]) -> dict[str, Any] | None:
    """One person; None where their account is not ours (yet)."""
    account_id = page.accounts.get(record.get("AccountId") or "")
    if account_id is None:
        return None
    found_row = work.row("SELECT country FROM account WHERE id = ?", (account_id,))
    country = found_row[0] if found_row else None
    record = {**record, "~country": country}
    crm_id = record["Id"]
    contact_id = page.local_ids.get(crm_id) or find_by_key(work, "contact", record, page.context)
    values = _said(CONTACT, record, page)
    if contact_id is None:
        contact_id = _same_person(work, account_id, values)
        if contact_id is not None:
            link(work, "contact", contact_id, crm_id)
    if contact_id is None:
        contact_id = work.insert(
            Contact, uid=uuid4().hex, account_id=account_id, name=values.get("name") or MAIN_LINE,
            role=values.get("role"), email=values.get("email"), crm_id=crm_id, created_at=work.now,
            is_do_not_call=bool(values.get("is_do_not_call")),
        )  # fmt: skip
        for position, name in enumerate(("phone", "mobile")):
            if values.get(name):
                _link_number(work, contact_id, values[name], country, position=position)
        agreed = {**values, "is_do_not_call": bool(values.get("is_do_not_call"))}
    else:
        _move(work, page, contact_id, account_id, record)
        found = compare(work, page, SyncEntity.CONTACT, contact_id, record)
        change_contact(work, contact_id, found.take, country)
        agreed = found.agreed
    page.local_ids[crm_id] = contact_id
    page.taken.accounts.add(account_id)
    return agreed


def _move(work: Work, page: Page, contact_id: int, account_id: int, record: dict[str, Any]) -> None:
    """A person whom they gave to another account."""
    base = page.bases.get(record["Id"])
    was = work.row("SELECT account_id FROM contact WHERE id = ?", (contact_id,))
    if base is not None and base.fields.get("AccountId") != record["AccountId"] and was is not None:
        page.taken.accounts.add(was[0])
        work.update(Contact, contact_id, account_id=account_id)


def _same_person(work: Work, account_id: int, values: dict[str, Any]) -> int | None:
    wanted = person_key(values.get("name") or "")
    for contact_id, name, email in work.rows(
        "SELECT id, name, email FROM contact WHERE account_id = ? AND +crm_id IS NULL ORDER BY id", (account_id,)
    ):
        is_same_address = bool(email) and (values.get("email") or "").casefold() == email.casefold()
        if is_same_address or (wanted and person_key(name) == wanted):
            return int(contact_id)
    return None


def change_contact(work: Work, contact_id: int, take: dict[str, Any], country: str | None) -> None:
    """Put values of a person to what the CRM has."""
    plain = {name: value for name, value in take.items() if name in ("name", "role", "email", "is_do_not_call")}
    if plain:
        work.update(Contact, contact_id, **plain)
    for position, name in enumerate(("phone", "mobile")):
        if name in take:
            change_number(work, contact_id, name, take[name], country, position=position)


def change_number(
    work: Work, contact_id: int, which: str, e164: str | None, country: str | None, *, position: int
) -> None:
    """Put a person's phone or mobile (``which``) to another number, or take it away; the number's history stays."""
    from callstation.sync.local import phone_and_mobile

    links = work.rows(
        "SELECT n.id, p.e164, p.kind FROM contact_phone n JOIN phone p ON p.id = n.phone_id WHERE n.contact_id = ? "
        "ORDER BY n.position, n.id",
        (contact_id,),
    )
    phone, mobile = phone_and_mobile([(row[1], row[2]) for row in links])
    old = phone if which == "phone" else mobile
    for link_id, number, _ in links:
        if number == old:
            work.delete(ContactPhone, link_id)
    if e164 is not None and all(row[1] != e164 or row[1] == old for row in links):
        _link_number(work, contact_id, e164, country, position=position)


def _link_number(work: Work, contact_id: int, e164: str, country: str | None, *, position: int) -> None:
    found = work.row("SELECT id FROM phone WHERE e164 = ?", (e164,))
    if found is None:
        read = read_number(e164, country or work.settings.home_region)
        phone_id = work.insert(
            Phone, e164=e164, kind=read.kind, status=NumberStatus.UNTRIED, region=read.region or None,
            zones=",".join(read.zones),
        )  # fmt: skip
    else:
        phone_id = int(found[0])
    work.insert(ContactPhone, contact_id=contact_id, phone_id=phone_id, position=position)


def _said(attributes: tuple[Attribute, ...], record: dict[str, Any], page: Page) -> dict[str, Any]:
    """Our values as the record has them; what it does not say is left out."""
    found = {one.name: one.read(record, page.context) for one in attributes if one.read is not None}
    return {name: value for name, value in found.items() if value is not NOT_SAID}
