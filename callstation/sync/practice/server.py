"""The practice org over HTTP/1.1 on loopback: connections stay open, bodies may be chunked, cuts are real cuts."""

import io
import logging
import socket
import socketserver
import struct
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote

from callstation.sync.practice.web import CutError, PracticeApp

LOOPBACK = "127.0.0.1"
_log = logging.getLogger("callstation")


class PracticeServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves one application until ``shutdown``; ``close`` also ends connections that clients keep open."""

    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, app: PracticeApp, port: int = 0) -> None:
        self.app = app
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def base_url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error; anything else goes to the log."""
        _log.debug("a connection of the practice org ended", exc_info=True)

    def close(self) -> None:
        """End every connection and free the port; call after ``serve_forever`` has returned."""
        with self._lock:
            for one in self._open:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One connection: requests one after the other until either side ends it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: PracticeServer

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, *_: Any) -> None:
        """Say nothing: requests are kept by the application."""

    def _serve(self) -> None:
        try:
            body = self._body()
        except ValueError:
            self.close_connection = True
            self._answer("400 Bad Request", [("Content-Length", "0")], b"")
            return
        answer: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            answer.append((status, headers))

        try:
            sent = b"".join(self.server.app(self._environ(body), start_response))
        except CutError as cut:
            self._cut(cut)
            return
        except Exception:
            _log.exception("the practice org failed on %s", self.path)
            words = b'[{"message":"An unexpected error occurred.","errorCode":"UNKNOWN_EXCEPTION"}]'
            head = [("Content-Type", "application/json"), ("Content-Length", str(len(words)))]
            self._answer("500 Internal Server Error", head, words)
            return
        self._answer(*answer[0], sent)

    def _answer(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {_safe(text)}" for name, text in headers)]
        if self.close_connection:
            lines.append("Connection: close")
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body)
        self.wfile.flush()

    def _cut(self, cut: CutError) -> None:
        """End the connection: after half an answer, without a word, or by a reset."""
        self.close_connection = True
        if cut.head is not None:
            self._answer(*cut.head, cut.sent)
        elif cut.kind == "drop_after":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def _body(self) -> bytes:
        """All of the request's body; raises ``ValueError`` for a length or chunk that is none."""
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts: list[bytes] = []
        while size := int(self.rfile.readline(64).split(b";")[0].strip(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline(4)
        while self.rfile.readline(65536) not in (b"\r\n", b"\n", b""):
            continue
        return b"".join(parts)

    def _environ(self, body: bytes) -> Mapping[str, Any]:
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_NAME": LOOPBACK,
            "SERVER_PORT": str(self.server.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
        }
        for name, text in self.headers.items():
            key = name.upper().replace("-", "_")
            if key == "CONTENT_TYPE":
                environ[key] = text
            elif key != "CONTENT_LENGTH":
                environ[f"HTTP_{key}"] = text
        return environ


def _safe(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
