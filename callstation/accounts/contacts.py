"""People at an account and their numbers: added, corrected, blocked; each change is on the timeline and undoable."""

from dataclasses import dataclass
from uuid import uuid4

from callstation.calling.phones import ReadNumber, read_number, show_number
from callstation.calling.targets import refresh_targets, settle
from callstation.errors import UserError
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Activity, Contact, ContactPhone, Phone
from db.vocabulary import ActivityKind, NumberStatus, SyncEntity


@dataclass(frozen=True, slots=True)
class _Known:
    """The contact a change is about."""

    id: int
    account_id: int
    name: str
    account: str
    country: str


def add_contact(
    work: Work, account_id: int, *, name: str, role: str = "", email: str = "", is_decision_maker: bool = False,
    number: str = "",
) -> int:  # fmt: skip
    """Add a person, with a number where one is given; returns the contact's id."""
    account = work.row("SELECT name, country FROM account WHERE id = ?", (account_id,))
    if account is None:
        raise UserError("This account is gone.", f"There is no account {account_id}.", "Reload the list.")
    contact_id = work.insert(
        Contact, uid=uuid4().hex, account_id=account_id, name=_name(name), role=role.strip() or None,
        email=_email(email), is_decision_maker=is_decision_maker, created_at=work.now,
    )  # fmt: skip
    who = _Known(contact_id, account_id, name.strip(), account[0], account[1] or "")
    if number.strip():
        _link(work, who, _read(work, who, number), position=0)
    _changed(work, who, f"Added {who.name}")
    return contact_id


def change_contact(
    work: Work, contact_id: int, *, name: str | None = None, role: str | None = None, email: str | None = None,
    is_decision_maker: bool | None = None, is_active: bool | None = None,
) -> None:  # fmt: skip
    """Change what is given; None leaves a thing as it is, "" empties it. Inactive people are no longer called."""
    who = _known(work, contact_id)
    values: dict[str, str | bool | None] = {}
    if name is not None:
        values["name"] = _name(name)
    if role is not None:
        values["role"] = role.strip() or None
    if email is not None:
        values["email"] = _email(email)
    if is_decision_maker is not None:
        values["is_decision_maker"] = is_decision_maker
    if is_active is not None:
        values["is_active"] = is_active
    before = len(work.journal.images)
    work.update(Contact, contact_id, **values)
    if len(work.journal.images) == before:
        return
    words = f"Changed {who.name}"
    if set(values) == {"is_active"}:
        words = f"{who.name} {'is here again' if is_active else 'has left'}"
    _changed(work, who, words)


def add_number(work: Work, contact_id: int, text: str) -> int:
    """Add a number, typed in any form, behind those the person has; returns the phone's id.

    A number that others have too is one and the same: what was tried on it, and a block, count for all of them.
    """
    who = _known(work, contact_id)
    read = _read(work, who, text)
    last = work.rows("SELECT coalesce(max(position) + 1, 0) FROM contact_phone WHERE contact_id = ?", (contact_id,))
    phone_id = _link(work, who, read, position=last[0][0])
    _changed(work, who, f"Added {_shown(work, read.e164)} for {who.name}")
    return phone_id


def correct_number(work: Work, contact_id: int, phone_id: int, text: str) -> int:
    """Put the right number in the place of a wrong one; returns the phone's id.

    The wrong one keeps its history and its block, for it is somebody else's.
    """
    who = _known(work, contact_id)
    link_id, wrong = _linked(work, contact_id, phone_id)
    read = _read(work, who, text)
    right_id = _phone(work, read)
    if right_id != phone_id:
        _refuse_twice(work, who, right_id)
    work.update(ContactPhone, link_id, phone_id=right_id, extension=read.ext or None)
    _changed(work, who, f"Corrected {_shown(work, wrong)} to {_shown(work, read.e164)} for {who.name}")
    return right_id


def remove_number(work: Work, contact_id: int, phone_id: int) -> None:
    """Take a number away from a person; the number itself, its history and its block stay."""
    who = _known(work, contact_id)
    link_id, e164 = _linked(work, contact_id, phone_id)
    work.delete(ContactPhone, link_id)
    _changed(work, who, f"Removed {_shown(work, e164)} from {who.name}")


def block_number(work: Work, phone_id: int, evidence: str) -> None:
    """Never call a number again, whoever has it; ``evidence`` says who asked for it, when and how."""
    _set_number_block(work, phone_id, evidence, is_blocked=True)


def unblock_number(work: Work, phone_id: int, evidence: str) -> None:
    """Allow calling a number again; the evidence of the block is kept, with that of its lifting."""
    _set_number_block(work, phone_id, evidence, is_blocked=False)


def block_contact(work: Work, contact_id: int, evidence: str) -> None:
    """Never call a person again, on any number; ``evidence`` says who asked for it, when and how."""
    _set_contact_block(work, contact_id, evidence, is_blocked=True)


def unblock_contact(work: Work, contact_id: int, evidence: str) -> None:
    """Allow calling a person again; their blocked numbers stay blocked."""
    _set_contact_block(work, contact_id, evidence, is_blocked=False)


