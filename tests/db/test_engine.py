"""One SQLite, opened the same way everywhere, with the settings that make "saved" mean durable."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from db.engine import LEAST_SQLITE, DatabaseError, connect
from db.stored import MONEY_SCALE, from_micros, from_units, to_micros, to_units


def test_the_sqlite_is_one_without_the_wal_reset_race() -> None:
    assert sqlite.sqlite_version_info >= LEAST_SQLITE


def test_every_pragma_of_the_store_is_in_force(store: Path) -> None:
    raw = connect(store)
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0,
        "cell_size_check": 1,
    }  # fmt: skip
    assert {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    raw.close()


def test_a_store_with_a_key_opens_with_that_key_alone(tmp_path: Path) -> None:
    path, key = tmp_path / "locked.db", bytes(range(32))
    raw = connect(path, key=key)
    raw.execute("CREATE TABLE t (x)")
    raw.execute("INSERT INTO t VALUES ('canary')")
    raw.close()
    assert b"canary" not in path.read_bytes()
    for wrong in (None, bytes(32)):
        with pytest.raises(DatabaseError):
            connect(path, key=wrong).execute("SELECT * FROM t")
    raw = connect(path, key=key)
    assert raw.execute("SELECT x FROM t").fetchall() == [("canary",)]
    raw.close()


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_a_moment_comes_back_as_it_was(at: datetime) -> None:
    assert from_micros(to_micros(at)) == at.astimezone(UTC)


@given(st.integers(-(10**15), 10**15))
def test_money_comes_back_to_the_ten_thousandth(units: int) -> None:
    assert to_units(from_units(units)) == units
    assert from_units(units) == Decimal(units) / MONEY_SCALE


def test_a_moment_without_a_zone_is_refused_where_money_is_rounded_half_up() -> None:
    with pytest.raises(TypeError):
        to_micros(datetime(2026, 11, 23))  # noqa: DTZ001
    assert to_units(Decimal("0.00005")) == 1
