"""A list is looked at, merged, changed by a second list, and taken back."""

import pytest

from callstation.accounts.importing.imports import batches, merge, preview, undo_import
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App
from callstation.calling import calls
from callstation.errors import CancelledError, UserError
from db.vocabulary import Disposition, Verdict
from tests.importing.books import bring_in, cells, content, listed, look, verdicts


def test_a_list_becomes_accounts_people_numbers_contracts_and_renewals(app: App) -> None:
    result = bring_in(app, {"Reseller": "Northwind Resellers", "Notes": "Prefers mornings"})
    assert result.made == {
        "account": 2, "contact": 1, "phone": 1, "contact_phone": 1, "product": 1, "contract": 1, "contract_line": 1,
        "renewal": 1, "activity": 1,
    }  # fmt: skip
    assert cells(
        app,
        """SELECT a.name, p.name, k.ends_on, k.value, r.due_on, r.amount, r.quantity, r.stage, t.account_id = a.id
           FROM contract k JOIN account a ON a.id = k.account_id JOIN account p ON p.id = k.partner_id
           JOIN renewal r ON r.contract_id = k.id JOIN call_target t ON t.id = r.target_id""",
    ) == [
        (
            "Orchard & Vine Ltd",
            "Northwind Resellers",
            "2026-12-31",
            12_005_000,
            "2026-12-31",
            12_005_000,
            25,
            "not_started",
            1,
        )
    ]
    assert cells(app, "SELECT e164, zones, status FROM phone") == [("+16175550142", "America/New_York", "untried")]
    assert cells(app, "SELECT kind, note FROM activity") == [("import", "Prefers mornings")]


def test_looking_changes_nothing(app: App) -> None:
    before = content(app)
    look(app, {}, {"End_Customer": "Beta"})
    assert content(app) == before


def test_every_row_has_one_verdict_and_the_counts_add_up(app: App) -> None:
    bring_in(app, {})
    seen = look(app, {}, {"Qty": "30"}, {"Contract_No": ""}, {"End_Date": "soon"}, {"End_Customer": "Orchard and Wine"})
    assert verdicts(seen) == ["same", "new", "problem", "problem", "review"]
    assert seen.counts.is_complete
    assert sum(seen.counts.verdicts.values()) == 5


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"Contract_No": "n/a"}, "no contract number"),
        ({"End_Customer": ""}, "no end customer"),
        ({"End_Date": ""}, "no end date"),
        ({"End_Date": "perpetual"}, "“perpetual” is no date"),
        ({"End_Date": "2099-12-31"}, "more than 15 years ahead"),
    ],
)
def test_a_problem_says_what_it_is(app: App, row: dict[str, str], words: str) -> None:
    (found,) = look(app, row).rows()
    assert found.verdict is Verdict.PROBLEM
    assert words in found.why


def test_a_row_with_a_separator_too_many_is_a_problem(app: App) -> None:
    text = listed({}, {}).replace("\r\nC-100,", "\r\nC-100,Extra,", 1)
    rows = app.ask(preview, open_pasted(text)).rows()
    assert [row.verdict for row in rows] == [Verdict.PROBLEM, Verdict.NEW]
    assert "more than the header" in rows[0].why


def test_what_cannot_be_read_is_left_out_with_a_warning(app: App) -> None:
    (row,) = look(app, {"Phone": "4.41E+11", "Value": "on request", "Qty": "some", "Start_Date": "2027-06-01"}).rows()
    assert row.verdict is Verdict.NEW
    words = " ".join(row.warnings)
    for part in ("rounded", "on request", "some", "after its end"):
        assert part in words


def test_the_same_list_again_changes_nothing(app: App) -> None:
    bring_in(app, {}, {"End_Customer": "Beta", "Phone": "+44 20 7946 0123"})
    before = content(app)
    assert verdicts(look(app, {}, {"End_Customer": "Beta", "Phone": "+44 20 7946 0123"})) == ["same", "same"]
    bring_in(app, {}, {"End_Customer": "Beta", "Phone": "+44 20 7946 0123"})
    assert content(app) == before


