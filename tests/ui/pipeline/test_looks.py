"""How the page looks and stays readable: empty, hostile, compact, large text, right to left, in every theme."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from callstation.app import App
from callstation.renewals.completeness import Gap
from callstation.renewals.pipeline import pipeline
from db.vocabulary import ForecastCategory, LossReason, RenewalStage
from tests.ui.pipeline.book import One, fill
from tests.ui.pipeline.conftest import Hands
from tests.ui.walk import HOSTILE, nameless, rich
from ui.pipeline import looks
from ui.pipeline.page import PipelinePage
from ui.shell import Shell
from ui.theme import theme


def page_of(shell: Shell, app: App) -> PipelinePage:
    shell.attach(app, "pipeline")
    found = shell.page("pipeline")
    assert isinstance(found, PipelinePage)
    return found


def test_every_stage_category_and_gap_has_its_words() -> None:
    assert set(looks.STAGES) == set(RenewalStage)
    assert set(looks.CATEGORIES) == set(ForecastCategory)
    assert set(looks.MENDS) == set(Gap)
    assert len({words for words, _ in looks.STAGES.values()}) == len(looks.STAGES)


def test_an_empty_book_says_what_to_do(shell: Shell, app: App) -> None:
    page = page_of(shell, app)
    assert page.layout_.empty.isVisible()
    assert page.layout_.empty.title.text() == "Nothing is open"
    assert set(page.commands()) & {"pipeline_stage", "pipeline_open"} == set()


def test_hostile_names_are_shown_as_plain_words(shell: Shell, app: App) -> None:
    ones = tuple(One(words or "?", day, step=words[:300]) for day, words in enumerate(HOSTILE))
    app.record(fill, ones)
    page = page_of(shell, app)
    hands = Hands(page)
    for key in ("J", "S", "Escape", "J", "C", "Escape", "B", "J", "S", "8", "Escape", "B"):
        hands.press(key)
        shell.grab()
    assert rich(page) == []
    assert shell.width() == 1440


@pytest.mark.parametrize("size", [(1093, 575), (1440, 900)])
@pytest.mark.parametrize(("scheme", "text_size"), [("light", 140), ("dark", 100), ("high contrast", 90)])
def test_it_fits_the_window_in_each_look(
    hands: Hands, shell: Shell, dressed: QApplication, size: tuple[int, int], scheme: str, text_size: int
) -> None:
    theme.apply(dressed, scheme, text_size)
    shell.resize(*size)
    for key in ("J", "S", "Escape", "B", "D", "Escape", "B"):
        hands.press(key)
        shell.grab()
    assert (shell.width(), shell.height()) == size
    assert nameless(hands.page) == []


def test_the_board_is_mirrored_where_one_reads_from_the_right(hands: Hands) -> None:
    hands.press("B")
    view = hands.page.board
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert view.card_rect(0, 0).left() > view.card_rect(1, 0).left()
    before = view.place
    hands.press("Left")
    assert view.place[0] > before[0]
    view.grab()


def test_a_card_keeps_colour_for_dates_past_silence_and_slips(hands: Hands, app: App) -> None:
    found = {row.account: row for row in app.ask(pipeline).rows if not row.key.is_growth}
    assert looks.card_chip(found["Kestrel Analytics"]) == ("Overdue", "warn", "alarm-clock")
    assert looks.card_chip(found["Orchard & Vine"]) == ("Slipped 2×", "warn", None)
    quoted = found["Halden Robotics"]
    assert (looks.card_chip(quoted), looks.card_words(quoted)) == (None, ("Call the CFO", "text2"))
    silent = replace(quoted, silent_days=31)
    assert looks.card_chip(silent) == ("Silent 31 d", "warn", None)
    assert looks.card_chip(replace(quoted, silent_days=30)) is None
    assert looks.card_chip(replace(quoted, is_picked=True)) == ("Best case", "mute", "pencil")
    never = found["Blue Fjord"]  # has no next step, no amount, no note: said, but quietly
    assert (looks.card_chip(never), looks.card_words(never)) == (None, ("No next step +2", "text3"))


def test_a_closed_card_says_why_it_was_lost_or_what_it_was(hands: Hands, app: App) -> None:
    quoted = next(row for row in app.ask(pipeline).rows if row.account == "Halden Robotics")
    lost = replace(quoted, stage=RenewalStage.LOST, closed_at=app.clock.now(), gaps=(), silent_days=90, slips=2)
    assert (looks.card_chip(lost), looks.card_words(lost)) == (None, ("C-0", "text2"))
    assert looks.card_words(replace(lost, loss_reason=LossReason.PRICE)) == ("Price", "text2")


def test_what_is_missing_fits_its_column_and_growth_says_no_name_twice(hands: Hands, app: App) -> None:
    rows = app.ask(pipeline).rows
    never = next(row for row in rows if row.account == "Blue Fjord")
    assert looks.gaps_of(never) == "step, amount +1"
    growth = replace(next(row for row in rows if row.key.is_growth), title="Archive for Halden Robotics")
    assert looks.title_of(growth) == looks.what_of(growth) == "Cross-sell: Archive"


def test_a_screen_reader_hears_the_card_in_hand(hands: Hands) -> None:
    hands.press("J", "B")
    assert hands.page.board.accessibleDescription() == "Halden Robotics, C-0, Quoted, $48,200"
    assert hands.page.totals.growth.accessibleName() == "Growth beyond them: $700 in 1 growth opportunity. "
