"""The people and numbers of a list: who is known at an account already, and what has to be added."""

from collections.abc import Iterable
from functools import lru_cache

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.known import Known
from callstation.accounts.importing.plan import Change, Plan
from callstation.accounts.names import MAIN_LINE, person_key


def plan_people(plan: Plan, known: Known, usable: Iterable[int], account_refs: list[int]) -> None:
    """Contacts, phones and the links between them for every row whose account is settled.

    A person is known by name or e-mail within the account. A number is never taken away; a new one comes last.
    """
    rows = plan.rows
    names, roles, emails = (rows.texts[item] for item in (Field.CONTACT, Field.ROLE, Field.EMAIL))
    keys = {name: person_key(name) for name in set(names)}
    main_line = person_key(MAIN_LINE)
    addresses = set(emails) - {""}
    contacts = dict(known.contacts)
    phones = dict(known.phones)
    linked = {(contact, phone) for contact, numbers in known.links.items() for phone in numbers}
    positions = {contact: len(numbers) for contact, numbers in known.links.items()}
    given: dict[int, tuple[str, str]] = {}
    complete: set[int] = set()
    phone, mobile = rows.phones, rows.mobiles
    for at in usable:
        account = account_refs[at]
        name, email, numbers = names[at], emails[at], (phone[at], mobile[at])
        has_number = any(number is not None and number.e164 for number in numbers)
        if not (name or email or has_number):
            continue
        key = keys[name] or email or main_line
        contact = contacts.get((account, key))
        if contact is None and email:
            contact = contacts.get((account, email))
        if contact is None:
            plan.contacts.append((account, name or email or MAIN_LINE, None, None))
            contact = -len(plan.contacts)
            if account > 0:
                plan.note_change(at, Change("Contact", "", name or email or MAIN_LINE))
        contacts.setdefault((account, key), contact)
        if email:
            contacts.setdefault((account, email), contact)
            if name:
                _name(plan, known, contact, at, name)
        if (roles[at] or email) and contact not in complete:
            # The first address and role that the list gives count, so that a second look at it changes nothing.
            was = given.get(contact, ("", ""))
            given[contact] = now = (was[0] or roles[at], was[1] or email)
            if all(now):
                complete.add(contact)
            if now != was:
                _fill(plan, known, contact, at, *now, addresses)
        if not has_number:
            continue
        for number in numbers:
            if number is None or not number.e164:
                continue
            ref = phones.get(number.e164)
            if ref is None:
                plan.phones.append((number.e164, number.kind.value, number.region or None, _zones(number.zones)))
                ref = phones[number.e164] = -len(plan.phones)
            if (contact, ref) in linked:
                continue
            linked.add((contact, ref))
            position = positions.get(contact, 0)
            positions[contact] = position + 1
            plan.links.append((contact, ref, number.ext or None, position))
            if account > 0:
                plan.note_change(at, Change("Phone", "", number.e164))


@lru_cache(maxsize=1024)
def _zones(zones: tuple[str, ...]) -> str:
    return ",".join(zones)


def _name(plan: Plan, known: Known, contact: int, at: int, name: str) -> None:
    """Give its name to a person who was known by an address alone."""
    if contact < 0:
        account, old, role, email = plan.contacts[-contact - 1]
        if "@" in old:
            plan.contacts[-contact - 1] = (account, name, role, email)
        return
    old = known.contact_details[contact][0]
    if "@" in old and "name" not in plan.updates.get("contact", {}).get(contact, {}):
        plan.update("contact", contact, name=name)
        plan.note_change(at, Change("Contact", old, name))


def _fill(plan: Plan, known: Known, contact: int, at: int, role: str, email: str, addresses: set[str]) -> None:
    """Role and e-mail of a person: given to a new one; of a known one what changed. An empty cell says nothing.

    An address that still stands in the list (``addresses``) is not replaced by another.
    """
    if contact < 0:
        account, name, _, _ = plan.contacts[-contact - 1]
        plan.contacts[-contact - 1] = (account, name, role or None, email or None)
        return
    _, old_role, old_email = known.contact_details[contact]
    email = "" if (old_email or "").lower() in addresses else email
    for what, column, new, old in (("E-mail", "email", email, old_email), ("Role", "role", role, old_role)):
        planned = plan.updates.get("contact", {}).get(contact, {})
        if new and new.casefold() != (old or "").casefold() and column not in planned:
            plan.update("contact", contact, **{column: new})
            plan.note_change(at, Change(what, old or "", new))
