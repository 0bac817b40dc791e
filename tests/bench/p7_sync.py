"""P7: ten thousand logged calls on their way to an org at 80 ms, beside what others need for the same rows."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any
from unittest.mock import patch

from callstation.sync import push as pushing
from callstation.sync import syncing
from callstation.sync.run import Run
from tests.bench import p7_window
from tests.bench import sync_peers as peers
from tests.bench.measure import Times, race, ratio
from tests.bench.org import ROUND_TRIP_S, Desk, FarOrg, far_org
from tests.bench.table import Report

CALLS, BY_COLLECTIONS, FEW = 10_000, 2_000, 50
ROUNDS = 5


def run(report: Report, sizes: list[int]) -> None:
    """The whole sync and its push alone; every racer sends rows of its own, in turns on one org."""
    with far_org() as org:
        desk = Desk(org)
        try:
            _race(report, org, desk)
        finally:
            desk.close()
    with far_org() as org:
        p7_window.run(report, org)


def _race(report: Report, org: FarOrg, desk: Desk) -> None:
    spent: dict[str, list[float]] = {"ours": [], "by collections": [], "a day's": []}
    pushes: dict[str, list[float]] = {name: [] for name in spent}
    asked: dict[str, set[int]] = {name: set() for name in spent}

    def ours(name: str, count: int, _number: int) -> None:
        desk.log(count)  # is not timed
        with _only_collections(name == "by collections"), _push_timed(pushes[name]):
            began = time.perf_counter()
            receipt = desk.sync()
            spent[name].append((time.perf_counter() - began) * 1000)
        if receipt.sent != count:
            raise RuntimeError(f"{receipt.sent} of {count} calls were sent")
        asked[name].add(receipt.requests)

    def theirs(send: Callable[[list[peers.Fields]], None], count: int, _number: int) -> None:
        rows = peers.calls(org, count)
        began = time.perf_counter()
        send(rows)
        took.append((time.perf_counter() - began) * 1000)

    took: list[float] = []
    others: dict[str, list[float]] = {}
    with peers.simple_salesforce(org) as sf, org.client() as one, org.client(10) as ten:
        plans: dict[str, tuple[Callable[[list[peers.Fields]], None], int]] = {
            "simple-salesforce one by one": (partial(peers.one_by_one, sf), FEW),
            "simple-salesforce collections": (partial(peers.collections, sf), CALLS),
            "simple-salesforce bulk2": (partial(peers.bulk_helper, sf), CALLS),
            "bare client, 10 connections": (partial(peers.ten_connections, ten), CALLS),
            "bare client, composites": (partial(peers.composites, one), CALLS),
            "bare client, one job": (partial(peers.bare_job, one), CALLS),
        }

        def timed(name: str, number: int) -> None:
            took.clear()
            theirs(*plans[name], number)
            others.setdefault(name, []).append(took[0])

        racers: dict[str, Callable[[int], object]] = {name: partial(timed, name) for name in plans}
        for name, count in (("ours", CALLS), ("by collections", CALLS), ("a day's", BY_COLLECTIONS)):
            racers[name] = partial(ours, name, count)
        race(racers, ROUNDS, warm_up=1)
    _tell(report, _times(spent), _times(pushes), _times(others), asked)


def _times(some: dict[str, list[float]]) -> dict[str, Times]:
    """Without the first of each, which warmed up."""
    return {name: Times(tuple(took[1:])) for name, took in some.items()}


def _tell(
    report: Report, spent: dict[str, Times], pushes: dict[str, Times], others: dict[str, Times],
    asked: dict[str, set[int]],
) -> None:  # fmt: skip
    add: Any = report.add
    add("P7", "sync, requests", CALLS, max(asked["ours"]), "the goal", 12, at_most=1, unit="requests")
    most = max(asked["by collections"])
    add("P7", "sync by collections alone, requests", CALLS, most, "the goal", 55, at_most=1, unit="requests")
    add("P7", "sync, requests", BY_COLLECTIONS, max(asked["a day's"]), "the goal", 12, at_most=1, unit="requests")
    slowest = others.pop("simple-salesforce one by one")
    whole = Times(tuple(one * CALLS / FEW for one in slowest.all))
    words = f"simple-salesforce one by one ({FEW} measured, times {CALLS // FEW})"
    _beside(report, "sync", CALLS, spent["ours"], words, whole, at_least=500.0)
    for name, their in others.items():
        at_most = 0.15 if name == "simple-salesforce collections" else None
        _beside(report, "sync", CALLS, spent["ours"], name, their, at_most=at_most)
    _beside(report, "push alone", CALLS, pushes["ours"], "bare client, one job", others["bare client, one job"])
    _beside(
        report, "push by collections alone", CALLS, pushes["by collections"], "bare client, composites",
        others["bare client, composites"],
    )  # fmt: skip
    trips = max(asked["ours"]) * ROUND_TRIP_S * 1000
    _beside(report, "sync", CALLS, spent["ours"], "its round trips alone", Times((trips,)))
    add("P7", "sync, calls a second", CALLS, CALLS / spent["ours"].median * 1000, "", None, unit="/s")
    add("P7", "sync", BY_COLLECTIONS, spent["a day's"].median, "", None)


def _beside(report: Report, figure: str, size: int, ours: Times, name: str, theirs: Times, **goal: Any) -> None:
    found, low, high = ratio(ours, theirs)
    spread = f"{low:.3f}-{high:.3f}"
    report.add("P7", figure, size, ours.median, name, theirs.median, ratio=found, spread=spread, **goal)


def _only_collections(is_on: bool) -> AbstractContextManager[object]:
    """No bulk job, however many rows there are."""
    return patch.object(pushing, "BULK_FROM", 10 * CALLS) if is_on else nullcontext()


def _push_timed(into: list[float]) -> AbstractContextManager[object]:
    """Note in milliseconds how long the sending part of a sync took."""

    def timed(run: Run) -> None:
        began = time.perf_counter()
        pushing.push(run)
        into.append((time.perf_counter() - began) * 1000)

    return patch.object(syncing, "push", timed)
