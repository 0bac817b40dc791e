"""R10: whatever happens on both sides and on the way, nothing is lost, nothing doubled, and both sides end equal."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.sync.desk.world import World

STEPS = 35
SCHEDULES = 300
A_TEST = 20
LONG = 10_000


def play(seed: int, folder: Path, empty_store: Path) -> None:
    """One seeded schedule; every third is of a company whose admin made no key field, every fourth has no quotes."""
    random = Random(seed)
    world = World(folder, empty_store, random, has_key=seed % 3 != 0, has_quotes=seed % 4 != 0)
    try:
        for _ in range(STEPS):
            world.act(random.choice(World.ACTIONS))
        world.settle()
        world.check()
    except BaseException as error:
        error.add_note(f"seed {seed}:\n" + "\n".join(world.log))
        raise
    finally:
        world.close()


@pytest.mark.parametrize("first", range(0, SCHEDULES, A_TEST))
def test_seeded_schedules_end_with_both_sides_equal(first: int, tmp_path: Path, empty_store: Path) -> None:
    for seed in range(first, first + A_TEST):
        folder = tmp_path / str(seed)
        folder.mkdir()
        play(seed, folder, empty_store)


@pytest.mark.long
def test_ten_thousand_schedules(tmp_path: Path, empty_store: Path) -> None:
    first = int(os.environ.get("CALLSTATION_FIRST_SEED", "0"))
    for seed in range(first, first + int(os.environ.get("CALLSTATION_SCHEDULES", str(LONG)))):
        folder = tmp_path / str(seed)
        folder.mkdir()
        play(seed, folder, empty_store)
        for path in folder.iterdir():
            path.unlink()
