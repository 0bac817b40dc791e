"""Quotes on the command line: the four ways to renew side by side, the sum line by line, and a quote's life."""

from typing import TYPE_CHECKING, Annotated

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, places_of, printable, told

if TYPE_CHECKING:
    from pathlib import Path

    from callstation.app import App
    from callstation.quotes.cards import QuoteRow
    from callstation.quotes.quotes import Saved
    from callstation.quotes.worksheet import Choices
    from callstation.work import Work

Many = list[str]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("quote")(told(quote))


def quote(
    account: Annotated[str, typer.Argument(help="The account: its number, its name or a part of it.")],
    option: Annotated[str, typer.Option(help="as-is, co-term, three-years or upgrade.")] = "",
    seats: Annotated[
        Many | None, typer.Option(metavar="LINE=N", help="Seats of a line, as C-1003=95; 0 leaves it out.")
    ] = None,
    discount: Annotated[str, typer.Option(metavar="PERCENT", help="On every line.")] = "",
    price: Annotated[Many | None, typer.Option(metavar="LINE=PRICE", help="A unit's price, as C-1003=110.50.")] = None,
    add_on: Annotated[Many | None, typer.Option(metavar="NAME=N", help="An add-on of the catalogue.")] = None,
    upgrade: Annotated[Many | None, typer.Option(metavar="LINE=NAME", help="The edition a line moves to.")] = None,
    until: Annotated[str, typer.Option(metavar="DAY", help="The common end of a co-term, as 2027-06-30.")] = "",
    note: Annotated[str, typer.Option(help="Words for the customer.")] = "",
    reason: Annotated[str, typer.Option(help="Why the discount is needed, or was allowed.")] = "",
    number: Annotated[str, typer.Option("--quote", metavar="NUMBER", help="Which quote; else the newest open.")] = "",
    save: Annotated[bool, typer.Option("--save", help="Keep it as a draft.")] = False,
    approve_by: Annotated[str, typer.Option(metavar="NAME", help="Note who allowed the discount.")] = "",
    send: Annotated[bool, typer.Option("--send", help="Mark it as sent; what was chosen is saved first.")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="The customer said yes.")] = False,
    reject: Annotated[str, typer.Option(metavar="REASON", help="The customer said no, and why.")] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="Make its PDF and file it.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Print the sum of each line.")] = False,
    by_target: Annotated[bool, typer.Option("--target", help="ACCOUNT is a number that `queue` prints.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Compare the ways to renew, and make a quote.

    Without --save nothing is kept: what the account owns now is worked out four ways, side by side.

    Example: callstation quote "Halden Robotics" --option three-years --discount 5 --save --send
    """
    if accept and reject:
        raise UsageError("A quote is accepted or rejected, not both.", "", "Give one of them.")
    with opened(data) as app:
        from callstation.cli.quote_tables import compare_options, say_quote
        from callstation.cli.quote_words import choices_of
        from callstation.quotes.reading import read_worksheet

        target_id, account_id = app.ask(_target, account, by_target=by_target)
        known = app.ask(_quote, account_id, number)
        changed = known.quote_id if known is not None and number else None
        sheet = app.ask(read_worksheet, target_id)
        is_chosen = any((option, seats, discount, price, add_on, upgrade, until, note, reason and not approve_by))
        chosen = choices_of(
            sheet, option=option, seats=seats or [], discount=discount, prices=price or [], add_ons=add_on or [],
            upgrades=upgrade or [], until=until, reason=reason, note=note, begin=app.ask(_begin, changed),
            settings=app.settings,
        )  # fmt: skip
        is_saved = save or (send and (is_chosen or known is None))
        quote_id = None if known is None else known.quote_id
        if is_saved:
            quote_id = _save(app, target_id, chosen, changed, as_json=as_json)
        if quote_id is None and (approve_by or accept or reject or pdf):
            raise UsageError("There is no quote for this account.", "", "Make one with --save.")
        if quote_id is not None and (is_saved or approve_by or send or accept or reject or pdf):
            _take_steps(app, quote_id, approve_by, reason, send=send, accept=accept, reject=reject, as_json=as_json)
            file = _pdf(app, account_id, quote_id, places_of(data).documents) if pdf else None
            say_quote(app, quote_id, file, explain=explain, as_json=as_json)
        else:
            compare_options(app.settings, sheet, chosen, explain=explain, as_json=as_json)


def _target(work: "Work", account: str, *, by_target: bool) -> tuple[int, int]:
    """(target, account) of what was typed."""
    from callstation.cli.whom import account_named

    if by_target:
        number = int(account) if account.isascii() and account.isdigit() else 0
        found = work.row("SELECT id, account_id FROM call_target WHERE id = ?", (number,))
        if found is None:
            raise UsageError(f"There is no call target {account}.", "", "See `callstation queue` for their numbers.")
        return found[0], found[1]
    whom = account_named(work, account)
    found = work.row("SELECT id FROM call_target WHERE account_id = ? LIMIT 1", (whom.account_id,))
    if found is None:
        raise UsageError(
            f"{whom.name} has nothing up for renewal.", "", "Its contracts may be called for at a partner."
        )
    return found[0], whom.account_id


def _quote(work: "Work", account_id: int, number: str) -> "QuoteRow | None":
    """The last version of a number, or the newest quote that is still open; ``UsageError`` for a wrong number."""
    from callstation.quotes.cards import quotes_of

    rows = quotes_of(work, account_id)
    if not number:
        return next((row for row in rows if row.status.is_open), None)
    named = [row for row in rows if row.number.casefold() == number.strip().casefold()]
    if not named:
        have = ", ".join(dict.fromkeys(row.number for row in rows[:5])) or "none"
        raise UsageError(f"There is no quote “{number}” for this account.", f"It has: {have}.", "")
    return max(named, key=lambda row: row.version)


def _begin(work: "Work", quote_id: int | None) -> "Choices":
    """What a changed quote had chosen; for a new one, everything as it is owned."""
    from callstation.quotes.cards import read_quote
    from callstation.quotes.choices import from_json
    from callstation.quotes.worksheet import Choices

    return Choices() if quote_id is None else from_json(read_quote(work, quote_id).choices)


def _save(app: "App", target_id: int, chosen: "Choices", quote_id: int | None, *, as_json: bool) -> int:
    from callstation.quotes.quotes import save_quote

    saved = app.do(save_quote, target_id, chosen, quote_id=quote_id)
    _say(saved, as_json=as_json)
    return saved.quote_id


def _take_steps(
    app: "App", quote_id: int, approve_by: str, reason: str, *, send: bool, accept: bool, reject: str, as_json: bool
) -> None:
    """The steps that were asked for, in the order of a quote's life; each is said as soon as it is done."""
    from callstation.quotes import quotes

    if approve_by:
        _say(app.do(quotes.approve_quote, quote_id, by=approve_by, reason=reason), as_json=as_json)
    if send:
        _say(app.do(quotes.send_quote, quote_id), as_json=as_json)
    if accept:
        _say(app.do(quotes.accept_quote, quote_id), as_json=as_json)
    if reject:
        _say(app.do(quotes.reject_quote, quote_id, reason=reject), as_json=as_json)


def _say(saved: "Saved", *, as_json: bool) -> None:
    if not as_json:
        typer.echo(printable(f"{saved.label.rstrip('.')}."))


def _pdf(app: "App", account_id: int, quote_id: int, folder: "Path") -> "Path":
    from callstation.documents.data import Subject
    from callstation.documents.filing import make_document
    from db.vocabulary import DocumentKind, FileFormat

    subject = Subject(account_id, quote_id=quote_id)
    return make_document(app, DocumentKind.QUOTE, subject, FileFormat.PDF, folder=folder).path
