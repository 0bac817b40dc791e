"""Imports point one way, pure modules stay pure, and the contracts that say so do catch a trespass."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PRODUCT, ROOT, imports, parsed, python_files

PURE = frozenset({"callstation.percents"}) | frozenset(
    f"callstation.{folder}.{name}"
    for folder, names in {
        "calling": "attempts cadence clock_words gate hours open_hours outcomes queue_words ranking session",
        "quotes": "approval choices coterm items money months option_lines option_sums options pricing proration "
        "terms worksheet",
        "renewals": "accuracy adjustment amounts bridge cover fiscal forecast_side likelihood measures move_words "
        "quota_periods reaching retained state sums touches",
        "reports": "bars bridged chart figure_rows frame geometry heat kpis lines shapes ticks walking",
    }.items()
    for name in names.split()
)
"""Standard library, `db.vocabulary` and one another, nothing else: the `*` of the house."""


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _trespasses(module: str, names: list[tuple[str, int]]) -> list[str]:
    allowed = PURE | {"db.vocabulary"}
    return [
        f"{module}:{line} imports {name}"
        for name, line in names
        if name.split(".")[0] not in sys.stdlib_module_names
        and name
        not in {
            "db",
            "callstation",
            "callstation.calling",
            "callstation.quotes",
            "callstation.renewals",
            "callstation.reports",
        }
        and not any(name == one or name.startswith(f"{one}.") for one in allowed)
    ]


def test_a_pure_module_imports_only_the_standard_library_and_the_words() -> None:
    found = [
        trespass
        for path in python_files("callstation")
        if _module(path) in PURE
        for trespass in _trespasses(_module(path), list(imports(parsed(path), _module(path).rpartition(".")[0])))
    ]
    assert found == []


def test_the_words_themselves_need_the_standard_library_alone() -> None:
    assert _trespasses("db.vocabulary", list(imports(parsed(Path("db/vocabulary.py"))))) == []


@pytest.mark.parametrize("name", ["sqlalchemy.orm", "PySide6.QtCore", "db.models.activity", "callstation.app"])
def test_a_pure_module_that_reaches_out_is_caught(name: str) -> None:
    assert _trespasses("callstation.calling.ranking", [(name, 1)])


def _contracts_hold(tree: Path) -> bool:
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([program, "--no-logo", "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)
    assert "Contracts:" in told.stdout, told.stdout + told.stderr
    return told.returncode == 0


def test_the_contracts_hold_and_each_catches_a_planted_trespass(tmp_path: Path) -> None:
    for folder in PRODUCT:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _contracts_hold(tmp_path)
    plants = {
        "db/planted.py": "import callstation.errors\n",
        "callstation/planted.py": "import PySide6.QtCore\n",
        "callstation/calling/planted.py": "from db.models import Account\n",
        "ui/planted.py": "from sqlalchemy import select\n",
    }
    for name, text in plants.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert not _contracts_hold(tmp_path), name
        (tmp_path / name).unlink()
