"""The contracts of a list: rows folded to contracts with lines, compared with what is stored, renewals kept in step."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.known import CONTRACT_COLUMNS, Known
from callstation.accounts.importing.line_plan import Line, compare_lines, fold_lines
from callstation.accounts.importing.plan import Change, Plan
from callstation.accounts.importing.staging import OLD_DAYS
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ForecastCategory, RenewalStage, Verdict

LAPSED_DAYS = 30
"""Up to this many days after the end a renewal is still simply due (trade.md, Queue)."""
_WORDS = {
    "account_id": "End customer", "partner_id": "Reseller", "distributor": "Distributor", "vendor": "Vendor",
    "starts_on": "Start", "ends_on": "End", "value": "Value", "currency": "Currency", "order_number": "Order no.",
    "status": "Status",
}  # fmt: skip


def group_rows(plan: Plan, usable: Iterable[int]) -> dict[str, list[int]]:
    """Rows by contract number; one that gives the contract to another customer, or an older term, is a problem."""
    rows, keys, customers = plan.rows, plan.rows.number_keys, plan.rows.customer_keys
    groups: dict[str, list[int]] = {}
    for at in usable:
        group = groups.setdefault(keys[at], [])
        if group and customers[group[0]] != customers[at]:
            plan.verdicts[at] = Verdict.PROBLEM
            first = rows.texts[Field.CUSTOMER][group[0]]
            plan.whys[at] = f"An earlier row gives this contract to “{first}”."
            continue
        group.append(at)
    return {key: _latest_terms(plan, group) if len(group) > 1 else group for key, group in groups.items()}


def _latest_terms(plan: Plan, group: list[int]) -> list[int]:
    """The rows of one contract without those that a later term of the same product replaces; no end goes unsaid."""
    rows, texts = plan.rows, plan.rows.texts
    ends = {at: rows.ends_on[at] or "" for at in group}
    if len(set(ends.values())) == 1:
        return group
    by_end = sorted(group, key=lambda at: ends[at])  # of equal ends the last row in the list stays last
    last = by_end[-1]
    newest = {tuple(texts[item][at].casefold() for item in _OFFER): at for at in by_end}
    kept = []
    for at in group:
        newer = newest[tuple(texts[item][at].casefold() for item in _OFFER)]
        if ends[at] < ends[newer]:
            plan.verdicts[at] = Verdict.PROBLEM
            number = plan.row_numbers[newer]
            plan.whys[at] = f"Row {number} has the same contract number and a later end; that one is taken."
            continue
        if ends[at] < ends[last]:
            said = f"Row {plan.row_numbers[last]} has the same contract number and a later end, {ends[last]}"
            rows.warnings.setdefault(at, []).append(f"{said}; the contract ends then.")
        kept.append(at)
    return kept


_OFFER = (Field.PRODUCT, Field.SKU, Field.VENDOR)


def plan_contracts(
    work: Work, plan: Plan, known: Known, groups: dict[str, list[int]], account_refs: list[int],
    partner_refs: list[int | None], product_refs: list[int | None],
) -> None:  # fmt: skip
    """Make or change every contract of the list, with its lines, its renewal and its note."""
    rows = plan.rows
    texts = rows.texts
    numbers, distributors, vendors = texts[Field.CONTRACT_NO], texts[Field.DISTRIBUTOR], texts[Field.VENDOR]
    orders, statuses, notes = texts[Field.ORDER_NO], texts[Field.STATUS], texts[Field.NOTES]
    lapsed_before = (work.today - timedelta(days=LAPSED_DAYS)).isoformat()
    old_before = (work.today - timedelta(days=OLD_DAYS)).isoformat()
    for key, group in groups.items():
        at = group[0]
        account = account_refs[at]
        ends_on = rows.ends_on[at] or ""
        starts_on, value, quantity = rows.starts_on[at], rows.values[at], rows.quantities[at]
        lines = [Line(product_refs[at], quantity, value, distributors[at], at)]
        if len(group) > 1:
            lines = fold_lines(plan, group, product_refs)
            ends_on = max(rows.ends_on[row] or "" for row in group)
            starts_on = min(filter(None, (rows.starts_on[row] for row in group)), default=None)
            value = _sum(line.value for line in lines)
            quantity = _sum(line.quantity for line in lines)
        if notes[at] and (account, notes[at]) not in known.notes:
            plan.notes.append((account, notes[at]))
            known.notes.add((account, notes[at]))
            if account > 0:
                plan.note_change(at, Change("Note", "", notes[at]))
        fresh = (
            account, partner_refs[at], distributors[at] or None, vendors[at] or None, starts_on, ends_on, value,
            rows.currencies[at], orders[at] or None, statuses[at] or None,
        )  # fmt: skip
        stored = known.contracts.get(key)
        if stored is not None:
            contract_id, old = stored
            if fresh != old:
                _compare(plan, known, contract_id, old, fresh, at)
            has_new_seats = compare_lines(plan, known.lines.get(contract_id, []), contract_id, lines)
            _follow(plan, known, contract_id, fresh, old, quantity if has_new_seats else None)
            continue
        plan.contracts.append((numbers[at], *fresh))
        contract = -len(plan.contracts)
        for place, line in enumerate(lines):
            if line.product is not None:
                plan.lines.append((contract, place, line.product, line.quantity, line.value))
        if ends_on >= old_before:
            stands = _STANDS[ends_on < lapsed_before]
            plan.renewals.append((contract, account, ends_on, value, rows.currencies[at], quantity, *stands))
        else:
            rows.warnings.setdefault(at, []).append(f"Ended on {ends_on}: kept as history, not called for.")
        for row in group:
            if plan.verdicts[row] is None:
                plan.verdicts[row] = Verdict.NEW


_STANDS = {
    False: (RenewalStage.NOT_STARTED.value, ForecastCategory.PIPELINE.value),
    True: (RenewalStage.LAPSED.value, ForecastCategory.OMITTED.value),
}


def _compare(plan: Plan, known: Known, contract_id: int, old: tuple[Any, ...], fresh: tuple[Any, ...], at: int) -> None:
    """What the list changes of a stored contract. An empty cell changes nothing, nor does a currency we assumed."""
    for column, new, was in zip(CONTRACT_COLUMNS, fresh, old, strict=True):
        if new is None or new == was or (column == "currency" and not plan.rows.names_currency):
            continue
        plan.update("contract", contract_id, **{column: new})
        plan.note_change(at, Change(_WORDS[column], _said(plan, known, column, was), _said(plan, known, column, new)))


def _follow(
    plan: Plan, known: Known, contract_id: int, fresh: tuple[Any, ...], old: tuple[Any, ...], quantity: int | None
) -> None:
    """One open renewal per contract end, in step with the contract; the rep's stage, next step and sums stay."""
    account, ends_on, value, currency = fresh[0], fresh[5], fresh[6], fresh[7]
    renewal = known.renewals.get(contract_id)
    if renewal is None or not renewal[5]:
        if ends_on > (renewal[1] if renewal else old[5]):
            plan.renewals.append((contract_id, account, ends_on, value, currency, quantity, *_STANDS[False]))
        return
    renewal_id, due_on, amount, _, _, _ = renewal
    if ends_on != due_on and ends_on != old[5]:
        plan.update("renewal", renewal_id, due_on=ends_on)
    if account != old[0]:
        plan.update("renewal", renewal_id, account_id=account)
    if value is not None and value != old[6] and amount == old[6]:
        plan.update("renewal", renewal_id, amount=value)
    if quantity is not None:
        plan.update("renewal", renewal_id, quantity=quantity)


def _said(plan: Plan, known: Known, column: str, value: Any) -> str:
    """A stored value in words for the preview."""
    if value is None:
        return ""
    if column in ("account_id", "partner_id"):
        return str(plan.accounts[-value - 1][1] if value < 0 else known.accounts.get(value, (value,))[0])
    return f"{from_units(value):,}" if column == "value" else str(value)


def _sum(values: Iterable[int | None]) -> int | None:
    some = [value for value in values if value is not None]
    return sum(some) if some else None
