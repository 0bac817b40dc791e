"""What the doctor says of the sync: one that ended in the middle, what was refused, its age, where its key lies."""

from datetime import timedelta

from callstation.doctor import Finding, Health
from callstation.sync.connection import Connection, connection
from callstation.sync.overview import Overview, overview
from callstation.work import Work
from db.vocabulary import OutboxState

OLD = timedelta(days=7)
AGAIN = "Type: callstation sync"


def sync(work: Work) -> Finding:
    """Whether the last sync ended, and when."""
    rows = work.rows(
        "SELECT (SELECT count(*) FROM outbox_entry WHERE state IN (?, ?)), (SELECT count(*) FROM sync_job)",
        (OutboxState.SENDING.value, OutboxState.UNKNOWN.value),
    )
    doubts, jobs = rows[0]
    if doubts or jobs:
        parts = [_many(doubts, "change is in doubt", "changes are in doubt")] if doubts else []
        parts += [_many(jobs, "bulk job is open", "bulk jobs are open")] if jobs else []
        return Finding(
            "sync", Health.WARNING, f"A sync ended in the middle, or is running: {', '.join(parts)}.",
            f"{AGAIN} (it looks up first what may have arrived)",
        )  # fmt: skip
    now, who = overview(work), connection(work)
    if who is None:
        return Finding("sync", Health.GOOD, "Nobody is signed in to Salesforce.")
    return _age(work, now, who)


def outbox(work: Work) -> Finding:
    """What waits, and what needs the rep."""
    now = overview(work)
    waiting = f"{_many(now.waiting, 'change waits', 'changes wait')} for Salesforce, {now.held:,} held back"
    if now.attention:
        needs = _many(now.attention, "refused change or decision needs", "refused changes and decisions need")
        return Finding("outbox", Health.WARNING, f"{needs} you; {waiting}.", "Type: callstation outbox")
    return Finding("outbox", Health.GOOD, f"{waiting}.")


def keychain(work: Work) -> Finding:
    """Where the key to come back lies; nothing is read from there, for that could ask the user to unlock it."""
    from callstation.secrets import find_secrets

    secrets, who = find_secrets(), connection(work)
    if secrets.is_lasting:
        return Finding("keychain", Health.GOOD, "This computer has one.")
    if who is None or who.is_inside:
        return Finding("keychain", Health.GOOD, "This computer has none; a sign-in lasts until you quit.")
    return Finding("keychain", Health.WARNING, secrets.words, "Set up the desktop's keychain to stay signed in.")


def _age(work: Work, now: Overview, who: Connection) -> Finding:
    name = who.display_name or who.username
    if now.last_whole_at is None:
        return Finding("sync", Health.WARNING, f"{name} is signed in, and no sync has gone through yet.", AGAIN)
    local = now.last_whole_at.astimezone(work.settings.zone)
    words = f"The last whole one ended {local:%Y-%m-%d %H:%M}, {_ago(work.now - now.last_whole_at)} ago."
    if work.now - now.last_whole_at > OLD:
        return Finding("sync", Health.WARNING, words, AGAIN)
    return Finding("sync", Health.GOOD, words)


def _ago(span: timedelta) -> str:
    if span.days:
        return _many(span.days, "day", "days")
    hours, minutes = divmod(max(int(span.total_seconds()), 0) // 60, 60)
    return _many(hours, "hour", "hours") if hours else _many(minutes, "minute", "minutes")


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
