"""Opportunities on both sides: what a renewal and a growth have in common there, and what each has alone."""

from decimal import Decimal
from typing import Any

from callstation.sync.attribute import NOT_SAID, Attribute, Fields, Local, text
from callstation.sync.context import Context
from callstation.sync.stages import CATEGORY_NAMES, category_of
from db.stored import from_units, to_units
from db.vocabulary import ForecastCategory, GrowthKind, RenewalStage

TYPE = "Existing Customer - Upgrade"
"""Salesforce's own type for more business with a customer."""
_TYPE_WORDS = {
    GrowthKind.UPGRADE: ("upgrade", "upsell"),
    GrowthKind.ADD_ON: ("add-on", "add on", "addon", "upsell", "expansion", "upgrade"),
    GrowthKind.CROSS_SELL: ("cross", "expansion", "upsell", "upgrade"),
}
"""By what a company's own types are told, the best first."""


def _amount(local: Local, context: Context) -> dict[str, Any]:
    units = local["amount"]
    if context.field("Opportunity", "CurrencyIsoCode") is not None:
        return {"Amount": _figure(units), "CurrencyIsoCode": local["currency"]}
    if context.home_currency and local["currency"] != context.home_currency:
        return {}  # a figure without its currency would be another sum
    return {"Amount": _figure(units)}


def _figure(units: int | None) -> float | None:
    return None if units is None else float(from_units(units))


def _read_amount(fields: Fields, context: Context) -> Any:
    value = fields.get("Amount")
    return None if value is None else to_units(Decimal(str(value)))


def _stage(fields: Fields, context: Context) -> Any:
    found = context.stages.stage_of(fields.get("StageName"), fields.get("~stage"))
    if found is not None:
        return found
    if fields.get("IsWon"):
        return RenewalStage.WON.value
    return RenewalStage.LOST.value if fields.get("IsClosed") else NOT_SAID


def _category(local: Local, context: Context) -> dict[str, Any]:
    if not RenewalStage(local["stage"]).is_open or local["stage"] == RenewalStage.LAPSED:
        return {}  # a closed stage brings its own
    name = CATEGORY_NAMES[ForecastCategory(local["category"])]
    shape = context.field("Opportunity", "ForecastCategoryName")
    if shape is not None and shape.values and name not in shape.values:
        name = CATEGORY_NAMES[ForecastCategory.BEST_CASE]
    return {"ForecastCategoryName": name}


def _read_category(fields: Fields, context: Context) -> Any:
    return category_of(fields.get("ForecastCategoryName")) or NOT_SAID


def _type(local: Local, context: Context) -> dict[str, Any]:
    """The company's word for more business with a customer; nothing where it has none that we could tell."""
    shape = context.field("Opportunity", "Type")
    if shape is None or not shape.values or TYPE in shape.values:
        return {"Type": TYPE}
    for word in (*_TYPE_WORDS[GrowthKind(local["kind"])], "growth", "existing"):
        found = next((value for value in shape.values if word in value.casefold()), None)
        if found is not None:
            return {"Type": found}
    return {}


_SHARED = (
    Attribute(
        "stage", "Stage", ("StageName",), lambda local, context: {"StageName": context.stages.name_of(local["stage"])},
        _stage,
    ),
    Attribute("amount", "Amount", ("Amount",), _amount, _read_amount),
    Attribute(
        "close_on", "Renewal date", ("CloseDate",), lambda local, context: {"CloseDate": local["close_on"]},
        lambda fields, context: fields.get("CloseDate") or NOT_SAID,
    ),
    text("next_step", "Next step", "NextStep"),
    Attribute("category", "Forecast category", ("ForecastCategoryName",), _category, _read_category),
    Attribute("account", "Account", ("AccountId",), lambda local, context: {"AccountId": local["account"]},
              is_create_only=True),
)  # fmt: skip
RENEWAL = (
    *_SHARED,
    Attribute("title", "Name", ("Name",), lambda local, context: {"Name": local["title"]}, is_create_only=True),
    Attribute("contract", "Contract", ("ContractId",), lambda local, context: {"ContractId": local["contract"]},
              is_create_only=True),
)  # fmt: skip
GROWTH = (
    *_SHARED,
    text("title", "Name", "Name"),
    Attribute("kind", "Type", ("Type",), _type, is_create_only=True),
)  # fmt: skip
