"""jsforce takes its whole tour through the practice org."""

import json
import subprocess
from pathlib import Path

import pytest

from callstation.sync.practice.server import PracticeServer
from tests.sync.practice.independent.conftest import Install

TOUR = Path(__file__).with_name("jsforce_tour.cjs")


@pytest.mark.long
def test_jsforce_does_all_it_can(install: Install, live: PracticeServer, plain_env: dict[str, str]) -> None:
    facts = live.app.first_session(live.base_url)
    arguments = [facts[name] for name in ("base_url", "access_token", "refresh_token", "client_id")]
    env = {**plain_env, "NODE_PATH": str(install("jsforce", (20, 0)))}
    told = subprocess.run(
        ["node", str(TOUR), *arguments], env=env, capture_output=True, text=True, check=False, timeout=300
    )
    steps = [json.loads(line) for line in told.stdout.splitlines()]
    assert [step for step in steps if not step["ok"]] == [], told.stderr
    assert (told.returncode, len(steps)) == (0, 15)
