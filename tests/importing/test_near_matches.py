"""Accounts spelled differently are never merged silently, nor made twice without asking."""

from callstation.accounts.importing.imports import merge
from callstation.app import App
from tests.importing.books import bring_in, cells, look, verdicts

OTHER = {"Contract_No": "C-900", "End_Customer": "Orchard and Vines"}
KEY = "customer:orchard and vines"


def test_another_spelling_of_a_known_account_waits_for_an_answer(app: App) -> None:
    bring_in(app, {})
    seen = look(app, OTHER)
    assert verdicts(seen) == ["review"]
    (review,) = seen.reviews
    assert review.text == "Is “Orchard and Vines” the same as “Orchard & Vine Ltd”?"
    assert [value for value, _ in review.options] == ["account:1", "new"]
    app.do(merge, seen)
    assert cells(app, "SELECT count(*) FROM contract") == [(1,)]


def test_merged_with_the_known_account_it_is_no_new_one(app: App) -> None:
    bring_in(app, {})
    app.do(merge, look(app, OTHER), {KEY: "account:1"})
    assert cells(app, "SELECT name FROM account") == [("Orchard & Vine Ltd",)]
    assert cells(app, "SELECT account_id FROM contract ORDER BY id") == [(1,), (1,)]
    assert verdicts(look(app, OTHER)) == ["same"], "with the contract in common nobody is asked again"


def test_kept_apart_it_is_an_account_of_its_own(app: App) -> None:
    bring_in(app, {})
    seen = look(app, OTHER, decisions={KEY: "new"})
    assert verdicts(seen) == ["new"]
    app.do(merge, seen)
    assert cells(app, "SELECT count(*) FROM account") == [(2,)]


def test_two_spellings_in_one_list_are_asked_about_once(app: App) -> None:
    rows: tuple[dict[str, str], ...] = (
        {},
        {"End_Customer": "Orchard & Vines"},
        {"End_Customer": "ORCHARD & VINES, INC."},
    )
    seen = look(app, *rows)
    assert verdicts(seen) == ["new", "review", "review"]
    assert len(seen.reviews) == 1
    app.do(merge, seen, {KEY: "name:orchard and vine"})
    assert cells(app, "SELECT count(*) FROM account") == [(1,)]
    assert cells(app, "SELECT count(*) FROM contract") == [(3,)]


def test_a_number_or_a_city_keeps_two_names_apart(app: App) -> None:
    rows = (
        {"End_Customer": "Harbor Clinic 12"}, {"End_Customer": "Harbor Clinic 13"},
        {"End_Customer": "Lakeside School", "City": "Austin"}, {"End_Customer": "Lakesyde School", "City": "Boston"},
    )  # fmt: skip
    assert verdicts(look(app, *rows)) == ["new"] * 4


def test_a_contract_that_moved_to_a_stranger_waits_for_an_answer(app: App) -> None:
    bring_in(app, {})
    seen = look(app, {"End_Customer": "Zeta Foods"})
    assert verdicts(seen) == ["review"]
    key = seen.reviews[0].key
    assert verdicts(look(app, {"End_Customer": "Zeta Foods"}, decisions={key: "account:1"})) == ["same"]
    moved = look(app, {"End_Customer": "Zeta Foods"}, decisions={key: "new"})
    first = moved.rows()[0].changes[0]
    assert (first.what, first.old, first.new) == ("End customer", "Orchard & Vine Ltd", "Zeta Foods")
    app.do(merge, moved)
    assert cells(app, "SELECT a.name FROM renewal r JOIN account a ON a.id = r.account_id") == [("Zeta Foods",)]
