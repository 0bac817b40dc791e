"""P5: search as you type, the commonest word included, beside the bare full-text index and Anki's search."""

from collections.abc import Callable
from typing import Any

from callstation.accounts.search import find
from tests.bench.anki_peer import AnkiPeer
from tests.bench.books import book, open_book
from tests.bench.measure import exponent, race, ratio
from tests.bench.table import Report

LIMIT = 20
RAW = {
    "search_account": "SELECT id, name, city, region, country FROM account",
    "search_contact": "SELECT c.id, c.account_id, c.name, c.email, a.name FROM contact c JOIN account a "
    "ON a.id = c.account_id",
    "search_contract": "SELECT k.id, k.account_id, k.number, k.ends_on, a.name FROM contract k JOIN account a "
    "ON a.id = k.account_id",
    "search_note": "SELECT y.id, y.account_id, y.note, y.happened_on, a.name FROM activity y JOIN account a "
    "ON a.id = y.account_id",
}
KEYS = {"search_account": "account.id", "search_contact": "c.id", "search_contract": "k.id", "search_note": "y.id"}


def run(report: Report, sizes: list[int]) -> None:
    """Prefixes as they are typed, letter by letter; then the word that most notes hold."""
    typed: dict[int, float] = {}
    common: dict[int, float] = {}
    for size in sizes:
        typed[size], common[size] = _at_size(report, size)
    for figure, medians in (("typed words", typed), ("the commonest word", common)):
        if len(medians) > 1:
            large, small = max(medians), min(medians)
            report.add(
                "P5", f"growth, {figure}, exponent {exponent(medians):.2f}", large, medians[large], f"own {small:,}",
                medians[small], at_most=2,
            )  # fmt: skip


def _at_size(report: Report, size: int) -> tuple[float, float]:
    app = open_book(book(size))
    raw = app._connect()
    most = _commonest(raw)
    words = _typed(raw)
    peer = AnkiPeer(min(size, 100_000))
    medians = []
    for figure, asked, theirs in (
        ("search, typed words", words, ["custom", "robot", "voice", "ren", "customer 77"]),
        (f'search, the commonest word "{most}"', [most], ["renewal"]),
    ):
        racers: dict[str, Callable[[int], object]] = {
            "ours": lambda number, asked=asked: app.ask(find, asked[number % len(asked)], limit=LIMIT),  # type: ignore[misc]
            "raw": lambda number, asked=asked: _raw(raw, asked[number % len(asked)]),  # type: ignore[misc]
        }
        took = race(racers, 3 * len(words))
        found, low, high = ratio(took["ours"], took["raw"])
        ours = took["ours"].median
        report.add(
            "P5", figure, size, ours, "raw FTS5 prefix", took["raw"].median, at_most=2, ratio=found,
            spread=f"{low:.2f}-{high:.2f}",
        )  # fmt: skip
        anki = race({"anki": lambda number, theirs=theirs: peer.find(theirs[number % len(theirs)])}, 10)["anki"].median  # type: ignore[misc]
        report.add("P5", figure, size, ours, f"Anki find, {min(size, 100_000):,} notes", anki, at_most=0.05)
        medians.append(ours)
    peer.close()
    app.close()
    return medians[0], medians[1]


def _raw(raw: Any, text: str) -> list[Any]:
    """The newest of each kind whose words begin so, with what the screen shows of them."""
    found: list[Any] = []
    match = " ".join(f'"{word}"*' for word in text.split())
    for index, select in RAW.items():
        key = KEYS[index]
        inner = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT {LIMIT}"
        found += raw.execute(f"{select} WHERE {key} IN ({inner})", (match,)).fetchall()
    return found


def _commonest(raw: Any) -> str:
    raw.execute("CREATE VIRTUAL TABLE temp.note_words USING fts5vocab('main', 'search_note', 'row')")
    word: str = raw.execute(
        "SELECT term FROM temp.note_words WHERE length(term) > 3 ORDER BY doc DESC LIMIT 1"
    ).fetchone()[0]
    raw.execute("DROP TABLE temp.note_words")
    return word


def _typed(raw: Any) -> list[str]:
    """What is in the field after the second, third and fourth letter, and after the second word."""
    names = raw.execute("SELECT name FROM account ORDER BY id % 997, id LIMIT 12").fetchall()
    typed = []
    for (name,) in names:
        words = [word for word in name.lower().split() if word.isalnum()]
        typed += [words[0][:letters] for letters in (2, 3, 4)]
        typed.append(" ".join(words[:2]))
    return typed
