"""R2: a saved call survives a power cut, on a file system of its own whose unwritten blocks are thrown away."""

import os
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import DatabaseError
from tests.promises.caller import IS_LONG, acknowledged, lost_and_torn, make_book, start

FS_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)
"""The journal is not flushed either: what reached the disk is what a power cut would have left."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator["Disk"]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs Linux and root, to mount a file system that can be cut off")
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("needs mkfs.ext4")
    made = Disk(tmp_path)
    try:
        made.mount()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"this machine does not mount loop devices: {error.stderr.decode().strip()}")
    yield made
    made.unmount()


class Disk:
    """A small ext4 in a file."""

    def __init__(self, folder: Path) -> None:
        self.image, self.root = folder / "disk.img", folder / "disk"
        self.root.mkdir()
        with self.image.open("wb") as file:
            file.truncate(64 << 20)
        subprocess.run(["mkfs.ext4", "-q", str(self.image)], check=True, capture_output=True)

    def mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", str(self.image), str(self.root)], check=True, capture_output=True)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.root)], check=True, capture_output=True)

    def cut_power(self) -> None:
        import fcntl

        place = os.open(self.root, os.O_RDONLY)
        fcntl.ioctl(place, FS_IOC_SHUTDOWN, NO_LOG_FLUSH)
        os.close(place)


def cut_at_random(disk: Disk, book: Path, seed: int, *, is_durable: bool = True) -> tuple[int, int, int]:
    """(acknowledged, lost, torn) after one cut; a store that cannot be read has lost everything."""
    store = disk.root / f"cut-{seed}.db"
    shutil.copy(book, store)
    os.sync()
    child, pipe = start(store, is_durable=is_durable)
    select.select([pipe], [], [], 30)
    end = time.perf_counter() + random.Random(seed).uniform(0.005, 0.05)
    while time.perf_counter() < end:
        pass
    # What is said after this line came after the cut, when the kernel may answer anything.
    said = acknowledged(pipe, so_far=True)
    disk.cut_power()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    disk.unmount()
    disk.mount()
    try:
        lost, torn = lost_and_torn(store, said)
    except (DatabaseError, AssertionError, RuntimeError):
        lost, torn = said, 0
    for left in disk.root.glob("cut-*"):
        left.unlink()
    return said, lost, torn


def test_no_acknowledged_call_is_lost_by_a_power_cut(disk: Disk, store: Path) -> None:
    make_book(store)
    total = 0
    for seed in range(500 if IS_LONG else 25):
        said, lost, torn = cut_at_random(disk, store, seed)
        assert (lost, torn) == (0, 0), f"seed {seed}: {lost} lost, {torn} torn of {said}"
        total += said
    assert total > 25


def test_control_without_waiting_for_the_disk_nine_of_ten_cuts_lose_calls(disk: Disk, store: Path) -> None:
    make_book(store)
    cuts = 10
    losing = sum(cut_at_random(disk, store, seed, is_durable=False)[1] > 0 for seed in range(cuts))
    assert losing >= 0.9 * cuts
