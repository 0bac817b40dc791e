"""Programs from npm in a folder of their own, and a served org for them."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from callstation.clock import SystemClock
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org
from callstation.sync.practice.server import PracticeServer
from callstation.sync.practice.web import Options, make_app
from tests.sync.practice.conftest import FIELDS, serving

Install = Callable[[str, tuple[int, int]], Path]


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Install an npm package for this run; the test skips, saying why, where that cannot be."""

    @cache
    def fetch(package: str, least_node: tuple[int, int]) -> Path:
        if shutil.which("node") is None or shutil.which("npm") is None:
            pytest.skip("node and npm are needed, and missing here")
        told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        major, minor = (int(part) for part in re.findall(r"\d+", told)[:2])
        if (major, minor) < least_node:
            pytest.skip(f"{package} needs Node {least_node[0]}.{least_node[1]} or later, and this is {told.strip()}")
        folder = tmp_path_factory.mktemp("npm")
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", package]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode:
            pytest.skip(f"npm cannot fetch {package} here: {done.stderr.strip()[-200:]}")
        facts = json.loads((folder / "node_modules" / package / "package.json").read_text(encoding="utf-8"))
        print(f"{package} {facts['version']} on Node {told.strip()}")
        return folder / "node_modules"

    return fetch


@pytest.fixture
def live() -> Iterator[PracticeServer]:
    """An org on the computer's own clock, which lets everyone in."""
    org = Org(None, SystemClock(), custom_fields=[CustomField.parse(line) for line in FIELDS])
    app = make_app(org, SystemClock(), options=Options(is_auto_approved=True))
    with serving(app) as server:
        yield server
    app.close()
    org.close()


@pytest.fixture
def plain_env(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and no proxy between a program and this computer."""
    names = ("PATH", "LANG", "TMPDIR", "SystemRoot")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "HOME": str(tmp_path), "NO_PROXY": "127.0.0.1,localhost", "FORCE_COLOR": "0"}
