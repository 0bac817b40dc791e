"""The same calls sent by others: simple-salesforce in its three ways, and bare clients that do no more than send."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx2
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce

from tests.bench.org import CALLED, KEY, ROOT, FarOrg

A_LIST, LISTS = 200, 5
UPSERT = f"{ROOT}/composite/sobjects/Task/{KEY}"
Fields = dict[str, Any]


def calls(org: FarOrg, count: int) -> list[Fields]:
    """So many calls nobody has sent before, with the fields that Callstation sends."""
    rows = []
    for number in range(count):
        account, contact = org.customers[number * CALLED // count]
        key = str(uuid4())
        rows.append(
            {
                KEY: key, "WhoId": contact, "WhatId": account, "CallObject": f"peer:{key}",
                "Subject": "Call: No answer",
                "Description": f"Rang {number} times, no voicemail.", "Status": "Completed",
                "ActivityDate": "2026-11-23", "CallDurationInSeconds": 60, "CallDisposition": "No answer",
                "CallType": "Outbound", "TaskSubtype": "Call",
            }
        )  # fmt: skip
    return rows


def lists_of(rows: list[Fields]) -> list[list[Fields]]:
    """Two hundred rows each, as a collections request takes them."""
    typed = [{"attributes": {"type": "Task"}, **row} for row in rows]
    return [typed[start : start + A_LIST] for start in range(0, len(typed), A_LIST)]


class _PlainAdapter(HTTPAdapter):
    """simple-salesforce knows https alone, the practice org http alone."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = (request.url or "").replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)


@contextmanager
def simple_salesforce(org: FarOrg) -> Iterator[Any]:
    """simple-salesforce, signed in, on one connection that is kept."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", _PlainAdapter())
    instance = org.base_url.removeprefix("http://")
    yield Salesforce(instance=instance, session_id=org.facts["access_token"], session=session, version="66.0")
    session.close()


def one_by_one(sf: Any, rows: list[Fields]) -> None:
    for row in rows:
        if not sf.Task.create(row)["success"]:
            raise RuntimeError("a row was refused")


def collections(sf: Any, rows: list[Fields]) -> None:
    for some in lists_of(rows):
        body = {"allOrNone": False, "records": some}
        _all_good(sf.restful(f"composite/sobjects/Task/{KEY}", method="PATCH", json=body))


def bulk_helper(sf: Any, rows: list[Fields], *, wait: float | None = None) -> None:
    """``sf.bulk2`` with its own polling, whose first look comes after five seconds, or after ``wait``."""
    more = {} if wait is None else {"wait": wait}
    (told,) = sf.bulk2.Task.upsert(records=rows, external_id_field=KEY, **more)
    if (told["numberRecordsProcessed"], told["numberRecordsFailed"]) != (len(rows), 0):
        raise RuntimeError(f"rows were refused: {told}")
    if sf.bulk2.Task.get_successful_records(told["job_id"]).count("\n") <= len(rows):
        raise RuntimeError("answers are missing")


def ten_connections(http: httpx2.Client, rows: list[Fields]) -> None:
    """Collections, ten under way at a time."""

    def send(some: list[Fields]) -> None:
        _all_good(_sent(http.patch(UPSERT, json={"allOrNone": False, "records": some})))

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(send, lists_of(rows)))


def composites(http: httpx2.Client, rows: list[Fields]) -> None:
    """Five collections in one request, one request after the other."""
    lists = lists_of(rows)
    for start in range(0, len(lists), LISTS):
        parts = [
            {"method": "PATCH", "url": UPSERT, "referenceId": f"p{place}",
             "body": {"allOrNone": False, "records": some}}
            for place, some in enumerate(lists[start : start + LISTS])
        ]  # fmt: skip
        told = _sent(http.post(f"{ROOT}/composite", json={"allOrNone": False, "compositeRequest": parts}))
        for one in told["compositeResponse"]:
            _all_good(one["body"])


def bare_job(http: httpx2.Client, rows: list[Fields]) -> None:
    """One Bulk 2.0 job by hand, asked without a pause whether it is done; the results are read, nothing is kept."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    asked = {"object": "Task", "operation": "upsert", "externalIdFieldName": KEY, "lineEnding": "LF"}
    at = f"{ROOT}/jobs/ingest/{_sent(http.post(f'{ROOT}/jobs/ingest', json=asked))['id']}"
    http.put(f"{at}/batches", content=text.getvalue().encode(), headers={"Content-Type": "text/csv"}).raise_for_status()
    _sent(http.patch(at, json={"state": "UploadComplete"}))
    while _sent(http.get(at))["state"] != "JobComplete":
        continue
    found = list(csv.DictReader(io.StringIO(http.get(f"{at}/successfulResults").text)))
    if len(found) != len(rows):
        raise RuntimeError(f"{len(found)} answers to {len(rows)} rows")


def _sent(answer: httpx2.Response) -> Any:
    answer.raise_for_status()
    return json.loads(answer.content)


def _all_good(told: Any) -> None:
    if not all(one["success"] for one in told):
        raise RuntimeError("rows were refused")


Peer = Callable[[list[Fields]], None]
