"""The start of the day: every open target is scored and given its place, once, so that reading the queue is a walk."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from callstation.calling.cadence import CadencePath, touches_planned
from callstation.calling.campaigns import refresh_all_members
from callstation.calling.head import QUEUE_BUILT_ON
from callstation.calling.order_facts import order_issues, quotes_sent
from callstation.calling.plan import cadence_table
from callstation.calling.ranking import (
    PARTS,
    RankFacts,
    Ranking,
    ValueScale,
    keep_small_share,
    load_ranking,
    part_points,
    part_values,
    shrunk_rate,
    sort_key,
)
from callstation.calling.rules import rule_text
from callstation.calling.targets import settle_many
from callstation.clock import working_date
from callstation.quotes.expiring import expire_quotes
from callstation.renewals.snapshots import prune, take_snapshot
from callstation.settings import Settings
from callstation.work import Work
from db.stored import from_micros, to_micros
from db.vocabulary import RenewalStage

SCALES = "queue_value_scales"
DAY = 86_400_000_000

_FACTS = """
    SELECT t.id, t.next_expiry_on, t.amount, coalesce(t.currency, ''), t.due_at, t.due_kind, t.last_reached_at, t.stage,
           t.attempts, p.connects, p.attempts, t.last_called_at, t.rank, t.score, t.parts,
           EXISTS (SELECT 1 FROM renewal r
                   WHERE r.target_id = t.id AND r.closed_at IS NULL AND r.competitor IS NOT NULL),
           (SELECT max(c.weight) FROM campaign_member m JOIN campaign c ON c.id = m.campaign_id
            WHERE m.target_id = t.id AND c.is_active),
           (SELECT min(k.created_at) FROM renewal r JOIN contract k ON k.id = r.contract_id
            WHERE r.target_id = t.id AND r.closed_at IS NULL)
    FROM call_target t LEFT JOIN phone p ON p.id = t.phone_id WHERE t.state <> 'finished' {one}"""


def build_day(work: Work, *, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Score and place every open target for today; how many there are. Derived data: nothing to undo.

    The book is put down as it stands (once a day; snapshots that are too old are let go), and quotes whose validity is
    over by then are expired first.
    """
    take_snapshot(work)
    prune(work)
    expire_quotes(work)
    settle_many(work, [row[0] for row in work.rows("SELECT id FROM call_target")], is_journaled=False)
    refresh_all_members(work)
    rows = work.rows(_FACTS.format(one=""))
    ranking = ranking_for(work.settings)
    by_currency: dict[str, list[int]] = {}
    for row in rows:
        if row[2]:
            by_currency.setdefault(row[3], []).append(row[2])
    scales = {currency: ValueScale.of(amounts) for currency, amounts in by_currency.items()}
    done, mean = _touches_done(work), _mean_connect_rate(work)
    sent, issues = quotes_sent(work), order_issues(work)
    placed = []
    for number, row in enumerate(rows):
        facts = _facts(work, row, done[row[0]], mean, ranking, sent.get(row[0]), issues.get(row[0], ""))
        scale = scales.get(row[3], _NO_SCALE)
        points = part_points(part_values(facts, scale, ranking), ranking)
        score = round(sum(points), 2)
        key = sort_key(score, date.fromisoformat(row[1]) if row[1] else None, row[2], row[8], row[0])
        is_small = row[2] is not None and row[2] < scale.median
        placed.append((key, row[0], is_small, score, ",".join([f"{one:.1f}" for one in points]), row[12:15]))
        if on_progress is not None and number % 5000 == 0:
            on_progress(number, len(rows))
    placed.sort()
    order = keep_small_share([(index, one[2]) for index, one in enumerate(placed)], work.settings.small_share)
    changed = [
        (rank, score, parts, target_id)
        for rank, index in enumerate(order, start=1)
        for _, target_id, _, score, parts, before in (placed[index],)
        if (rank, score, parts) != before
    ]
    work.raw.executemany("UPDATE call_target SET rank = ?, score = ?, parts = ? WHERE id = ?", changed)
    _remember(work, SCALES, json.dumps(scales))
    _remember(work, QUEUE_BUILT_ON, work.today.isoformat())
    return len(rows)


