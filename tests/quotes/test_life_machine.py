"""Random lives of quotes: whatever is done in whatever order, only allowed moves happen and undo restores each byte."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from shutil import copy, rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.quotes import quotes
from callstation.quotes.cards import difference, read_quote
from callstation.quotes.statuses import MOVES
from callstation.quotes.worksheet import Choices
from callstation.renewals.closing import checklist_of, clear_step, mark_step
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import ContractLine, PriceEntry
from db.vocabulary import ApprovalLevel, ClosingStep, Disposition, LineKind, QuoteOption, QuoteStatus
from tests.conftest import MONDAY_MORNING
from tests.quotes import shop
from tests.quotes.shop import everything

CHOICES = st.builds(
    Choices,
    option=st.sampled_from(QuoteOption),
    quantities=st.dictionaries(st.sampled_from(["c1.1", "c2.2", "c3.3"]), st.integers(0, 200), max_size=1),
    discount=st.sampled_from([Decimal(0), Decimal("0.05"), Decimal("0.1"), Decimal("0.15"), Decimal("0.45")]),
    add_ons=st.dictionaries(st.just(3), st.integers(0, 50), max_size=1),
    reason=st.sampled_from(["", "Budget"]),
)
PICK = st.integers(0, 40)


class Lives(RuleBasedStateMachine):
    """One customer and one partner, a clock that moves on, and every step of a quote in any order."""

    empty_store: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        path = Path(copy(self.empty_store, self.folder / "callstation.db"))
        self.app = App(path, settings=Settings(time_zone="America/New_York"), clock=ManualClock(MONDAY_MORNING))
        self.targets = [self.app.do(shop.halden), self.app.do(_partner)]
        for target_id in self.targets:
            self._offer(target_id, Choices())
            self.app.do(quotes.save_quote, target_id, Choices())

    def teardown(self) -> None:
        if hasattr(self, "app"):
            self.app.close()
            rmtree(self.folder)

    # -- the steps ---------------------------------------------------------------------------------------------------

    @rule(choices=CHOICES, which=st.integers(0, 1))
    def save(self, choices: Choices, which: int) -> None:
        self._do(quotes.save_quote, self.targets[which], choices)

    @rule(choices=CHOICES, pick=PICK)
    def change(self, choices: Choices, pick: int) -> None:
        quote_id = self._pick(pick)
        for (target_id,) in self._rows(f"SELECT target_id FROM quote WHERE id = {quote_id}"):
            self._do(quotes.save_quote, target_id, choices, quote_id=quote_id)

    @rule(choices=CHOICES, pick=PICK)
    def change_and_send(self, choices: Choices, pick: int) -> None:
        quote_id = self._pick(pick)
        for (target_id,) in self._rows(f"SELECT target_id FROM quote WHERE id = {quote_id}"):
            self._offer(target_id, choices, quote_id)

    @rule(which=st.integers(0, 1), change=PICK)
    def save_for_somebody_else(self, which: int, change: int) -> None:
        self._do(quotes.save_quote, self.targets[which], Choices(), quote_id=self._pick(change))

    @rule(pick=PICK)
    def send(self, pick: int) -> None:
        self._do(quotes.send_quote, self._pick(pick))

    @rule(pick=PICK)
    def accept(self, pick: int) -> None:
        self._do(quotes.accept_quote, self._pick(pick))

    @rule(pick=PICK)
    def reject(self, pick: int) -> None:
        self._do(quotes.reject_quote, self._pick(pick), reason="Too dear")

    @rule(pick=PICK)
    def ask(self, pick: int) -> None:
        self._do(quotes.ask_approval, self._pick(pick), "Budget")

    @rule(pick=PICK)
    def approve(self, pick: int) -> None:
        self._do(quotes.approve_quote, self._pick(pick), by="Lena Vogt", reason="Keep them")

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        self.app.clock.advance(days * 86400)  # type: ignore[attr-defined]
        with self._moves():
            self.app.record(quotes.expire_quotes)

    @rule(quantity=st.integers(1, 300), amount=st.integers(1, 500))
    def the_world_changes(self, quantity: int, amount: int) -> None:
        def change(work: Work) -> None:
            work.update(ContractLine, 1, quantity=quantity)
            work.update(PriceEntry, 1, amount=Decimal(amount))

        self.app.do(change)

    @rule(
        which=st.integers(0, 1), renewal_id=st.integers(1, 3), step=st.sampled_from(ClosingStep), what=st.integers(0, 3)
    )
    def call_or_close(self, which: int, renewal_id: int, step: ClosingStep, what: int) -> None:
        if what < 2:
            outcome = (Disposition.VERBAL_YES, Disposition.ORDER_RECEIVED)[what]
            self._do(log_outcome, self.targets[which], outcome)
        elif what == 2:
            self._do(mark_step, renewal_id, step, words="PO-1")
        else:
            self._do(clear_step, renewal_id, step)

    @precondition(lambda self: hasattr(self, "app") and self.app.undo_label)
    @rule()
    def undo_and_redo(self) -> None:
        after = everything(self.app)
        self.app.undo()
        before = everything(self.app)
        self.app.redo()
        assert everything(self.app) == after
        self.app.undo()
        assert everything(self.app) == before

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def each_number_has_its_versions_once_and_only_the_last_is_alive(self) -> None:
        by_number: dict[str, list[tuple[int, str]]] = {}
        for number, version, status in self._rows("SELECT number, version, status FROM quote ORDER BY id"):
            by_number.setdefault(number, []).append((version, status))
        for number, versions in by_number.items():
            assert [version for version, _ in versions] == list(range(1, len(versions) + 1)), number
            assert {status for _, status in versions[:-1]} <= {QuoteStatus.SUPERSEDED}, number

    @invariant()
    def nothing_below_the_floor_ever_went_out(self) -> None:
        for level, approved_at in self._rows("SELECT approval_level, approved_at FROM quote WHERE sent_at IS NOT NULL"):
            assert level == ApprovalLevel.REP or approved_at is not None

    @invariant()
    def every_sum_can_be_repeated_from_the_rows(self) -> None:
        for (quote_id,) in self._rows("SELECT id FROM quote"):
            card = self.app.ask(read_quote, quote_id)
            assert sum(line.amount for line in card.lines) == card.row.total
            assert [line.steps[-1].amount for line in card.lines] == [line.amount for line in card.lines]
            if not any(line.kind is LineKind.UPGRADE for line in card.lines):
                assert card.growth == sum(line.amount for line in card.lines if line.kind is LineKind.ADD_ON)
            self.app.ask(difference, quote_id)

    @invariant()
    def every_reference_holds_and_no_open_follow_up_outlives_its_quote(self) -> None:
        assert self._rows("PRAGMA foreign_key_check") == []
        for renewal_id in (1, 2, 3) if hasattr(self, "app") else ():
            self.app.ask(checklist_of, renewal_id)
        doubled = self._rows(
            "SELECT substr(y.note, 1, 17), count(*) FROM callback b JOIN activity y ON y.id = b.activity_id "
            "WHERE b.status = 'open' AND y.kind = 'quote' GROUP BY 1 HAVING count(*) > 1"
        )
        assert doubled == []

    # -- how ---------------------------------------------------------------------------------------------------------

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.app.ask(Work.rows, sql) if hasattr(self, "app") else []

    def _pick(self, pick: int) -> int:
        ids = [row[0] for row in self._rows("SELECT id FROM quote ORDER BY id")]
        return ids[pick % len(ids)] if ids else 99

    def _offer(self, target_id: int, choices: Choices, change: int | None = None) -> None:
        """Save, have it approved if that is needed, and send."""
        self._do(quotes.save_quote, target_id, choices, quote_id=change)
        newest = self._rows("SELECT max(id) FROM quote")[0][0]
        self._do(quotes.approve_quote, newest, by="Lena Vogt", reason="Keep them")
        self._do(quotes.send_quote, newest)

    def _do(self, verb: Callable[..., Any], *what: Any, **more: Any) -> None:
        """An action that is taken whole or refused without a trace."""
        before = everything(self.app)
        with self._moves():
            try:
                self.app.do(verb, *what, **more)
            except UserError:
                assert everything(self.app) == before
                return
        after = everything(self.app)
        if after != before:
            self.app.undo()
            assert everything(self.app) == before
            self.app.redo()
            assert everything(self.app) == after

    @contextmanager
    def _moves(self) -> Iterator[None]:
        before = dict(self._rows("SELECT id, status FROM quote"))
        yield
        for quote_id, status in self._rows("SELECT id, status FROM quote"):
            was = QuoteStatus(before.get(quote_id, QuoteStatus.DRAFT))
            assert status == was or QuoteStatus(status) in MOVES[was], (was, status)


def _partner(work: Work) -> int:
    from callstation.calling.targets import refresh_targets
    from db.vocabulary import AccountKind
    from tests import factories

    partner = factories.account(work, "Northgate Resale", kind=AccountKind.PARTNER)
    factories.phone(work, factories.contact(work, partner, "Ines Roth"), "+16175550199")
    for number in (1, 2):
        account_id = factories.account(work, f"Customer {number}")
        ends_on = work.today.replace(month=12, day=number)
        shop.owned(work, account_id, number, ends_on=ends_on, number=f"C-{number}", partner_id=partner)
    refresh_targets(work)
    return shop.target_of(work, partner)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_any_life_of_a_quote_keeps_its_promises(empty_store: Path) -> None:
    Lives.empty_store = empty_store
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
