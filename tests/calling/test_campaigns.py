"""Campaigns: who belongs to them, what their keys and talk track say, and how far they have come."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling import calls, campaigns
from callstation.calling.campaign_filter import CampaignFilter, from_json, to_json
from callstation.calling.outcomes import DEFAULT_KEYS, keys
from callstation.calling.talk_tracks import DEFAULT_TRACKS, FACTS, points_of
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import AccountKind, CampaignKind, Disposition, NumberStatus, Purpose, RenewalStage
from tests import factories

D, K = Disposition, CampaignKind


def book(work: Work) -> None:
    """Five targets: soon, later, lapsed, a partner with one customer, and one with a dead number."""
    factories.customer(work, "Soon Ltd", ends_on=work.today + timedelta(days=9), country="GB")
    factories.customer(work, "Later Inc", ends_on=work.today + timedelta(days=200), e164="+16175550101",
                       amount=Decimal(900))  # fmt: skip
    factories.customer(work, "Lapsed Inc", ends_on=work.today - timedelta(days=12), e164="+16175550102", region="TX")
    partner = factories.account(work, "Partner GmbH", kind=AccountKind.PARTNER)
    factories.phone(work, factories.contact(work, partner, "Paula"), "+16175550103")
    sold = factories.account(work, "Sold Inc")
    ends_on = work.today + timedelta(days=40)
    contract = factories.contract(work, sold, ends_on, "S-1", partner_id=partner, vendor="Vaultmere", currency="EUR")
    factories.renewal(work, contract, sold, ends_on, currency="EUR", stage=RenewalStage.QUOTED)
    dead = factories.customer(work, "Dead Line Inc", ends_on=work.today + timedelta(days=60), e164="+16175550104")
    refresh_targets(work)
    work.derive("UPDATE phone SET status = ? WHERE e164 = '+16175550104'", (NumberStatus.DEAD.value,))
    refresh_targets(work, [dead])


def members(app: App, campaign_id: int) -> set[str]:
    rows = app.ask(
        lambda work: work.rows(
            "SELECT a.name FROM campaign_member m JOIN call_target t ON t.id = m.target_id "
            "JOIN account a ON a.id = t.account_id WHERE m.campaign_id = ?", (campaign_id,)
        )
    )  # fmt: skip
    return {row[0].split()[0] for row in rows}


def target(app: App, name: str) -> int:
    sql = "SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id WHERE a.name LIKE ?"
    return int(app.ask(lambda work: work.rows(sql, (f"{name}%",)))[0][0])


ALL = {"Soon", "Later", "Lapsed", "Partner", "Dead"}


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        (CampaignFilter(), ALL),
        (CampaignFilter(expires_from_days=0, expires_to_days=30), {"Soon"}),
        (CampaignFilter(expires_to_days=60), {"Soon", "Lapsed", "Partner", "Dead"}),
        (CampaignFilter(is_lapsed=True), {"Lapsed"}),
        (CampaignFilter(account_kind=AccountKind.PARTNER), {"Partner"}),
        (CampaignFilter(vendors=("Vaultmere",)), {"Partner"}),
        (CampaignFilter(currencies=("EUR",)), {"Partner"}),
        (CampaignFilter(stages=(RenewalStage.QUOTED,)), {"Partner"}),
        (CampaignFilter(stages=(RenewalStage.QUOTED,), currencies=("USD",)), set()),
        (CampaignFilter(amount_to=Decimal("900.00")), {"Later"}),
        (CampaignFilter(amount_from=Decimal("900.01"), countries=("GB",)), {"Soon"}),
        (CampaignFilter(regions=("TX", "CA")), {"Lapsed"}),
        (CampaignFilter(has_data_gap=True), {"Dead"}),
        (CampaignFilter(products=("'; DROP TABLE campaign; --",)), set()),
    ],
)
def test_a_saved_filter_finds_its_members(app: App, saved: CampaignFilter, expected: set[str]) -> None:
    app.do(book)
    assert members(app, app.do(campaigns.create, name="C", kind=K.EXPIRING, saved_filter=saved)) == expected


def test_who_was_called_lately_is_not_called_again_but_stays_a_member_once_called(app: App, clock: ManualClock) -> None:
    app.do(book)
    app.do(calls.log_outcome, target(app, "Later"), D.NO_ANSWER)
    clock.advance(86_400 * 3)
    saved = CampaignFilter(not_called_days=7)
    campaign_id = app.do(campaigns.create, name="Long silent", kind=K.TOUCH_POINT, saved_filter=saved)
    assert members(app, campaign_id) == ALL - {"Later"}
    app.do(calls.log_outcome, target(app, "Soon"), D.NO_ANSWER)
    app.record(campaigns.refresh_members, campaign_id)
    assert members(app, campaign_id) == ALL - {"Later"}
    assert app.ask(campaigns.progress, campaign_id) == campaigns.Progress(1, 4, 0, 0)


def test_progress_counts_targets_called_since_the_campaign_began(app: App, clock: ManualClock) -> None:
    app.do(book)
    app.do(calls.log_outcome, target(app, "Soon"), D.NO_ANSWER)
    clock.advance(3600)
    campaign_id = app.do(campaigns.create, name="All", kind=K.EXPIRING, saved_filter=CampaignFilter())
    assert app.ask(campaigns.progress, campaign_id) == campaigns.Progress(0, 5, 0, 0)
    app.do(calls.log_outcome, target(app, "Later"), D.ORDER_RECEIVED)
    app.do(calls.log_outcome, target(app, "Lapsed"), D.LEFT_VOICEMAIL)
    assert app.ask(campaigns.progress, campaign_id) == campaigns.Progress(2, 5, 1, 1)
    today = app.ask(campaigns.progress)
    assert (today.called, today.conversations) == (3, 1)
    (row,) = app.ask(campaigns.switcher)
    assert (row.name, row.progress.called) == ("All", 2)


def test_a_new_filter_moves_the_members_and_undo_brings_them_back(app: App) -> None:
    app.do(book)
    campaign_id = app.do(campaigns.create, name="C", kind=K.EXPIRING, saved_filter=CampaignFilter())
    app.do(campaigns.change, campaign_id, saved_filter=CampaignFilter(is_lapsed=True), name="Lapsed")
    assert members(app, campaign_id) == {"Lapsed"}
    assert app.undo() == "Changed the campaign Lapsed"
    assert members(app, campaign_id) == ALL
    assert app.undo() == "Made the campaign C"
    assert app.ask(campaigns.switcher, with_closed=True) == []
    app.redo()
    assert members(app, campaign_id) == ALL
    app.redo()
    assert members(app, campaign_id) == {"Lapsed"}


def test_a_closed_campaign_leaves_the_switcher_and_keeps_its_members(app: App) -> None:
    app.do(book)
    campaign_id = app.do(campaigns.create, name="C", kind=K.EXPIRING, saved_filter=CampaignFilter())
    app.do(campaigns.close, campaign_id)
    assert app.ask(campaigns.switcher) == []
    assert len(app.ask(campaigns.switcher, with_closed=True)) == 1
    assert members(app, campaign_id) == ALL
    app.undo()
    assert len(app.ask(campaigns.switcher)) == 1
    app.do(campaigns.close, campaign_id)
    app.do(campaigns.reopen, campaign_id)
    assert len(app.ask(campaigns.switcher)) == 1


def test_a_fresh_book_starts_with_four_campaigns_once(app: App) -> None:
    app.do(book)
    assert app.do(campaigns.make_default_campaigns) == 4
    found = {row.name: members(app, row.campaign_id) for row in app.ask(campaigns.switcher)}
    assert found == {
        "Expiring in 120 days": {"Soon", "Lapsed", "Partner", "Dead"},
        "Partner call-down": {"Partner"},
        "Lapsed win-back": {"Lapsed"},
        "Data clean-up": {"Dead"},
    }
    assert app.do(campaigns.make_default_campaigns) == 0
    assert app.undo() == "Made the first campaigns"
    assert app.ask(campaigns.switcher, with_closed=True) == []
    app.redo()
    assert {row.name: members(app, row.campaign_id) for row in app.ask(campaigns.switcher)} == found


def test_the_keys_belong_to_the_campaign(app: App) -> None:
    own = keys(D.NO_ANSWER, D.VERBAL_YES, verbal_yes="Coming along")
    campaign_id = app.do(
        campaigns.create, name="C", kind=K.PARTNER_CALL_DOWN, saved_filter=CampaignFilter(), talk_track="One\nTwo"
    )  # fmt: skip
    assert app.ask(campaigns.keys_of, campaign_id) == DEFAULT_KEYS[K.PARTNER_CALL_DOWN]
    app.do(campaigns.change, campaign_id, keys=own)
    assert app.ask(campaigns.keys_of, campaign_id) == own
    assert app.ask(campaigns.detail, campaign_id).keys == own
    assert app.ask(campaigns.talk_track_of, campaign_id) == ("One", "Two")
    assert app.ask(campaigns.keys_of, None) == DEFAULT_KEYS[K.EXPIRING]
    app.do(campaigns.change, campaign_id, keys=())
    assert app.ask(campaigns.keys_of, campaign_id) == DEFAULT_KEYS[K.PARTNER_CALL_DOWN]


def test_only_a_campaign_that_sells_more_is_marketing(app: App) -> None:
    marketing = set()
    for kind in K:
        campaign_id = app.do(campaigns.create, name=kind.value, kind=kind, saved_filter=CampaignFilter())
        if app.ask(campaigns.detail, campaign_id).purpose.is_marketing:
            marketing.add(kind)
    assert marketing == {K.UPGRADE}
    other = app.do(
        campaigns.create, name="X", kind=K.TOUCH_POINT, saved_filter=CampaignFilter(), purpose=Purpose.CROSS_SELL
    )  # fmt: skip
    assert app.ask(campaigns.detail, other).purpose is Purpose.CROSS_SELL


@pytest.mark.parametrize(
    "given_values",
    [
        {"name": " "},
        {"weight": 101},
        {"saved_filter": CampaignFilter(expires_from_days=9, expires_to_days=1)},
        {"saved_filter": CampaignFilter(expires_to_days=10**9)},
        {"keys": (*keys(D.NO_ANSWER), *keys(D.BUSY))},
    ],
)
def test_what_makes_no_sense_is_refused(app: App, given_values: dict[str, Any]) -> None:
    campaign_id = app.do(campaigns.create, name="C", kind=K.EXPIRING, saved_filter=CampaignFilter())
    before = app.ask(campaigns.detail, campaign_id)
    with pytest.raises(UserError):
        app.do(campaigns.change, campaign_id, **given_values)
    assert app.ask(campaigns.detail, campaign_id) == before


@pytest.mark.parametrize("stored", ['{"sql": "1=1"}', "[]", "{", '{"stages": ["gone"]}', '{"amount_from": "much"}'])
def test_a_filter_with_an_undeclared_field_or_value_is_refused(stored: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        from_json(stored)


days = st.none() | st.integers(-400, 400)
amounts = st.none() | st.decimals(0, 10**7, places=2)
words = st.lists(st.text(max_size=8), max_size=3).map(tuple)


@given(
    st.builds(
        CampaignFilter, partner_ids=st.lists(st.integers(1, 99)).map(tuple), vendors=words, products=words,
        currencies=words, countries=words, regions=words, stages=st.lists(st.sampled_from(RenewalStage)).map(tuple),
        expires_from_days=days, expires_to_days=st.none(), amount_from=amounts, amount_to=st.none(),
        is_lapsed=st.booleans(), has_data_gap=st.booleans(), not_called_days=st.none() | st.integers(0, 400),
        account_kind=st.none() | st.sampled_from(AccountKind),
    )
)  # fmt: skip
def test_a_filter_is_stored_and_read_back_the_same(saved: CampaignFilter) -> None:
    assert from_json(to_json(saved)) == saved


@tuned(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(-60, 200), st.integers(0, 50), st.sampled_from(RenewalStage)), max_size=8),
    days, st.integers(0, 400), amounts, st.lists(st.sampled_from(RenewalStage), max_size=2).map(tuple),
)  # fmt: skip
def test_members_are_exactly_the_targets_with_an_open_renewal_that_fits(
    app: App, renewals: list[tuple[int, int, RenewalStage]], first: int | None, span: int, low: Decimal | None,
    stages: tuple[RenewalStage, ...],
) -> None:  # fmt: skip
    saved = CampaignFilter(
        expires_from_days=first, expires_to_days=None if first is None else first + span, amount_from=low, stages=stages
    )

    def fill(work: Work) -> set[int]:
        for table in ("campaign", "renewal", "contract", "contact_phone", "contact", "call_target", "phone", "account"):
            work.derive(f"DELETE FROM {table}")
        fitting, account_id = set(), 0
        for place, (ahead, amount, stage) in enumerate(renewals):
            if place % 2 == 0:
                account_id = factories.account(work, f"Firm {place // 2}")
            ends_on = work.today + timedelta(days=ahead)
            closed_at = None if stage.is_open else work.now
            contract = factories.contract(work, account_id, ends_on, str(place))
            factories.renewal(
                work, contract, account_id, ends_on, amount=Decimal(amount), stage=stage, closed_at=closed_at
            )
            fits = first is None or first <= ahead <= first + span
            if closed_at is None and fits and (low is None or amount >= low) and (not stages or stage in stages):
                fitting.add(account_id)
        refresh_targets(work)
        return fitting

    fitting = app.record(fill)
    campaign_id = app.do(campaigns.create, name="C", kind=K.EXPIRING, saved_filter=saved)
    sql = "SELECT t.account_id FROM campaign_member m JOIN call_target t ON t.id = m.target_id WHERE m.campaign_id = ?"
    assert {row[0] for row in app.ask(lambda work: work.rows(sql, (campaign_id,)))} == fitting


@pytest.mark.parametrize("kind", K)
def test_every_kind_has_a_talk_track_that_reads_well_with_and_without_its_facts(kind: CampaignKind) -> None:
    bare = points_of(DEFAULT_TRACKS[kind], {})
    full = points_of(DEFAULT_TRACKS[kind], dict.fromkeys(FACTS, "fact"))
    assert len(bare) == len(full) == len(DEFAULT_TRACKS[kind].splitlines()) >= 4
    assert not any(mark in point for point in (*bare, *full) for mark in "{}|")


def test_facts_are_merged_and_a_point_without_its_fact_is_left_out() -> None:
    track = "{quantity} seats today | How many seats?\nOnly with {end}\n{typo} stays\n\n  Plain  "
    assert points_of(track, {"quantity": "90"}) == ("90 seats today", "{typo} stays", "Plain")
    assert points_of(track, {"end": "1 May"}) == ("How many seats?", "Only with 1 May", "{typo} stays", "Plain")


def test_a_conversation_of_another_day_is_none_of_today(app: App, clock: ManualClock) -> None:
    def fill(work: Work) -> None:
        factories.customer(work, ends_on=date(2026, 12, 1))
        refresh_targets(work)

    app.do(fill)
    app.do(calls.log_outcome, 1, Disposition.REVIEWING_QUOTE)
    assert app.ask(campaigns.progress).conversations == 1
    clock.advance(8 * 86400)
    app.do(calls.log_outcome, 1, Disposition.NO_ANSWER)
    assert (app.ask(campaigns.progress).called, app.ask(campaigns.progress).conversations) == (1, 0)
