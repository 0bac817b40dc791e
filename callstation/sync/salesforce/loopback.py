"""The listener that takes the browser's answer after a sign-in: on this computer only, once, and then it is gone."""

import hmac
import selectors
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from callstation.clock import Clock
from callstation.errors import CancelledError, UserError

PATH = "/OauthRedirect"
LONGEST_WAIT = 300.0
POLL_SECONDS = 0.1
MOST_BYTES, MOST_CALLERS = 16_384, 32

_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Callstation</title>"
    "<body><p>Callstation has its answer. You can close this tab.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Redirect:
    """What the sign-in page sent back: a code, or an error and its description."""

    code: str = ""
    error: str = ""
    description: str = ""


@contextmanager
def listening(ports: Sequence[int]) -> "Iterator[Listener]":
    """A listener on the first free port; ``UserError`` where all are taken."""
    for port in ports:
        if sockets := _bound(port):
            listener = Listener(sockets)
            try:
                yield listener
            finally:
                listener.close()
            return
    raise UserError(
        "Callstation cannot take the browser's answer.",
        f"The ports {', '.join(map(str, ports))} of this computer are all in use.",
        "Close the other program that signs in to Salesforce, then do it again.",
    )


class Listener:
    """Open sockets of one port, IPv4 and IPv6, for browsers turn ``localhost`` into either."""

    def __init__(self, sockets: Sequence[socket.socket]) -> None:
        self._doors = sockets
        self._callers: dict[socket.socket, bytes] = {}
        self._selector = selectors.DefaultSelector()
        self.port: int = sockets[0].getsockname()[1]
        for door in sockets:
            self._selector.register(door, selectors.EVENT_READ)

    @property
    def redirect_uri(self) -> str:
        return f"http://localhost:{self.port}{PATH}"

    def wait(self, state: str, clock: Clock, is_cancelled: Callable[[], bool]) -> Redirect:
        """The answer that carries our ``state``; all else (a favicon, another page's guess) is sent away.

        Raises ``CancelledError``, or ``UserError`` after five minutes.
        """
        ends = clock.monotonic() + LONGEST_WAIT
        while not is_cancelled():
            if clock.monotonic() >= ends:
                raise UserError("Nobody signed in.", "The browser gave no answer within five minutes.", "Try again.")
            for key, _ in self._selector.select(POLL_SECONDS):
                if key.fileobj not in self._callers and key.fileobj not in self._doors:
                    continue  # hung up a moment ago
                if key.fileobj in self._doors:
                    self._let_in(key.fileobj)  # type: ignore[arg-type]
                elif found := self._heard(key.fileobj, state):  # type: ignore[arg-type]
                    return found
        raise CancelledError

    def close(self) -> None:
        """Close the port and whoever still holds a line."""
        self._selector.close()
        for one in (*self._callers, *self._doors):
            one.close()

    def _let_in(self, door: socket.socket) -> None:
        try:
            caller, _ = door.accept()
        except OSError:
            return  # hung up already
        if len(self._callers) >= MOST_CALLERS:
            self._hang_up(next(iter(self._callers)))  # the oldest: the user's browser may be the newest
        caller.setblocking(False)
        self._callers[caller] = b""
        self._selector.register(caller, selectors.EVENT_READ)

    def _heard(self, caller: socket.socket, state: str) -> Redirect | None:
        """What a caller's request comes to, once its head is complete; browsers also open lines and say nothing."""
        try:
            some = caller.recv(MOST_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            some = b""
        self._callers[caller] += some
        head = self._callers[caller]
        if some and b"\r\n\r\n" not in head and len(head) < MOST_BYTES:
            return None
        found = self._understood(head, state)
        _answer(caller, "200 OK" if found else "404 Not Found", _PAGE if found else "")
        self._hang_up(caller)
        return found

    def _hang_up(self, caller: socket.socket) -> None:
        self._selector.unregister(caller)
        del self._callers[caller]
        caller.close()

    def _understood(self, head: bytes, state: str) -> Redirect | None:
        lines = head.decode("latin-1").split("\r\n")
        method, _, rest = lines[0].partition(" ")
        url = urlsplit(rest.rpartition(" ")[0])
        hosts = {line[5:].strip().lower() for line in lines[1:] if line.lower().startswith("host:")}
        if method != "GET" or url.path != PATH or not hosts <= {f"{name}:{self.port}" for name in _NAMES}:
            return None
        told = {name: values[0] for name, values in parse_qs(url.query).items()}
        is_ours = hmac.compare_digest(told.get("state", "").encode(), state.encode())
        if "error" in told and (is_ours or "state" not in told):  # some refusals come back without the state
            return Redirect(error=told["error"], description=told.get("error_description", ""))
        return Redirect(code=told["code"]) if is_ours and told.get("code") else None


_NAMES = ("localhost", "127.0.0.1", "[::1]")


def _answer(caller: socket.socket, status: str, page: str) -> None:
    body = page.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        "Content-Security-Policy: default-src 'none'\r\n\r\n"
    )
    try:
        caller.setblocking(True)
        caller.settimeout(2)
        caller.sendall(head.encode() + body)
    except OSError:
        return  # the page is a courtesy


def _bound(port: int) -> list[socket.socket]:
    """Listening sockets of one port on this computer only; none where another program has it on either side."""
    found: list[socket.socket] = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        if family == socket.AF_INET6 and not socket.has_ipv6:
            continue
        try:
            door = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue
        try:
            if sys.platform == "win32":
                door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:  # a line of the last sign-in may still be dying
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((address, port or (found[0].getsockname()[1] if found else 0)))
            door.listen(16)
            door.setblocking(False)
        except OSError as error:
            door.close()
            if family == socket.AF_INET6 and _has_no_such_address(error):
                continue
            for other in found:
                other.close()
            return []
        found.append(door)
    return found


def _has_no_such_address(error: OSError) -> bool:
    """Whether this computer has no IPv6 at all, which is no harm."""
    import errno

    return error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, getattr(errno, "WSAEADDRNOTAVAIL", -1))
