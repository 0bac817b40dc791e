"""Nouns for tests, one function each, with defaults for all that a test does not speak of."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.work import Work
from db.nouns import Account, Activity, Callback, Campaign, Contact, ContactPhone, Contract, Phone, Renewal
from db.vocabulary import (
    AccountKind,
    ActivityKind,
    CallbackKind,
    CallbackStatus,
    CampaignKind,
    ForecastCategory,
    NumberKind,
    NumberStatus,
    Purpose,
    RenewalStage,
)


def account(work: Work, /, name: str = "Halden Robotics", **values: Any) -> int:
    defaults = {
        "kind": AccountKind.CUSTOMER,
        "name_key": name.lower(),
        "city": "Boston",
        "region": "MA",
        "country": "US",
    }
    return work.insert(Account, uid=uuid4().hex, name=name, created_at=work.now, **{**defaults, **values})


def contact(work: Work, /, account_id: int, name: str = "Priya Raman", **values: Any) -> int:
    return work.insert(Contact, uid=uuid4().hex, account_id=account_id, name=name, created_at=work.now, **values)


def phone(work: Work, /, contact_id: int, e164: str = "+16175550142", **values: Any) -> int:
    defaults = {
        "kind": NumberKind.FIXED_OR_MOBILE, "status": NumberStatus.UNTRIED, "region": "US", "zones": "America/New_York"
    }  # fmt: skip
    phone_id = work.insert(Phone, e164=e164, **{**defaults, **values})
    work.insert(ContactPhone, contact_id=contact_id, phone_id=phone_id)
    return phone_id


def contract(work: Work, /, account_id: int, ends_on: date, number: str = "C-1", **values: Any) -> int:
    defaults = {"value": Decimal(48200), "currency": "USD"}
    return work.insert(
        Contract, uid=uuid4().hex, account_id=account_id, number=number, ends_on=ends_on, created_at=work.now,
        **{**defaults, **values},
    )  # fmt: skip


def renewal(work: Work, /, contract_id: int, account_id: int, due_on: date, **values: Any) -> int:
    defaults = {
        "amount": Decimal(48200), "currency": "USD", "quantity": 90, "stage": RenewalStage.NOT_STARTED,
        "category": ForecastCategory.PIPELINE,
    }  # fmt: skip
    return work.insert(
        Renewal,
        uid=uuid4().hex,
        contract_id=contract_id,
        account_id=account_id,
        due_on=due_on,
        **{**defaults, **values},
    )


def customer(
    work: Work, /, name: str = "Halden Robotics", *, ends_on: date, person: str = "Priya Raman",
    e164: str = "+16175550142", amount: Decimal = Decimal(48200), **values: Any,
) -> int:  # fmt: skip
    """An account with one person, one number and one contract that is up for renewal; returns the account's id."""
    account_id = account(work, name, **values)
    phone(work, contact(work, account_id, person), e164)
    contract_id = contract(work, account_id, ends_on, number=f"C-{account_id}", value=amount)
    renewal(work, contract_id, account_id, ends_on, amount=amount)
    return account_id


def campaign(work: Work, /, name: str = "Q4 renewals", **values: Any) -> int:
    defaults = {"kind": CampaignKind.EXPIRING, "purpose": Purpose.RENEWAL}
    return work.insert(Campaign, uid=uuid4().hex, name=name, created_at=work.now, **{**defaults, **values})


def activity(work: Work, /, account_id: int, **values: Any) -> int:
    defaults = {"kind": ActivityKind.CALL, "happened_at": work.now, "happened_on": work.today}
    return work.insert(Activity, uid=uuid4().hex, account_id=account_id, **{**defaults, **values})


def callback(work: Work, /, target_id: int, due_at: Any, **values: Any) -> int:
    defaults = {"kind": CallbackKind.CALLBACK, "status": CallbackStatus.OPEN}
    return work.insert(Callback, uid=uuid4().hex, target_id=target_id, due_at=due_at, **{**defaults, **values})
