"""Lists of expiring contracts: how each of their rows is understood, planned and shown."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.lexicon import CONTRACTS
from callstation.accounts.importing.plan import About, Decisions, Plan
from callstation.accounts.importing.planning import make_plan
from callstation.accounts.importing.preview import ListPreview, ListSort, ShownRow, shown
from callstation.accounts.importing.staging import Rows, number_key, stage
from callstation.accounts.names import name_key
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class PreviewRow(ShownRow):
    """One row of the list as it will be taken."""

    contract_no: str
    customer: str
    product: str
    quantity: int | None
    ends_on: date | None
    value: Decimal | None
    currency: str
    contact: str
    phone: str
    """E.164, or ""."""


def _show(plan: Plan, at: int) -> PreviewRow:
    rows, texts = plan.rows, plan.rows.texts
    ends_on, value, number = rows.ends_on[at], rows.values[at], rows.phones[at] or rows.mobiles[at]
    return PreviewRow(
        *shown(plan, at),
        texts[Field.CONTRACT_NO][at],
        texts[Field.CUSTOMER][at],
        texts[Field.PRODUCT][at] or texts[Field.SKU][at] or texts[Field.VENDOR][at],
        rows.quantities[at],
        None if ends_on is None else date.fromisoformat(ends_on),
        None if value is None else from_units(value),
        rows.currencies[at],
        texts[Field.CONTACT][at] or texts[Field.EMAIL][at],
        number.e164 if number else "",
    )


def _make_plan(work: Work, rows: Rows, table: Table, about: About, decisions: Decisions) -> Plan:
    return make_plan(work, rows, table.row_numbers, table.too_long, decisions)


def _leave(rows: Rows, row_numbers: list[int]) -> Plan:
    return Plan(row_numbers, [Verdict.SAME] * len(rows), rows)


CONTRACT_LIST = ListSort(
    CONTRACTS,
    ("row", "rows"),
    together=((Field.CONTRACT_NO, number_key), (Field.CUSTOMER, name_key)),
    stage=stage,
    make_plan=_make_plan,
    leave=_leave,
    show=_show,
    has_contracts=True,
)
Preview = ListPreview[PreviewRow]
