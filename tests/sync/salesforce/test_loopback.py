"""The listener for the browser's answer: only ours, only once, and never for ever."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from callstation.clock import ManualClock
from callstation.errors import CancelledError, UserError
from callstation.sync.salesforce.loopback import LONGEST_WAIT, MOST_CALLERS, Listener, Redirect, listening

STATE = "a-state-nobody-guesses"
Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening([0]) as found:
        yield found


def _ask(port: int, target: str, *, method: str = "GET", host: str = "", at: str = "127.0.0.1") -> tuple[int, str]:
    line = http.client.HTTPConnection(at, port, timeout=10)
    try:
        line.request(method, target, headers={"Host": host or f"localhost:{port}"})
        reply = line.getresponse()
        return reply.status, reply.read().decode()
    finally:
        line.close()


def _while_waiting(listener: Listener, clock: ManualClock, browse: Callable[[], object]) -> Redirect:
    """What the listener brings while a browser of its own thread does something."""
    faults: list[BaseException] = []

    def run() -> None:
        try:
            browse()
        except BaseException as error:
            faults.append(error)

    browser = threading.Thread(target=run)
    browser.start()
    try:
        return listener.wait(STATE, clock, lambda: bool(faults))
    finally:
        browser.join()
        assert faults == []


def test_the_answer_with_our_state_is_taken_and_the_tab_is_told(listener: Listener, clock: ManualClock) -> None:
    pages: list[tuple[int, str]] = []
    target = f"/OauthRedirect?code=aPrx%2F%2B%3D&state={STATE}"
    found = _while_waiting(listener, clock, lambda: pages.append(_ask(listener.port, target)))
    assert found == Redirect(code="aPrx/+=")
    assert pages[0][0] == 200
    assert "You can close this tab." in pages[0][1]
    assert "script" not in pages[0][1]
    assert "http" not in pages[0][1]


def test_stray_requests_and_other_states_are_sent_away_and_the_wait_goes_on(
    listener: Listener, clock: ManualClock
) -> None:
    port, statuses = listener.port, []

    def browse() -> None:
        for target, values in (
            ("/favicon.ico", {}),
            ("/", {}),
            ("/OauthRedirect", {}),
            ("/OauthRedirect?code=x", {}),
            ("/OauthRedirect?code=x&state=wrong", {}),
            (f"/OauthRedirect?state={STATE}", {}),
            (f"/OauthRedirect?code=&state={STATE}", {}),
            ("/OauthRedirect?error=access_denied&state=wrong", {}),
            (f"/OauthRedirect?code=x&state={STATE}", {"method": "POST"}),
            (f"/OauthRedirect?code=x&state={STATE}", {"host": "evil.example"}),
            (f"/OauthRedirect/more?code=x&state={STATE}", {}),
        ):
            statuses.append(_ask(port, target, **values)[0])
        _ask(port, f"/OauthRedirect?code=right&state={STATE}")

    assert _while_waiting(listener, clock, browse) == Redirect(code="right")
    assert statuses == [404] * 11


def test_a_refusal_ends_the_wait_with_or_without_the_state(listener: Listener, clock: ManualClock) -> None:
    for state in (f"&state={STATE}", ""):
        target = f"/OauthRedirect?error=invalid_client&error_description=app+must+be+installed+into+org{state}"
        found = _while_waiting(listener, clock, partial(_ask, listener.port, target))
        assert found == Redirect(error="invalid_client", description="app must be installed into org")


def test_a_browser_that_opens_lines_and_says_nothing_holds_nobody_up(listener: Listener, clock: ManualClock) -> None:
    silent = [socket.create_connection(("127.0.0.1", listener.port)) for _ in range(5)]
    silent[0].sendall(b"GET /OauthRedirect?code=half")
    silent[1].close()
    found = _while_waiting(listener, clock, lambda: _ask(listener.port, f"/OauthRedirect?code=x&state={STATE}"))
    assert found == Redirect(code="x")
    for line in silent:
        line.close()


def test_a_flood_of_silent_lines_does_not_keep_the_browser_out(listener: Listener, clock: ManualClock) -> None:
    def browse() -> None:
        silent = [socket.create_connection(("127.0.0.1", listener.port)) for _ in range(3 * MOST_CALLERS)]
        assert _ask(listener.port, f"/OauthRedirect?code=x&state={STATE}")[0] == 200
        for line in silent:
            line.close()

    assert _while_waiting(listener, clock, browse) == Redirect(code="x")


def test_an_endless_head_is_sent_away(listener: Listener, clock: ManualClock) -> None:
    def browse() -> None:
        assert _ask(listener.port, "/" + "x" * 20_000)[0] == 404
        _ask(listener.port, f"/OauthRedirect?code=x&state={STATE}")

    assert _while_waiting(listener, clock, browse) == Redirect(code="x")


def test_the_user_can_stop_waiting(listener: Listener, clock: ManualClock) -> None:
    with pytest.raises(CancelledError):
        listener.wait(STATE, clock, lambda: True)


def test_after_five_minutes_nobody_signed_in(listener: Listener, clock: ManualClock) -> None:
    looks = []

    def is_cancelled() -> bool:
        looks.append(clock.monotonic())
        clock.advance(LONGEST_WAIT / 2)
        return False

    with pytest.raises(UserError, match="five minutes"):
        listener.wait(STATE, clock, is_cancelled)
    assert len(looks) == 2


def test_a_jump_of_the_wall_clock_does_not_end_the_wait(listener: Listener, clock: ManualClock) -> None:
    def browse() -> None:
        clock.jump(clock.now().replace(year=2030))
        _ask(listener.port, f"/OauthRedirect?code=x&state={STATE}")

    assert _while_waiting(listener, clock, browse) == Redirect(code="x")


def test_the_port_is_closed_afterwards_and_free_for_the_next_sign_in(clock: ManualClock) -> None:
    with listening([0]) as first:
        port = first.port
        _while_waiting(first, clock, lambda: _ask(port, f"/OauthRedirect?code=x&state={STATE}"))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    with listening([port]) as second:
        assert second.redirect_uri == f"http://localhost:{port}/OauthRedirect"


def test_a_port_in_use_is_passed_over_and_all_in_use_is_a_sentence() -> None:
    with listening([0]) as one, listening([0]) as two, listening([one.port, 0]) as third:
        assert third.port not in (one.port, two.port)
        with pytest.raises(UserError, match="all in use"), listening([one.port, two.port]):
            pass


def test_a_browser_on_ipv6_is_heard_too(listener: Listener, clock: ManualClock) -> None:
    try:
        socket.create_connection(("::1", listener.port)).close()
    except OSError:
        pytest.skip("this computer has no IPv6")
    target = f"/OauthRedirect?code=x&state={STATE}"
    found = _while_waiting(listener, clock, lambda: _ask(listener.port, target, at="::1"))
    assert found == Redirect(code="x")


def test_the_listener_is_on_this_computer_only(listener: Listener) -> None:
    assert {door.getsockname()[0] for door in listener._doors} <= {"127.0.0.1", "::1"}
