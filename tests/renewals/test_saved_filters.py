"""Filters saved by name: recalled in their order, written over, renamed, deleted, and each of it undone."""

import pytest

from callstation.app import App
from callstation.errors import UserError
from callstation.renewals.pipeline import Filter, from_json, to_json
from callstation.renewals.saved_filters import (
    delete_filter,
    move_filter,
    rename_filter,
    save_filter,
    saved_filters,
)
from db.vocabulary import RenewalStage

QUOTED = Filter(stages=(RenewalStage.QUOTED,), is_slipped=True)


def names(app: App, page: str = "pipeline") -> list[str]:
    return [one.name for one in app.ask(saved_filters, page)]


def test_they_are_kept_in_order_and_come_back_as_they_were(app: App) -> None:
    app.do(save_filter, "  Slipped   quotes ", to_json(QUOTED))
    app.do(save_filter, "All", to_json(Filter()))
    app.do(save_filter, "Others", "{}", page="whitespace")
    assert (names(app), names(app, "whitespace")) == (["Slipped quotes", "All"], ["Others"])
    assert from_json(app.ask(saved_filters)[0].text) == QUOTED


def test_one_of_the_same_name_is_written_over(app: App) -> None:
    first = app.do(save_filter, "Quotes", to_json(QUOTED))
    assert app.do(save_filter, "QUOTES", to_json(Filter())) == first
    assert names(app) == ["QUOTES"]
    app.undo()
    assert (names(app), app.ask(saved_filters)[0].text) == (["Quotes"], to_json(QUOTED))


def test_they_are_renamed_and_deleted_and_brought_back(app: App) -> None:
    first, second = app.do(save_filter, "A", "{}"), app.do(save_filter, "B", "{}")
    app.do(rename_filter, first, "C")
    app.do(delete_filter, second)
    assert (names(app), app.undo_label) == (["C"], "Deleted the filter B")
    app.undo()
    app.undo()
    assert names(app) == ["A", "B"]


@pytest.mark.parametrize(("place", "order"), [(1, "CABD"), (2, "ACBD"), (4, "ABDC"), (9, "ABDC"), (-3, "CABD")])
def test_one_is_put_at_another_place_and_back(app: App, place: int, order: str) -> None:
    ids = {name: app.do(save_filter, name, "{}") for name in "ABCD"}
    app.do(move_filter, ids["C"], place)
    assert names(app) == list(order)
    app.do(save_filter, "E", "{}")
    assert names(app) == [*order, "E"]
    app.undo()
    app.undo()
    assert names(app) == list("ABCD")


def test_what_cannot_be_is_refused(app: App) -> None:
    first = app.do(save_filter, "A", "{}")
    app.do(save_filter, "B", "{}")
    for verb, *values in (
        (save_filter, " ", "{}"), (save_filter, "x" * 61, "{}"), (rename_filter, first, "b"), (rename_filter, 9, "C"),
        (delete_filter, 9), (move_filter, 9, 1),
    ):  # fmt: skip
        with pytest.raises(UserError):
            app.do(verb, *values)  # type: ignore[arg-type]
    assert names(app) == ["A", "B"]
