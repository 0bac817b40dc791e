"""The same world as a Hypothesis state machine, which looks for the shortest way to break it."""

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.sync.desk.world import World


def machine_of(empty_store: Path) -> type[RuleBasedStateMachine]:
    """The machine on copies of an empty store."""

    class Machine(RuleBasedStateMachine):
        world: World | None = None

        @initialize(random=st.randoms(use_true_random=False), has_key=st.booleans(), has_quotes=st.booleans())
        def begin(self, random: Random, has_key: bool, has_quotes: bool) -> None:
            self.folder = Path(tempfile.mkdtemp(prefix="callstation-"))
            self.world = World(self.folder, empty_store, random, has_key=has_key, has_quotes=has_quotes)

        @rule(action=st.sampled_from(World.ACTIONS))
        @precondition(lambda self: self.world is not None)
        def act(self, action: str) -> None:
            assert self.world is not None
            self.world.act(action)

        def teardown(self) -> None:
            if self.world is None:
                return
            try:
                self.world.settle()
                self.world.check()
            finally:
                self.world.close()
                shutil.rmtree(self.folder)

    return Machine


def run(machine: type[RuleBasedStateMachine], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_no_order_of_events_loses_or_doubles_anything(empty_store: Path) -> None:
    run(machine_of(empty_store), 30)


@pytest.mark.long
def test_no_order_of_events_loses_or_doubles_anything_in_a_long_search(empty_store: Path) -> None:
    run(machine_of(empty_store), 1000)
