"""Zip files (.docx, .xlsx) whose bytes follow from their content alone: order and moments are fixed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache

FIRST = "[Content_Types].xml"
LEVEL = 6
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UTF_8, _DEFLATED, _TIME, _DAY = 20, 0x800, 8, 0, 0x21
"""``_DAY`` is 1 January 1980, the first that a zip file knows."""


def pack(parts: Mapping[str, bytes], *, changing: Collection[str] = ()) -> bytes:
    """A zip of ``parts`` (name in the archive to content), the content types first and then by name.

    All but the ``changing`` ones are kept packed for the next archive: of a thousand letters each has the same styles.
    """
    made, directory = io.BytesIO(), []
    for name in sorted(parts, key=lambda one: (one != FIRST, one)):
        content, at, title = parts[name], made.tell(), name.encode()
        crc, packed = _packed(content) if name in changing else _kept(content)
        sizes = (crc, len(packed), len(content), len(title), 0)
        head = (_VERSION, _UTF_8, _DEFLATED, _TIME, _DAY, *sizes)
        made.write(_LOCAL.pack(b"PK\3\4", *head) + title + packed)
        directory.append(_CENTRAL.pack(b"PK\1\2", _VERSION, *head, 0, 0, 0, 0, at) + title)
    index = b"".join(directory)
    made.write(index + _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(index), made.tell(), 0))
    return made.getvalue()


def unpack(blob: bytes) -> dict[str, bytes]:
    """Every entry of an archive that we made ourselves; what came from outside goes through ``word_guard``."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def _packed(content: bytes) -> tuple[int, bytes]:
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return zlib.crc32(content), press.compress(content) + press.flush()


_kept = lru_cache(maxsize=128)(_packed)
