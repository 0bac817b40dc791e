"""The made-up book: whole, believable, the same for the same seed and day, and with numbers that ring nowhere."""

import re
import shutil
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from callstation.app import App
from callstation.calling.phones import read_number
from callstation.clock import ManualClock
from callstation.demo import BookCounts, make_book
from callstation.demo.bulk import SEARCH
from callstation.demo.places import CITIES
from callstation.errors import UserError
from callstation.settings import Settings
from callstation.work import Work

# The regulators' ranges for fiction, written here a second time and on purpose.
FICTION = re.compile(
    r"\+1[2-9]\d\d55501\d\d|\+44(2079460|1(1[34678]|[2-6]1)4960|1914980|2920180|2896496)\d{3}"
    r"|\+49(3023125|6990009|4066969|2214710|8999998)\d{3}|\+33(19900|26191|35301|46571|53649)\d{4}"
    r"|\+61[2378](5550|7010)\d{4}"
)
TABLES = (
    "account",
    "contact",
    "phone",
    "contact_phone",
    "contract",
    "contract_line",
    "renewal",
    "activity",
    "callback",
)


@pytest.fixture(scope="module")
def book(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BookCounts]:
    """A book of 400 renewals; copy it, never write to it."""
    return _make(empty_store, tmp_path_factory.mktemp("book"), seed=5)


def _make(empty_store: Path, folder: Path, *, seed: int) -> tuple[Path, BookCounts]:
    from tests.conftest import MONDAY_MORNING

    path = Path(shutil.copy(empty_store, folder / "callstation.db"))
    app = App(path, settings=Settings(time_zone="America/New_York"), clock=ManualClock(MONDAY_MORNING))
    counts = app.record(make_book, 400, seed=seed)
    app.close()
    return path, counts


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    app = App(path, settings=Settings(time_zone="America/New_York"))

    def read(work: Work) -> list[tuple[Any, ...]]:
        return work.rows(sql)

    found = app.ask(read)
    app.close()
    return found


def test_the_book_has_as_many_open_renewals_as_asked_within_60_days_past_and_360_ahead(
    book: tuple[Path, BookCounts],
) -> None:
    path, counts = book
    assert _rows(path, "SELECT count(*) FROM renewal WHERE closed_at IS NULL") == [(400,)]
    assert _rows(path, "SELECT count(*) FROM renewal") == [(counts.renewals,)]
    near, far = _rows(path, "SELECT min(due_on), max(due_on) FROM renewal WHERE closed_at IS NULL")[0]
    assert "2026-09-24" <= near < "2026-11-23" < far <= "2027-11-18"


def test_every_open_renewal_has_a_call_target_and_every_reference_holds(book: tuple[Path, BookCounts]) -> None:
    path, _ = book
    assert _rows(path, "SELECT count(*) FROM renewal WHERE closed_at IS NULL AND target_id IS NULL") == [(0,)]
    assert _rows(path, "PRAGMA foreign_key_check") == []
    assert _rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_the_queue_has_calls_to_make_callbacks_due_and_contracts_through_partners(
    book: tuple[Path, BookCounts],
) -> None:
    path, counts = book
    states = dict(_rows(path, "SELECT state, count(*) FROM call_target GROUP BY state"))
    assert states["ready"] > 30
    assert states["timed"] >= counts.callbacks * 0.8  # a number that must not be rung keeps its callback waiting
    assert _rows(path, "SELECT count(*) > 30 FROM contract WHERE partner_id IS NOT NULL") == [(1,)]
    assert counts.campaigns == 4
    assert _rows(path, "SELECT count(DISTINCT campaign_id) FROM campaign_member") == [(4,)]


def test_the_tallies_of_numbers_and_targets_agree_with_the_history(book: tuple[Path, BookCounts]) -> None:
    path, _ = book
    of_phones = """SELECT count(*) FROM phone p WHERE attempts <>
        (SELECT count(*) FROM activity a WHERE a.phone_id = p.id AND a.kind = 'call')"""
    of_targets = """SELECT count(*) FROM call_target t WHERE last_called_at IS NOT
        (SELECT max(happened_at) FROM activity a WHERE a.target_id = t.id AND a.kind = 'call')"""
    assert _rows(path, of_phones) == [(0,)]
    assert _rows(path, of_targets) == [(0,)]
    assert _rows(path, "SELECT count(*) FROM activity WHERE happened_on >= '2026-11-23'") == [(0,)]


def test_the_history_is_found_by_search(book: tuple[Path, BookCounts]) -> None:
    path, _ = book
    assert _rows(path, "SELECT count(*) > 5 FROM search_note WHERE search_note MATCH 'voicemail'") == [(1,)]
    name = _rows(path, "SELECT name FROM account LIMIT 1")[0][0].split()[0]
    assert _rows(path, f"SELECT count(*) > 0 FROM search_account WHERE search_account MATCH '{name}'") == [(1,)]
    for index, (table, columns, _) in SEARCH.items():  # the triggers are back
        made = _rows(path, f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{index}_%'")
        assert made == [(4,)], (table, columns)


def test_every_account_has_a_street_as_its_country_writes_it(book: tuple[Path, BookCounts]) -> None:
    path, _ = book
    streets = _rows(path, "SELECT country, street FROM account")
    for country, street in streets:
        assert re.fullmatch(r"\D+ \d+" if country == "DE" else r"\d+ \D+", street), (country, street)
    assert len(set(streets)) > len(streets) * 0.8


def test_the_same_seed_and_day_make_the_same_book_and_another_seed_another(
    book: tuple[Path, BookCounts], empty_store: Path, tmp_path: Path
) -> None:
    path, counts = book
    (tmp_path / "again").mkdir()
    (tmp_path / "other").mkdir()
    again, counts_again = _make(empty_store, tmp_path / "again", seed=5)
    other, _ = _make(empty_store, tmp_path / "other", seed=6)
    assert counts_again == counts
    for table in TABLES:
        assert _rows(again, f"SELECT * FROM {table} ORDER BY 1") == _rows(path, f"SELECT * FROM {table} ORDER BY 1")
    assert _rows(other, "SELECT name FROM account") != _rows(path, "SELECT name FROM account")


def test_every_number_is_valid_and_kept_for_fiction_and_every_mail_address_leads_nowhere(
    book: tuple[Path, BookCounts],
) -> None:
    path, _ = book
    for (e164,) in _rows(path, "SELECT e164 FROM phone"):
        assert FICTION.fullmatch(e164), e164
        assert phonenumbers.is_valid_number(phonenumbers.parse(e164))
    assert _rows(path, "SELECT count(*) FROM contact WHERE email NOT LIKE '%.example'") == [(0,)]


@pytest.mark.parametrize("city", [city for some in CITIES.values() for city in some], ids=lambda city: city.name)
def test_every_range_of_a_city_is_valid_there_from_its_first_number_to_its_last(city: Any) -> None:
    for prefix, digits, count in city.ranges:
        for index in (0, count - 1):
            read = read_number(f"{prefix}{index:0{digits}d}", "")
            assert (read.region, bool(read.zones)) == (city.country, True), read


def test_a_store_that_holds_a_book_takes_no_second_one(book: tuple[Path, BookCounts], tmp_path: Path) -> None:
    path = Path(shutil.copy(book[0], tmp_path / "callstation.db"))
    app = App(path)
    with pytest.raises(UserError, match="already holds a book"):
        app.record(make_book, 400)
    app.close()
