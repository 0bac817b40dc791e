"""Two sides that go on changing while the way between them fails: what the state machine and the schedules drive."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from callstation.accounts import contacts
from callstation.app import App
from callstation.calling import callbacks
from callstation.calling.amend import amend_note
from callstation.calling.calls import log_outcome
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.renewals.renewals import change_renewal
from callstation.settings import Settings
from callstation.sync import conflicts, mending, outbox
from callstation.sync.practice.errors import OrgError
from callstation.sync.quote_lines import LINE_CODES
from callstation.sync.receipt import Receipt
from db.vocabulary import Disposition, LossReason, RenewalStage, SyncEntity
from tests.conftest import MONDAY_MORNING
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import customers
from tests.sync.desk.quoting import price_book
from tests.sync.desk.world_growth import Growing
from tests.sync.desk.world_quotes import Quoting

FAULTS = (
    "drop_after", "drop_before", "401", "403_concurrent", "500", "503", "truncate", "row_lock", "repeat_page",
    "reorder_page", "refuse",
)  # fmt: skip
OUTCOMES = (
    Disposition.NO_ANSWER, Disposition.LEFT_VOICEMAIL, Disposition.CALLBACK_AGREED, Disposition.VERBAL_YES,
    Disposition.WRONG_NUMBER, Disposition.NOT_RENEWING, Disposition.DO_NOT_CALL, Disposition.QUOTE_REQUESTED,
)  # fmt: skip
STAGES = ("Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review")


class World(Quoting, Growing):
    """A store and an org with a few customers, synced once. Each action picks what it needs with ``random``."""

    def __init__(
        self, folder: Path, empty_store: Path, random: Random, *, has_key: bool = True, has_quotes: bool = True
    ) -> None:
        self.clock = ManualClock(MONDAY_MORNING)
        self.store = Path(shutil.copy(empty_store, folder / "callstation.db"))
        self.settings = Settings(time_zone="America/New_York")
        self.random = random
        self.pair: Pair = make_pair(self._open(), self.clock, has_key=has_key, has_quotes=has_quotes)
        price_book(self.pair)
        customers(self.pair, 4)
        assert self.pair.sync().problem == ""
        self.made = 4
        self.log: list[str] = []

    def _open(self) -> App:
        return App(self.store, settings=self.settings, clock=self.clock)

    def close(self) -> None:
        self.pair.app.close()
        self.pair.web.close()
        self.pair.org.close()

    def _one(self, sql: str) -> Any:
        rows = self.pair.rows(sql)
        return self.random.choice(rows) if rows else None

    def _do(self, verb: Callable[..., object], *args: Any, **values: Any) -> None:
        try:
            self.app.do(verb, *args, **values)
        except UserError:
            self.log.append(f"  refused by {verb.__name__}")

    def _there(self, sobject: str, extra: str = "") -> str | None:
        rows = self.pair.org.query(f"SELECT Id FROM {sobject} {extra}").records
        return str(self.random.choice(rows)["Id"]) if rows else None

    def _change_there(self, sobject: str, record_id: str | None, **values: Any) -> None:
        if record_id is not None:
            self.clock.advance(self.random.choice((0, 1, 5)))
            self.pair.org.update(sobject, record_id, values)

    # -- the rep -------------------------------------------------------------------------------------------------

    def call(self) -> None:
        found = self._one("SELECT id FROM call_target")
        outcome = self.random.choice(OUTCOMES)
        if found:
            self.clock.advance(self.random.choice((1, 30, 90)))
            at = self.clock.now() + timedelta(days=self.random.randint(1, 3), minutes=self.random.randint(0, 59))
            needs_time = outcome in (Disposition.CALLBACK_AGREED, Disposition.QUOTE_REQUESTED)
            reason = LossReason.PRICE if outcome is Disposition.NOT_RENEWING else None
            self._do(
                log_outcome, found[0], outcome, note=f"n{self.random.randint(0, 99)}", duration_s=7,
                at=at if needs_time else None, loss_reason=reason,
            )  # fmt: skip

    def undo(self) -> None:
        self.app.undo()

    def redo(self) -> None:
        self.app.redo()

    def amend(self) -> None:
        found = self._one("SELECT id FROM activity WHERE kind = 'call'")
        if found:
            self._do(amend_note, found[0], f"amended {self.random.randint(0, 99)}")

    def change_person(self) -> None:
        found = self._one("SELECT id FROM contact")
        if found:
            self._do(contacts.change_contact, found[0], role=f"Role {self.random.randint(0, 9)}")

    def add_person(self) -> None:
        found = self._one("SELECT id FROM account")
        if found:
            name = f"New Person{self.random.randint(0, 99)}"
            number = f"+1212555{self.random.randint(0, 9999):04}" if self.random.random() < 0.5 else ""
            self._do(contacts.add_contact, found[0], name=name, number=number)

    def correct_number(self) -> None:
        found = self._one("SELECT contact_id, phone_id FROM contact_phone")
        if found:
            self._do(contacts.correct_number, *found, f"+1415555{self.random.randint(0, 9999):04}")

    def change_renewal(self) -> None:
        found = self._one("SELECT id FROM renewal WHERE closed_at IS NULL")
        if found:
            change = self.random.choice(
                (
                    {"next_step": f"Step {self.random.randint(0, 9)}"},
                    {"amount": Decimal(self.random.randint(1, 99) * 100)},
                    {"close_on": self.clock.now().date() + timedelta(days=self.random.randint(5, 60))},
                    {"stage": self.random.choice((RenewalStage.QUOTED, RenewalStage.AT_RISK, RenewalStage.VERBAL_YES))},
                )
            )
            self._do(change_renewal, found[0], **change)

    def move_callback(self) -> None:
        found = self._one("SELECT id FROM callback WHERE status = 'open'")
        if found:
            verb = self.random.choice(("reschedule", "complete", "cancel"))
            if verb == "reschedule":
                self._do(callbacks.reschedule, found[0], self.clock.now() + timedelta(hours=self.random.randint(1, 99)))
            else:
                self._do(getattr(callbacks, verb), found[0])

    def hold_or_release(self) -> None:
        found = self._one("SELECT entity, record_id, state FROM outbox_entry")
        if found:
            verb = outbox.release if found[2] == "held" else outbox.hold
            self._do(verb, SyncEntity(found[0]), found[1])

    # -- the others ----------------------------------------------------------------------------------------------

    def they_change_person(self) -> None:
        name = self.random.choice(("Title", "Phone", "Email"))
        value = {"Title": f"Title {self.random.randint(0, 9)}", "Email": f"p{self.random.randint(0, 9)}@example.com",
                 "Phone": f"(212) 555-{self.random.randint(0, 9999):04}"}[name]  # fmt: skip
        self._change_there("Contact", self._there("Contact"), **{name: value})

    def they_change_opportunity(self) -> None:
        name = self.random.choice(("NextStep", "Amount", "StageName", "CloseDate"))
        value: Any = {
            "NextStep": f"Their step {self.random.randint(0, 9)}", "Amount": self.random.randint(1, 99) * 100,
            "StageName": self.random.choice(STAGES), "CloseDate": f"2026-12-{self.random.randint(10, 28)}",
        }[name]  # fmt: skip
        self._change_there("Opportunity", self._there("Opportunity", "WHERE IsClosed = false"), **{name: value})

    def they_keep_task(self) -> None:
        task = self._there("Task", "WHERE IsClosed = false")
        self._change_there("Task", task, Status="Completed")

    def they_make_task(self) -> None:
        account = self._there("Account")
        if account:
            self.pair.org.create("Task", {"Subject": "Ring them", "WhatId": account, "ActivityDate": "2026-11-27"})

    def they_delete(self) -> None:
        sobject = self.random.choice(("Contact", "Task", "Opportunity"))
        record_id = self._there(sobject)
        if record_id is not None:
            self.clock.advance(1)
            self.pair.org.delete(sobject, record_id)

    def they_add_customer(self) -> None:
        self.clock.advance(1)
        account = self.pair.org.create("Account", {"Name": f"Late customer {self.made}"})
        self.pair.org.create("Contact", {"AccountId": account, "LastName": f"Late{self.made}"})
        self.pair.org.create(
            "Opportunity",
            {"AccountId": account, "Name": "Late", "StageName": "Prospecting", "CloseDate": "2026-12-20", "Amount": 5},
        )
        self.made += 1

    def they_merge(self) -> None:
        sobject = self.random.choice(("Account", "Contact"))
        first, second = self._there(sobject), self._there(sobject)
        if first and second and first != second:
            self.clock.advance(1)
            try:
                self.pair.org.merge(sobject, first, [second])
            except OrgError as error:
                self.log.append(f"  refused by merge: {error.code}")

    # -- the way -------------------------------------------------------------------------------------------------

    def sync(self, faults: int = 1) -> Receipt:
        for _ in range(faults):
            kind = self.random.choice(FAULTS)
            self.pair.plan(kind, at=self.random.randint(1, 7), times=self.random.choice((1, 1, 6)))
            self.log.append(f"  fault {kind}")
        receipt = self.pair.sync()
        self.pair.web.faults.reset()
        self.log.append(f"  {receipt.sent} sent, {receipt.received} received, {receipt.problem}")
        return receipt

    def restart(self) -> None:
        self.app.close()
        self.pair.app = self._open()

    def wait(self) -> None:
        self.clock.advance(self.random.choice((60, 660, 4000, 90_000)))

    def decide(self) -> None:
        for (conflict_id,) in self.pair.rows("SELECT id FROM sync_conflict"):
            self._do(self.random.choice((conflicts.keep_mine, conflicts.use_theirs)), conflict_id)
        for entity, record_id, code in self.pair.rows(
            "SELECT entity, record_id, code FROM outbox_entry WHERE state = 'refused'"
        ):
            if code == "ACCOUNT_NOT_IN_SALESFORCE":
                self._do(mending.create_account, SyncEntity(entity), record_id)
            elif code in LINE_CODES:
                self._do(mending.keep_local, SyncEntity(entity), record_id)
            elif code == "INVALID_CROSS_REFERENCE_KEY" and entity == "activity":
                self._do(mending.relink, record_id, None)
            else:
                self._do(outbox.release, SyncEntity(entity), record_id)

    ACTIONS = (
        *("call",) * 5, *("undo",) * 2, "redo", "amend", "change_person", "add_person", "correct_number",
        *("change_renewal",) * 2, *("move_callback",) * 2, "hold_or_release", "they_change_person",
        *("they_change_opportunity",) * 2, "they_keep_task", "they_make_task", "they_delete", "they_add_customer",
        "they_merge", *("sync",) * 3, "restart", "wait", "decide", *("quote",) * 3, *("answer_quote",) * 2,
        "run_out", *("they_answer_quote",) * 2, "they_delete_quote", "they_add_product", *("grow",) * 2,
        *("change_growth",) * 2,
    )  # fmt: skip

    def act(self, name: str) -> None:
        self.log.append(name)
        getattr(self, name)()

    # -- the end -------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """A good network, time enough, and every decision taken."""
        for _ in range(8):
            for entity, record_id in self.pair.rows("SELECT entity, record_id FROM outbox_entry WHERE state = 'held'"):
                self._do(outbox.release, SyncEntity(entity), record_id)
            self.decide()
            self.clock.advance(660)
            receipt = self.sync(faults=0)
            assert receipt.problem == "", receipt.problem
            if receipt.sent == 0 and not self.pair.waiting() and not self.pair.rows("SELECT 1 FROM sync_conflict"):
                assert receipt.is_balanced, receipt.counts
                return
        raise AssertionError(f"never at rest: {self.pair.waiting()} {self.pair.rows('SELECT * FROM sync_conflict')}")

    def check(self) -> None:
        """Both sides equal, nothing lost, nothing doubled."""
        marked = [
            task for task in self.pair.there("SELECT Id, CallObject, Subject, Description, Status FROM Task")
            if str(task["CallObject"] or "").startswith("callstation:")
        ]  # fmt: skip
        doubled = [key for key, count in Counter(task["CallObject"] for task in marked).items() if count > 1]
        assert doubled == []
        there = {str(task["CallObject"]).split(":")[2]: task for task in marked}
        deleted = {
            str(task["CallObject"]).split(":")[2]
            for task in self.pair.there("SELECT CallObject FROM Task WHERE IsDeleted = true", is_all=True)
            if task["CallObject"]
        }
        here = {
            row[0]: row[1:]
            for row in self.pair.rows(
                "SELECT uid, crm_id, note FROM activity WHERE kind IN ('call', 'quote', 'pipeline')"
            )
        }
        owed = dict(self.pair.rows("SELECT uid, status FROM callback WHERE status <> 'cancelled'"))
        lost = set(here) - set(there) - deleted
        assert lost == set()
        assert {uid for uid in there if uid not in here and uid not in owed} == set(), "undone here, still there"
        for uid, (crm_id, note) in here.items():
            if uid in there and crm_id is not None:
                assert there[uid]["Id"] == crm_id
                assert (there[uid]["Description"] or "").split("\n")[0] == note.split("\n")[0]
        self._check_renewals()
        self._check_people()
        self.check_quotes()
        self.check_growth()

    def _check_renewals(self) -> None:
        there = {
            row["Id"]: row
            for row in self.pair.there("SELECT Id, Amount, CloseDate, NextStep, IsClosed FROM Opportunity")
        }
        kept = {row["OpportunityId"] for row in self.pair.there("SELECT OpportunityId FROM OpportunityLineItem")}
        for crm_id, amount, close_on, due_on, next_step, closed_at in self.pair.rows(
            "SELECT crm_id, amount, close_on, due_on, next_step, closed_at FROM renewal WHERE crm_id NOT NULL"
        ):
            row = there[crm_id]
            if crm_id not in kept:  # where its products make another amount, the rep may have kept his
                assert (None if amount is None else amount / 10_000) == row["Amount"]
            assert next_step == row["NextStep"]
            assert row["IsClosed"] == (closed_at is not None)
            if closed_at is None:
                assert (close_on or due_on) == row["CloseDate"]
        open_there = {crm_id for crm_id, row in there.items() if not row["IsClosed"]}
        here = self.pair.rows("SELECT crm_id FROM renewal UNION ALL SELECT crm_id FROM growth")
        assert open_there <= {row[0] for row in here}

    def _check_people(self) -> None:
        there = {row["Id"]: row for row in self.pair.there("SELECT Id, Title, Email, Name FROM Contact")}
        here = self.pair.rows("SELECT crm_id, role, email, name FROM contact WHERE crm_id NOT NULL")
        for crm_id, role, email, name in here:
            assert (role, email, name) == (there[crm_id]["Title"], there[crm_id]["Email"], there[crm_id]["Name"])
        assert set(there) == {row[0] for row in here}
        names = Counter(row["Name"] for row in there.values() if row["Name"].startswith("New Person"))
        local = Counter(row[3] for row in here if row[3].startswith("New Person"))
        assert names == local
