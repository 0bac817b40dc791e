"""The log names ids, not people: a canary written in every way leaves no trace in it (trust.md)."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.log import FILE_BYTES, FILE_NAME, FILES, get_log, redact, start_log, stop_log

NAME, NUMBER, MAIL = "Zebulon Quigley", "+1 617 555 0142", "zebulon.quigley@canary.example"
TOKEN = "00D5g000004XYZ!AQ4AQPzFakeTokenThatIsLong1234567890"
CANARIES = ("Zebulon", "Quigley", "zebulon", "canary.example", "555", "6175550142", "AQ4AQ")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    start_log(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_log()


def _text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


def _fail() -> None:
    try:
        raise KeyError(NAME)
    except KeyError as error:
        raise ValueError(f"{NAME} {NUMBER} {MAIL} is not known") from error


def test_a_canary_written_in_every_way_leaves_no_trace(folder: Path) -> None:
    log = get_log()
    log.info(
        "logged a call", target_id=12, disposition="left_voicemail", name=NAME, number=NUMBER, mail=MAIL, token=TOKEN
    )
    log.info("rang", number=16175550142)
    logging.getLogger("callstation.accounts").warning("no answer on %s, write to %s", NUMBER, MAIL)
    logging.getLogger("callstation").info("token %s, a name in quotes '%s'", TOKEN, NAME)
    logging.getLogger("callstation").info("with extra", extra={"who": NAME})
    try:
        _fail()
    except ValueError:
        log.exception("a fault")
        logging.getLogger("callstation").exception("a fault")
    written = _text(folder)
    assert [canary for canary in CANARIES if canary in written] == []
    assert "target_id=12 disposition=left_voicemail" in written
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert "test_log.py:" in written


def test_control_without_the_redaction_the_canary_shows(tmp_path: Path) -> None:
    logger = start_log(tmp_path)
    logger.handlers[0].setFormatter(logging.Formatter("%(message)s"))
    logger.info("no answer on %s", NUMBER)
    stop_log()
    assert "555" in _text(tmp_path)


def test_the_log_rotates_and_keeps_five_files(folder: Path) -> None:
    logger = logging.getLogger("callstation")
    line = "word " * 2000
    for _ in range(FILES * FILE_BYTES // len(line) + 130):
        logger.info(line)
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert len(sizes) == FILES
    assert max(sizes) <= FILE_BYTES


def test_a_second_start_writes_to_the_new_place_alone(folder: Path, tmp_path: Path) -> None:
    start_log(tmp_path / "other").info("hello")
    assert not (folder / FILE_NAME).exists()
    assert "hello" in _text(tmp_path / "other")


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    start_log(tmp_path / "logs").info("nobody hears this")
    stop_log()


@given(
    st.from_regex(r"\+[1-9]\d{8,14}", fullmatch=True), st.sampled_from(["{}", "rang {} twice", "tel:{};ext=12", "<{}>"])
)
def test_no_international_number_passes(number: str, words: str) -> None:
    assert number not in redact(words.format(number))
    assert number[1:] not in redact(words.format(number))


@pytest.mark.parametrize("text", ["(617) 555-0142", "617.555.0142", "020 7946 0958", "0049 30 23125 123", "6175550142"])
def test_a_number_as_people_write_it_is_taken_out(text: str) -> None:
    assert redact(f"rang {text}") == "rang [number]"


def test_moments_and_counts_stay_readable() -> None:
    sentence = "imported 120000 rows in 1.25 s on 2026-11-23"
    assert redact(sentence) == sentence
