"""What the letterhead of the settings may be: a logo that is a picture, kept beside the store, and a colour."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from callstation.errors import UserError

LARGEST_BYTES = 2_000_000
LONGEST_PX = 4000
_KINDS = {"PNG": "png", "JPEG": "jpg"}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_HINT = "Choose a PNG or JPEG of at most 2 MB."


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was checked: its bytes, their SHA-256, its ending and its size in px."""

    data: bytes
    digest: str
    ending: str
    width: int
    height: int


def read_logo(path: Path) -> Logo:
    """The picture at a path, decoded once to be sure of it. ``UserError`` saying what is wrong with it."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            size = path.stat().st_size / 1_000_000
            raise UserError(f"{path.name} is too large for a logo.", f"It has {size:.1f} MB.", _HINT)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError("The logo cannot be read.", f"{path}: {error}", _HINT) from error
    return check_logo(data, path.name)


def check_logo(data: bytes, name: str = "The picture") -> Logo:
    """The same for bytes; ``name`` is what the sentence of an error speaks of."""
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=tuple(_KINDS)) as picture:
            kind, (width, height) = str(picture.format), picture.size
            if max(width, height) > LONGEST_PX:
                detail = f"It has {width} x {height} px, at most {LONGEST_PX} are taken."
                raise UserError(f"{name} is too large for a logo.", detail, "Choose a smaller picture.")
            picture.load()
    except UnidentifiedImageError as error:
        raise UserError(f"{name} is no picture that can be printed.", "", _HINT) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(f"{name} is damaged.", str(error), "Choose another picture, or save it anew.") from error
    return Logo(data, sha256(data).hexdigest(), _KINDS.get(kind, "jpg"), width, height)


def keep_logo(root: Path, path: Path) -> Path:
    """Copy a picture beside the store, so that documents do not miss it when its file is moved; where it is now.

    Kept by its digest under ``root``/letterhead; never overwritten, for documents of last year name it.
    """
    logo = read_logo(path)
    kept = root / "letterhead" / f"{logo.digest[:16]}.{logo.ending}"
    if not kept.exists():
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            half = kept.with_suffix(".part")
            half.write_bytes(logo.data)
            half.replace(kept)
        except OSError as error:
            raise UserError("The logo could not be kept.", str(error), "Check the disk.") from error
    return kept


def check_colour(typed: str) -> str:
    """A colour as #RRGGBB. ``UserError`` for anything else, and for one too light to be read on paper."""
    if not _COLOUR.fullmatch(typed):
        raise UserError(f"{typed[:20]!r} is no colour.", "", "Type it as #RRGGBB, such as #2B59D9.")
    if _luminance(typed) > 0.4:  # contrast to white below 2.3
        raise UserError(f"{typed} is too light to be read on white paper.", "", "Choose a darker one.")
    return typed.upper()


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
