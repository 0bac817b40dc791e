"""Drafts of notes and snippets."""

from datetime import date

from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling import notes
from callstation.calling.targets import refresh_targets
from callstation.changes import Changes
from callstation.settings import Settings
from callstation.work import Work
from tests import factories


def one_target(work: Work) -> int:
    found = work.row("SELECT id FROM call_target")
    if found is None:
        factories.customer(work, ends_on=date(2026, 12, 2))
        refresh_targets(work)
        found = work.row("SELECT id FROM call_target")
    assert found is not None
    return int(found[0])


@tuned(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.sets(st.integers(0, 20)))
def test_a_draft_is_read_back_as_it_was_typed(app: App, text: str, ticked: set[int]) -> None:
    target_id = app.record(one_target)
    text = text.encode("utf-8", "replace").decode()
    app.do(notes.keep_draft, target_id, text, tuple(ticked))
    kept = app.ask(notes.draft, target_id)
    if not text and not ticked:
        assert kept is None
    else:
        assert kept == notes.Draft(text, tuple(sorted(ticked)), app.clock.now())


def test_keeping_a_draft_is_no_step_to_undo_and_wakes_no_screen(app: App) -> None:
    target_id = app.do(one_target)
    label, told = app.undo_label, list[Changes]()
    app.on_changed.append(told.append)
    app.do(notes.keep_draft, target_id, "Half a sen")
    assert app.undo_label == label
    assert told == []
    app.do(notes.keep_draft, target_id + 99, "Nobody's")
    assert app.ask(notes.draft, target_id + 99) is None


def test_a_snippet_is_expanded_by_the_beginning_of_its_name() -> None:
    settings = Settings(snippets="Budget: Needs approval first.\nCompetitor: Comparing with: \n\nJust this line")
    assert [piece.name for piece in notes.snippets(settings)] == ["Budget", "Competitor", "Just this line"]
    assert notes.expand_snippet(settings, " bud") == "Needs approval first."
    assert notes.expand_snippet(settings, "COMP") == "Comparing with: "
    assert notes.expand_snippet(settings, "just") == "Just this line"
    assert notes.expand_snippet(settings, "x") is None
    assert notes.expand_snippet(settings, "  ") is None
