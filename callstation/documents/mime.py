"""A message as its bytes: headers that nobody can inject into, a plain text, attachments; the same every time."""

# The standard library folds headers differently from one Python to the next; a message must be the same next year.

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from callstation.documents.clean import plain

ENDINGS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SIMPLE = re.compile(r"[A-Za-z0-9 ,.;:!?%&/()+'-]*")
"""What stands in a header as it is."""
_WORD_OCTETS = 45
"""In one encoded word: 75 characters at most (RFC 2047, 2)."""
_LINE = 76
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along; ``name`` ends in one of ``ENDINGS``."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A draft: to whom, what about, and what goes along."""

    to_name: str
    to_address: str
    """As ``address`` gives it."""
    subject: str
    body: str
    written_on: date
    language: str = ""
    attachments: Sequence[Attachment] = ()


def address(text: str) -> str | None:
    """An e-mail address as a header takes it, with an international domain in ASCII; None where it is none."""
    local, _, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        return None
    return f"{local}@{ascii_domain}"


def draft(message: Message) -> bytes:
    """The message as a file that Outlook and Mail open as a draft (``X-Unsent``); the same message, the same bytes."""
    body = _base64(plain(message.body).replace("\n", "\r\n").encode())
    seed = sha256(
        "\0".join((message.to_name, message.to_address, message.subject, str(message.written_on))).encode(
            "utf-8", "replace"
        )
        + body
    )
    for one in message.attachments:
        seed.update(one.content)
    mark = seed.hexdigest()[:32]
    boundary = f"callstation-{mark}"
    on = message.written_on
    lines = [
        "X-Unsent: 1",
        f"To: {_person(message.to_name, message.to_address)}",
        f"Subject: {_words(message.subject, len('Subject: '))}",
        f"Date: {_DAYS[on.weekday()]}, {on.day:02} {_MONTHS[on.month - 1]} {on.year:04} 12:00:00 +0000",
        f"Message-ID: <{mark}@callstation.invalid>",
        "MIME-Version: 1.0",
        *([f"Content-Language: {message.language}"] if re.fullmatch(r"[A-Za-z-]{2,12}", message.language) else []),
        f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"',
        "",
        f"--{boundary}",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
        "",
    ]
    parts = [*(line.encode("ascii") for line in lines), body]
    for one in message.attachments:
        kind = ENDINGS.get(one.name.rpartition(".")[2].lower(), "application/octet-stream")
        parts += [
            f"--{boundary}".encode(),
            f"Content-Type: {kind};\r\n {_parameter('name', one.name)}".encode(),
            b"Content-Transfer-Encoding: base64",
            f"Content-Disposition: attachment;\r\n {_parameter('filename', one.name)}".encode(),
            b"",
            _base64(one.content),
        ]
    return b"\r\n".join([*parts, f"--{boundary}--".encode(), b""])


def _base64(content: bytes) -> bytes:
    text = b64encode(content)
    return b"\r\n".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))


def _person(name: str, to: str) -> str:
    name = _one_line(name)
    if not name:
        return to
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        if len(quoted) <= _LINE - 12:
            return f'"{quoted}"\r\n <{to}>'
    return f"{_encoded(name, len('To: '))}\r\n <{to}>"


def _words(text: str, taken: int) -> str:
    """An unstructured header value (RFC 2047), folded; ``taken`` characters of the first line are used already."""
    line = _one_line(text)
    if _SIMPLE.fullmatch(line) and len(line) + taken <= _LINE:
        return line
    return _encoded(line, taken)


def _encoded(text: str, taken: int) -> str:
    """Encoded words on lines of their own, none of them cutting through a character."""
    words: list[str] = []
    piece = b""
    room = min(_WORD_OCTETS, (_LINE - taken - 12) // 4 * 3)
    for mark in text:
        octets = mark.encode()
        if len(piece) + len(octets) > room:
            words.append(_word(piece))
            piece, room = b"", _WORD_OCTETS
        piece += octets
    words.append(_word(piece))
    return "\r\n ".join(words)


def _word(octets: bytes) -> str:
    return f"=?utf-8?B?{b64encode(octets).decode()}?="


def _parameter(key: str, value: str) -> str:
    """A file name in a header (RFC 2231), percent-encoded where it is not plain."""
    line = _one_line(value)
    if re.fullmatch(r"[A-Za-z0-9 _.()-]{1,60}", line):
        return f'{key}="{line}"'
    octets = line.encode()
    pieces = [
        "".join(
            chr(one) if (chr(one).isascii() and chr(one).isalnum()) or one in b"-._" else f"%{one:02X}" for one in part
        )
        for part in (octets[at : at + 18] for at in range(0, len(octets), 18))
    ]
    if len(pieces) == 1:
        return f"{key}*=utf-8''{pieces[0]}"
    return ";\r\n ".join(
        f"{key}*{number}*={'utf-8' + chr(39) * 2 if number == 0 else ''}{piece}" for number, piece in enumerate(pieces)
    )


def _one_line(text: str) -> str:
    """Text for a header: every kind of break and run of blanks is one blank."""
    return " ".join(plain(text).split())
