"""The doctor finds each fault, names it and says what to do; a healthy store has nothing to say."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callstation import doctor
from callstation.app import App
from callstation.backup import make_backup
from callstation.clock import ManualClock
from callstation.demo import make_book
from callstation.doctor import Health
from callstation.documents import batch
from callstation.documents.filing import put_back, states_of
from callstation.paths import Places
from callstation.settings import Settings, load_settings, save_settings
from db.engine import connect
from db.vocabulary import DocumentKind, FileFormat
from tests import factories
from tests.documents.office import LETTERHEAD


@pytest.fixture
def places(empty_store: Path, tmp_path: Path, clock: ManualClock) -> Places:
    """A store with a small book and a backup."""
    made = Places(tmp_path / "book")
    made.root.mkdir()
    shutil.copy(empty_store, made.store)
    save_settings(made.settings, Settings(time_zone="Pacific/Honolulu"))
    app = App(made.store, settings=load_settings(made.settings), clock=clock)
    app.record(make_book, 30, history_per_renewal=3)
    make_backup(app, made.backups)
    app.close()
    return made


def _found(places: Places, clock: ManualClock) -> dict[str, doctor.Finding]:
    return {finding.check: finding for finding in doctor.examine(places, clock)}


def test_a_healthy_store_passes_every_check(places: Places, clock: ManualClock) -> None:
    found = _found(places, clock)
    assert {check: one.found for check, one in found.items() if one.health is not Health.GOOD} == {}
    assert set(found) == {
        "place", "disk", "sqlite", "version", "integrity", "references", "search", "targets", "clock", "documents",
        "snapshots", "retention", "sync", "outbox", "keychain", "backups",
    }  # fmt: skip


def test_a_settings_file_that_cannot_be_read_is_said(places: Places, clock: ManualClock) -> None:
    places.settings.write_text("{")
    found = _found(places, clock)["settings"]
    assert (found.health, "Mend it" in found.advice) == (Health.BAD, True)


def test_looking_changes_nothing(places: Places, clock: ManualClock) -> None:
    before = places.store.read_bytes()
    doctor.examine(places, clock)
    assert places.store.read_bytes() == before


def test_a_forecast_out_of_step_with_the_book_is_found_and_mended(places: Places, clock: ManualClock) -> None:
    app = App(places.store, settings=load_settings(places.settings), clock=clock)
    app.record(lambda work: work.raw.execute("UPDATE renewal SET amount = 7"))
    app.record(lambda work: work.raw.execute("DELETE FROM snapshot_due"))
    found = _found(places, clock)["snapshots"]
    assert (found.health, found.advice) == (Health.WARNING, "Type: callstation doctor --rebuild")
    app.record(doctor.rebuild)
    assert _found(places, clock)["snapshots"].health is Health.GOOD
    clock.jump(clock.now() - timedelta(days=2))
    assert "still to come" in _found(places, clock)["snapshots"].found
    app.close()


def test_a_document_that_is_gone_or_a_batch_that_stopped_is_told_with_the_way_to_mend_it(
    places: Places, clock: ManualClock
) -> None:
    app = App(places.store, settings=LETTERHEAD, clock=clock)
    chosen = app.ask(batch.choose, DocumentKind.REMINDER)
    batch_id = app.record(batch.order, chosen, FileFormat.DOCX)
    app.close()
    assert f"batch --resume {batch_id}" in _found(places, clock)["documents"].advice
    app = App(places.store, settings=LETTERHEAD, clock=clock)
    batch.resume(app, batch_id, folder=places.documents)
    app.close()
    assert _found(places, clock)["documents"].health is Health.GOOD
    one, two, *_ = sorted(places.documents.rglob("*.docx"))
    one.unlink()
    two.write_bytes(b"edited")
    finding = _found(places, clock)["documents"]
    assert (finding.health, "1 changed, 1 missing" in finding.found) == (Health.WARNING, True)
    assert "callstation documents --missing" in finding.advice
    app = App(places.store, settings=LETTERHEAD, clock=clock)
    states = app.ask(states_of, places.documents)
    (changed,) = (document_id for document_id, state in states.items() if state == "changed")
    assert f"callstation documents --again {changed} " in finding.advice
    for document_id in states:
        put_back(app, document_id, folder=places.documents)
    app.close()
    assert _found(places, clock)["documents"].health is Health.GOOD


@pytest.mark.parametrize(
    ("harm", "check"),
    [
        ("INSERT INTO search_note (search_note) VALUES ('delete-all')", "search"),
        ("UPDATE renewal SET target_id = NULL WHERE closed_at IS NULL", "targets"),
        ("UPDATE renewal SET target_a_year = 7", "retention"),
        ("UPDATE renewal SET amount_a_year = 7", "retention"),
        ("UPDATE contract SET last_due_on = '2030-01-01'", "retention"),
    ],
)
def test_what_can_be_computed_is_found_out_of_step_and_rebuilt(
    places: Places, clock: ManualClock, harm: str, check: str
) -> None:
    raw = connect(places.store)
    raw.execute(harm)
    raw.close()
    finding = _found(places, clock)[check]
    assert finding.health is Health.WARNING
    assert "doctor --rebuild" in finding.advice
    app = App(places.store, settings=Settings(time_zone="UTC"), clock=clock)
    app.record(doctor.rebuild)
    app.close()
    assert _found(places, clock)[check].health is Health.GOOD


def test_a_damaged_store_is_told_with_the_way_back(places: Places, clock: ManualClock) -> None:
    with places.store.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xff" * 4096 * 12)
    bad = [finding for finding in doctor.examine(places, clock) if finding.health is Health.BAD]
    assert bad
    assert all("restore" in finding.advice.lower() for finding in bad)


def test_a_row_that_points_to_nothing_is_found(places: Places, clock: ManualClock) -> None:
    raw = connect(places.store)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("UPDATE contact SET account_id = 99999 WHERE id = 1")
    raw.close()
    assert _found(places, clock)["references"].health is Health.BAD


def test_a_wrong_clock_is_found(places: Places, clock: ManualClock) -> None:
    clock.jump(datetime(2020, 1, 1, tzinfo=UTC))
    assert _found(places, clock)["clock"].health is Health.BAD
    clock.jump(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    app = App(places.store, clock=clock)
    app.do(lambda work: factories.activity(work, 1, happened_at=work.now + timedelta(days=2)))
    app.close()
    assert "from the future" in _found(places, clock)["clock"].found


def test_missing_backups_a_missing_store_and_a_foreign_file_are_told(tmp_path: Path, clock: ManualClock) -> None:
    places = Places(tmp_path / "new")
    found = _found(places, clock)
    assert found["version"].found == "There is no store yet."
    assert found["backups"].health is Health.WARNING
    places.root.mkdir()
    places.store.write_text("a letter, not a store, and longer than a hundred characters so that it has a header " * 3)
    assert _found(places, clock)["version"].health is Health.BAD
    assert not (tmp_path / "new" / "backups").exists()
