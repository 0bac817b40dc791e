"""One window for each user and store."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.house.tree import ROOT
from ui.instance import Instance


def test_a_second_start_brings_the_first_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    called: list[bool] = []
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.take()
    first.listen(lambda: called.append(True))
    assert not second.take()
    assert second.call_first()
    qtbot.waitUntil(lambda: called == [True])
    first.release()
    assert second.take()
    second.release()


def test_another_store_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = Instance(tmp_path / "a"), Instance(tmp_path / "b")
    assert one.take()
    assert other.take()
    one.release()
    other.release()


def test_another_process_is_refused_and_a_killed_one_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from PySide6.QtCore import QCoreApplication; from ui.instance import Instance;"
        "app = QCoreApplication([]); one = Instance(pathlib.Path(sys.argv[1]));"
        "print(one.take(), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "True"
    here = Instance(tmp_path)
    assert not here.take()
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    assert here.take()
    here.release()
