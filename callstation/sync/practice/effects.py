"""What a saved row does to others: sums on its parent, history of an opportunity, dates of the last activity."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from callstation.sync.practice.schema import SObject
from callstation.sync.practice.tables import Row

if TYPE_CHECKING:
    from callstation.sync.practice.saving import Saver

Change = tuple[Row | None, Row]
"""(before or None, after)."""
_HISTORY = ("StageName", "Amount", "Probability", "CloseDate")


def follow(saver: "Saver", one: SObject, changes: Sequence[Change], now: str) -> None:
    """Carry the changes of one object on to others, in the same transaction."""
    if one.name in ("Task", "Event"):
        _last_activity(saver, changes)
    elif one.name == "Opportunity":
        _history(saver, changes, now)
    elif one.name == "OpportunityLineItem":
        _sum_opportunities(saver, {row["OpportunityId"] for _, row in changes}, now)
    elif one.name == "QuoteLineItem":
        _sum_quotes(saver, {row["QuoteId"] for _, row in changes}, now)
    elif one.name == "CampaignMember":
        _count_members(saver, {row["CampaignId"] for _, row in changes})
    elif one.name == "Product2":
        saver.tables.raw.executemany(
            "UPDATE PricebookEntry SET Name = ?, ProductCode = ? WHERE Product2Id = ?",
            [(row["Name"], row["ProductCode"], row["Id"]) for old, row in changes if old is not None],
        )


def _last_activity(saver: "Saver", changes: Iterable[Change]) -> None:
    """The day of the latest finished activity of who, what and account; it moves no stamp, as it is worked out."""
    latest: dict[str, str] = {}
    for _, row in changes:
        on = row["ActivityDate"]
        if on is None or not row.get("IsClosed", 1):
            continue
        for record_id in (row["WhoId"], row["WhatId"], row["AccountId"]):
            if record_id is not None and latest.get(record_id, "") < on:
                latest[record_id] = on
    by_prefix: dict[str, list[tuple[str, str, str]]] = {}
    for record_id, on in latest.items():
        by_prefix.setdefault(record_id[:3], []).append((on, record_id, on))
    for prefix, rows in by_prefix.items():
        target = saver.schema.by_prefix.get(prefix)
        if target is not None and "LastActivityDate" in target.fields:
            saver.tables.raw.executemany(
                f"UPDATE \"{target.name}\" SET LastActivityDate = ? WHERE Id = ? AND ifnull(LastActivityDate, '') < ?",
                rows,
            )


def _history(saver: "Saver", changes: Iterable[Change], now: str) -> None:
    history = saver.schema.objects["OpportunityHistory"]
    moved = [(old, row) for old, row in changes if old is None or any(old[name] != row[name] for name in _HISTORY)]
    rows: list[Row] = []
    for record_id, (old, row) in zip(saver.tables.ids(history, len(moved)), moved, strict=True):
        was = old or {}
        entry: Row = dict.fromkeys(saver.tables.columns[history.name])
        entry |= {name: row[name] for name in (*_HISTORY, "ExpectedRevenue", "ForecastCategory")}
        entry |= {
            "Id": record_id, "IsDeleted": 0, "OpportunityId": row["Id"], "CreatedDate": now, "SystemModstamp": now,
            "CreatedById": saver.user_id, "PrevAmount": was.get("Amount"), "PrevCloseDate": was.get("CloseDate"),
            "FromForecastCategory": was.get("ForecastCategory"), "FromOpportunityStageName": was.get("StageName"),
        }  # fmt: skip
        rows.append(entry)
        for name in ("Amount", "CloseDate"):
            if old is not None and old[name] != row[name]:
                saver.tables.raw.execute(
                    f"UPDATE Opportunity SET Last{name}ChangedHistoryId = ? WHERE Id = ?", (record_id, row["Id"])
                )
    saver.tables.insert(history, rows)


def _sum_opportunities(saver: "Saver", ids: set[str], now: str) -> None:
    """An opportunity with lines is worth their sum; one that lost its last keeps the amount."""
    one = saver.schema.objects["Opportunity"]
    changes: list[Change] = []
    for record_id, old in saver.tables.whole(one, ids).items():
        count, total, quantity = saver.tables.rows(
            "SELECT count(*), sum(TotalPrice), sum(Quantity) FROM OpportunityLineItem "
            "WHERE OpportunityId = ? AND NOT IsDeleted", (record_id,),
        )[0]  # fmt: skip
        row = dict(old)
        row["HasOpportunityLineItem"] = int(count > 0)
        if count:
            row["Amount"], row["TotalOpportunityQuantity"] = round(total, 2), quantity
            row["ExpectedRevenue"] = round(row["Amount"] * row["Probability"] / 100, 2)
            if row["Pricebook2Id"] is None:
                row["Pricebook2Id"] = saver.tables.rows(
                    "SELECT Pricebook2Id FROM PricebookEntry WHERE Id IN (SELECT PricebookEntryId "
                    "FROM OpportunityLineItem WHERE OpportunityId = ?) LIMIT 1", (record_id,),
                )[0][0]  # fmt: skip
        saver.stamp(row, now)
        changes.append((old, row))
    saver.tables.replace(one, [row for _, row in changes])
    _history(saver, changes, now)


def _sum_quotes(saver: "Saver", ids: set[str], now: str) -> None:
    one = saver.schema.objects["Quote"]
    changed = []
    for record_id, row in saver.tables.whole(one, ids).items():
        count, subtotal, total = saver.tables.rows(
            "SELECT count(*), total(Subtotal), total(TotalPrice) FROM QuoteLineItem "
            "WHERE QuoteId = ? AND NOT IsDeleted",
            (record_id,),
        )[0]
        row["LineItemCount"], row["Subtotal"], row["TotalPrice"] = count, round(subtotal, 2), round(total, 2)
        row["Discount"] = round(100 * (1 - total / subtotal), 2) if subtotal else 0.0
        row["GrandTotal"] = round(total + (row["Tax"] or 0) + (row["ShippingHandling"] or 0), 2)
        saver.stamp(row, now)
        changed.append(row)
    saver.tables.replace(one, changed)


def _count_members(saver: "Saver", ids: set[str]) -> None:
    for record_id in ids:
        saver.tables.raw.execute(
            """UPDATE Campaign SET (NumberOfContacts, NumberOfLeads, NumberOfResponses) =
                   (SELECT count(ContactId), count(*) - count(ContactId), ifnull(sum(HasResponded), 0)
                    FROM CampaignMember WHERE CampaignId = Campaign.Id AND NOT IsDeleted) WHERE Id = ?""",
            (record_id,),
        )