def _set_contact_block(work: Work, contact_id: int, evidence: str, *, is_blocked: bool) -> None:
    who, evidence = _known(work, contact_id), _evidence(evidence)
    work.update(Contact, contact_id, is_do_not_call=is_blocked)
    words = f"{who.name} must not be called" if is_blocked else f"{who.name} may be called again"
    _changed(work, who, words, evidence=evidence)


def _set_number_block(work: Work, phone_id: int, evidence: str, *, is_blocked: bool) -> None:
    found = work.row("SELECT e164, do_not_call_evidence FROM phone WHERE id = ?", (phone_id,))
    if found is None:
        raise UserError("This number is gone.", f"There is no number {phone_id}.", "Reload the account.")
    evidence = _evidence(evidence)
    line = f"{work.today.isoformat()} {'blocked' if is_blocked else 'lifted'}: {evidence}"
    work.update(
        Phone, phone_id, is_do_not_call=is_blocked, do_not_call_at=work.now if is_blocked else None,
        do_not_call_evidence="\n".join(part for part in (found[1], line) if part),
    )  # fmt: skip
    mark(work, SyncEntity.PHONE, phone_id)
    shown = _shown(work, found[0])
    words = f"{shown} must not be called" if is_blocked else f"{shown} may be called again"
    owners = work.rows("SELECT contact_id FROM contact_phone WHERE phone_id = ? ORDER BY contact_id", (phone_id,))
    for (contact_id,) in owners:
        _changed(work, _known(work, contact_id), words, evidence=evidence, phone_id=phone_id)
    work.journal.label = words


def _changed(work: Work, who: _Known, words: str, *, evidence: str | None = None, phone_id: int | None = None) -> None:
    """What every change leaves: a line on the timeline, a mark for the CRM, a target in step, a name for Undo."""
    work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.CONTACT_CHANGE, account_id=who.account_id, contact_id=who.id,
        phone_id=phone_id, happened_at=work.now, happened_on=work.today, note=words, evidence=evidence,
    )  # fmt: skip
    mark(work, SyncEntity.CONTACT, who.id)
    refresh_targets(work, account_ids=[who.account_id])
    for (target_id,) in work.rows("SELECT id FROM call_target WHERE account_id = ?", (who.account_id,)):
        settle(work, target_id)  # a block changes where a target stands, and nothing that it holds
    work.journal.label = f"{words}, {who.account}"


def _known(work: Work, contact_id: int) -> _Known:
    found = work.row(
        "SELECT c.account_id, c.name, a.name, a.country FROM contact c JOIN account a ON a.id = c.account_id "
        "WHERE c.id = ?",
        (contact_id,),
    )
    if found is None:
        raise UserError("This contact is gone.", f"There is no contact {contact_id}.", "Reload the account.")
    return _Known(contact_id, found[0], found[1], found[2], found[3] or "")


def _linked(work: Work, contact_id: int, phone_id: int) -> tuple[int, str]:
    """(id of the link, E.164) of a number the person has."""
    found = work.row(
        "SELECT n.id, p.e164 FROM contact_phone n JOIN phone p ON p.id = n.phone_id "
        "WHERE n.contact_id = ? AND n.phone_id = ?",
        (contact_id, phone_id),
    )
    if found is None:
        raise UserError("This contact no longer has that number.", f"Number {phone_id}.", "Reload the account.")
    return found[0], found[1]


def _link(work: Work, who: _Known, read: ReadNumber, *, position: int) -> int:
    phone_id = _phone(work, read)
    _refuse_twice(work, who, phone_id)
    work.insert(ContactPhone, contact_id=who.id, phone_id=phone_id, extension=read.ext or None, position=position)
    return phone_id


def _refuse_twice(work: Work, who: _Known, phone_id: int) -> None:
    if work.row("SELECT 1 FROM contact_phone WHERE contact_id = ? AND phone_id = ?", (who.id, phone_id)):
        raise UserError(f"{who.name} has this number already.", "", "Type another one.")


def _phone(work: Work, read: ReadNumber) -> int:
    """The number as a thing of its own: the one the store knows, else a new one."""
    found = work.row("SELECT id FROM phone WHERE e164 = ?", (read.e164,))
    if found is not None:
        return int(found[0])
    return work.insert(
        Phone, e164=read.e164, kind=read.kind, status=NumberStatus.UNTRIED, region=read.region or None,
        zones=",".join(read.zones),
    )  # fmt: skip


def _read(work: Work, who: _Known, text: str) -> ReadNumber:
    read = read_number(text, who.country or work.settings.home_region)
    if read.problem:
        raise UserError("This is not a number that can be called.", read.problem, "Correct it and save again.")
    return read


def _shown(work: Work, e164: str) -> str:
    return show_number(e164, work.settings.home_region)


def _name(text: str) -> str:
    if not text.strip():
        raise UserError("A contact needs a name.", "", "Type the name, or the role if the name is not known.")
    return text.strip()


def _email(text: str) -> str | None:
    text = text.strip()
    name, at, host = text.rpartition("@")
    if text and (not at or not name or "." not in host.strip(".") or any(map(str.isspace, text))):
        raise UserError("This is not an e-mail address.", text, "It looks like name@company.com.")
    return text or None


def _evidence(text: str) -> str:
    if not text.strip():
        raise UserError("A block needs its evidence.", "", "Say who asked for it, when and how.")
    return text.strip()
