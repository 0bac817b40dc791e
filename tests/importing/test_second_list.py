"""A second import of a changed file touches what changed in the file, and nothing else."""

from callstation.accounts.importing.imports import merge, preview, undo_import
from callstation.accounts.importing.preview import UNCHANGED, QuestionKind
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App
from callstation.work import Work
from db.nouns import Contact
from tests.importing.books import bring_in, cells, look, verdicts

ROWS = tuple({"End_Customer": f"Customer {number}", "Contact": f"Person {number}"} for number in range(6))
CHANGED = (*ROWS[:3], {**ROWS[3], "Qty": "99"}, *ROWS[4:])


def test_a_correction_by_the_rep_outlives_the_row_that_says_what_it_always_said(app: App) -> None:
    bring_in(app, *ROWS)
    app.do(lambda work: work.update(Contact, 1, email="right@customer.example"))
    assert verdicts(look(app, *CHANGED)) == ["same"] * 3 + ["update"] + ["same"] * 2
    bring_in(app, *CHANGED)
    assert cells(app, "SELECT email FROM contact WHERE id = 1") == [("right@customer.example",)]
    assert cells(app, "SELECT count(*) FROM contract_line WHERE quantity = 99") == [(1,)]


def test_rows_that_did_not_change_are_shown_with_what_they_say(app: App) -> None:
    bring_in(app, *ROWS)
    page = look(app, *CHANGED).rows(offset=2, limit=3)
    assert [row.customer for row in page] == ["Customer 2", "Customer 3", "Customer 4"]
    assert [row.row_number for row in page] == [4, 5, 6]
    assert (page[0].why, page[0].quantity, page[0].phone) == (UNCHANGED, 25, "+16175550142")
    assert page[1].why == "Quantity: 25 → 99"


def test_a_changed_line_has_its_whole_contract_looked_at(app: App) -> None:
    rows = ({"Contract_No": "K"}, {"Contract_No": "K", "Product": "Mail Guard", "Value": "10"}, {"Contract_No": "L"})
    bring_in(app, *rows)
    bring_in(app, rows[0], {**rows[1], "Value": "20"}, rows[2])
    assert cells(app, "SELECT number, value FROM contract ORDER BY id") == [("K", 12_205_000), ("L", 12_005_000)]


def test_columns_understood_otherwise_are_all_looked_at_again(app: App) -> None:
    text = "Contract No,End Customer,End Date\r\nC-1,Acme,03/04/2027\r\n"
    app.do(merge, app.ask(preview, open_pasted(text), Overrides(profile="List")))
    assert cells(app, "SELECT ends_on FROM contract") == [("2027-03-04",)]
    longer = text + "C-2,Beta,31/12/2027\r\n"
    seen = app.ask(preview, open_pasted(longer), Overrides(profile="List"))
    assert verdicts(seen) == ["update", "new"]
    app.do(merge, seen)
    assert cells(app, "SELECT ends_on FROM contract ORDER BY id") == [("2027-04-03",), ("2027-12-31",)]
    again = app.ask(preview, open_pasted(text), Overrides(profile="List"))
    assert verdicts(again) == ["same"]
    assert QuestionKind.DATE_ORDER not in [question.kind for question in again.questions]


def test_a_row_left_for_review_is_looked_at_again(app: App) -> None:
    bring_in(app, {})
    bring_in(app, {}, {"End_Customer": "Orchard and Vines"})
    assert verdicts(look(app, {}, {"End_Customer": "Orchard and Vines"})) == ["same", "review"]


def test_after_an_undo_the_rows_are_new_again(app: App) -> None:
    first = bring_in(app, *ROWS)
    bring_in(app, *ROWS)
    app.do(undo_import, first.batch_id)
    assert verdicts(look(app, *ROWS)) == ["new"] * 6


def test_two_sources_do_not_answer_for_each_other(app: App) -> None:
    bring_in(app, {})
    changed = {"Value": "7"}
    app.do(merge, look(app, changed, overrides=Overrides(profile="Distributor")))
    assert cells(app, "SELECT value FROM contract") == [(70_000,)]

    def ours(work: Work) -> list[str]:
        return [row[0] for row in work.rows("SELECT name FROM import_source ORDER BY name")]

    assert app.ask(ours) == ["Distributor", "Pasted text"]
