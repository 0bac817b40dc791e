"""Background work: answers arrive on the GUI thread, unless nobody waits for them any more."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from callstation.errors import CancelledError
from ui.jobs import Jobs, Report


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.finish()


def test_the_answer_arrives_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[int] = []

    def work(report: Report) -> int:
        threads.append(threading.get_ident())
        return 42

    def done(answer: int) -> None:
        threads.append(threading.get_ident())
        answers.append(answer)

    answers: list[int] = []
    jobs.run(work, done=done, label="sum")
    assert jobs.running == ["sum"]
    qtbot.waitUntil(lambda: answers == [42])
    assert threads[0] != threads[1] == threading.get_ident()
    assert jobs.running == []


def test_an_error_arrives_where_it_is_asked_for(jobs: Jobs, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    jobs.run(lambda report: 1 // 0, failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], ZeroDivisionError)


def test_an_error_nobody_asked_for_is_raised_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as raised:
        jobs.run(lambda report: 1 // 0)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_progress_is_told_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []

    def work(report: Report) -> str:
        for number in range(5):
            report(number, 5, f"row {number}")
        return "end"

    ended: list[str] = []
    jobs.run(work, done=ended.append, progress=lambda *step: told.append(step))
    qtbot.waitUntil(lambda: bool(ended))
    assert told == [(number, 5, f"row {number}") for number in range(5)]


def test_cancelled_work_stops_at_its_next_report(jobs: Jobs, qtbot: QtBot) -> None:
    reached, may_go_on, errors = threading.Event(), threading.Event(), list[Exception]()

    def work(report: Report) -> None:
        reached.set()
        may_go_on.wait(5)
        report(1, 2)
        pytest.fail("went on after it was cancelled")

    job = jobs.run(work, failed=errors.append)
    assert reached.wait(5)
    job.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], CancelledError)


def test_a_newer_job_of_the_same_owner_drops_the_older_answer(jobs: Jobs, qtbot: QtBot) -> None:
    owner, begun, gate, answers = QObject(), threading.Event(), threading.Event(), list[str]()

    def slow(report: Report) -> str:
        begun.set()
        gate.wait(5)
        return "old"

    jobs.run(slow, done=answers.append, owner=owner, label="search")
    assert begun.wait(5)
    jobs.run(lambda report: "new", done=answers.append, owner=owner, label="search")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: jobs.running == [])
    assert answers == ["new"]


def test_an_owner_that_is_gone_is_not_answered(jobs: Jobs, qtbot: QtBot) -> None:
    owner, gate, answers = QObject(), threading.Event(), list[bool]()
    jobs.run(lambda report: gate.wait(5), done=answers.append, owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: jobs.running == [])
    assert answers == []
