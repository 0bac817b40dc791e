"""The log of a store: rotating, and redacted at the handler, so that it names ids and never people."""

import logging
import logging.handlers
import re
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FILE_NAME = "callstation.log"
FILE_BYTES, FILES = 1_000_000, 5
ROOT = "callstation"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_PATTERNS = (
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\b(?:Bearer|Basic)\s+\S+", re.IGNORECASE), "[token]"),
    (re.compile(r"\b(?=[A-Za-z0-9_\-.!]*\d)(?=[A-Za-z0-9_\-.!]*[A-Za-z])[A-Za-z0-9_\-.!]{24,}\b"), "[token]"),
    (re.compile(r"\+\d[\d ()./\-]{5,}\d"), "[number]"),
    (re.compile(r"(?!\d{4}-\d\d-\d\d\b)(?<!\d)\(?\d{2,5}\)?[ ./\-]+\d{2,}[\d ./\-]{2,}\d"), "[number]"),
    (re.compile(r"(?<![\w.:])\d{9,15}(?![\w.])"), "[number]"),
    (re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”"), "[text]"),
)
_PLAIN_VALUE = re.compile(r"[a-z][a-z0-9_.]{0,39}")
"""What a word of ours looks like: a table, a verb, an outcome. Any other text may be a name."""


def redact(text: str) -> str:
    """Text with e-mail addresses, phone numbers, tokens and everything in quotes replaced by what they are."""
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    return text


def start_log(folder: Path) -> logging.Logger:
    """Write what happens to ``folder``, five files of a megabyte; calling it again moves the log there.

    Where the folder cannot be written the program goes on without a log.
    """
    logger = logging.getLogger(ROOT)
    stop_log()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Redacting())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return logger


def stop_log() -> None:
    """Close the log's file."""
    logger = logging.getLogger(ROOT)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def get_log() -> Any:
    """Takes values: ``get_log().info("logged a call", target_id=12)``; those that are no ids are withheld."""
    return _Withholding(logging.getLogger(ROOT))


class _Withholding(logging.LoggerAdapter[logging.Logger]):
    """One sentence for the standard library's logger: only ids, figures and words of ours pass as values."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[str, MutableMapping[str, Any]]:
        told = {name: kwargs.pop(name) for name in ("exc_info",) if name in kwargs}
        values = (f"{name}={value if _may_pass(value) else '[text]'}" for name, value in kwargs.items())
        return " ".join((str(msg), *values)), told


def _may_pass(value: Any) -> bool:
    if value is None or isinstance(value, bool | float):
        return True
    if isinstance(value, int):
        return abs(value) < 10**9  # ids are small; a whole number this long may be a phone number
    return isinstance(value, str) and _PLAIN_VALUE.fullmatch(value) is not None


class _Redacting(logging.Formatter):
    """One line per record: moment in UTC, level, redacted sentence, values; faults as their kind and their frames."""

    def format(self, record: logging.LogRecord) -> str:
        """A fault's own message is left out: it may quote what the store holds; frames and kind say where it was."""
        standard = logging.LogRecord("", 0, "", 0, "", None, None).__dict__
        values = {
            key: value
            for key, value in record.__dict__.items()
            if key not in standard and key not in ("message", "asctime")
        }
        words = " ".join(f"{key}={value if _may_pass(value) else '[text]'}" for key, value in values.items())
        stamp = (EPOCH + timedelta(seconds=record.created)).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = " ".join(part for part in (stamp, record.levelname, redact(record.getMessage()), words) if part)
        if record.exc_info and record.exc_info[1] is not None:
            line = "\n".join([line, *_frames(record.exc_info[1])])
        return line


def _frames(error: BaseException) -> list[str]:
    """The kind of an error and where it was raised, and those of the errors behind it."""
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        lines += [
            f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return lines
