"""Validation and duplicate rules, as an admin would set them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from callstation.sync.practice.errors import OrgError

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, bound: _plain(value) == _plain(bound),
    "!=": lambda value, bound: _plain(value) != _plain(bound),
    "<": lambda value, bound: value is not None and value < bound,
    ">": lambda value, bound: value is not None and value > bound,
    "contains": lambda value, bound: str(bound).casefold() in str(value or "").casefold(),
    "blank": lambda value, _bound: value is None,
    "not blank": lambda value, _bound: value is not None,
}


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """A row whose ``field`` stands in ``operator`` to ``value`` is refused with ``message``."""

    sobject: str
    field: str
    operator: str
    value: Any
    message: str

    def __post_init__(self) -> None:
        if self.operator not in _TESTS:
            raise OrgError("INVALID_OPERATOR", f"no such condition: {self.operator}; there are {', '.join(_TESTS)}")

    def check(self, row: Mapping[str, Any]) -> None:
        if _TESTS[self.operator](row[self.field], self.value):
            raise OrgError("FIELD_CUSTOM_VALIDATION_EXCEPTION", self.message, [self.field])


@dataclass(frozen=True, slots=True)
class DuplicateRule:
    """A new row with the ``field`` of a live record is told of it; ``may_save`` lets the header overrule the rule."""

    sobject: str
    field: str
    name: str
    may_save: bool

    def refusal(self, record_id: str) -> OrgError:
        """DUPLICATES_DETECTED naming the record that is like the new one."""
        match = {"fieldDiffs": [], "matchConfidence": 100.0,
                 "record": {"attributes": {"type": self.sobject}, "Id": record_id}}  # fmt: skip
        found = {"entityType": self.sobject, "errors": [], "matchEngine": "ExactMatchEngine", "matchRecords": [match],
                 "rule": self.name, "size": 1, "success": True}  # fmt: skip
        return OrgError(
            "DUPLICATES_DETECTED",
            "Use one of these records?",
            extra={
                "duplicateResult": {
                    "allowSave": self.may_save,
                    "duplicateRule": self.name,
                    "duplicateRuleEntityType": self.sobject,
                    "errorMessage": "Use one of these records?",
                    "matchResults": [found],
                }
            },
        )


@dataclass(slots=True)
class Rules:
    """The rules in force, by object."""

    validations: dict[str, list[ValidationRule]] = field(default_factory=dict)
    duplicates: dict[str, list[DuplicateRule]] = field(default_factory=dict)

    def clear(self) -> None:
        self.validations.clear()
        self.duplicates.clear()


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
