"""The fields a list can fill, and how headers are compared with the words for them."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """What a column can mean; the value is the word used on the command line and in a remembered mapping."""

    CONTRACT_NO = "contract_no"
    CUSTOMER = "customer"
    ACCOUNT_ID = "account_id"
    RESELLER = "reseller"
    DISTRIBUTOR = "distributor"
    VENDOR = "vendor"
    PRODUCT = "product"
    SKU = "sku"
    QUANTITY = "quantity"
    START = "start_on"
    END = "end_on"
    VALUE = "value"
    CURRENCY = "currency"
    CONTACT = "contact"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ROLE = "role"
    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    STREET = "street"
    STREET_2 = "street_2"
    CITY = "city"
    STATE = "state"
    POSTAL_CODE = "postal_code"
    COUNTRY = "country"
    SEGMENT = "segment"
    ORDER_NO = "order_no"
    STATUS = "status"
    NOTES = "notes"
    EDITION = "edition"
    FAMILY = "family"
    KIND = "kind"
    PRICE = "price"
    COST = "cost"
    UNIT = "unit"
    PERIOD = "period"
    MIN_QUANTITY = "min_quantity"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"

    @property
    def label(self) -> str:
        """As the screen names it."""
        return _LABELS.get(self, self.value.replace("_", " ").capitalize())


_LABELS = {
    Field.CONTRACT_NO: "Contract no.",
    Field.CUSTOMER: "End customer",
    Field.ACCOUNT_ID: "Account ID",
    Field.SKU: "SKU",
    Field.START: "Start",
    Field.END: "End",
    Field.EMAIL: "E-mail",
    Field.STREET_2: "Street, line 2",
    Field.ORDER_NO: "Order no.",
    Field.KIND: "Plan or add-on",
    Field.PERIOD: "Month or year",
    Field.MIN_QUANTITY: "From quantity",
}

CONTEXT = frozenset(("entity", "account", "customer", "end", "user", "contact", "billing", "primary", "company", "the"))
"""Words that say whose phone, e-mail or city it is, which one row of a list leaves no doubt about."""

CONTEXT_FREE = (
    Field.EMAIL, Field.PHONE, Field.MOBILE, Field.STREET, Field.STREET_2, Field.CITY, Field.STATE, Field.POSTAL_CODE,
    Field.COUNTRY, Field.ROLE, Field.FIRST_NAME, Field.LAST_NAME, Field.STATUS,
)  # fmt: skip


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """A header as it is compared: ``EndDate*`` and ``END_DATE (UTC)`` both give ``end date``."""
    text = unicodedata.normalize("NFKD", header[:200])
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text) if re.match(r"\s*[^(\[\s]", text) else text
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold().replace("#", " no ").replace("№", " no ")
    return " ".join(re.findall(r"[^\W_]+", text))
