"""Where a missing field is filled in: the page to go to, and what to show there."""

from typing import Any

from callstation.documents.fields import MissingField

Way = tuple[str, dict[str, Any]]
_SETTINGS = {
    "company.name": "company_name", "company.address": "company_address", "company.contact": "company_contact",
    "user.name": "signed_by", "user.role": "signed_as",
}  # fmt: skip


def way_to(field: MissingField, account_id: int) -> Way:
    """(page, target) for ``Shell.go``: the setting, the quote on the desk, the closing list, else the account.

    A field that is the account's own opens its form there.
    """
    if field.path in _SETTINGS:
        return "settings", {"setting": _SETTINGS[field.path]}
    if field.path == "renewal.order_number":
        return "closing", {}
    if field.path.startswith("quote.") or field.path == "renewal.new_price":
        return "desk", {"account_id": account_id}
    group, _, name = field.path.partition(".")
    if group == "account":
        return "accounts", {"account_id": account_id, "edit": name}
    return "accounts", {"account_id": account_id}


def button_words(field: MissingField) -> str:
    """What the button that leads there says."""
    page = way_to(field, 0)[0]
    return {"settings": "Open the letterhead", "closing": "Open closing", "desk": "Open on the desk"}.get(
        page, "Open the account"
    )