def facts_of(work: Work, target_id: int) -> tuple[RankFacts, ValueScale, Ranking] | None:
    """What one target's score is made from now; None where nothing is open. Raises nothing for a stale build."""
    row = work.row(_FACTS.format(one="AND t.id = ?"), (target_id,))
    if row is None:
        return None
    ranking = ranking_for(work.settings)
    done = work.row(
        "SELECT count(*) FROM activity WHERE target_id = ? AND kind IN ('call', 'email') AND happened_on >= ?",
        (target_id, f"{work.today.year}-01-01"),
    )
    scales = json.loads(_fact(work, SCALES) or "{}")
    scale = ValueScale(*scales[row[3]]) if row[3] in scales else _NO_SCALE
    sent, issue = quotes_sent(work, target_id).get(target_id), order_issues(work, target_id).get(target_id, "")
    facts = _facts(work, row, done[0] if done else 0, _mean_connect_rate(work), ranking, sent, issue)
    return facts, scale, ranking


def is_small(work: Work, amount: int | None, currency: str) -> bool:
    """Whether an amount (ten-thousandths) lies below the book's median in its currency, as of the last build."""
    scale = json.loads(_fact(work, SCALES) or "{}").get(currency)
    return amount is not None and scale is not None and amount < scale[0]


@lru_cache(maxsize=4)
def ranking_for(settings: Settings) -> Ranking:
    """The table of weights with the rep's own on top."""
    weights = {part: float(getattr(settings, f"weight_{part}")) for part in PARTS}
    return load_ranking(rule_text("ranking.json"), weights)


def _facts(
    work: Work, row: tuple[Any, ...], done: int, mean: float, ranking: Ranking, sent_at: int | None, issue: str
) -> RankFacts:
    (_, expiry, amount, _, due_at, due_kind, reached_at, stage, _, connects, attempts, called_at, *_,
     rival, weight, known_at) = row  # fmt: skip
    now, expires_on = to_micros(work.now), date.fromisoformat(expiry) if expiry else None
    is_promised = due_at is not None and due_kind in ("callback", "promise", "follow_up")
    silent_since = max(sent_at or called_at or 0, reached_at or 0)
    return RankFacts(
        days_left=(expires_on - work.today).days if expires_on else None,
        amount=amount,
        promise_in_days=(_day_of(work, due_at) - work.today).days if is_promised else None,
        days_since_contact=(now - reached_at) // DAY if reached_at else None,
        has_competitor=bool(rival),
        has_order_issue=bool(issue),
        stage=RenewalStage(stage) if stage else None,
        quoted_silent_days=(now - silent_since) // DAY * 5 // 7 if stage == "quoted" and silent_since else None,
        touch_debt=max(_planned(expires_on, work.today, known_at // DAY) - done, 0) if expires_on else 0,
        connect_rate=shrunk_rate(connects or 0, attempts or 0, mean, ranking),
        campaign_boost=(weight or 0) / 100,
        order_words=issue,
    )


def _day_of(work: Work, due_at: int) -> date:
    settings = work.settings
    return working_date(from_micros(due_at), settings.zone, settings.day_turns_at_hour)


@lru_cache(maxsize=4096)
def _planned(expires_on: date, today: date, known_on: int) -> int:
    """Touches the direct cadence planned this year, from the day (since 1970) the contract came into the book."""
    since = max(date(today.year, 1, 1), date(1970, 1, 1) + timedelta(days=known_on))
    return touches_planned(expires_on, CadencePath.DIRECT, table=cadence_table(), since=since, today=today)


def _touches_done(work: Work) -> Counter[int]:
    return Counter(
        dict(
            work.rows(
                "SELECT target_id, count(*) FROM activity WHERE target_id IS NOT NULL AND kind IN ('call', 'email') "
                "AND happened_on >= ? GROUP BY target_id",
                (f"{work.today.year}-01-01",),
            )
        )
    )


def _mean_connect_rate(work: Work) -> float:
    found = work.row("SELECT total(connects), total(attempts) FROM phone")
    return found[0] / found[1] if found and found[1] else 0.0


def _fact(work: Work, name: str) -> str | None:
    found = work.row("SELECT value FROM store_fact WHERE name = ?", (name,))
    return found[0] if found else None


def _remember(work: Work, name: str, value: str) -> None:
    work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (name, value))


_NO_SCALE = ValueScale(0.0, 0.0)
