"""What every org has from its first day: itself, its user, and the standard price book."""

from dataclasses import dataclass

from callstation.sync.practice.saving import Saver
from callstation.sync.practice.tables import Row


@dataclass(frozen=True, slots=True)
class About:
    """The org's own ids and names."""

    org_id: str
    user_id: str
    username: str
    instance_name: str
    pricebook_id: str


def found(saver: Saver) -> About:
    """The org's facts; at the first opening its first records are made."""
    tables, schema = saver.tables, saver.schema
    with tables.transaction():
        if tables.about("org_id") is None:
            first = 1 + int.from_bytes(tables.instance.encode(), "big") % 40_000
            for one in schema.objects.values():
                tables.serial(one.name, first)
            org, user, book = (schema.objects[name] for name in ("Organization", "User", "Pricebook2"))
            org_id, user_id, book_id = tables.ids(org, 1)[0], tables.ids(user, 1)[0], tables.ids(book, 1)[0]
            saver.user_id = user_id
            now = saver.now()
            for one, record_id, values in (
                (org, org_id, {"Name": "Practice", "InstanceName": "PRAC1", "OrganizationType": "Developer Edition"}),
                (user, user_id, {
                    "Username": "rep@practice.example", "FirstName": "Robin", "LastName": "Reyes",
                    "Name": "Robin Reyes",
                    "Email": "rep@practice.example", "Alias": "rreye", "IsActive": 1, "UserType": "Standard",
                    "TimeZoneSidKey": "America/Los_Angeles", "LocaleSidKey": "en_US", "EmailEncodingKey": "UTF-8",
                    "LanguageLocaleKey": "en_US", "CommunityNickname": "rreyes", "ForecastEnabled": 1}),
                (book, book_id, {"Name": "Standard Price Book", "IsActive": 1, "IsStandard": 1}),
            ):  # fmt: skip
                row: Row = saver.blank(one, now)
                row |= {"Id": record_id, **values}
                tables.insert(one, [row])
            for name, value in (("org_id", org_id), ("user_id", user_id), ("pricebook_id", book_id)):
                tables.remember(name, value)
    saver.user_id = tables.about("user_id") or ""
    return About(
        tables.about("org_id") or "", saver.user_id, "rep@practice.example", "PRAC1", tables.about("pricebook_id") or ""
    )
