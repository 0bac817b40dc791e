"""The one account that a typed name means."""

from callstation.accounts.names import name_key
from callstation.errors import UserError
from callstation.work import Work

_SHOWN = 3


def account_named(work: Work, typed: str) -> int:
    """The account of this name, or the only one that begins so; ``UserError`` naming those that it could be."""
    words = typed.strip()
    if not words:
        raise UserError("Which account is it?", "", "Type its name.")
    key = name_key(words)
    rows = work.rows(
        """SELECT id, name, name_key = ? FROM account WHERE name_key >= ? AND name_key < ?
           ORDER BY name_key, id LIMIT 50""",
        (key, key, f"{key}\U0010ffff"),
    )
    for found in ([row for row in rows if row[1] == words], [row for row in rows if row[2]], rows):
        if len(found) == 1:
            account_id: int = found[0][0]
            return account_id
    if not rows:
        raise UserError("There is no such account.", f"“{words}”.", "Type its name as the list of accounts has it.")
    names = ", ".join(f"“{row[1]}”" for row in rows[:_SHOWN])
    more = " and others" if len(rows) > _SHOWN else ""
    raise UserError("Several accounts are called so.", f"{names}{more}.", "Type more of the name.")