def test_a_newer_list_changes_just_what_changed_and_shows_it(app: App) -> None:
    bring_in(app, {}, {"End_Customer": "Beta", "E_mail": "b@beta.example", "Contact": "Bo", "Phone": "+1 617 555 0199"})
    newer = {
        "End_Date": "2027-06-30",
        "Value": "1500",
        "Qty": "30",
        "E_mail": "m.reyes@orchard.example",
        "City": "Salem",
    }
    seen = look(
        app, newer, {"End_Customer": "Beta", "E_mail": "b@beta.example", "Contact": "Bo", "Phone": "+1 617 555 0199"}
    )
    assert verdicts(seen) == ["update", "same"]
    assert {(one.what, one.old, one.new) for one in seen.rows()[0].changes} == {
        ("End", "2026-12-31", "2027-06-30"), ("Value", "1,200.50", "1,500.00"), ("Quantity", "25", "30"),
        ("E-mail", "maria@orchard.example", "m.reyes@orchard.example"), ("City", "Boston", "Salem"),
    }  # fmt: skip
    untouched = cells(app, "SELECT * FROM contract WHERE number = 'C-101'")
    result = app.do(merge, seen)
    assert result.changed == {"account": 1, "contact": 1, "contract": 1, "contract_line": 1, "renewal": 1}
    assert cells(app, "SELECT due_on, amount, quantity FROM renewal ORDER BY id")[0] == ("2027-06-30", 15_000_000, 30)
    assert cells(app, "SELECT * FROM contract WHERE number = 'C-101'") == untouched


def test_an_empty_cell_erases_nothing(app: App) -> None:
    bring_in(app, {})
    blank = dict.fromkeys(["Qty", "Start_Date", "Value", "Contact", "E_mail", "Phone", "City", "State", "Product"], "")
    assert verdicts(look(app, blank)) == ["same"]


def test_what_the_rep_did_with_a_renewal_is_never_overwritten(app: App) -> None:
    bring_in(app, {})
    (target_id,) = cells(app, "SELECT id FROM call_target")[0]
    app.do(calls.log_outcome, target_id, Disposition.VERBAL_YES, note="They will order")
    worked = cells(app, "SELECT stage, category, last_contact_at FROM renewal")
    assert worked[0][0] == "verbal_yes"
    bring_in(app, {"Value": "9000", "End_Date": "2027-01-31"})
    assert cells(app, "SELECT stage, category, last_contact_at FROM renewal") == worked
    assert cells(app, "SELECT note FROM activity") == [("They will order",)]


def test_a_number_is_one_thing_however_many_people_share_it(app: App) -> None:
    bring_in(app, {}, {"Contact": "Sam Low", "E_mail": "sam@orchard.example"}, {"End_Customer": "Beta"})
    assert cells(app, "SELECT count(*) FROM phone") == [(1,)]
    assert cells(app, "SELECT count(*) FROM contact_phone") == [(3,)]


def test_a_new_number_is_added_behind_the_known_one(app: App) -> None:
    bring_in(app, {})
    seen = look(app, {"Phone": "+1 617 555 0177 ext. 12"})
    assert [(one.what, one.new) for one in seen.rows()[0].changes] == [("Phone", "+16175550177")]
    app.do(merge, seen)
    assert cells(app, "SELECT extension, position FROM contact_phone ORDER BY id") == [(None, 0), ("12", 1)]


def test_numbers_are_read_with_the_country_of_their_row(app: App) -> None:
    bring_in(app, {"Phone": "020 7946 0123", "Country": "UK"}, {"Phone": "(617) 555-0142", "Country": ""})
    assert [row[0] for row in cells(app, "SELECT e164 FROM phone ORDER BY id")] == ["+442079460123", "+16175550142"]


