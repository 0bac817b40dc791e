"""The practice org without a network: an httpx2 transport that meets planned cuts as a network would show them."""

from collections.abc import Iterable
from typing import Any

import httpx2

from callstation.sync.practice.web import CutError, PracticeApp


class InProcessTransport(httpx2.WSGITransport):
    """Requests go straight to the application; use ``http://127.0.0.1`` as the client's base address."""

    def __init__(self, app: PracticeApp) -> None:
        def serve(environ: Any, start_response: Any) -> Iterable[bytes]:
            # WSGI wants the path's bytes as Latin-1; httpx2 hands it over decoded.
            path = environ["PATH_INFO"].encode().decode("latin-1")
            return app({**environ, "PATH_INFO": path}, start_response)

        super().__init__(app=serve)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """As the server does it; raises ``httpx2.TransportError``s for planned cuts."""
        try:
            return super().handle_request(request)
        except CutError as cut:
            raise _seen_as(cut, request) from cut


def _seen_as(cut: CutError, request: httpx2.Request) -> httpx2.TransportError:
    if cut.kind == "refuse":
        return httpx2.ConnectError("[Errno 111] Connection refused", request=request)
    if cut.kind == "truncate":
        words = "peer closed connection without sending complete message body"
        return httpx2.RemoteProtocolError(words, request=request)
    if cut.kind == "drop_after":
        return httpx2.ReadError("[Errno 104] Connection reset by peer", request=request)
    return httpx2.RemoteProtocolError("Server disconnected without sending a response.", request=request)
