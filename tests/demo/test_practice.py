"""The practice book: there at once, in a store of its own, with five calls to make in the first minute."""

from pathlib import Path

from callstation.calling import queue
from callstation.clock import ManualClock
from callstation.demo.practice import open_practice
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from tests.demo.test_book import FICTION


def _places(tmp_path: Path) -> Places:
    save_settings(tmp_path / "settings.json", Settings(time_zone="America/New_York"))
    return Places(tmp_path)


def test_the_practice_book_offers_its_two_callbacks_and_more_than_five_calls(
    tmp_path: Path, clock: ManualClock
) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    page = app.ask(queue.page)
    assert [row.account for row in page.due] == ["Halden Robotics"]
    assert len(page.next) >= 10
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM account WHERE kind = 'customer'")) == [(40,)]
    app.close()


def test_it_lies_in_a_store_of_its_own_and_is_made_once(tmp_path: Path, clock: ManualClock) -> None:
    places = _places(tmp_path)
    open_practice(places, clock=clock).close()
    assert not places.store.exists()
    app = open_practice(places, clock=clock)
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM account")) == [(42,)]
    assert app.undo() is None
    app.close()


def test_its_numbers_ring_nowhere_and_who_asked_not_to_be_called_is_not(tmp_path: Path, clock: ManualClock) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    for (e164,) in app.ask(lambda work: work.rows("SELECT e164 FROM phone")):
        assert FICTION.fullmatch(e164), e164
    blocked = app.ask(
        lambda work: work.rows(
            "SELECT t.state FROM call_target t JOIN account a ON a.id = t.account_id "
            "WHERE a.name = 'Quiet Water Rowing Club'"
        )
    )
    assert blocked == [("blocked",)]
    app.close()
