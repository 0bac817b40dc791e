"""Coverage by keys: those with nothing first and red, every other list, and what time allows."""

from datetime import date, timedelta
from functools import partial

from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.renewals.cover import Cover
from callstation.renewals.cover_time import DueDays
from callstation.reports.kpis import Stretch
from callstation.reports.over_time import split
from callstation.settings import Settings
from db.nouns import Renewal
from tests.ui.reports.conftest import Hands, at_reports
from tests.ui.walk import HOSTILE, nameless, rich
from ui.reports.cover_charts import COVERS, ENDED, UNDATED, over_time
from ui.reports.coverage_tab import CAPACITY, DIFFERENCES, LEDGER, TOUCHES
from ui.shell import Shell
from ui.widgets import ElidedLabel


def is_read(said: ElidedLabel) -> bool:
    return said.text() not in ("", "Reading …")


def test_the_parts_add_up_and_nothing_stands_first(hands: Hands) -> None:
    hands.press("3")
    view = hands.page.coverage
    found = view.found
    assert found is not None
    assert sum(part.count for part in found.parts.values()) == found.due > 0
    assert view.cover is Cover.NOTHING
    assert view.cards[LEDGER].title.text() == f"Nothing: {found.nothing}"
    assert view.figures.figures[0].view.label == "Nothing"
    is_red = view.figures.figures[0].view.tone == "bad"
    assert is_red is not found.is_green


def test_each_part_opens_as_many_rows_as_it_counts(hands: Hands) -> None:
    hands.press("3")
    view = hands.page.coverage
    assert view.found is not None
    for digit, cover in zip("1234", (Cover.NOTHING, Cover.CONTACT, Cover.PLAN, Cover.CLOSED), strict=True):
        hands.press("B", digit)
        assert view.cover is cover
        assert len(view.cards[LEDGER].rows) == view.found.parts[cover].count
    hands.press("Escape")
    assert view.cover is Cover.NOTHING


def test_the_long_lists_are_read_beside_the_window(hands: Hands, qtbot: QtBot) -> None:
    hands.press("3")
    view = hands.page.coverage
    for digit, index in (("5", DIFFERENCES), ("6", TOUCHES), ("7", CAPACITY)):
        hands.press("B", digit)
        assert view.stack.currentIndex() == index
        said = view.cards[index].said
        qtbot.waitUntil(partial(is_read, said), timeout=20_000)
        hands.page.grab()
    hands.press("Escape")
    assert view.stack.currentIndex() == LEDGER
    assert nameless(hands.page) == []


def test_a_row_goes_to_the_desk_or_its_account(hands: Hands, shell: Shell) -> None:
    hands.press("3", "B", "3")
    view = hands.page.coverage
    assert view.cards[LEDGER].rows
    hands.press("Return")
    assert shell.current in ("desk", "accounts")


def test_an_empty_book_is_neither_green_nor_red(shell: Shell, app: App) -> None:
    hands = at_reports(shell, app)
    hands.press("3", "J", "Return")
    view = hands.page.coverage
    assert view.found is not None
    assert not view.found.is_green
    assert view.cards[LEDGER].nothing.text() == "Nothing ends in these days."
    assert view.figures.figures[-1].view.value == "–"


def test_the_window_is_another_one_by_key(hands: Hands) -> None:
    hands.press("3", "P", "3")
    assert hands.page.span.name == "Nov 2026"
    hands.press("P", "6")
    assert (hands.page.span.ends_on - hands.page.span.starts_on).days == 120


def test_hostile_names_stay_words(hands: Hands, app: App) -> None:
    app.do(lambda work: work.raw.execute("UPDATE account SET name = ?", (HOSTILE[0],)))
    hands.press("3", "B", "3")
    hands.page.grab()
    assert rich(hands.page) == []


def test_what_ends_when_stands_as_bars_and_each_opens_its_contracts(hands: Hands) -> None:
    hands.press("3")
    view = hands.page.coverage
    chart, parts = view.by_time.chart, view.parts.chart
    assert chart is not None
    assert parts is not None
    assert view.found is not None
    assert chart.title == "What ends by week"
    for series, (one, whole) in enumerate(zip(chart.series, parts.series, strict=True)):
        part = view.found.parts[COVERS[series]]
        assert sum(int(value or 0) for value in one.values) == part.count == whole.values[0]
        for place, value in enumerate(one.values):
            view.by_time.opened.emit(series, place)
            assert len(view.cards[LEDGER].rows) == value
        view.parts.opened.emit(series, 0)
        assert len(view.cards[LEDGER].rows) == part.count
    planned = chart.series[COVERS.index(Cover.PLAN)]
    place = next(at for at, value in enumerate(planned.values) if value)
    view.by_time.opened.emit(COVERS.index(Cover.PLAN), place)
    assert view.cards[LEDGER].title.text() == f"Planned, {chart.labels[place]}: {planned.values[place]}"
    hands.press("Escape")
    assert view.cards[LEDGER].title.text() == f"Nothing: {view.found.nothing}"


def test_what_ended_and_is_still_open_keeps_it_red_in_a_bar_of_its_own(hands: Hands, app: App) -> None:
    today = app.ask(lambda work: work.today)
    (renewal_id,) = app.ask(lambda work: work.rows("SELECT min(id) FROM renewal WHERE closed_at IS NULL"))[0]
    ended = today - timedelta(days=700)
    app.do(lambda work: work.update(Renewal, renewal_id, due_on=ended, last_contact_at=None))
    hands.press("3")
    view = hands.page.coverage
    assert view.found is not None
    assert view.found.ended
    assert not view.found.is_green
    assert "ended before and" in view.said.text()
    assert hands.page.said.text().endswith(", and what ended and is open")
    chart = view.by_time.chart
    assert chart is not None
    assert (chart.title, chart.labels[0]) == ("What ends by week", ENDED)
    assert sum(int(one.values[0] or 0) for one in chart.series) == view.found.ended
    view.by_time.opened.emit(0, 0)
    rows = view.cards[LEDGER].rows
    assert rows[0].due_on == ended
    assert len(rows) == chart.series[0].values[0]
    hands.press("P", "4")  # days that are chosen are those days
    assert "ended before" not in view.said.text()
    assert "ended" not in hands.page.said.text()


def test_the_row_in_hand_says_in_full_what_to_do(hands: Hands) -> None:
    hands.press("3", "P", "3")
    view = hands.page.coverage
    row = view.cards[LEDGER].rows[0]
    assert row.what_to_do.rstrip(".") in view.told.text()
    assert view.told.text().startswith(f"{row.account}: {row.words}")


def test_what_a_list_names_without_an_end_has_a_place_of_its_own() -> None:
    found = DueDays({(date(2026, 12, 1), Cover.PLAN): 2}, 3)
    chart = over_time(found, split(Stretch(date(2026, 11, 30), date(2026, 12, 2))), Settings())
    assert chart.labels == ("30 Nov", "1 Dec", "2 Dec", UNDATED)
    assert [one.values for one in chart.series] == [(0, 0, 0, 3), (0, 0, 0, 0), (0, 2, 0, 0), (0, 0, 0, 0)]
