"""One whole sync: read what changed, send what waits, count both sides, write the receipt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from callstation.accounts.importing.collector import no_cycle_search
from callstation.errors import CancelledError, UserError
from callstation.renewals.snapshots import take_snapshot
from callstation.sync import counts, emptying, receipt
from callstation.sync.asking import read_anew
from callstation.sync.context import Context, fact, fact_moment, keep_fact, make_store_key, read_context
from callstation.sync.crm import Crm, CrmError, LostAnswerError, OfflineError, SignInError
from callstation.sync.pull import pull
from callstation.sync.pulls import ASKED_ABOUT
from callstation.sync.push import push
from callstation.sync.receipt import Receipt
from callstation.sync.reconcile import reconcile_due
from callstation.sync.run import Report, Run, quiet
from callstation.sync.salesforce.shape import describe, to_json
from callstation.sync.standing import OFFLINE
from callstation.work import Work
from db.engine import OperationalError, connect

if TYPE_CHECKING:
    from callstation.app import App

OPPORTUNITY, LINES = "Opportunity", "OpportunityLineItem"
CURRENCY = "DefaultCurrencyIsoCode"
SHAPES_LAST = timedelta(hours=24)
"""How long a description of the company's Salesforce is used before it is asked for anew."""


def sync(
    app: "App",
    crm: Crm,
    user_id: str,
    *,
    report: Report = quiet,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Bring both sides in step; the receipt, also where it ended early (``Receipt.problem`` says why).

    Runs in a job beside the window: it holds no transaction across the network and the store for milliseconds at a
    time. Only one sync runs on a store at once: ``UserError`` where another one does.
    """
    with _only_one(app.store), no_cycle_search():  # which would halt the window for as long as it takes
        started_at, started = app.clock.now(), app.clock.monotonic()
        run = Run(app, crm, app.ask(read_context, user_id), report, is_cancelled)
        problem, trouble, found = "", "", []
        try:
            run.context = _context(run, user_id)
            app.record(take_snapshot)  # as the day began, before the CRM changes it
            pull(run)
            reconcile_due(run)
            push(run)
            if LINES in run.tally.sent:
                pull(run, (OPPORTUNITY, LINES))  # whose amounts its lines have changed
            found = counts.verify(run)
            app.record(emptying.forget)
        except CancelledError:
            problem = "Stopped by you. What was done by then is kept."
        except LostAnswerError:
            trouble = OFFLINE
            problem = (
                "The network failed in the middle. What was sent is looked up at the next sync before it goes again."
            )
        except UserError as error:
            trouble = _trouble(error)
            problem = " ".join(part for part in (error.title, error.detail, error.hint) if part)
        except CrmError as error:
            app.record(keep_fact, "crm.shapes_at", "")  # its schema may have changed: ask for it anew
            problem = f"Salesforce refused a request: {error.refusal.message} ({error.refusal.code})"
        return app.record(
            receipt.keep, run, started_at=started_at, took_s=app.clock.monotonic() - started, problem=problem,
            trouble=trouble, counts=found,
        )  # fmt: skip


def _trouble(error: UserError) -> str:
    if isinstance(error, OfflineError):
        return OFFLINE
    return receipt.SIGN_IN if isinstance(error, SignInError) else ""


def _context(run: Run, user_id: str) -> Context:
    """The context with the company's schema, asked for anew once a day."""
    app = run.app
    app.record(make_store_key)
    described_at = app.ask(fact_moment, "crm.shapes_at")
    is_of_now = app.ask(fact, "crm.shapes_of") == ",".join(ASKED_ABOUT)  # an earlier version asked about fewer
    if described_at is None or not is_of_now or app.clock.now() - described_at > SHAPES_LAST:
        run.check()
        run.report(0, 0, "Asking what your company's Salesforce looks like")
        shapes = describe(run.crm, ASKED_ABOUT)
        app.record(_keep_shapes, to_json(shapes))
        organization = shapes.get("Organization")
        if organization and CURRENCY in organization.fields and app.ask(fact, "crm.currency") is None:
            _ask_currency(run)
    context = app.ask(read_context, user_id)
    app.record(read_anew, context)
    return context


def _ask_currency(run: Run) -> None:
    from callstation.sync.soql import query_part

    (answer,) = run.crm.composite([query_part(f"SELECT {CURRENCY} FROM Organization")], is_repeatable=True)
    told = answer.body["records"] if answer.is_ok else []
    run.app.record(keep_fact, "crm.currency", str((told[0] if told else {}).get(CURRENCY) or ""))


def _keep_shapes(work: Work, shapes: str) -> None:
    keep_fact(work, "crm.shapes", shapes)
    keep_fact(work, "crm.shapes_at", work.now.isoformat())
    keep_fact(work, "crm.shapes_of", ",".join(ASKED_ABOUT))


@contextmanager
def _only_one(store: Path) -> Iterator[None]:
    """Hold the store's sync lock: SQLite's own lock on a file beside it, which no crash leaves behind."""
    raw = connect(store.with_name("sync.lock"))
    try:
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            raw.execute("BEGIN EXCLUSIVE")
        except OperationalError as error:
            raise UserError(
                "A sync is running already.", "Another window or command has this book.", "Wait until it has ended."
            ) from error
        yield
    finally:
        raw.close()
