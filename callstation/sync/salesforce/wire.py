"""One HTTP request to Salesforce: safe, timed, counted, and repeated only where that can do no harm."""

import gzip
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from callstation.errors import UserError
from callstation.sync.crm import BudgetError, LostAnswerError, OfflineError, Usage
from callstation.sync.salesforce.errors import parse_refusal
from callstation.sync.salesforce.hosts import is_loopback, refuse_unsafe

if TYPE_CHECKING:
    import httpx2

TRIES, LONGEST_WAIT = 5, 30.0
TRIES_OFFLINE = 3
"""Without a connection the rep is told within seconds; nothing can have been done meanwhile."""
CONNECT_SECONDS, READ_SECONDS = 10.0, 130.0
"""Salesforce itself gives up most requests after 120 s."""
GZIP_ABOVE, GZIP_LEVEL = 1_024, 3
BUSY = frozenset({420, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its status, its headers by lower-case name, and its body as ``read`` made it."""

    status: int
    headers: Mapping[str, str]
    body: Any
    is_repeat: bool = False
    """An earlier try was sent and its answer lost: it may have been carried out."""


class _NotDoneError(Exception):
    """Nothing was sent, or the server said that it did nothing."""


class _NoWayError(_NotDoneError):
    """No connection came about."""


class _LostError(Exception):
    """It was sent; what came of it is unknown."""


def read_json(reply_type: str, content: bytes) -> Any:
    """A JSON body; ``ValueError`` where it is cut or something else (a hotel's log-in page)."""
    if "json" not in reply_type:
        raise ValueError(f"{reply_type or 'nothing'} instead of JSON")
    return json.loads(content)


def read_nothing(_type: str, _content: bytes) -> None:
    """For answers whose status says it all."""


class Wire:
    """Sends requests from one thread. ``transport`` and ``sleep`` are for tests and for a cancellable wait."""

    def __init__(
        self,
        base_url: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        transport: "httpx2.BaseTransport | None" = None,
    ) -> None:
        import httpx2

        refuse_unsafe(base_url)
        self.requests = 0
        self.usage: Usage | None = None
        self.server_time: datetime | None = None
        self._sleep = sleep
        is_local = is_loopback(base_url)
        self._http = httpx2.Client(
            transport=transport,
            verify=True if transport else _trust(),
            trust_env=not is_local,
            follow_redirects=False,
            timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"User-Agent": "Callstation", "Accept-Encoding": "gzip"},
        )

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the injected ``sleep`` waits."""
        self._sleep(seconds)

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        is_repeatable: bool = False,
        read: Callable[[str, bytes], Any] = read_json,
        tries: int = TRIES,
    ) -> Reply:
        """One request and its answer, whatever its status but those that mean "later".

        Raises ``OfflineError`` (nothing was done, or it was only a GET), ``LostAnswerError``, ``BudgetError``.
        """
        from tenacity import RetryCallState, Retrying, retry_if_exception, wait_exponential, wait_random

        refuse_unsafe(url)
        is_reading = method == "GET"
        sent = dict(headers)
        if len(content) > GZIP_ABOVE:
            content, sent["Content-Encoding"] = gzip.compress(content, GZIP_LEVEL, mtime=0), "gzip"
        lost: list[BaseException] = []

        def once() -> Reply:
            try:
                return self._once(method, url, sent, content, read)
            except _LostError as error:
                lost.append(error)
                raise

        def may_repeat(error: BaseException) -> bool:
            return isinstance(error, _NotDoneError) or (isinstance(error, _LostError) and (is_repeatable or is_reading))

        def enough(state: RetryCallState) -> bool:
            is_offline = state.outcome is not None and isinstance(state.outcome.exception(), _NoWayError)
            return state.attempt_number >= (min(tries, TRIES_OFFLINE) if is_offline else tries)

        attempts = Retrying(
            sleep=self._sleep,
            stop=enough,
            wait=wait_exponential(multiplier=0.5, max=LONGEST_WAIT - 0.5) + wait_random(0, 0.5),
            retry=retry_if_exception(may_repeat),
            reraise=True,
        )
        try:
            reply = attempts(once)
            return replace(reply, is_repeat=True) if lost else reply
        except Exception as error:
            if lost and not is_reading:  # whatever ended it, a wait that was stopped too: an earlier try was sent
                raise LostAnswerError(str(error)) from error
            if not isinstance(error, _NotDoneError | _LostError):
                raise
            raise OfflineError(
                "Salesforce cannot be reached.", f"{error}.", "Nothing is lost; it is sent when the network is back."
            ) from error

    def _once(
        self, method: str, url: str, headers: dict[str, str], content: bytes, read: Callable[[str, bytes], Any]
    ) -> Reply:
        import httpx2

        self.requests += 1
        try:
            got = self._http.request(method, url, headers=headers, content=content or None)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError) as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise OfflineError(
                    "This network's certificate is not trusted.",
                    "Something between this computer and Salesforce opens encrypted connections.",
                    "Ask your IT department to add its certificate to this computer, or use another network.",
                ) from error
            raise _NoWayError(_told(error)) from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise _LostError(_told(error)) from error
        self._notice(got.headers)
        length = got.headers.get("content-length", "")
        if length.isdigit() and got.status_code not in (204, 304) and got.num_bytes_downloaded < int(length):
            raise _LostError("The answer was cut short")
        return self._judged(got, read)

    def _judged(self, got: "httpx2.Response", read: Callable[[str, bytes], Any]) -> Reply:
        """The answer as a whole, or why there must be another."""
        status, kind = got.status_code, got.headers.get("content-type", "")
        if status in BUSY:
            raise _LostError(f"Salesforce answered {status}")
        if 300 < status < 400 and status != 304:
            raise UserError(
                "Salesforce has moved.",
                f"It sends us to another address ({got.headers.get('location', '')[:80].split('?')[0]}).",
                "Sign in again; the address of your company may have changed.",
            )
        if status in (204, 304) or (status == 201 and not got.content):
            return Reply(status, got.headers, None)
        try:
            body = (read if status < 300 else read_json)(kind, got.content)
        except ValueError as error:
            if status < 400:
                raise _LostError(f"The answer could not be read: {type(error).__name__}") from error
            body = got.text[:500]
        if status == 403:
            self._refuse_limits(body)
        return Reply(status, got.headers, body)

    def _refuse_limits(self, body: Any) -> None:
        refusal = parse_refusal(body)
        if refusal.code != "REQUEST_LIMIT_EXCEEDED":
            return
        if not refusal.message.startswith("Concurrent"):
            told = f"{self.usage.used:,} of {self.usage.limit:,}" if self.usage else "All"
            raise BudgetError(
                "Your company's Salesforce calls for today are used up.",
                f"{told} calls of the last 24 hours.",
                "Nothing is lost; sync again in a few hours.",
            )
        raise _NotDoneError("Salesforce is busy with other programs of your company")

    def _notice(self, headers: Mapping[str, str]) -> None:
        if found := re.search(r"(?<![\w-])api-usage=(\d+)/(\d+)", headers.get("sforce-limit-info", "")):
            self.usage = Usage(int(found[1]), int(found[2]))
        if stamp := headers.get("date"):
            from email.utils import parsedate_to_datetime

            try:
                self.server_time = parsedate_to_datetime(stamp).astimezone(UTC)
            except ValueError:
                return


def _trust() -> Any:
    """TLS as the operating system trusts it; there is no switch to turn it off."""
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _told(error: Exception) -> str:
    """The kind of a network error, without the address that may be in its text."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
    return f"{words[:1].upper()}{words[1:]}"
