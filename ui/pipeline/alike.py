"""Ways to narrow the list to what is like the opportunity in hand, each behind a digit."""

from dataclasses import replace

from callstation.renewals.pipeline_filter import Filter, Standing
from callstation.renewals.pipeline_rows import PipelineRow
from ui.pipeline.ask_strip import Choice
from ui.pipeline.looks import CATEGORIES, STAGES
from ui.pipeline.typed_filter import LONG_MONTHS


def alike(row: PipelineRow, wanted: Filter) -> tuple[Choice, ...]:
    """What each digit narrows ``wanted`` to; what the opportunity has nothing for is left out."""
    standing = wanted.standing if row.is_open or wanted.standing is not Standing.OPEN else Standing.ALL
    month = f"{LONG_MONTHS[row.close_on.month - 1].capitalize()} {row.close_on.year}"
    found = [
        Choice(STAGES[row.stage][0], replace(wanted, stages=(row.stage,), standing=standing)),
        Choice(CATEGORIES[row.category], replace(wanted, categories=(row.category,))),
        Choice(month, wanted.in_month(row.close_on)),
        Choice("Growth" if row.key.is_growth else "Renewals", replace(wanted, is_growth=row.key.is_growth)),
        Choice(row.currency, replace(wanted, currencies=(row.currency,))),
        Choice(row.account[:40], replace(wanted, account_id=row.account_id)),
    ]
    if row.partner_id is not None:
        found.append(Choice(f"Through {row.partner[:40]}", replace(wanted, partner_ids=(row.partner_id,))))
    if row.segment:
        found.append(Choice(row.segment[:40], replace(wanted, segments=(row.segment,))))
    found += [Choice(one[:40], replace(wanted, families=(one,))) for one in row.families[:2]]
    if row.gaps:
        found.append(Choice("Incomplete", replace(wanted, is_incomplete=True)))
    if row.slips:
        found.append(Choice("Slipped", replace(wanted, is_slipped=True)))
    return tuple(found)