def test_rows_of_one_contract_are_its_lines(app: App) -> None:
    bring_in(
        app, {"Contract_No": "K-1"}, {"Contract_No": "k-1", "Product": "Mail Guard", "Qty": "10", "Value": "99.50"}
    )
    assert cells(app, "SELECT number, value FROM contract") == [("K-1", 13_000_000)]
    assert cells(app, "SELECT position, quantity FROM contract_line ORDER BY id") == [(0, 25), (1, 10)]
    assert cells(app, "SELECT count(*), max(quantity) FROM renewal") == [(1, 35)]


def test_a_contract_that_comes_through_two_resellers_is_counted_once(app: App) -> None:
    seen = look(app, {"Contract_No": "K-1", "Reseller": "One"}, {"Contract_No": "K-1", "Reseller": "Two"})
    assert verdicts(seen) == ["new", "same"]
    assert "same as row 2" in seen.rows()[1].why
    app.do(merge, seen)
    assert cells(app, "SELECT value FROM contract") == [(12_005_000,)]


def test_a_contract_given_to_two_customers_is_a_problem(app: App) -> None:
    seen = look(app, {"Contract_No": "K-1"}, {"Contract_No": "K-1", "End_Customer": "Zeta Foods"})
    assert verdicts(seen) == ["new", "problem"]
    assert "Orchard & Vine" in seen.rows()[1].why


def test_of_two_ends_of_one_contract_the_later_is_taken_and_the_other_row_says_so(app: App) -> None:
    older, newer = {"Contract_No": "K-1"}, {"Contract_No": "K-1", "End_Date": "2027-12-31", "Value": "1300"}
    for rows, number in (((older, newer), 3), ((newer, older), 2)):
        seen = look(app, *rows)
        assert sorted(verdicts(seen)) == ["new", "problem"]
        (problem,) = seen.rows(Verdict.PROBLEM)
        assert problem.why == f"Row {number} has the same contract number and a later end; that one is taken."
        assert seen.counts.is_complete
    app.do(merge, seen)
    assert cells(app, "SELECT ends_on, value FROM contract") == [("2027-12-31", 13_000_000)]
    assert cells(app, "SELECT count(*) FROM contract_line") == [(1,)]
    assert verdicts(look(app, older, newer)) == ["problem", "same"]


def test_a_line_that_ends_before_its_contract_is_taken_with_a_warning(app: App) -> None:
    other = {"Contract_No": "K-1", "Product": "Mail Guard", "End_Date": "2027-12-31"}
    seen = look(app, {"Contract_No": "K-1"}, other)
    assert verdicts(seen) == ["new", "new"]
    assert "Row 3 has the same contract number and a later end, 2027-12-31" in seen.rows()[0].warnings[0]
    assert [row.row_number for row in seen.warned_rows()] == [2]
    app.do(merge, seen)
    assert cells(app, "SELECT count(*) FROM contract_line") == [(2,)]


def test_what_ended_years_ago_is_kept_but_not_called_for(app: App) -> None:
    seen = look(
        app, {"End_Date": "2021-05-31", "Start_Date": ""}, {"End_Date": "2026-08-01"}, {"End_Date": "2026-11-01"}
    )
    assert "kept as history" in seen.rows()[0].warnings[0]
    app.do(merge, seen)
    assert cells(app, "SELECT due_on, stage FROM renewal ORDER BY due_on") == [
        ("2026-08-01", "lapsed"), ("2026-11-01", "not_started")
    ]  # fmt: skip


def test_a_short_crm_id_finds_the_account_it_belongs_to(app: App) -> None:
    def named(name: str, crm_id: str, number: str) -> str:
        return f"Contract No,Account Name,Account ID,End Date\r\n{number},{name},{crm_id},2026-12-31\r\n"

    app.do(merge, app.ask(preview, open_pasted(named("Orchard", "001A000000KxRf4", "C-1"))))
    app.do(merge, app.ask(preview, open_pasted(named("Renamed & Co", "001A000000KxRf4IAF", "C-2"))))
    app.do(merge, app.ask(preview, open_pasted(named("Someone Else", "001A000000Kxrf4", "C-3"))))
    assert cells(app, "SELECT name, crm_id FROM account ORDER BY id") == [
        ("Orchard", "001A000000KxRf4IAF"), ("Someone Else", "001A000000Kxrf4IAB")
    ]  # fmt: skip


