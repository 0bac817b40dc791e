"""What an imported list said stays known: which rows are not in the book, and which contracts it names."""

from datetime import date

from callstation.accounts.importing.imports import undo_import
from callstation.accounts.importing.listed import ImportedList, LeftRow, current_lists
from callstation.app import App
from callstation.work import Work
from db.vocabulary import Verdict
from tests.importing.books import bring_in, cells

YEAR_END = date(2026, 12, 31)


def current(app: App) -> ImportedList:
    (found,) = app.ask(current_lists)
    return found


def test_every_contract_that_was_taken_is_known_by_number_and_end(app: App) -> None:
    bring_in(app, {}, {"Contract_No": "Ab-7", "End_Date": "2027-02-28"})
    assert current(app).taken == {"C-100": ("C-100", YEAR_END), "AB-7": ("Ab-7", date(2027, 2, 28))}
    assert current(app).left == []


def test_a_row_that_was_not_taken_is_known_with_its_reason(app: App) -> None:
    bring_in(app, {}, {"End_Date": "soon"}, {"End_Customer": "", "Contract_No": "C-9"})
    problems = current(app).left
    assert [(row.number, row.ends_on, row.verdict, row.row_number) for row in problems] == [
        ("C-101", None, Verdict.PROBLEM, 3), ("C-9", YEAR_END, Verdict.PROBLEM, 4),
    ]  # fmt: skip
    assert all(row.why for row in problems)


def test_a_row_that_waits_for_a_decision_is_not_in_the_book(app: App) -> None:
    bring_in(app, {})
    bring_in(app, {}, {"End_Customer": "Orchard and Vines"})
    (row,) = current(app).left
    assert (row.number, row.customer, row.verdict) == ("C-101", "Orchard and Vines", Verdict.REVIEW)


def test_two_rows_of_one_contract_are_one_that_ends_last(app: App) -> None:
    bring_in(app, {"Contract_No": "K", "Product": "A"}, {"Contract_No": "k", "Product": "B", "End_Date": "2027-06-30"})
    assert current(app).taken == {"K": ("k", date(2027, 6, 30))}


def test_a_second_list_of_a_source_takes_the_place_of_the_first_with_rows_it_did_not_read_again(app: App) -> None:
    bring_in(app, {}, {}, {})
    bring_in(app, {}, {}, {"Contract_No": "C-200"})
    assert current(app).batch_id == 2
    assert current(app).taken == {number: (number, YEAR_END) for number in ("C-100", "C-101", "C-200")}


def test_the_same_list_again_says_the_same(app: App) -> None:
    bring_in(app, {}, {"Contract_No": "K", "End_Date": "2027-03-31"})
    first = current(app)
    bring_in(app, {}, {"Contract_No": "K", "End_Date": "2027-03-31"})
    assert (current(app).batch_id, current(app).taken) == (2, first.taken)


def test_a_row_that_is_no_longer_in_the_list_is_no_longer_left_out(app: App) -> None:
    bring_in(app, {}, {}, {"End_Customer": ""})
    assert len(current(app).left) == 1
    bring_in(app, {}, {})
    assert current(app).left == []
    bring_in(app, {})
    assert current(app).taken == {"C-100": ("C-100", YEAR_END)}


def test_a_list_that_was_taken_back_speaks_no_more(app: App) -> None:
    bring_in(app, {})
    bring_in(app, {"Qty": "30"}, {})
    app.do(undo_import, 2)
    assert current(app).batch_id == 1
    app.undo()
    assert current(app).batch_id == 2
    app.do(undo_import, 2)
    app.do(undo_import, 1)
    assert app.ask(current_lists) == []


def test_a_list_of_older_days_is_there_and_says_nothing(app: App) -> None:
    bring_in(app, {})
    app.record(lambda work: work.raw.execute("UPDATE import_batch SET listed = NULL"))
    assert (current(app).packed, current(app).taken, current(app).left) == (None, {}, [])


def test_letters_of_any_script_come_back_as_they_were(app: App) -> None:
    name = "株式会社 <b>Ü & Søn"
    bring_in(app, {"End_Customer": name, "End_Date": "never"})
    assert current(app).left[0] == LeftRow("C-100", None, name, Verdict.PROBLEM, current(app).left[0].why, 2)


def test_what_is_left_out_is_read_without_the_rest(app: App) -> None:
    bring_in(app, {}, {"End_Date": "never"})

    def spoil(work: Work) -> None:
        packed = work.rows("SELECT listed FROM import_batch")[0][0]
        work.raw.execute("UPDATE import_batch SET listed = ?", (packed[:-8],))

    app.record(spoil)
    assert [row.number for row in current(app).left] == ["C-101"]
    assert cells(app, "SELECT count(*) FROM import_batch") == [(1,)]
