"""The dated rule tables the product ships with, read once."""

from functools import cache
from importlib.resources import files

from callstation.calling.open_hours import CallingRules, load_rules


def rule_text(name: str) -> str:
    """The text of one file under ``resources/rules``."""
    return (files("resources") / "rules" / name).read_text(encoding="utf-8")


@cache
def calling_rules() -> CallingRules:
    """When each jurisdiction lets a phone ring."""
    return load_rules(rule_text("calling_hours.json"))
