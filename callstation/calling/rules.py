"""The dated rule tables the product ships with."""

from importlib.resources import files


def rule_text(name: str) -> str:
    """The text of one file under ``resources/rules``."""
    return (files("resources") / "rules" / name).read_text(encoding="utf-8")
