"""The people and numbers of a list: who is known at an account already, and what has to be added."""

from collections.abc import Iterable
from functools import lru_cache

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.known import Known
from callstation.accounts.importing.plan import Change, Plan
from callstation.accounts.names import person_key

MAIN_LINE = "Main line"
"""Who answers a number that comes without a name."""


def plan_people(plan: Plan, known: Known, usable: Iterable[int], account_refs: list[int]) -> None:
    """Contacts, phones and the links between them for every row whose account is settled.

    A person is known by name or e-mail within the account. A number is never taken away; a new one comes last.
    """
    rows = plan.rows
    names, roles, emails = (rows.texts[item] for item in (Field.CONTACT, Field.ROLE, Field.EMAIL))
    keys = {name: person_key(name) for name in set(names)}
    main_line = person_key(MAIN_LINE)
    contacts = dict(known.contacts)
    phones = dict(known.phones)
    linked = {(contact, phone) for contact, numbers in known.links.items() for phone in numbers}
    positions = {contact: len(numbers) for contact, numbers in known.links.items()}
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
            plan.contacts.append((account, name or email or MAIN_LINE, roles[at] or None, email or None))
            contact = contacts[account, key] = -len(plan.contacts)
            if email:
                contacts[account, email] = contact
            if account > 0:
                plan.note_change(at, Change("Contact", "", name or email or MAIN_LINE))
        elif contact > 0:
            _compare(plan, known, contact, at, roles[at], email)
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


def _compare(plan: Plan, known: Known, contact_id: int, at: int, role: str, email: str) -> None:
    """An address or role that changed in the list replaces the stored one; an empty cell says nothing."""
    _, old_role, old_email = known.contact_details[contact_id]
    if email and email != (old_email or "").lower():
        plan.update("contact", contact_id, email=email)
        plan.note_change(at, Change("E-mail", old_email or "", email))
    if role and role != old_role:
        plan.update("contact", contact_id, role=role)
        plan.note_change(at, Change("Role", old_role or "", role))
