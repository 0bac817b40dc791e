"""The server itself: connections that stay, chunked and gzipped bodies, loopback only, many at once."""

import gzip
import http.client
import json
import socket
import threading
from collections.abc import Iterator

import httpx2
import pytest

from callstation.sync.practice.org import Org
from callstation.sync.practice.server import PracticeServer
from callstation.sync.practice.web import Fault, PracticeApp
from tests.sync.practice.conftest import DATA


@pytest.fixture
def token(practice: PracticeApp, server: PracticeServer) -> str:
    return practice.first_session(server.base_url)["access_token"]


@pytest.fixture
def line(server: PracticeServer) -> Iterator[http.client.HTTPConnection]:
    """One connection, by the standard library's own client."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield connection
    connection.close()


def test_many_requests_share_one_connection(line: http.client.HTTPConnection, token: str) -> None:
    line.connect()
    kept = line.sock
    for _ in range(20):
        line.request("GET", f"{DATA}/limits", headers={"Authorization": f"Bearer {token}"})
        answer = line.getresponse()
        assert (answer.status, answer.getheader("Connection")) == (200, None)
        answer.read()
    assert line.sock is kept


def test_an_upload_may_be_chunked_and_leaves_the_connection_clean(
    line: http.client.HTTPConnection, token: str, org: Org
) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for name in ("One", "Two"):
        body = iter([b'{"Na', b'me": "', name.encode(), b'"}'])
        line.request("POST", f"{DATA}/sobjects/Account", body=body, headers=headers, encode_chunked=True)
        answer = line.getresponse()
        assert (answer.status, json.loads(answer.read())["success"]) == (201, True)
    assert org.query("SELECT COUNT() FROM Account").total == 2


def test_bodies_are_gzipped_both_ways(api: httpx2.Client, org: Org) -> None:
    body = gzip.compress(json.dumps({"Name": "One", "Description": "x" * 5000}).encode())
    made = api.post(
        "/sobjects/Account", content=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}
    )
    assert made.status_code == 201
    big = api.get(f"/sobjects/Account/{made.json()['id']}", headers={"Accept-Encoding": "gzip"})
    assert (big.headers["content-encoding"], len(big.json()["Description"])) == ("gzip", 5000)
    assert int(big.headers["content-length"]) < 5000
    plain = api.get(f"/sobjects/Account/{made.json()['id']}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    broken = api.post("/sobjects/Account", content=b"{}", headers={"Content-Encoding": "gzip"})
    assert broken.status_code == 400


def test_a_head_request_has_no_body(api: httpx2.Client) -> None:
    answer = api.head("/limits")
    assert (answer.status_code, answer.content) == (200, b"")
    assert api.get("/limits").status_code == 200


def test_a_page_elsewhere_cannot_use_a_name_that_points_here(web: httpx2.Client) -> None:
    assert web.get("/services/data", headers={"Host": "evil.example"}).status_code == 421
    assert web.get("/services/data", headers={"Host": "localhost:80"}).status_code == 200


def test_the_port_is_open_on_loopback_alone(server: PracticeServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_request_without_a_session_is_told_so(web: httpx2.Client) -> None:
    for headers in ({}, {"Authorization": "Bearer 00D!x"}, {"Authorization": "Basic eDp5"}):
        answer = web.get(f"{DATA}/limits", headers=headers)
        assert answer.status_code == 401
        assert "sforce-limit-info" in answer.headers


def test_a_dropped_answer_is_a_reset_and_a_truncated_one_is_short(
    server: PracticeServer, practice: PracticeApp
) -> None:
    practice.faults.plan(Fault("drop_after"), Fault("truncate", at=2))
    for expected in (b"", b"HTTP/1.1 200 OK"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
            raw.sendall(b"GET /services/data HTTP/1.1\r\nHost: localhost\r\n\r\n")
            parts = []
            try:
                while part := raw.recv(65536):
                    parts.append(part)
            except ConnectionResetError:
                parts.append(b"")
        told = b"".join(parts)
        assert told.startswith(expected)
        if expected:
            head, _, body = told.partition(b"\r\n\r\n")
            assert f"Content-Length: {2 * len(body)}".encode() in head or len(body) > 100


def test_a_broken_request_ends_the_connection_alone(server: PracticeServer) -> None:
    for junk in (b"nonsense\r\n\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
            raw.sendall(junk)
            assert b"400" in raw.recv(65536)
    assert httpx2.get(f"{server.base_url}/services/data", trust_env=False).status_code == 200


def test_many_clients_at_once_lose_nothing(server: PracticeServer, token: str, org: Org) -> None:
    statuses: list[int] = []

    def work(number: int) -> None:
        with httpx2.Client(base_url=server.base_url, trust_env=False) as client:
            for row in range(10):
                path = f"{DATA}/sobjects/Account/Key__c/{number}-{row % 5}"
                answer = client.patch(path, json={"Name": "x"}, headers={"Authorization": f"Bearer {token}"})
                statuses.append(answer.status_code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (statuses.count(201), statuses.count(200)) == (20, 20)
    assert org.query("SELECT COUNT() FROM Account").total == 20
