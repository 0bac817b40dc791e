"""What is the same on both sides: each value of ours, the fields it fills in the CRM, and how it is read back."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from callstation.accounts.street import street_of
from callstation.sync.attribute import NOT_SAID, Attribute, Fields, Local, plain, text
from callstation.sync.context import Context
from callstation.sync.opportunity_attributes import GROWTH, RENEWAL
from callstation.sync.quote_attributes import QUOTE, QUOTE_LINE
from db.stored import from_micros, to_micros
from db.vocabulary import AccountKind, SyncEntity

# -- people --------------------------------------------------------------------------------------------------------


def split_name(name: str) -> dict[str, str | None]:
    """First and last name, as the CRM wants them; the last word is the last name."""
    first, _, last = name.strip().rpartition(" ")
    return {"FirstName": first.strip() or None, "LastName": last}


def _joined_name(fields: Fields, context: Context) -> Any:
    return " ".join(part for part in (plain(fields.get("FirstName")), plain(fields.get("LastName"))) if part)


def _number(field: str) -> Callable[[Fields, Context], Any]:
    def read(fields: Fields, context: Context) -> Any:
        from callstation.calling.phones import read_number

        said = plain(fields.get(field))
        if said is None:
            return None
        return read_number(said, str(fields.get("~country") or context.settings.home_region)).e164 or NOT_SAID

    return read


def _cut(words: str, context: Context, sobject: str, name: str) -> str:
    """A name no longer than the CRM takes; the whole stays here."""
    shape = context.field(sobject, name)
    return words[: shape.length] if shape is not None and shape.length else words


# -- tasks ---------------------------------------------------------------------------------------------------------


def _due(local: Local, context: Context) -> dict[str, Any]:
    at = from_micros(local["due_at"])
    return {
        "ActivityDate": at.astimezone(context.settings.zone).date().isoformat(),
        "ReminderDateTime": at.replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "IsReminderSet": True,
    }


def _read_due(fields: Fields, context: Context) -> Any:
    """The reminder's minute; on the date of the task where somebody moved that alone, at ten where there is none."""
    zone = context.settings.zone
    reminder = fields.get("ReminderDateTime")
    at = read_moment(reminder).astimezone(zone) if reminder else None
    if fields.get("ActivityDate"):
        on = date.fromisoformat(fields["ActivityDate"])
        if at is None or at.date() != on:
            at = datetime.combine(on, at.time() if at else time(10), zone)
    return to_micros(at.astimezone(UTC)) if at else NOT_SAID


def read_moment(said: str) -> datetime:
    """A moment as the API writes it ("2026-07-01T12:00:00.000+0000"), aware."""
    return datetime.fromisoformat(said.replace("Z", "+00:00").replace("+0000", "+00:00"))


def _always(**values: Any) -> Callable[[Local, Context], dict[str, Any]]:
    return lambda local, context: dict(values)


