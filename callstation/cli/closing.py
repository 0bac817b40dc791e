"""Closing on the command line: what is promised or won and not complete, ticking steps off, and the lapse lane."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, printable, say, show, told

if TYPE_CHECKING:
    from callstation.work import Work
    from db.vocabulary import ClosingStep

CLOSING_TITLES = {
    "renewal_id": "Renewal", "account": "Account", "contract": "Contract", "stage": "Stage", "value": "Value",
    "days": "Days since yes", "order_number": "Order", "quote": "Quote", "missing": "Missing",
}  # fmt: skip
LAPSED_TITLES = {
    "renewal_id": "Renewal", "account": "Account", "contract": "Contract", "value": "Value", "days_late": "Days late",
    "cost_per_day": "Cost a day", "cost_so_far": "Cost so far", "next_call_on": "Next call", "missing": "Missing",
}  # fmt: skip


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("closing")(told(closing))
    cli.command("lapsed")(told(lapsed))


def closing(
    what: Annotated[str, typer.Argument(help="mark or clear, with a renewal and a step; the list without it.")] = "",
    renewal: Annotated[str, typer.Argument(help="The renewal's number as the list prints it, or its contract's.")] = "",
    step: Annotated[str, typer.Argument(help="quote-accepted, order-number, order-placed ... or its beginning.")] = "",
    words: Annotated[str, typer.Argument(help="The order number, or how and to whom.")] = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print what is to close, or tick a step off.

    Example: callstation closing mark C-1003 order-number PO-4711
    """
    if what and what not in ("mark", "clear"):
        raise UsageError(f"There is no “{printable(what)}” here.", "", "Say mark or clear, a renewal and a step.")
    with opened(data) as app:
        from callstation.renewals import closing as verbs

        if not what:
            rows: list[dict[str, Any]] = [
                {
                    "renewal_id": row.renewal_id, "account": row.account, "contract": row.contract_number,
                    "stage": row.stage.value.replace("_", " "), "is_won": row.is_won, "value": row.amount,
                    "currency": row.currency, "due_on": row.due_on, "days": row.days,
                    "order_number": row.order_number, "quote": row.quote, "missing": row.missing_words,
                }
                for row in app.ask(verbs.to_close)
            ]  # fmt: skip
            show(rows, CLOSING_TITLES, as_json=as_json, settings=app.settings, empty="Nothing is to close.")
            return
        renewal_id, chosen = app.ask(_renewal, renewal), _step(step)
        if what == "clear":
            app.do(verbs.clear_step, renewal_id, chosen)
            offer = ""
        else:
            offer = app.do(verbs.mark_step, renewal_id, chosen, words=words).offer
        stands = app.ask(verbs.checklist_of, renewal_id)
        say(
            f"{stands.contract_number}, {stands.account.rstrip('.')}. {stands.words}. {offer}".strip(), as_json=as_json,
            renewal_id=renewal_id, contract=stands.contract_number, account=stands.account,
            stage=stands.stage.value, missing=[one.value for one in stands.missing], is_complete=stands.is_complete,
        )  # fmt: skip


def lapsed(data: Data = None, as_json: AsJson = False) -> None:
    """Print what has lapsed, with its cost a day.

    Example: callstation lapsed --json
    """
    with opened(data) as app:
        from callstation.renewals.closing import lapse_lane

        rows: list[dict[str, Any]] = [
            {
                "renewal_id": row.renewal_id, "account": row.account, "contract": row.contract_number,
                "stage": row.stage.value, "due_on": row.due_on, "days_late": row.days_late, "value": row.amount,
                "currency": row.currency, "cost_per_day": row.cost_per_day, "cost_so_far": row.cost_so_far,
                "next_call_on": row.next_call_on, "missing": row.missing_words,
            }
            for row in app.ask(lapse_lane)
        ]  # fmt: skip
        show(rows, LAPSED_TITLES, as_json=as_json, settings=app.settings, empty="Nothing has lapsed.")


def _renewal(work: "Work", text: str) -> int:
    """A renewal by its number, or by its contract's: the open one, else the latest."""
    if text.isascii() and text.isdigit() and work.row("SELECT 1 FROM renewal WHERE id = ?", (int(text),)):
        return int(text)
    found = work.row(
        "SELECT r.id FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE k.number = ? "
        "ORDER BY r.closed_at IS NOT NULL, r.due_on DESC, r.id LIMIT 1",
        (text.strip(),),
    )
    if found is None:
        raise UsageError(
            f"There is no renewal “{printable(text)}”.", "", "See `callstation closing` for their numbers."
        )
    return int(found[0])


def _step(text: str) -> "ClosingStep":
    from db.vocabulary import ClosingStep

    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    found = [one for one in ClosingStep if one.value == name] or [
        one for one in ClosingStep if name and one.value.startswith(name)
    ]
    if len(found) > 1:
        several = " or ".join(one.value.replace("_", "-") for one in found)
        raise UsageError(f"“{printable(text)}” could be {several}.", "", "Type more of it.")
    if not found:
        known = ", ".join(one.value.replace("_", "-") for one in ClosingStep)
        raise UsageError(f"There is no step “{printable(text)}”.", "", f"Choose one of: {known}.")
    return found[0]
