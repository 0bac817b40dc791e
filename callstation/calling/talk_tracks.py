"""Talk tracks: what a campaign wants said, one point a line, with the facts of the account merged in."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from db.vocabulary import CampaignKind

FACTS = ("quantity", "product", "end", "amount", "account", "contact")
"""What a point may name in braces."""

_FIELD = re.compile(r"\{(\w+)\}")

DEFAULT_TRACKS: Mapping[CampaignKind, str] = MappingProxyType(
    {
        CampaignKind.EXPIRING: """\
Confirm who signs, and by when
{quantity} seats today: right-size or grow? | How many seats are really in use?
What changed this year: people, sites, devices?
One year or three: offer the longer term with the price locked
Is the budget approved? Who else has to agree?
Ask for the day of the purchase order""",
        CampaignKind.PARTNER_CALL_DOWN: """\
Walk through their list, the next to end first
Which customers have confirmed, and who still needs a quote?
Any seats or products changing?
Who may I call at the end customer, and who calls?
Ask for an order date for each contract
New end customers since last time?""",
        CampaignKind.LAPSED_WIN_BACK: """\
Coverage ended on {end}: is anything still in use? | Coverage has ended: is anything still in use?
What do you use now, and how is it going?
What made you stop: price, product, service, timing?
Start again without a gap, or from today
{quantity} seats before: what would be needed now? | How many seats would be needed now?""",
        CampaignKind.UPGRADE: """\
What do you wish {product} did? | What do you wish it did?
Show the one thing the next edition adds for them
Price of the upgrade for the rest of the term, to the day
Who else should see a demo?
Agree the next step and its day""",
        CampaignKind.TOUCH_POINT: """\
How is it going? Anything open with support?
Has the team grown or moved?
Are all {quantity} seats in use? | Are all seats in use?
Who decides on the next term?
What should we plan together before {end}? | What should we plan together this year?""",
        CampaignKind.DATA_CLEAN_UP: """\
Who looks after {product} today? | Who looks after the subscription today?
Direct number and e-mail of that person
Who signs the renewal?
Is the address still right?
Do you buy direct or through a partner?""",
    }
)
"""What a new campaign starts with; a point may have another wording behind a bar for when its fact is not known."""


def points_of(track: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The points to show: facts merged in; a point whose fact is missing takes its other wording, or is left out.

    What is in braces but no known fact stays as it is typed.
    """
    points = (_merged(line, facts) for line in track.splitlines())
    return tuple(point for point in points if point)


def _merged(line: str, facts: Mapping[str, str]) -> str:
    for wording in line.split("|"):
        named = [name for name in _FIELD.findall(wording) if name in FACTS]
        if all(facts.get(name) for name in named):
            return _FIELD.sub(lambda field: facts.get(field[1]) or field[0], wording).strip()
    return ""
