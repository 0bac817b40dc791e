"""The real register of 1,131 contracts: three date formats in a row, vendor phones, missing ends, no row lost."""

from collections import Counter
from pathlib import Path

import pytest

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.imports import merge, preview
from callstation.accounts.importing.source import Overrides, open_source
from callstation.app import App
from db.vocabulary import Verdict
from tests.importing.books import cells, content

REGISTER = "data/contract_register_us_fpds_2025-02.csv"
TOLD = Overrides(profile="FPDS", columns={Field.CUSTOMER: "vendor", Field.END: "date_complete"})


@pytest.fixture
def register(shared: Path) -> Path:
    path = shared / REGISTER
    if not path.exists():
        pytest.skip("the register beside the project is missing")
    return path


def test_the_dictionary_finds_the_columns_of_the_register(app: App, register: Path) -> None:
    seen = app.ask(preview, open_source(register), TOLD)
    found = {item.value: choice.header for item, choice in seen.mapping.items()}
    assert {
        "contract_no": "piid", "customer": "vendor", "start_on": "date_effective", "end_on": "date_complete",
        "value": "value", "phone": "entity_phone", "street": "entity_street", "street_2": "entity_street_2",
        "city": "entity_city", "state": "entity_state",
        "postal_code": "entity_zip", "product": "product_service_desc",
    }.items() <= found.items()  # fmt: skip
    assert seen.questions == ()


def test_every_row_of_the_register_is_accounted_for(app: App, register: Path) -> None:
    seen = app.ask(preview, open_source(register), TOLD)
    counts = seen.counts
    assert counts.is_complete
    assert counts.rows_in_file == 1132
    assert sum(counts.verdicts.values()) == 1131
    assert counts.verdicts[Verdict.PROBLEM] == 80
    assert Counter(row.why for row in seen.rows(Verdict.PROBLEM)) == {
        "It has no end date.": 62, "It has no end customer.": 18
    }  # fmt: skip


def test_the_register_is_merged_imported_again_and_taken_back(app: App, register: Path) -> None:
    before = content(app)
    result = app.do(merge, app.ask(preview, open_source(register), TOLD))
    assert cells(app, "SELECT count(*), count(DISTINCT number) FROM contract") == [(result.made["contract"],) * 2]
    assert cells(app, "SELECT count(*) FROM phone WHERE e164 NOT LIKE '+1__________'")[0][0] < 20
    again = app.ask(preview, open_source(register), Overrides(profile="FPDS"))
    taken = result.counts.verdicts[Verdict.NEW]
    assert again.counts.verdicts[Verdict.SAME] == taken + result.counts.verdicts[Verdict.SAME]
    app.undo()
    assert content(app) == before
