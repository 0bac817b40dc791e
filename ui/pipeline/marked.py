"""Which opportunities the keys change: those that are marked, else the one in hand."""

from collections.abc import Callable, Collection

from callstation.renewals.pipeline_rows import Key, PipelineRow


class Marked:
    """Marks outlive scrolling, sorting and a change that leaves them in the list; Escape takes them off."""

    def __init__(self) -> None:
        self._keys: dict[Key, None] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: Key) -> bool:
        return key in self._keys

    def turn(self, key: Key) -> None:
        """Mark one, or take its mark off."""
        if key in self._keys:
            del self._keys[key]
        else:
            self._keys[key] = None

    def add(self, key: Key) -> None:
        """Mark one."""
        self._keys[key] = None

    def keep(self, listed: Callable[[tuple[Key, ...]], Collection[Key]]) -> None:
        """Take the marks off that are no longer in the list: no key changes what is out of sight."""
        if self._keys:
            there = listed(tuple(self._keys))
            self._keys = {key: None for key in self._keys if key in there}

    def clear(self) -> None:
        """Take all marks off."""
        self._keys.clear()

    def keys(self, current: PipelineRow | None) -> tuple[Key, ...]:
        """What a change is for."""
        if self._keys:
            return tuple(self._keys)
        return () if current is None else (current.key,)
