"""What leaves the house names no machine and no package index but the public one."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

MACHINE_PATH = re.compile(r"(?<![\w./])/(?:work|root|Users/\w+)/|\b[A-Z]:\\+Users\\", re.IGNORECASE)
PUBLIC = ("https://pypi.org/", "https://files.pythonhosted.org/")


def _published() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so what is published cannot be told")
    told = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_published_file_names_a_path_of_a_machine() -> None:
    found = []
    for path in _published():
        text = path.read_bytes().decode("utf-8", "ignore") if path != Path(__file__) else ""
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_the_locks_name_only_the_public_package_index() -> None:
    locks = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("*.lock")}
    found = {
        f"{name}: {address}"
        for name, text in locks.items()
        for address in re.findall(r"\w+://[^\s\"']+", text)
        if not address.startswith(PUBLIC)
    }
    assert found == set()
    assert [name for name, text in locks.items() if "index-url" in text or "find-links" in text] == []


def test_every_dependency_we_name_is_locked_with_its_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    locked = {block.split("==")[0] for block in blocks if "--hash=sha256:" in block}
    canonical = {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower() for name in named}  # type: ignore[index]
    assert canonical - locked == set()
