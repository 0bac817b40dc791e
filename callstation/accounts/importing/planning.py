"""From typed rows to a plan: problems set aside, names settled, people and contracts compared with the store."""

from datetime import date

from callstation.accounts.importing.account_plan import names_of, resolve
from callstation.accounts.importing.contract_plan import group_rows, plan_contracts
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.known import Known, look_up, look_up_people
from callstation.accounts.importing.line_plan import plan_products
from callstation.accounts.importing.people_plan import plan_people
from callstation.accounts.importing.plan import Decisions, Plan
from callstation.accounts.importing.staging import FAR_YEARS, Rows
from callstation.work import Work
from db.vocabulary import AccountKind, Verdict


def make_plan(work: Work, rows: Rows, row_numbers: list[int], too_long: dict[int, int], decisions: Decisions) -> Plan:
    """A verdict for every row and what follows from it. Reads the store, writes nothing."""
    plan = Plan(row_numbers, [None] * len(rows), rows)
    _set_aside(plan, too_long, work.today)
    verdicts = plan.verdicts
    usable = [at for at, verdict in enumerate(verdicts) if verdict is None]
    groups = group_rows(plan, usable)
    usable = [at for at in usable if verdicts[at] is None]
    partners = names_of(rows, usable, AccountKind.PARTNER)
    customers = names_of(rows, usable, AccountKind.CUSTOMER)
    known = look_up(
        work,
        (rows.texts[Field.CONTRACT_NO][group[0]] for group in groups.values()),
        {*customers.first_row, *partners.first_row},
        customers.details.get("crm_id", {}).values(),
    )
    by_partner = resolve(work, plan, partners, known, decisions, {})
    if any(ref is None for ref in by_partner.values()):
        usable = _wait(plan, usable, rows.partner_keys, by_partner)
        customers = names_of(rows, usable, AccountKind.CUSTOMER)
    by_customer = resolve(work, plan, customers, known, decisions, _owners(rows, known, groups))
    if any(ref is None for ref in by_customer.values()):
        usable = _wait(plan, usable, rows.customer_keys, by_customer)
    numbers = {number.e164 for column in (rows.phones, rows.mobiles) for number in column if number is not None}
    look_up_people(work, known, (ref for ref in by_customer.values() if ref and ref > 0), numbers)
    account_refs = [by_customer.get(key) or 0 for key in rows.customer_keys]
    partner_refs = [by_partner.get(key) for key in rows.partner_keys]
    plan_people(plan, known, usable, account_refs)
    if len(usable) < sum(map(len, groups.values())):
        kept = set(usable)
        groups = {key: some for key, group in groups.items() if (some := [at for at in group if at in kept])}
    plan_contracts(work, plan, known, groups, account_refs, partner_refs, plan_products(plan, known, usable))
    for at in usable:
        if verdicts[at] is None:
            verdicts[at] = Verdict.UPDATE if at in plan.changes else Verdict.SAME
    return plan


def _set_aside(plan: Plan, too_long: dict[int, int], today: date) -> None:
    """Rows that cannot be imported, each with the first reason found."""
    rows, verdicts, whys = plan.rows, plan.verdicts, plan.whys
    latest = today.replace(year=today.year + FAR_YEARS, day=min(today.day, 28)).isoformat()
    numbers, customers = rows.number_keys, rows.customer_keys
    for at, ends_on in enumerate(rows.ends_on):
        if at in too_long:
            cells = "cell" if too_long[at] == 1 else "cells"
            whys[at] = f"It has {too_long[at]} {cells} more than the header: a separator inside a text without quotes?"
        elif not numbers[at]:
            whys[at] = "It has no contract number."
        elif not customers[at]:
            whys[at] = "It has no end customer."
        elif ends_on is None:
            whys[at] = rows.problems.get(at, "It has no end date.")
        elif ends_on > latest:
            whys[at] = f"It ends on {ends_on}, more than {FAR_YEARS} years ahead: a slip, or a licence without end?"
        elif at in rows.unsure:
            verdicts[at] = Verdict.REVIEW
            whys[at] = rows.unsure[at]
            continue
        else:
            starts_on = rows.starts_on[at]
            if starts_on is not None and starts_on > ends_on:
                rows.warnings.setdefault(at, []).append(f"It starts on {starts_on}, after its end.")
            continue
        verdicts[at] = Verdict.PROBLEM


def _wait(plan: Plan, usable: list[int], keys: list[str], refs: dict[str, int | None]) -> list[int]:
    """The rows that need no answer; the others are marked as waiting for one."""
    waiting = {key for key, ref in refs.items() if ref is None}
    for at in usable:
        if keys[at] in waiting:
            plan.verdicts[at] = Verdict.REVIEW
            plan.whys[at] = "Waits for your answer: is this account another spelling of one you have?"
    return [at for at in usable if keys[at] not in waiting]


def _owners(rows: Rows, known: Known, groups: dict[str, list[int]]) -> dict[str, int]:
    """Which stored account has a contract that the list gives to a name."""
    owners: dict[str, int] = {}
    for key, (_, contract) in known.contracts.items():
        if key in groups:
            owners.setdefault(rows.customer_keys[groups[key][0]], contract[0])
    return owners
