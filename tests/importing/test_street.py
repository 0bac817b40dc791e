"""A list's streets reach the accounts whole, over several lines where they take them."""

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.imports import merge, preview
from callstation.accounts.importing.source import open_pasted
from callstation.app import App
from tests.importing.books import cells, verdicts
from tests.importing.list_files import delimited

HEADER = ["Contract No", "End Customer", "End Date", "E-mail address", "Phone"]
ROW = ["C-100", "Orchard & Vine", "2026-12-31", "maria@orchard.example", "+1 617 555 0142"]


def listed(address: dict[str, str]) -> str:
    """A list of one row, with columns for its address behind the usual ones."""
    return delimited([[*HEADER, *address], [*ROW, *address.values()]])


def bring_in(app: App, address: dict[str, str]) -> list[tuple[object, ...]]:
    """Import it; street and city of the accounts."""
    app.do(merge, app.ask(preview, open_pasted(listed(address))))
    return cells(app, "SELECT street, city FROM account")


def test_two_address_columns_are_one_street_of_two_lines(app: App) -> None:
    address = {"Address Line 1": "214 Cooperage Street", "Address Line 2": "Suite 300", "City": "Boston"}
    assert bring_in(app, address) == [("214 Cooperage Street\nSuite 300", "Boston")]


def test_line_breaks_in_a_cell_stay_and_an_empty_second_column_adds_none(app: App) -> None:
    address = {"Billing Street": "Unit 7\r\n 22  Weavers Row", "Street 2": "", "Billing City": "Leeds"}
    assert bring_in(app, address) == [("Unit 7\n22 Weavers Row", "Leeds")]


def test_an_address_column_is_not_taken_for_that_of_mails(app: App) -> None:
    found = app.ask(preview, open_pasted(listed({"Address": "48 Larkspur Way"}))).mapping
    assert {item: found[item].header for item in (Field.STREET, Field.EMAIL)} == {
        Field.STREET: "Address", Field.EMAIL: "E-mail address"
    }  # fmt: skip


def test_a_newer_list_moves_the_account_and_an_empty_cell_does_not(app: App) -> None:
    bring_in(app, {"Straße": "Gerberstraße 18", "Ort": "Ulm"})
    assert verdicts(app.ask(preview, open_pasted(listed({"Straße": "", "Ort": "Ulm"})))) == ["same"]
    (row,) = app.ask(preview, open_pasted(listed({"Straße": "Am Lindenhof 2", "Ort": "Ulm"}))).rows()
    assert [(one.what, one.old, one.new) for one in row.changes] == [("Street", "Gerberstraße 18", "Am Lindenhof 2")]
    assert bring_in(app, {"Straße": "Am Lindenhof 2", "Ort": "Ulm"}) == [("Am Lindenhof 2", "Ulm")]
    app.undo()
    assert cells(app, "SELECT street FROM account") == [("Gerberstraße 18",)]