ACCOUNT = (
    Attribute(
        "name", "Name", ("Name",), lambda local, context: {"Name": _cut(local["name"], context, "Account", "Name")},
        lambda fields, context: plain(fields.get("Name")),
    ),
    Attribute(
        "kind", "Kind", ("Type",), lambda local, context: {},
        lambda fields, context: (
            AccountKind.PARTNER.value
            if any(word in str(fields.get("Type") or "").casefold() for word in ("partner", "resell"))
            else AccountKind.CUSTOMER.value
        ),
    ),
    Attribute(
        "street", "Street", ("BillingStreet",),
        lambda local, context: {
            "BillingStreet": _cut(local["street"] or "", context, "Account", "BillingStreet") or None
        },
        lambda fields, context: street_of(fields.get("BillingStreet")) or None,
    ),
    text("city", "City", "BillingCity"),
    Attribute(
        "region", "State", ("BillingState",), lambda local, context: {"BillingState": local["region"] or None},
        lambda fields, context: _region(fields),
    ),
    text("postal_code", "Postal code", "BillingPostalCode"),
    Attribute(
        "country", "Country", ("BillingCountry",), lambda local, context: {"BillingCountry": local["country"] or None},
        lambda fields, context: _country(fields),
    ),
)  # fmt: skip
CONTACT = (
    Attribute(
        "name", "Name", ("LastName", "FirstName"), lambda local, context: split_name(local["name"]), _joined_name
    ),
    text("role", "Title", "Title"),
    text("email", "E-mail", "Email"),
    Attribute("phone", "Phone", ("Phone",), lambda local, context: {"Phone": local["phone"]}, _number("Phone")),
    Attribute(
        "mobile", "Mobile", ("MobilePhone",), lambda local, context: {"MobilePhone": local["mobile"]},
        _number("MobilePhone"),
    ),
    Attribute(
        "is_do_not_call", "Do not call", ("DoNotCall",),
        lambda local, context: {"DoNotCall": bool(local["is_do_not_call"])},
        lambda fields, context: bool(fields["DoNotCall"]) if "DoNotCall" in fields else NOT_SAID,
    ),
    Attribute("account", "Account", ("AccountId",), lambda local, context: {"AccountId": local["account"]},
              is_create_only=True),
)  # fmt: skip
_TASK = (
    text("who", "Contact", "WhoId", is_read=False),
    text("what", "About", "WhatId", is_read=False),
    text("marker", "Call object", "CallObject", is_read=False),
    text("subject", "Subject", "Subject", is_read=False),
    text("note", "Note", "Description", is_read=False),
)
CALL = (
    *_TASK,
    Attribute("status", "Status", ("Status",), _always(Status="Completed")),
    Attribute("happened_on", "Day", ("ActivityDate",), lambda local, context: {"ActivityDate": local["happened_on"]}),
    Attribute(
        "duration", "Seconds", ("CallDurationInSeconds",),
        lambda local, context: {"CallDurationInSeconds": local["duration"]} if local["is_call"] else {},
    ),
    Attribute(
        "disposition", "Outcome", ("CallDisposition", "CallType"),
        lambda local, context: (
            {"CallDisposition": local["disposition"], "CallType": "Outbound"} if local["is_call"] else {}
        ),
    ),
    Attribute(
        "subtype", "Kind", ("TaskSubtype",), lambda local, context: {"TaskSubtype": "Call"} if local["is_call"] else {},
        is_create_only=True,
    ),
)  # fmt: skip
CALLBACK = (
    *_TASK,
    Attribute(
        "is_done", "Status", ("Status",),
        lambda local, context: {"Status": "Completed" if local["is_done"] else "Not Started"},
        lambda fields, context: fields["Status"] == "Completed" if fields.get("Status") else NOT_SAID,
    ),
    Attribute("due_at", "Due", ("ReminderDateTime", "ActivityDate", "IsReminderSet"), _due, _read_due),
)  # fmt: skip

ATTRIBUTES: Mapping[SyncEntity, tuple[Attribute, ...]] = {
    SyncEntity.ACCOUNT: ACCOUNT,
    SyncEntity.CONTACT: CONTACT,
    SyncEntity.RENEWAL: RENEWAL,
    SyncEntity.GROWTH: GROWTH,
    SyncEntity.QUOTE: QUOTE,
    SyncEntity.QUOTE_LINE: QUOTE_LINE,
    SyncEntity.ACTIVITY: CALL,
    SyncEntity.CALLBACK: CALLBACK,
}
SOBJECTS: Mapping[SyncEntity, str] = {
    SyncEntity.ACCOUNT: "Account",
    SyncEntity.CONTACT: "Contact",
    SyncEntity.RENEWAL: "Opportunity",
    SyncEntity.GROWTH: "Opportunity",
    SyncEntity.QUOTE: "Quote",
    SyncEntity.QUOTE_LINE: "QuoteLineItem",
    SyncEntity.ACTIVITY: "Task",
    SyncEntity.CALLBACK: "Task",
}
CREATE_ONLY = frozenset({"TaskSubtype", "OpportunityId", "QuoteId", "PricebookEntryId"})
"""Fields that a record cannot change any more; refused by name, they tell that it is there already."""


def _country(fields: Fields) -> str | None:
    from callstation.accounts.importing.shapes import country_code

    said = plain(fields.get("BillingCountry"))
    return None if said is None else country_code(said) or said


def _region(fields: Fields) -> str | None:
    from callstation.accounts.importing.places import state_code

    said = plain(fields.get("BillingState"))
    return None if said is None else state_code(said, _country(fields) or "")
