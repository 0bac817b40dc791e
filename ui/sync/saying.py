"""The one sentence of the Sync page that says how things stand."""

from callstation.settings import Settings
from callstation.sync.overview import Overview
from ui import words


def state_words(seen: Overview, settings: Settings, *, is_running: bool) -> str:
    """Who is connected, or since when nobody is reached; never an alarm, for nothing is lost."""
    who = seen.connection
    if is_running:
        return "Both sides are being brought in step. You can go on calling."
    if who is None:
        if not seen.waiting:
            return "Not connected. Everything is saved on this computer."
        waits = "1 change waits" if seen.waiting == 1 else f"{words.count(seen.waiting, settings)} changes wait"
        return f"Not connected. {waits} on this computer and will go once you sign in."
    if seen.offline_since is not None:
        since = words.clock(seen.offline_since, settings)
        return f"Offline since {since}. Calls are saved on this computer and go out when the connection is back."
    name = who.display_name or who.username
    if who.is_practice or who.is_inside:
        return f"Connected to the practice org as {name}. Nothing leaves this computer."
    return f"Connected as {name}. What you do is saved here at once and goes out with the next sync."
