"""P2: a logged outcome, durable, beside the same rows by prepared statements and Anki's answer."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from callstation.app import App
from callstation.calling import calls
from db.stored import to_micros
from db.vocabulary import Disposition
from tests.bench.anki_peer import AnkiPeer
from tests.bench.books import open_book, writable
from tests.bench.measure import race, ratio
from tests.bench.table import Report

LOGS = 300


def run(report: Report, sizes: list[int]) -> None:
    """A callback with a note: activity, target, number, renewal, callback, three outbox rows, one commit."""
    for size in sizes:
        _at_size(report, size, with_anki=size in (sizes[0], 100_000))
    syncs = count_syncs()
    if syncs is not None:
        report.add("P2", "syncs of one log", sizes[0], syncs, "one", 1.0, at_most=1, unit="fsync")


def _at_size(report: Report, size: int, *, with_anki: bool) -> None:
    app = open_book(writable(size))
    sql = "SELECT id FROM call_target WHERE state = 'ready' AND renewal_count = 1 ORDER BY rank LIMIT ?"
    targets = [row[0] for row in app.ask(lambda work: work.rows(sql, (2 * LOGS + 20,)))]
    at, half = app.clock.now() + timedelta(days=2), len(targets) // 2
    plain, logs = prepared(app, at), min(LOGS, half - 2)

    def ours(number: int) -> None:
        app.do(calls.log_outcome, targets[number], Disposition.CALLBACK_AGREED, note="Asked for two years.", at=at)

    def raw(number: int) -> None:
        plain(targets[half + number])

    took = race({"ours": ours, "raw": raw}, logs)
    found, low, high = ratio(took["ours"], took["raw"])
    report.add(
        "P2", "log an outcome, durable", size, took["ours"].median, "prepared statements", took["raw"].median,
        at_most=1.5, ratio=found, spread=f"{low:.2f}-{high:.2f}",
    )  # fmt: skip
    for number in range(logs):  # what the raw side wrote counts as from outside and ended the undo list
        ours(number)
    undone = race({"undo": lambda _: app.undo()}, logs - 5)
    report.add("P2", "undo the last log", size, undone["undo"].median, "", None)
    app.rest()
    calm: list[float] = []
    calm_raw: list[float] = []
    for number in range(logs):
        calm += race({"ours": partial(_told, ours, number)}, 1, warm_up=0)["ours"].all
        calm_raw += race({"raw": partial(_told, raw, number)}, 1, warm_up=0)["raw"].all
        if number % 10 == 0:
            app.rest()
    at99 = int(len(calm) * 0.99)
    report.add(
        "P2", "p99 of a log, checkpoints in the pauses", size, sorted(calm)[at99], "prepared statements, p99",
        sorted(calm_raw)[at99], at_most=1.3,
    )  # fmt: skip
    app.close()
    if with_anki:
        peer = AnkiPeer(min(size, 100_000))
        peer.build_queue()
        anki = race({"anki": lambda _: peer.answer()}, 100)
        theirs = anki["anki"].median
        report.add("P2", "log an outcome, durable", size, took["ours"].median, "Anki answer", theirs, at_most=1)
        peer.close()


def _told(log: Callable[[int], object], number: int, _round: int) -> object:
    return log(number)


def prepared(app: App, at: Any) -> Callable[[int], None]:
    """The same rows written by hand in the same engine and mode, on a connection of their own."""
    raw, now = app._connect(), to_micros(app.clock.now())
    due, today = to_micros(at), "2026-11-23"

    def log(target_id: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        account_id, contact_id, phone_id, renewal_id = raw.execute(
            "SELECT t.account_id, t.contact_id, t.phone_id, r.id FROM call_target t "
            "JOIN renewal r ON r.target_id = t.id WHERE t.id = ?", (target_id,),
        ).fetchone()  # fmt: skip
        activity_id = raw.execute(
            "INSERT INTO activity (uid, kind, target_id, account_id, contact_id, phone_id, renewal_id, happened_at, "
            "happened_on, disposition, is_reached, duration_s, note, next_at) "
            "VALUES (?, 'call', ?, ?, ?, ?, ?, ?, ?, 'callback_agreed', 1, 0, 'Asked for two years.', ?)",
            (uuid4().hex, target_id, account_id, contact_id, phone_id, renewal_id, now, today, due),
        ).lastrowid
        raw.execute("UPDATE phone SET attempts = attempts + 1, connects = connects + 1, last_attempt_at = ?, "
                    "last_connect_at = ?, status = 'working' WHERE id = ?", (now, now, phone_id))  # fmt: skip
        raw.execute("UPDATE renewal SET last_contact_at = ?, stage = 'contacted' WHERE id = ?", (now, renewal_id))
        raw.execute(
            "UPDATE call_target SET attempts = attempts + 1, missed_in_a_row = 0, "
            "last_disposition = 'callback_agreed', last_called_at = ?, called_on = ?, due_at = ?, "
            "due_kind = 'callback', state = 'timed', last_reached_at = ?, stage = 'contacted' WHERE id = ?",
            (now, today, due, now, target_id),
        )  # fmt: skip
        callback_id = raw.execute(
            "INSERT INTO callback (uid, kind, status, target_id, activity_id, due_at, their_zone, note) "
            "VALUES (?, 'callback', 'open', ?, ?, ?, 'America/New_York', 'Asked for two years.')",
            (uuid4().hex, target_id, activity_id, due),
        ).lastrowid
        for entity, record_id in (("activity", activity_id), ("renewal", renewal_id), ("callback", callback_id)):
            raw.execute(
                "INSERT OR REPLACE INTO outbox_entry (entity, record_id, marked_at) VALUES (?, ?, ?)",
                (entity, record_id, now),
            )
        raw.execute("DELETE FROM note_draft WHERE id = ?", (target_id,))
        raw.execute("COMMIT")

    return log


def count_syncs() -> float | None:
    """fsync and fdatasync calls a log, counted by strace; None where there is none."""
    if shutil.which("strace") is None:
        return None
    code = (
        "import sys, os; sys.path.insert(0, os.getcwd())\n"
        "from tests.bench.books import open_book, writable\n"
        "from callstation.calling import calls\nfrom db.vocabulary import Disposition\n"
        "app = open_book(writable(10_000))\n"
        "sql = \"SELECT id FROM call_target WHERE state = 'ready' LIMIT 25\"\n"
        "ids = [row[0] for row in app.ask(lambda work: work.rows(sql))]\n"
        "app.do(calls.log_outcome, ids[0], Disposition.NO_ANSWER)\n"
        "app._writer.execute('PRAGMA wal_checkpoint(TRUNCATE)')\n"
        "app.do(calls.log_outcome, ids[1], Disposition.NO_ANSWER)\n"
        "os.write(2, b'BEGIN\\n')\n"
        "for one in ids[2:22]: app.do(calls.log_outcome, one, Disposition.NO_ANSWER)\n"
        "os.write(2, b'END\\n')\nos._exit(0)\n"
    )
    done = subprocess.run(
        ["strace", "-f", "-e", "trace=fsync,fdatasync,write", sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stderr.splitlines()
    try:
        first = next(i for i, line in enumerate(lines) if '"BEGIN' in line)
        last = next(i for i, line in enumerate(lines) if '"END' in line)
    except StopIteration:
        return None
    return sum("sync(" in line for line in lines[first:last]) / 20
