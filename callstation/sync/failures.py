"""What a refusal of the CRM means: try again, look it up, gone there, or for the rep; and how it is said."""

import re
from enum import StrEnum
from typing import NamedTuple

from callstation.sync.attributes import CREATE_ONLY
from callstation.sync.crm import Refusal
from callstation.sync.incomplete import INCOMPLETE
from callstation.sync.quote_lines import NO_OPPORTUNITY, NOT_IN_BOOK, OTHER_CURRENCY, OTHER_LINES


class Fate(StrEnum):
    """What is done about a refused row."""

    AGAIN = "again"  # a lock or a busy server: later, in another batch
    LOOK_UP = "look_up"  # it is there already: find it by its key
    GONE = "gone"  # the record itself was deleted there
    REFUSED = "refused"  # only the rep or an admin can help


class Mend(StrEnum):
    """What the rep can do about a refused row."""

    RETRY = "retry"
    KEEP_LOCAL = "keep_local"
    EDIT = "edit"
    CREATE_ACCOUNT = "create_account"
    WITHOUT_CONTACT = "without_contact"
    OTHER_CONTACT = "other_contact"


class Said(NamedTuple):
    """A refusal in a sentence, and the two actions that mend it, the likelier first."""

    sentence: str
    mends: tuple[Mend, Mend]


LOCKED = ("UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "SERVER_ERROR", "UNKNOWN_EXCEPTION", "REQUEST_LIMIT_EXCEEDED")
NOT_IN_CRM = "ACCOUNT_NOT_IN_SALESFORCE"
"""Our own code: the account of a change is not known there, and nobody said that it should be made."""
_GONE = ("ENTITY_IS_DELETED", "NOT_FOUND")
_E, _K, _R = Mend.EDIT, Mend.KEEP_LOCAL, Mend.RETRY
_LOST_PARENT = Said("The contact or account it speaks of was deleted in Salesforce.", (Mend.OTHER_CONTACT, _K))
_SENTENCES = {
    NOT_IN_CRM: Said("This account is not in Salesforce yet.", (Mend.CREATE_ACCOUNT, _K)),
    NOT_IN_BOOK: Said("Salesforce's price book does not have: {message} It is told in words instead.", (_K, _R)),
    OTHER_CURRENCY: Said(
        "The opportunity is not in the quote's currency, so these are told in words instead: {message}", (_K, _R)
    ),
    OTHER_LINES: Said(
        "The opportunity has products of its own in Salesforce, to which these were not added: {message}", (_K, _R)
    ),
    NO_OPPORTUNITY: Said("It belongs to no renewal, and a quote in Salesforce needs an opportunity.", (_K, _R)),
    INCOMPLETE: Said("It is incomplete, and your settings hold it until it is not: {message}", (_E, _K)),
    "STRING_TOO_LONG": Said("{field} is longer than Salesforce allows. {message}", (_E, _K)),
    "REQUIRED_FIELD_MISSING": Said("Your company's Salesforce asks for {field}, which is empty here.", (_E, _K)),
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": Said(
        "Salesforce does not know this value of {field}. {message}", (_E, _K)
    ),
    "FIELD_CUSTOM_VALIDATION_EXCEPTION": Said("A rule of your company says: {message}", (_E, _K)),
    "INVALID_EMAIL_ADDRESS": Said("The e-mail address is not one that Salesforce takes. {message}", (_E, _K)),
    "DUPLICATES_DETECTED": Said(
        "Salesforce thinks this is there already. Look it up there before you try again.", (_R, _K)
    ),
    "INSUFFICIENT_ACCESS_OR_READONLY": Said("You may not change this record in Salesforce. Ask its owner.", (_R, _K)),
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": Said(
        "You may not write to the account or opportunity this belongs to. Ask its owner.", (_R, _K)
    ),
    "INVALID_FIELD_FOR_INSERT_UPDATE": Said("You may not change {field} in Salesforce. Ask your admin.", (_R, _K)),
    "INVALID_CROSS_REFERENCE_KEY": _LOST_PARENT,
    "ENTITY_IS_DELETED": _LOST_PARENT,
    "STORAGE_LIMIT_EXCEEDED": Said("Your company's Salesforce is full. Tell your admin.", (_R, _K)),
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY": Said("An automation of your company failed: {message}", (_R, _K)),
}
_OTHER = Said("Salesforce refused it: {message}", (_R, _K))
LABELS = {
    "Description": "The note", "Subject": "The subject", "LastName": "The last name", "FirstName": "The first name",
    "Title": "The title", "Email": "The e-mail", "Phone": "The phone", "MobilePhone": "The mobile number",
    "NextStep": "The next step", "StageName": "the stage", "Amount": "The amount", "CloseDate": "The renewal date",
    "ForecastCategoryName": "the forecast category", "WhoId": "the contact", "WhatId": "the account",
    "Status": "the state", "ExpirationDate": "The validity", "OpportunityId": "the opportunity",
    "ContactId": "the contact", "Pricebook2Id": "the price book", "PricebookEntryId": "the product's price",
    "Quantity": "the quantity", "UnitPrice": "the price", "TotalPrice": "the price",
}  # fmt: skip


def fate_of(refusal: Refusal, *, is_known: bool) -> Fate:
    """What to do about a refusal; ``is_known``: the record was there before, by its id."""
    if refusal.code in LOCKED or "UNABLE_TO_LOCK_ROW" in refusal.message:
        return Fate.AGAIN
    if refusal.code == "DUPLICATE_VALUE" and not is_known:
        return Fate.LOOK_UP
    if refusal.code == "INVALID_FIELD_FOR_INSERT_UPDATE" and not is_known and set(refusal.fields) & CREATE_ONLY:
        return Fate.LOOK_UP
    if is_known and (refusal.code in _GONE or (refusal.code == "INVALID_CROSS_REFERENCE_KEY" and not refusal.fields)):
        return Fate.GONE
    return Fate.REFUSED


def say(code: str, message: str, fields: tuple[str, ...] = ()) -> Said:
    """A refusal for the rep; the CRM's own words where no sentence of ours is better."""
    said = _SENTENCES.get(code, _OTHER)
    field = LABELS.get(fields[0], fields[0]) if fields else "a field"
    return Said(said.sentence.format(field=field, message=_plain(message)).strip(), said.mends)


def _plain(message: str) -> str:
    words = re.sub(r"\s+", " ", message).strip()
    return words if not words or words[-1] in ".!?)" else f"{words}."
