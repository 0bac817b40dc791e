"""The order of the day: monotone, explained, fair to small contracts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.calling.ranking import (
    PARTS,
    RankFacts,
    ValueScale,
    is_leech,
    keep_small_share,
    load_ranking,
    part_values,
    shrunk_rate,
    sort_key,
    total_score,
)
from callstation.calling.ranking_words import leech_words, score, what_would_move_it
from callstation.calling.rules import rule_text
from db.vocabulary import RenewalStage

RANKING = load_ranking(rule_text("ranking.json"))
SCALE = ValueScale(10_000.0, 200_000.0)

facts_of = st.builds(
    RankFacts,
    days_left=st.none() | st.integers(-800, 800), amount=st.none() | st.integers(0, 10**9),
    promise_in_days=st.none() | st.integers(-30, 30), days_since_contact=st.none() | st.integers(0, 900),
    has_competitor=st.booleans(), has_seat_drop=st.booleans(), has_order_issue=st.booleans(), is_unpaid=st.booleans(),
    has_bad_survey=st.booleans(), stage=st.none() | st.sampled_from(RenewalStage),
    quoted_silent_days=st.none() | st.integers(0, 90), touch_debt=st.integers(0, 20),
    connect_rate=st.floats(0, 1), campaign_boost=st.floats(0, 1),
)  # fmt: skip


@pytest.mark.parametrize(("days", "value"), [
    (-30, 1.0), (0, 1.0), (7, 0.95), (14, 0.8), (30, 0.6), (60, 0.4), (90, 0.25), (120, 0.1), (121, 0.0), (500, 0.0),
    (45, 0.5), (-90, 0.25), (-3000, 0.1),
])  # fmt: skip
def test_the_urgency_curve_is_the_trades(days: int, value: float) -> None:
    assert part_values(RankFacts(days_left=days), SCALE, RANKING)[0] == pytest.approx(value)


def test_the_parts_have_the_trades_values() -> None:
    facts = RankFacts(
        days_left=40,
        amount=10_000,
        promise_in_days=1,
        days_since_contact=45,
        has_competitor=True,
        stage=RenewalStage.CONTACTED,
        touch_debt=2,
        connect_rate=0.3,
        campaign_boost=1.0,
    )
    values = dict(zip(PARTS, part_values(facts, SCALE, RANKING), strict=True))
    assert values == pytest.approx(
        {
            "expiry": 0.6 - 0.2 * 10 / 30,
            "value": 0.5,
            "promise": 0.5,
            "risk": 0.4,
            "stage": 0.8,
            "touch": 0.5,
            "reach": 0.3,
            "campaign": 1.0,
        }
    )
    quoted = RankFacts(stage=RenewalStage.QUOTED, quoted_silent_days=6)
    assert part_values(quoted, SCALE, RANKING)[4] == 1.0
    assert part_values(quoted._replace(quoted_silent_days=5), SCALE, RANKING)[4] == 0.0
    assert part_values(RankFacts(stage=RenewalStage.VERBAL_YES), SCALE, RANKING)[4] == 0.6
    assert part_values(RankFacts(amount=200_000), SCALE, RANKING)[1] == 1.0


@settings(max_examples=300)
@given(facts_of, st.lists(st.integers(0, 50), min_size=8, max_size=8))
def test_every_score_lies_in_0_to_100_whatever_the_weights(facts: RankFacts, weights: list[int]) -> None:
    ranking = load_ranking(rule_text("ranking.json"), dict(zip(PARTS, weights, strict=True)))
    total = total_score(facts, SCALE, ranking)
    assert 0 <= total <= 100.000001
    assert total == total_score(facts, SCALE, ranking)
    explained = score(facts, SCALE, ranking)
    assert explained.total == pytest.approx(total)
    assert sum(part.points for part in explained.parts) == pytest.approx(total)
    assert explained.words
    assert all(part.why for part in explained.parts)
    assert what_would_move_it(facts, SCALE, ranking).count(".") <= 3


@settings(max_examples=300)
@given(facts_of, st.integers(-30, 700), st.integers(0, 200))
def test_an_earlier_end_never_ranks_lower(facts: RankFacts, days: int, later: int) -> None:
    sooner = total_score(facts._replace(days_left=days), SCALE, RANKING)
    assert sooner >= total_score(facts._replace(days_left=days + later), SCALE, RANKING) - 1e-9


@settings(max_examples=300)
@given(facts_of, st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_larger_value_never_ranks_lower(facts: RankFacts, amount: int, more: int) -> None:
    larger = total_score(facts._replace(amount=Decimal(amount + more)), SCALE, RANKING)
    assert larger >= total_score(facts._replace(amount=amount), SCALE, RANKING) - 1e-9


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        load_ranking(rule_text("ranking.json"), {"risk": -1})


def test_the_scale_of_a_book_is_its_median_and_its_95th_percentile() -> None:
    assert ValueScale.of(range(1, 102)) == (51.0, 96.0)
    assert ValueScale.of([]) == (0.0, 0.0)
    assert ValueScale.of([Decimal(0), Decimal(7)]) == (7.0, 7.0)
    assert part_values(RankFacts(amount=7), ValueScale.of([7]), RANKING)[1] == 0.5


def test_ties_go_to_the_earlier_end_the_larger_value_the_fewer_attempts_the_id() -> None:
    keys = [
        sort_key(60.0, date(2026, 12, 1), 5, 9, 9),
        sort_key(50.0, date(2026, 12, 1), 5, 3, 4),
        sort_key(50.0, date(2026, 12, 2), 9, 0, 3),
        sort_key(50.0, date(2026, 12, 2), 5, 1, 2),
        sort_key(50.0, date(2026, 12, 2), 5, 2, 1),
        sort_key(50.0, date(2026, 12, 2), 5, 2, 7),
        sort_key(50.0, None, 5, 2, 0),
    ]
    assert keys == sorted(keys)


@settings(max_examples=300)
@given(st.lists(st.booleans(), max_size=120), st.integers(0, 50))
def test_the_small_share_keeps_every_id_once_and_each_head_its_share(smalls: Sequence[bool], percent: int) -> None:
    order = keep_small_share(list(enumerate(smalls)), percent)
    assert sorted(order) == list(range(len(smalls)))
    for is_small in (True, False):
        kept = [key for key in order if smalls[key] is is_small]
        assert kept == sorted(kept)
    for head in range(1, len(order) + 1):
        served = sum(smalls[key] for key in order[:head])
        assert served >= min(head * percent // 100, sum(smalls))


def test_without_small_contracts_or_a_share_the_order_stays() -> None:
    assert keep_small_share([(key, False) for key in "abc"], 15) == ["a", "b", "c"]
    assert keep_small_share([("a", False), ("b", True), ("c", True)], 0) == ["a", "b", "c"]


def test_a_connect_rate_is_drawn_to_the_mean() -> None:
    assert shrunk_rate(0, 0, 0.2, RANKING) == pytest.approx(0.2)
    assert shrunk_rate(10, 10, 0.2, RANKING) == pytest.approx(0.6)


def test_a_row_says_why_it_is_here_and_what_would_move_it() -> None:
    facts = RankFacts(
        days_left=9,
        amount=48_200,
        promise_in_days=0,
        days_since_contact=2,
        stage=RenewalStage.QUOTED,
        quoted_silent_days=12,
        connect_rate=0.25,
    )
    assert score(facts, SCALE, RANKING).words == (
        "Ends in 9 days. Promised for today. Above the median value. Quoted and silent for 12 working days. "
        "Picks up 25% of the time."
    )
    assert what_would_move_it(facts, SCALE, RANKING) == (
        "Keeping the promise: -20 points. An answer to the quote: -8 points. "
        "In 2 days, 7 days before the end: +1 point."
    )
    assert score(RankFacts(days_since_contact=1), SCALE, RANKING).words == "Nothing presses here."


def test_a_number_missed_eight_times_is_a_leech_with_another_way() -> None:
    assert not is_leech(7, RANKING)
    assert is_leech(8, RANKING)
    assert leech_words(8, has_main_line=True, has_email=True, has_partner=True) == (
        "Missed 8 times. Try the switchboard, an e-mail or the partner."
    )
    assert leech_words(9, has_main_line=False, has_email=False, has_partner=False).endswith("another number or person.")
