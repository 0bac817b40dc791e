"""Accounts and contracts as they are typed on the command line: a number, or a name or part of one."""

from typing import TYPE_CHECKING, NamedTuple

from callstation.cli.frame import UsageError, printable

if TYPE_CHECKING:
    from callstation.work import Work

SHOWN = 5


class Whom(NamedTuple):
    """An account that was named."""

    account_id: int
    name: str
    country: str | None


def account_named(work: "Work", text: str, *, only_partners: bool = False) -> Whom:
    """The account of a number, a whole name, or a part that only one has; ``UsageError`` names those it could be."""
    kind = "AND kind = 'partner'" if only_partners else ""
    what = "partner" if only_partners else "account"
    sql = f"SELECT id, name, country FROM account WHERE {{}} {kind} ORDER BY length(name), id LIMIT {SHOWN + 1}"
    wanted = text.strip()
    if wanted.isascii() and wanted.isdigit() and (found := work.rows(sql.format("id = ?"), (int(wanted),))):
        return Whom(*found[0])
    pattern = "%" + "".join(f"\\{mark}" if mark in "%_\\" else mark for mark in wanted) + "%"
    found = work.rows(sql.format("name LIKE ? ESCAPE '\\'"), (pattern,)) if wanted else []
    exact = [row for row in found if row[1].casefold() == wanted.casefold()]
    if len(exact) == 1 or len(found) == 1:
        return Whom(*(exact or found)[0])
    if not found:
        raise UsageError(f"There is no {what} “{printable(wanted)}”.", "", "Look for it with: callstation search NAME")
    named = "; ".join(f"{row[0]} {printable(row[1])}" for row in found[:SHOWN])
    raise UsageError(
        f"“{printable(wanted)}” could be several {what}s.", f"{named}{' ...' if len(found) > SHOWN else ''}",
        "Give its number, or more of its name.",
    )  # fmt: skip


def renewal_named(work: "Work", whom: Whom, number: str) -> int:
    """The renewal of a contract by its number: the account's own, or that of a customer it covers as a partner."""
    found = work.rows(
        "SELECT r.id, k.number FROM renewal r JOIN contract k ON k.id = r.contract_id "
        "WHERE r.account_id = ? OR k.partner_id = ? ORDER BY r.closed_at IS NOT NULL, r.due_on, r.id",
        (whom.account_id, whom.account_id),
    )
    for renewal_id, one in found:
        if one.casefold() == number.strip().casefold():
            return int(renewal_id)
    have = ", ".join(printable(one) for _, one in found[:SHOWN]) or "none"
    raise UsageError(f"{printable(whom.name)} has no contract “{printable(number)}”.", f"It has: {have}.", "")
