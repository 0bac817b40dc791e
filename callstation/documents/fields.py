"""The merge fields that a template may name, what each is called, and where a missing one is filled in."""

from collections.abc import Iterable
from typing import NamedTuple

from callstation.errors import UserError


class Group(NamedTuple):
    """The fields of one thing: ``where`` says where they are filled in, ``fields`` what each is called in words."""

    where: str
    fields: dict[str, str]


GROUPS: dict[str, Group] = {
    "account": Group(
        "on the account's page",
        {
            "name": "name", "street": "street", "city": "city", "region": "state or province",
            "postal_code": "postal code", "country": "country",
        },
    ),
    "contact": Group(
        "among the people of the account", {"name": "contact", "role": "role", "email": "e-mail address"}
    ),
    "contract": Group(
        "in the list the contract was imported from",
        {
            "number": "contract number", "customer": "end customer", "products": "product", "quantity": "quantity",
            "starts_on": "start", "ends_on": "end", "value": "value", "vendor": "vendor",
            "distributor": "distributor", "order_number": "order number",
        },
    ),
    "renewal": Group(
        "on the desk, at the renewal",
        {
            "starts_on": "start of the new term", "ends_on": "end of the new term", "amount": "value up for renewal",
            "quantity": "quantity", "days_left": "days left", "new_price": "new price", "old_price": "price until now",
            "order_number": "order number",
        },
    ),
    "quote": Group(
        "by making a quote (Q on the desk)",
        {
            "number": "quote number", "version": "version", "total": "total", "valid_until": "valid until",
            "priced_on": "day of its prices", "starts_on": "start", "ends_on": "end", "option": "option",
            "note": "note",
        },
    ),
    "partner": Group("in the list the contract was imported from", {"name": "partner", "city": "city"}),
    "company": Group(
        "in Settings, Letterhead",
        {"name": "company name", "address": "company address", "contact": "phone, e-mail or web address"},
    ),
    "user": Group(
        "in Settings, Letterhead",
        {"name": "name to sign with (Signed by)", "role": "role to sign with (Signed as)"},
    ),
}  # fmt: skip
"""Named like their source. ``today`` and ``lines`` stand beside them."""

SINGLE = ("today", "lines")
_REMEDIES = {
    "renewal.new_price": "by saving a quote for it, or by giving the contract an uplift",
    "renewal.order_number": "in the closing checklist",
}


class MissingField(NamedTuple):
    """One thing that a document needs and that is not known: its path, its name, of whom, where to fill it in."""

    path: str
    name: str
    of: str
    where: str

    @property
    def words(self) -> str:
        """In a sentence: The contact of Halden Robotics is missing. Enter it among the people of the account."""
        whose = f" of {self.of}" if self.of else ""
        name = f"{self.name[:1].upper()}{self.name[1:]}" if self.name.startswith("your ") else f"The {self.name}"
        return f"{name}{whose} is missing. Enter it {self.where}."


class MissingFieldsError(UserError):
    """A document is not made, for it would say nothing where something must stand; ``fields`` are what is missing."""

    def __init__(self, fields: Iterable[MissingField], what: str = "The document") -> None:
        self.fields = tuple(dict.fromkeys(fields))
        names = ", ".join(one.name + (f" of {one.of}" if one.of else "") for one in self.fields)
        super().__init__(
            f"{what} cannot be made yet.",
            f"Missing: {names}.",
            " ".join(dict.fromkeys(f"Enter the {one.name} {one.where}." for one in self.fields)),
        )

    def __reduce__(self) -> tuple[type, tuple[tuple[MissingField, ...]]]:
        return type(self), (self.fields,)


def missing(path: str, of: str = "") -> MissingField:
    """What to say of a field (``contract.ends_on``) that has no value; ``of`` names the account or contract."""
    group_name, _, name = path.partition(".")
    group = GROUPS[group_name]
    whose = "" if group_name in ("company", "user") else of
    return MissingField(path, group.fields[name], whose, _REMEDIES.get(path, group.where))
