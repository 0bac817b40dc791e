"""What earlier syncs asked for: a field that has come into sight, or a wider scope, is read for old records too."""

import json

from callstation.sync.context import Context, fact, keep_fact
from callstation.sync.pulls import PULLS, fields_of
from callstation.work import Work

ASKED = "crm.asked"


def read_anew(work: Work, context: Context) -> None:
    """Begin from the start with every object of which more is asked for now than before; no stamp tells of that."""
    now = {sobject: fields_of(pull, context) for sobject, pull in PULLS.items()}
    kept = fact(work, ASKED)
    before = json.loads(kept) if kept else None
    if before is not None:
        is_wider = before["scope"] != context.settings.crm_scope
        for sobject, fields in now.items():
            if is_wider or set(fields) - set(before["fields"].get(sobject, ())):
                work.derive("DELETE FROM crm_cursor WHERE sobject = ?", (sobject,))
    keep_fact(work, ASKED, json.dumps({"scope": context.settings.crm_scope, "fields": now}))
