"""The call as a state machine, driven by keys alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.calling.outcomes import DEFAULT_KEYS, OUTCOMES, Needs
from callstation.calling.session import Effect, Phase, Session
from db.vocabulary import CampaignKind, Disposition

KEYS = DEFAULT_KEYS[CampaignKind.EXPIRING]


def called(at: float = 100.0) -> Session:
    turn = Session().space(at)
    assert turn.effect is Effect.DIAL
    assert turn.session.phase is Phase.READY  # the gate may still refuse
    return turn.session.dialled(at)


def test_space_starts_the_timer_and_space_again_ends_the_call_without_logging() -> None:
    session = called(100.0)
    assert session.seconds(352.9) == 252
    over = session.space(352.9)
    assert (over.effect, over.session.phase) == (Effect.HANG_UP, Phase.WRAP_UP)
    assert over.session.seconds(9999.0) == 252
    again = over.session.space(400.0)
    assert again.effect is Effect.DIAL
    assert again.session.dialled(400.0).seconds(410.0) == 262


def test_keys_one_to_three_log_at_once_with_or_without_a_call() -> None:
    for session in (called(), Session()):
        for digit, disposition in (
            (1, Disposition.NO_ANSWER),
            (2, Disposition.LEFT_VOICEMAIL),
            (3, Disposition.GATEKEEPER),
        ):
            turn = session.press(digit, KEYS)
            assert (turn.effect, turn.disposition) == (Effect.LOG, disposition)


def test_keys_four_to_nine_ask_first_and_escape_goes_back() -> None:
    session = called()
    for digit in range(4, 10):
        asked = session.press(digit, KEYS)
        assert asked.effect is Effect.ASK
        assert asked.session.asking is asked.disposition
        back = asked.session.escape()
        assert (back.effect, back.session) == (Effect.CLOSE, session)


def test_a_callback_tomorrow_is_space_six_two() -> None:
    turn = called().press(6, KEYS).session.press(2, KEYS)
    assert (turn.effect, turn.disposition, turn.choice) == (Effect.ANSWER, Disposition.CALLBACK_AGREED, 2)


def test_enter_takes_what_the_strip_offers_and_nothing_otherwise() -> None:
    turn = called().press(5, KEYS).session.enter()
    assert (turn.effect, turn.disposition, turn.choice) == (Effect.ANSWER, Disposition.VERBAL_YES, 0)
    assert called().enter().effect is Effect.NOTHING
    assert called().escape().effect is Effect.NOTHING


def test_zero_lists_the_rest_and_a_digit_without_an_outcome_does_nothing() -> None:
    assert called().press(0, KEYS).effect is Effect.MORE
    assert called().press(9, KEYS[:3]).effect is Effect.NOTHING


def test_an_open_strip_keeps_the_timer_running_and_space_from_hanging_up() -> None:
    asked = called(100.0).press(8, KEYS).session
    assert asked.space(130.0).effect is Effect.NOTHING
    assert asked.seconds(130.0) == 30


keys_of_the_desk = st.lists(
    st.tuples(st.sampled_from(["space", "enter", "escape", *map(str, range(10))]), st.floats(-50, 3600)), max_size=40
)


@settings(max_examples=300)
@given(keys_of_the_desk)
def test_no_order_of_keys_logs_without_what_the_outcome_needs(presses: list[tuple[str, float]]) -> None:
    session, now = Session(), 1000.0
    for key, wait in presses:
        now += wait  # even were the clock to run backwards
        if key == "space":
            turn = session.space(now)
        elif key == "enter":
            turn = session.enter()
        else:
            turn = session.escape() if key == "escape" else session.press(int(key), KEYS)
        if turn.effect is Effect.LOG:
            assert turn.disposition is not None
            assert OUTCOMES[turn.disposition].needs is Needs.NOTHING
            assert session.asking is None
        if turn.effect is Effect.ANSWER:
            assert turn.disposition is session.asking is not None
        if turn.effect is Effect.HANG_UP:
            assert session.phase is Phase.CALLING
        session = turn.session.dialled(now) if turn.effect is Effect.DIAL else turn.session
        if turn.effect is Effect.LOG:
            session = Session()
        seconds = session.seconds(now)
        assert (seconds is None) == (session.phase is Phase.READY)
        assert seconds is None or seconds >= 0
