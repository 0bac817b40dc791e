"""The WSGI application: from environ to a call, through the planned faults to a route, and back as bytes."""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from callstation.clock import Clock
from callstation.sync.practice.errors import Ambiguous, OrgError
from callstation.sync.practice.org import Org
from callstation.sync.practice.web import authorize, control, routing
from callstation.sync.practice.web.call import Call, Reply, told, told_choices
from callstation.sync.practice.web.faults import ANSWERS, CutError, Fault
from callstation.sync.practice.web.site import Options, Site
from callstation.sync.practice.web.tokens import new_refresh_token, new_session

CLIENT_ID = "callstation-practice"
"""What the practice org's own first session is issued to; any other client id may sign in too."""
MOST_BYTES = 150 * 1024 * 1024
"""An upload of a bulk job, unpacked."""
LOOPBACK = re.compile(r"^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$", re.IGNORECASE)
WORTH_PACKING = 1024

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class PracticeApp:
    """The practice org as a WSGI callable; ``site`` and ``faults`` are there for whoever runs it in process."""

    def __init__(self, site: Site) -> None:
        self.site, self.faults = site, site.faults

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; raises ``CutError`` where a planned fault ends the connection."""
        if not LOOPBACK.match(_host(environ)):
            return _send(start_response, Reply(421, b"This org answers on loopback only.", {}, "text/plain"), [])
        call = _read(environ, self.site)
        if call.path.startswith("/practice/"):
            reply = control.answer(call) if str(environ.get("REMOTE_ADDR", "127.0.0.1")).startswith("127.") else told(
                OrgError("INSUFFICIENT_ACCESS", "Only this computer may control the practice org.", status=403)
            )  # fmt: skip
            return _send(start_response, reply, self._headers())
        query = environ.get("QUERY_STRING", "")
        shown = call.path + (f"?{query}" if query else "")
        number, call.faults = self.faults.take(call.method, shown)
        try:
            reply = _serve(call)
            packed = _pack(reply, call)
            self._cut_after(call.faults, reply, packed)
        except CutError:
            self.faults.note(number, call.method, shown, 0)
            raise
        self.faults.note(number, call.method, shown, reply.status)
        return _send(start_response, reply, self._headers(), packed, is_head=call.method == "HEAD")

    def first_session(self, base_url: str, client_id: str = CLIENT_ID) -> dict[str, str]:
        """A session without the browser, for whoever started the org: tokens, addresses, and whose they are."""
        site, org = self.site, self.site.org
        now, scope = site.now(), authorize.DEFAULT_SCOPE
        access, family = new_session(site.tokens, org.org_id, now, client_id=client_id, scope=scope)
        refresh = new_refresh_token(site.tokens, now, client_id=client_id, scope=scope, family=family)
        return {
            "base_url": base_url,
            "access_token": access,
            "client_id": client_id,
            "refresh_token": refresh,
            "username": org.username,
            "org_id": org.org_id,
            "user_id": org.user_id,
        }

    def close(self) -> None:
        """Close what the web side holds open; the org is closed by whoever opened it."""
        self.site.close()

    def _headers(self) -> list[tuple[str, str]]:
        site = self.site
        return [
            ("Date", format_datetime(site.now(), usegmt=True)),
            ("Sforce-Limit-Info", f"api-usage={site.calls}/{site.daily_limit}"),
        ]

    def _cut_after(self, faults: Sequence[Fault], reply: Reply, packed: bytes) -> None:
        for fault in faults:
            if fault.kind == "drop_after":
                raise CutError(fault.kind)
            if fault.kind == "truncate" and packed:
                head = _head(reply, self._headers(), len(packed))
                raise CutError(fault.kind, head, packed[: len(packed) // 2])


def make_app(org: Org, clock: Clock, *, options: Options | None = None) -> PracticeApp:
    """The web side of ``org``; ``clock`` is the one the org was made with."""
    return PracticeApp(Site(org, clock, options or Options()))


def _host(environ: Mapping[str, Any]) -> str:
    return str(environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}")


def _read(environ: Mapping[str, Any], site: Site) -> Call:
    headers = {name[5:].replace("_", "-").lower(): text for name, text in environ.items() if name.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    length = environ.get("CONTENT_LENGTH")
    stream = environ["wsgi.input"]
    body = stream.read(int(length)) if length else stream.read() if environ.get("wsgi.input_terminated") else b""
    args = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    return Call(
        site, str(args.pop("_HttpMethod", environ["REQUEST_METHOD"])).upper(),
        environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"), args, headers, body,
        base_url=f"{environ.get('wsgi.url_scheme', 'http')}://{_host(environ)}",
    )  # fmt: skip


def _serve(call: Call) -> Reply:
    """The reply, planned answers included."""
    late: OrgError | None = None
    for fault in call.faults:
        if fault.kind in ("drop_before", "refuse"):
            raise CutError(fault.kind)
        if fault.kind in ANSWERS:
            if not fault.is_after:
                return told(ANSWERS[fault.kind])
            late = ANSWERS[fault.kind]
        else:
            control.apply(fault, call.site)
    try:
        if call.headers.get("content-encoding", "").lower() == "gzip":
            call.body = _unpacked(call.body)
        reply = routing.answer(call)
    except OrgError as error:
        reply = told(error)
    except Ambiguous as error:
        reply = told_choices(error, call)
    return told(late) if late is not None else reply


def _unpacked(body: bytes) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    try:
        found = machine.decompress(body, MOST_BYTES)
    except zlib.error as error:
        raise OrgError("INVALID_INPUT", "The body is not gzip.") from error
    if machine.unconsumed_tail:
        raise OrgError("REQUEST_TOO_LARGE", "The body is too large.", status=413)
    return found


def _pack(reply: Reply, call: Call) -> bytes:
    """The body's bytes, gzipped where the client asked for it; sets the reply's own headers to match."""
    body = reply.body
    if not isinstance(body, bytes | None):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if body is not None and len(body) >= WORTH_PACKING and "gzip" in call.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 1, mtime=0)
        reply.headers = {**reply.headers, "Content-Encoding": "gzip"}
    return body or b""


def _head(reply: Reply, headers: list[tuple[str, str]], length: int) -> tuple[str, list[tuple[str, str]]]:
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unknown"
    own = [*headers, *reply.headers.items()]
    if reply.status not in (204, 304):
        own.append(("Content-Length", str(length)))
    if length:
        own.append(("Content-Type", reply.content_type))
    return f"{reply.status} {phrase}", own


def _send(
    start_response: StartResponse,
    reply: Reply,
    headers: list[tuple[str, str]],
    body: bytes | None = None,
    *,
    is_head: bool = False,
) -> Iterable[bytes]:
    if body is None:
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
    start_response(*_head(reply, headers, len(body)))
    return [b"" if is_head or reply.status in (204, 304) else body]