def test_a_stopped_import_leaves_nothing(app: App) -> None:
    before, seen = content(app), look(app, *[{"End_Customer": f"Customer {n}"} for n in range(20)])
    with pytest.raises(CancelledError):
        app.do(merge, seen, is_cancelled=lambda: True)
    assert content(app) == before
    assert app.ask(batches) == []
    app.do(merge, seen)
    assert cells(app, "SELECT count(*) FROM contract") == [(20,)]


def test_progress_goes_up_to_the_end(app: App) -> None:
    steps: list[tuple[int, int]] = []
    app.do(merge, look(app, {}, {}), progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_a_book_that_changed_since_the_preview_is_looked_at_again(app: App) -> None:
    seen = look(app, {})
    bring_in(app, {})
    result = app.do(merge, seen)
    assert result.counts.verdicts[Verdict.SAME] == 1
    assert cells(app, "SELECT count(*) FROM account") == [(1,)]


def test_batches_tell_what_was_imported_when(app: App) -> None:
    bring_in(app, {}, {"End_Date": ""})
    (batch,) = app.ask(batches)
    assert (batch.file_name, batch.undone_at) == ("Pasted text", None)
    assert batch.counts[Verdict.NEW] == batch.counts[Verdict.PROBLEM] == 1
    app.do(undo_import, batch.batch_id)
    assert app.ask(batches)[0].undone_at is not None
    with pytest.raises(UserError, match="undone already"):
        app.do(undo_import, batch.batch_id)


def test_a_profile_remembers_the_columns_and_the_answers(app: App) -> None:
    from callstation.accounts.importing.days import DateOrder
    from callstation.accounts.importing.fields import Field

    text = "Ref,Wer,Bis\r\nA1,Acme,03/04/2027\r\nA2,Beta,05/06/2027\r\n"
    told = Overrides(
        profile="House list",
        columns={Field.CONTRACT_NO: "Ref", Field.CUSTOMER: "Wer", Field.END: "Bis"},
        date_order=DateOrder.DAY_FIRST,
    )
    app.do(merge, app.ask(preview, open_pasted(text), told))
    again = app.ask(preview, open_pasted(text))
    assert again.profile.name == "House list"
    assert [row.verdict for row in again.rows()] == [Verdict.SAME, Verdict.SAME]
    assert cells(app, "SELECT ends_on FROM contract ORDER BY id") == [("2027-04-03",), ("2027-06-05",)]


def test_the_order_of_dates_is_asked_when_the_list_does_not_show_it(app: App) -> None:
    (question,) = look(app, {"End_Date": "03/04/2027"}).questions
    assert (question.kind.value, question.answer) == ("date_order", "month_first")
    assert look(app, {"End_Date": "03/04/2027"}, {"End_Date": "03/24/2027"}).questions == ()


def test_dates_that_read_both_ways_in_a_mixed_column_wait_for_the_answer(app: App) -> None:
    rows = ({"End_Date": "31/12/2026"}, {"End_Date": "12/31/2026"}, {"End_Date": "03/04/2027"})
    seen = look(app, *rows)
    assert verdicts(seen) == ["new", "new", "review"]
    assert seen.questions[0].kind.value == "date_order"


def test_a_missing_column_is_asked_for(app: App) -> None:
    seen = app.ask(preview, open_pasted("Contract No,End Customer\r\nC-1,Acme\r\n"))
    assert [question.field for question in seen.questions if question.field] == ["end_on", "phone"]


def test_a_told_column_that_does_not_exist_is_named(app: App) -> None:
    from callstation.accounts.importing.fields import Field

    with pytest.raises(UserError, match="no column “vendor”"):
        look(app, {}, overrides=Overrides(columns={Field.CUSTOMER: "vendor"}))
