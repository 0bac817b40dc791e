"""Bytes to text: byte-order marks, UTF-8, UTF-16 without a mark, Windows' code page with its holes."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_PAGES = [
    "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "cp932", "gb18030",
    "big5", "cp949",
]  # fmt: skip
"""Those that office programs write; the guess is free between these alone."""
_SAMPLE = 2**16
_HIGH_SHARE = 0.15
"""From this share of non-ASCII bytes on the text is not Western, and its code page has to be guessed."""


def _windows_western() -> str:
    """cp1252 as a table of 256 characters; its five undefined bytes stay what they are in Latin-1."""
    defined = (bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
    return "".join(defined)


_WESTERN = _windows_western()


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return "".join(_WESTERN[byte] for byte in stray), error.end


codecs.register_error("callstation.western", _stray_bytes)


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding it was read with; never fails, and the same bytes give the same text.

    A few stray Windows bytes in a UTF-8 file are read as Windows would; when most are stray, the whole file is.
    """
    if encoding is not None:
        return data.decode(encoding, "replace").lstrip("\ufeff"), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            if name == "utf-8":
                return data[3:].decode(name, "callstation.western"), "utf-8"
            return data[len(mark) :].decode(name, "replace"), name
    if wide := _utf16_without_mark(data[:_SAMPLE]):
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    sequences = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", data))
    high = len(re.findall(rb"[\x80-\xff]+", data))
    if high and sequences / high > 0.7:
        return data.decode("utf-8", "callstation.western"), "utf-8"
    if guessed := _other_code_page(data[:_SAMPLE]):
        return data.decode(guessed, "replace"), guessed
    return codecs.charmap_decode(data, "strict", _WESTERN)[0], "windows-1252"


def _utf16_without_mark(sample: bytes) -> str | None:
    """Text in UTF-16 has a zero in every other byte wherever it is ASCII."""
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _other_code_page(sample: bytes) -> str | None:
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    if high < _HIGH_SHARE * len(sample):
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_OTHER_PAGES).best()
    return None if best is None or best.encoding in ("ascii", "utf_8") else best.encoding


def is_text(text: str) -> bool:
    """Whether this is text at all, judged by its control characters."""
    sample = text[:_SAMPLE]
    odd = len(re.findall(r"[\x00-\x08\x0e-\x19\x1b\x7f]", sample))
    return odd <= max(2, 0.01 * len(sample))
