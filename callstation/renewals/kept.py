"""What triggers keep beside contracts and renewals, for figures over very many: made anew, and looked after.

``renewal.target_a_year`` is what is up for renewal a year, ``amount_a_year`` what its amount comes to; both NULL where
the term is an odd one. ``contract.last_due_on`` is the latest end of its renewals. Migration 0005 has the triggers.
"""

from callstation.renewals.due_sql import TARGET
from callstation.renewals.won_for import per_year_sql
from callstation.work import Work


def refresh_kept(work: Work) -> None:
    """Make it anew: after a load without triggers, or where it is out of step."""
    work.derive("UPDATE contract SET last_due_on = NULL WHERE id NOT IN (SELECT contract_id FROM renewal)")
    work.derive("UPDATE renewal SET contract_id = contract_id")  # which lets the triggers run


def out_of_step(work: Work) -> int:
    """How many contracts and renewals say themselves what is not kept of them."""
    target, amount = (per_year_sql(work, one, "k.starts_on", "k.ends_on") for one in (TARGET, "r.amount"))
    found = work.row(
        "SELECT (SELECT count(*) FROM renewal r JOIN contract k ON k.id = r.contract_id "
        f"WHERE coalesce(r.target_a_year, {target}) IS NOT {target} "
        f"OR coalesce(r.amount_a_year, {amount}) IS NOT {amount}) + (SELECT count(*) FROM contract k "
        "WHERE k.last_due_on IS NOT (SELECT max(r.due_on) FROM renewal r WHERE r.contract_id = k.id))"
    )
    assert found is not None
    return int(found[0])
