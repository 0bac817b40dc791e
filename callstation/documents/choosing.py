"""Whom a batch of documents is for: the members of a campaign or of a filter, less those who had it already."""

from dataclasses import dataclass
from typing import Any

from callstation.calling.campaign_filter import CampaignFilter, checked, condition, person_condition, renewal_condition
from callstation.documents.kinds import label_of
from callstation.documents.locales import locale_for
from callstation.errors import UserError
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import DocumentKind, RenewalStage

ASKING = frozenset({DocumentKind.FIRST_NOTICE, DocumentKind.REMINDER, DocumentKind.FINAL_NOTICE, DocumentKind.LAPSE})
"""Kinds that ask for a yes: nobody gets them who has accepted or ordered."""
PER_ACCOUNT = frozenset({DocumentKind.STATEMENT, DocumentKind.CALL_SHEET})
"""Kinds of which an account gets one, whatever it has up for renewal; of all others it gets one a contract."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One document of a batch: whom it goes to, and about which contract (none for ``PER_ACCOUNT``)."""

    account_id: int
    account: str
    renewal_id: int | None
    contract: str
    """Its number; "" without one."""
    locale: str
    """In which the account is written to."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who gets a document, in the order of the contracts' ends, and how many were left out."""

    kind: DocumentKind
    recipients: tuple[Recipient, ...]
    left_out: int
    """Who had this kind already, for the same renewal."""

    @property
    def words(self) -> str:
        """In words: "12 documents. Left out: 3 who had the reminder already."."""
        count = len(self.recipients)
        said = f"{count:,} {'document' if count == 1 else 'documents'}."
        if self.left_out:
            said += f" Left out: {self.left_out:,} who had the {label_of(self.kind).lower()} already."
        return said


def choose(
    work: Work, kind: DocumentKind, *, campaign_id: int | None = None, wanted: CampaignFilter | None = None,
    language: str = "", with_those_sent: bool = False,
) -> Chosen:  # fmt: skip
    """Who would get a document of ``kind``: the members of a campaign, those a filter finds, or both at once.

    ``language`` ("de") keeps those who are written to in it. Who had this kind for the same renewal already (a
    statement or call sheet: today) is left out unless ``with_those_sent``. A thank-you goes to renewals that were won,
    a lapse notice to contracts that have ended; letters that ask for a yes to nobody whose closing has begun.
    ``UserError`` for a quote, which is priced on the desk and not in a batch.
    """
    if kind is DocumentKind.QUOTE:
        raise UserError(
            "Quotes are not made in batches.", "Each one is priced with the customer.", "Press Q on the desk."
        )
    wanted = checked(wanted or CampaignFilter())
    rows = (
        _accounts(work, kind, campaign_id, wanted)
        if kind in PER_ACCOUNT
        else _renewals(work, kind, campaign_id, wanted)
    )
    had = set() if with_those_sent else _had(work, kind)
    found, left_out = [], 0
    for account_id, account, renewal_id, contract, own_language, country in rows:
        locale = locale_for(own_language, country)
        if language and locale.partition("_")[0] != language:
            continue
        if (renewal_id if renewal_id is not None else account_id) in had:
            left_out += 1
            continue
        found.append(Recipient(account_id, account, renewal_id, contract or "", locale))
    return Chosen(kind, tuple(found), left_out)


_ADDRESSEE = """
    FROM renewal r JOIN contract k ON k.id = r.contract_id LEFT JOIN call_target t ON t.id = r.target_id
    JOIN account a ON a.id = coalesce(t.account_id, r.account_id)"""
"""Who is called about a renewal is written to: the customer, or the partner that covers it."""
_MEMBER = "t.id IN (SELECT target_id FROM campaign_member WHERE campaign_id = ?)"


def _renewals(work: Work, kind: DocumentKind, campaign_id: int | None, wanted: CampaignFilter) -> list[tuple[Any, ...]]:
    parts, values = renewal_condition(wanted, work.today)
    person, person_values = person_condition(wanted, to_micros(work.now))
    is_won = kind is DocumentKind.THANK_YOU
    parts += [*person, f"r.stage = '{RenewalStage.WON.value}'" if is_won else "r.closed_at IS NULL"]
    values += person_values
    if kind in ASKING:
        parts.append("NOT EXISTS (SELECT 1 FROM closing_mark m WHERE m.renewal_id = r.id)")
    if kind is DocumentKind.LAPSE:
        parts.append("r.due_on < ?")
        values.append(work.today.isoformat())
    if campaign_id is not None:
        parts.append(_MEMBER)
        values.append(campaign_id)
    return work.rows(
        f"SELECT a.id, a.name, r.id, k.number, a.language, a.country {_ADDRESSEE} WHERE {' AND '.join(parts)} "
        "ORDER BY r.due_on, r.id",
        values,
    )


def _accounts(work: Work, kind: DocumentKind, campaign_id: int | None, wanted: CampaignFilter) -> list[tuple[Any, ...]]:
    fits, values = condition(wanted, work.today, to_micros(work.now))
    parts = [fits]
    if kind is DocumentKind.STATEMENT:
        parts.append("+a.kind = 'partner'")
    if campaign_id is not None:
        parts.append(_MEMBER)
        values.append(campaign_id)
    return work.rows(
        "SELECT a.id, a.name, NULL, '', a.language, a.country FROM call_target t JOIN account a ON a.id = t.account_id "
        f"WHERE {' AND '.join(parts)} ORDER BY t.next_expiry_on, t.id",
        values,
    )


def _had(work: Work, kind: DocumentKind) -> set[int]:
    """The renewals (accounts, for ``PER_ACCOUNT``) that this kind was made for."""
    if kind in PER_ACCOUNT:
        from callstation.calling.targets import day_starts_at

        since = to_micros(day_starts_at(work, work.today))
        sql = "SELECT account_id FROM document WHERE kind = ? AND made_at >= ?"
        return {one for (one,) in work.rows(sql, (kind.value, since))}
    sql = "SELECT renewal_id FROM document WHERE kind = ? AND renewal_id IS NOT NULL"
    return {one for (one,) in work.rows(sql, (kind.value,))}
