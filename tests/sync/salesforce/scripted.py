"""A server that answers with whatever bytes a test gives it, one answer a request, over real HTTP."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Scripted:
    """``requests`` are whole requests as they came."""

    base_url: str
    requests: list[bytes] = field(default_factory=list)


def answer(status: str, body: bytes = b"", *headers: str, content_type: str = "application/json") -> bytes:
    """A well-formed answer."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def scripted(answers: Sequence[bytes]) -> Iterator[Scripted]:
    """Serve the answers in turn, then no more; a connection serves one request."""
    door = socket.create_server(("127.0.0.1", 0))
    told = Scripted(f"http://127.0.0.1:{door.getsockname()[1]}")

    def serve() -> None:
        for one in answers:
            try:
                line, _ = door.accept()
            except OSError:
                return
            with line:
                told.requests.append(_whole(line))
                line.sendall(one)
                line.shutdown(socket.SHUT_WR)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield told
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join()


def _whole(line: socket.socket) -> bytes:
    line.settimeout(10)
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65_536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next((int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += line.recv(65_536)
    return head + b"\r\n\r\n" + body
