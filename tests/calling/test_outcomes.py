"""The outcome table and the keys campaigns start with."""

import pytest

from callstation.calling.outcomes import DEFAULT_KEYS, LOSS_REASONS, OUTCOMES, Needs, Reached, keys, more_outcomes
from db.vocabulary import CampaignKind, Disposition, ForecastCategory, LossReason, NumberStatus, RenewalStage


def test_every_disposition_has_a_row_and_every_loss_reason_a_label() -> None:
    assert set(OUTCOMES) == set(Disposition)
    assert set(LOSS_REASONS) == set(LossReason)
    assert all(row.label and row.next_words for row in OUTCOMES.values())


def test_the_table_says_what_the_trade_says() -> None:
    final = {one for one, row in OUTCOMES.items() if row.is_final}
    assert final == {
        Disposition.ORDER_RECEIVED,
        Disposition.RENEWING_VIA_PARTNER,
        Disposition.NOT_RENEWING,
        Disposition.DO_NOT_CALL,
    }
    assert OUTCOMES[Disposition.NOT_RENEWING].needs is Needs.REASON
    assert OUTCOMES[Disposition.VERBAL_YES].category is ForecastCategory.COMMIT
    assert OUTCOMES[Disposition.ORDER_RECEIVED].stage is RenewalStage.WON
    assert OUTCOMES[Disposition.GATEKEEPER].number_status is NumberStatus.MAIN_LINE
    assert OUTCOMES[Disposition.WRONG_NUMBER].number_status is NumberStatus.DEAD
    assert OUTCOMES[Disposition.LEFT_MESSAGE].reached is Reached.PARTLY
    assert not OUTCOMES[Disposition.BUSY].counts_attempt


def test_only_do_not_call_blocks_and_renaming_it_changes_nothing() -> None:
    assert {one for one, row in OUTCOMES.items() if row.blocks_number} == {Disposition.DO_NOT_CALL}
    renamed = keys(Disposition.DO_NOT_CALL, do_not_call="Friendly chat")
    assert renamed[0].label == "Friendly chat"
    assert OUTCOMES[renamed[0].disposition].blocks_number


@pytest.mark.parametrize("kind", CampaignKind)
def test_each_campaign_starts_with_nine_keys_and_the_rest_behind_zero(kind: CampaignKind) -> None:
    on_keys = DEFAULT_KEYS[kind]
    assert [key.digit for key in on_keys] == list(range(1, 10))
    others = {row.disposition for row in more_outcomes(on_keys)}
    assert {key.disposition for key in on_keys} | others == set(Disposition)
    assert [OUTCOMES[key.disposition].needs for key in on_keys[:3]] == [Needs.NOTHING] * 3
    assert all(OUTCOMES[key.disposition].needs is Needs.NOTHING or key.digit > 3 for key in on_keys)


def test_the_usual_keys_are_the_desks() -> None:
    labels = [key.label for key in DEFAULT_KEYS[CampaignKind.EXPIRING]]
    assert ", ".join(labels) == (
        "No answer, Left voicemail, Gatekeeper, Wrong number, Renewing, Call back, Send quote, Declined, Do not call"
    )
