"""``@{ref.path[0].name}`` in a composite: a later subrequest takes what an earlier one answered."""

import re
from collections.abc import Mapping
from typing import Any

from callstation.sync.practice.errors import OrgError

_REFERENCE = re.compile(r"@\{([^}]+)\}")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


def filled(value: Any, answers: Mapping[str, Any]) -> Any:
    """The JSON value with every reference replaced; raises ``OrgError`` for one that leads nowhere."""
    if isinstance(value, str):
        return _REFERENCE.sub(lambda found: _resolve(found[1], answers), value) if "@{" in value else value
    if isinstance(value, dict):
        return {key: filled(one, answers) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, answers) for one in value]
    return value


def names_in(value: Any) -> set[str]:
    """The reference ids a value speaks of."""
    if isinstance(value, str):
        return {re.split(r"[.\[]", found)[0] for found in _REFERENCE.findall(value)}
    if isinstance(value, dict):
        value = list(value.values())
    return set().union(*(names_in(one) for one in value)) if isinstance(value, list) else set()


def _resolve(text: str, answers: Mapping[str, Any]) -> str:
    name = re.split(r"[.\[]", text)[0]
    found = answers.get(name)
    for key, index in _STEP.findall(text[len(name) :]):
        if key and isinstance(found, dict):
            low = key.lower()
            found = found.get(key, next((one for own, one in found.items() if own.lower() == low), None))
        elif index and isinstance(found, list) and int(index) < len(found):
            found = found[int(index)]
        else:
            found = None
    if found is None or isinstance(found, dict | list):
        raise OrgError(
            "PROCESSING_HALTED", f"Invalid reference specified. No value for {text} found in {name}", fields=()
        )
    return str(found).lower() if isinstance(found, bool) else str(found)
