"""What the doctor says of snapshots: days that are still to come, and a forecast that is out of step with the book."""

from callstation.doctor import Finding, Health
from callstation.renewals.live import live_sums
from callstation.renewals.states import snapshots as all_snapshots
from callstation.renewals.states import sums_now
from callstation.renewals.sums import kept_of
from callstation.work import Work


def snapshots(work: Work) -> Finding:
    """Whether the forecast, which goes on from the last snapshot, is that of the book read row by row."""
    kept = all_snapshots(work)
    if not kept:
        return Finding("snapshots", Health.GOOD, "None was taken yet; one is, each day as it is opened.")
    last = kept[-1].taken_on
    if last > work.today:
        return Finding(
            "snapshots", Health.WARNING, f"The last one is of {last}, which is still to come: the clock was wrong.",
            "None is taken until then; what was kept before is whole.",
        )  # fmt: skip
    if kept_of(sums_now(work), work.today) != kept_of(live_sums(work), work.today):
        return Finding(
            "snapshots", Health.WARNING, "The forecast is out of step with the book.",
            "Type: callstation doctor --rebuild",
        )  # fmt: skip
    return Finding("snapshots", Health.GOOD, f"{len(kept):,} kept, the last one of {last}.")
