"""Answers that no practice org gives: a hotel's log-in page, another address, half a body, a closed port."""

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callstation.errors import CancelledError, UserError
from callstation.secrets import SessionSecrets
from callstation.sync.crm import LostAnswerError, OfflineError, Part, SignInError
from callstation.sync.salesforce import oauth
from callstation.sync.salesforce.client import Client
from callstation.sync.salesforce.session import Session
from callstation.sync.salesforce.wire import TRIES, TRIES_OFFLINE, Wire
from tests.sync.salesforce.scripted import Scripted, answer, scripted

NAME = "salesforce/00D/005"
GOOD = json.dumps({"compositeResponse": [{"referenceId": "p0", "httpStatusCode": 204, "body": None}]}).encode()
PARTS = [Part("PATCH", "/sobjects/Task/00T1", {"Subject": "one"})]
TOKENS = {"access_token": "00D1!new", "instance_url": "", "token_type": "Bearer"}

Serve = Callable[..., tuple[Scripted, Client]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A server with its answers, and a signed-in client for it."""
    with ExitStack() as stack:

        def make(*answers: bytes) -> tuple[Scripted, Client]:
            server = stack.enter_context(scripted(answers))
            secrets = SessionSecrets()
            secrets.set(NAME, "refresh-1")
            secrets.fleeting[NAME] = "00D1!old"
            client = Client(Session(server.base_url, server.base_url, "id", secrets, NAME), sleep=lambda _: None)
            stack.callback(client.close)
            return server, client

        yield make


def _tokens(server: Scripted, **values: object) -> bytes:
    return answer("200 OK", json.dumps(TOKENS | {"instance_url": server.base_url} | values).encode())


LOST = {
    "a hotel's page": answer("200 OK", b"<html>Welcome! Room number?</html>", content_type="text/html"),
    "a hotel's page that says it is JSON": answer("200 OK", b"<html>"),
    "an empty body": answer("200 OK"),
    "half a body of a promised length": answer("200 OK", GOOD)[:-9],
    "half a body of no promised length": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + GOOD[:30],
    "half a gzip": answer("200 OK", gzip.compress(GOOD)[:-12], "Content-Encoding: gzip"),
    "no gzip": answer("200 OK", GOOD, "Content-Encoding: gzip"),
    "no HTTP": b"\x15\x03\x01\x00\x02",
    "nothing": b"",
    "a gateway's page": answer("502 Bad Gateway", b"<html>", content_type="text/html"),
    "fewer answers": answer("200 OK", b'{"compositeResponse":[]}'),
    "other answers": answer("200 OK", b'{"compositeResponse":[{"referenceId":"p0","httpStatusCode":"x"}]}'),
    "no answers": answer("200 OK", b'[{"message":"odd"}]'),
}


AGAIN = [name for name in LOST if not name.endswith(" answers")]


@pytest.mark.parametrize("sent", LOST.values(), ids=LOST.keys())
def test_half_an_answer_is_a_lost_answer(serve: Serve, sent: bytes) -> None:
    server, client = serve(sent, sent)
    with pytest.raises(LostAnswerError):
        client.composite(PARTS, is_repeatable=False)
    assert len(server.requests) == 1


@pytest.mark.parametrize("sent", [LOST[name] for name in AGAIN], ids=AGAIN)
def test_half_an_answer_is_asked_again_where_that_does_no_harm(serve: Serve, sent: bytes) -> None:
    _, client = serve(sent, answer("200 OK", GOOD))
    assert client.composite(PARTS, is_repeatable=True)[0].status == 204
    assert client.requests == 2


def test_another_address_is_never_followed(serve: Serve) -> None:
    with scripted([answer("200 OK", GOOD)]) as elsewhere:
        sent = answer("307 Temporary Redirect", b"", f"Location: {elsewhere.base_url}/composite?secret=1")
        _, client = serve(sent)
        with pytest.raises(UserError, match="has moved") as caught:
            client.composite(PARTS, is_repeatable=True)
        assert elsewhere.requests == []
        assert "secret" not in str(caught.value)


def test_a_closed_port_is_offline(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    secrets = SessionSecrets()
    secrets.fleeting[NAME] = "00D1!old"
    url = f"http://127.0.0.1:{port}"
    client = Client(Session(url, url, "id", secrets, NAME), sleep=lambda _: None)
    with pytest.raises(OfflineError):
        client.composite(PARTS, is_repeatable=False)
    assert client.requests == TRIES_OFFLINE
    client.close()


def test_a_closed_api_is_told_to_the_admin(serve: Serve) -> None:
    _, client = serve(answer("403 Forbidden", b'[{"errorCode":"API_DISABLED_FOR_ORG","message":"no"}]'))
    with pytest.raises(UserError, match="API_DISABLED_FOR_ORG"):
        client.get("/limits")


def test_a_firewall_that_answers_in_the_crms_place_is_offline(serve: Serve) -> None:
    sent = answer("403 Forbidden", b"<html>Blocked by your company</html>", content_type="text/html")
    _, client = serve(sent)
    with pytest.raises(OfflineError, match="answered in its place"):
        client.composite(PARTS, is_repeatable=True)
    assert client.requests == 1


def test_a_firewall_that_answers_the_second_time_says_nothing_about_the_first(serve: Serve) -> None:
    _, client = serve(b"", answer("403 Forbidden", b"<html>Blocked</html>", content_type="text/html"))
    with pytest.raises(LostAnswerError):
        client.composite(PARTS, is_repeatable=True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wait_that_is_stopped_sends_nothing_more_and_what_was_sent_is_unknown(serve: Serve, method: str) -> None:
    server, client = serve(answer("503 Service Unavailable"), answer("200 OK", GOOD))

    def stop(_seconds: float) -> None:
        raise CancelledError

    client.pause(1)
    client._sleep = stop
    with pytest.raises(CancelledError if method == "GET" else LostAnswerError):
        client.call(method, "/composite", is_repeatable=True)
    assert len(server.requests) == 1


def test_small_bodies_go_as_they_are_and_large_ones_packed(serve: Serve) -> None:
    server, client = serve(answer("200 OK", GOOD), answer("200 OK", GOOD))
    client.composite(PARTS, is_repeatable=True)
    client.composite([Part("PATCH", "/sobjects/Task/00T1", {"Description": "é" * 4_000})], is_repeatable=True)
    small, large = (one.partition(b"\r\n\r\n") for one in server.requests)
    assert json.loads(small[2])["compositeRequest"][0]["url"] == "/services/data/v66.0/sobjects/Task/00T1"
    assert b"content-encoding" not in small[0].lower()
    assert b"content-encoding: gzip" in large[0].lower()
    assert len(large[2]) < 400
    assert json.loads(gzip.decompress(large[2]))["compositeRequest"][0]["body"] == {"Description": "é" * 4_000}
    for head in (small[0].lower(), large[0].lower()):
        assert b"sforce-auto-assign: false" in head
        assert b"sforce-call-options: client=callstation" in head
        assert b"accept-encoding: gzip\r\n" in head
        assert b"authorization: bearer 00d1!old" in head


def test_a_renewed_session_moves_to_the_address_the_tokens_name(serve: Serve) -> None:
    gone = answer("401 Unauthorized", b'[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]')
    with scripted([answer("200 OK", GOOD)]) as moved:
        server, client = serve(gone, _tokens(moved))
        assert client.composite(PARTS, is_repeatable=False)[0].is_ok
        assert b"grant_type=refresh_token" in server.requests[1]
        assert b"Bearer 00D1!new" in moved.requests[0]


def test_a_lost_answer_to_the_refresh_is_no_lost_answer_of_the_request(serve: Serve) -> None:
    gone = answer("401 Unauthorized", b'[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]')
    _, client = serve(gone, *[b""] * TRIES)
    with pytest.raises(OfflineError):
        client.composite(PARTS, is_repeatable=False)


@pytest.mark.parametrize("error", ["invalid_grant", "inactive_user", "invalid_client_id", "something_new"])
def test_a_refresh_that_is_refused_is_asked_once(serve: Serve, error: str) -> None:
    gone = answer("401 Unauthorized", b'[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]')
    body = json.dumps({"error": error, "error_description": "expired access/refresh token"}).encode()
    server, client = serve(gone, answer("400 Bad Request", body), answer("400 Bad Request", body))
    with pytest.raises(SignInError):
        client.get("/limits")
    assert len(server.requests) == 2


def test_tokens_need_no_lifetime_and_no_new_refresh_token(serve: Serve) -> None:
    with scripted([]) as host:
        sent = _tokens(host)
    with scripted([sent]) as host:
        wire = Wire(host.base_url)
        tokens = oauth.refresh(wire, host.base_url, "id", "refresh-1")
        wire.close()
    assert (tokens.access_token, tokens.refresh_token) == ("00D1!new", None)
    assert "00D1!new" not in repr(tokens)


@pytest.mark.parametrize("address", ["http://evil.example", "ftp://x", "javascript:1", "//evil.example"])
def test_tokens_that_name_an_unsafe_address_are_refused(address: str) -> None:
    body = json.dumps(TOKENS | {"instance_url": address}).encode()
    with scripted([answer("200 OK", body)]) as host:
        wire = Wire(host.base_url)
        with pytest.raises(UserError, match="not be encrypted"):
            oauth.refresh(wire, host.base_url, "id", "refresh-1")
        wire.close()


@pytest.mark.parametrize("address", ["http://evil.example", "http://10.0.0.1:80", "http://login.salesforce.com"])
def test_no_client_is_made_and_nothing_is_sent_without_encryption(serve: Serve, address: str) -> None:
    with pytest.raises(UserError, match="not be encrypted"):
        Client(Session(address, address, "id", SessionSecrets(), NAME))
    server, client = serve()
    with pytest.raises(UserError, match="not be encrypted"):
        client.send("GET", f"{address}/services/data", headers={})
    assert (server.requests, client.requests) == ([], 0)


def test_a_certificate_that_the_system_does_not_trust_is_said_at_once(tmp_path: Path) -> None:
    """A TLS server with a certificate of nobody's: no retry, no way round it."""
    pytest.importorskip("cryptography")
    door, context = socket.create_server(("127.0.0.1", 0)), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    door.settimeout(10)

    def serve() -> None:
        with suppress(OSError):
            line, _ = door.accept()
            with line:
                context.wrap_socket(line, server_side=True).close()

    thread = threading.Thread(target=serve)
    thread.start()
    wire = Wire("https://localhost")
    with pytest.raises(OfflineError, match="not trusted"):
        wire.send("GET", f"https://localhost:{door.getsockname()[1]}/", headers={})
    assert wire.requests == 1
    thread.join()
    door.close()
    wire.close()


def _self_signed(folder: Path) -> Path:
    """A certificate for localhost that nobody vouches for, with its key, as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path
