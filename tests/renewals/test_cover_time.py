"""What is due by day adds up to the ledger, and each day to the rows that end on it."""

from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.renewals.cover_time import due_days
from callstation.renewals.coverage import Cover, ledger, ledger_rows
from tests.renewals.test_coverage import FIRST, LAST, Case, cases, write

MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@MANY
@given(st.lists(cases(), max_size=12).map(tuple))
@example(())
@example((Case(has_renewal=False),))
def test_each_day_has_as_many_as_end_on_it(app: App, some: tuple[Case, ...]) -> None:
    app.record(write, some)
    found = app.ask(due_days, FIRST, LAST)
    whole = app.ask(ledger, FIRST, LAST)
    for cover in Cover:
        rows = app.ask(ledger_rows, FIRST, LAST, cover)
        wanted = Counter(row.due_on for row in rows)
        assert {day: number for (day, of), number in found.days.items() if of is cover and number} == dict(wanted)
        undated = found.undated if cover is Cover.NOTHING else 0
        assert sum(wanted.values()) + undated == whole.parts[cover].count
