"""What the doctor says of what is kept for forecast, retention and coverage: is it in step with the book."""

from callstation.doctor import Finding, Health
from callstation.renewals.kept import out_of_step
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


def retention(work: Work) -> Finding:
    """Whether what is kept for retention and coverage is what contracts and renewals say."""
    wrong = out_of_step(work)
    if wrong:
        return Finding(
            "retention", Health.WARNING, f"Of {wrong:,} contracts what is kept is out of step.",
            "Type: callstation doctor --rebuild",
        )  # fmt: skip
    return Finding("retention", Health.GOOD, "What is kept of contracts is what they say.")
