"""A logo is a picture of a sane size or a sentence, kept beside the store; a colour can be read on paper."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from callstation.documents.letterhead import LARGEST_BYTES, check_colour, keep_logo, read_logo
from callstation.errors import UserError
from callstation.settings import Settings


def picture(kind: str = "PNG", size: tuple[int, int] = (120, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#336699").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg")])
def test_a_picture_is_known_by_its_content_not_its_name(tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / "logo.exe"
    path.write_bytes(picture(kind))
    logo = read_logo(path)
    assert (logo.ending, logo.width, logo.height) == (ending, 120, 40)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no picture"),
        (b"<svg onload='x'/>", "no picture"),
        (picture("GIF"), "no picture"),
        (picture()[:-30], "damaged"),
        (picture(size=(4001, 1)), "too large"),
        (b"\x89PNG" + b"x" * LARGEST_BYTES, "too large"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_reason(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(data)
    with pytest.raises(UserError, match=says):
        read_logo(path)


@pytest.mark.parametrize("name", ["missing.png", "nul\x00.png", "x" * 400])
def test_a_file_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_logo(tmp_path / name)


def test_a_kept_logo_outlives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.png"
    path.write_bytes(picture())
    kept = keep_logo(tmp_path / "data", path)
    path.unlink()
    assert kept.is_relative_to(tmp_path / "data")
    assert read_logo(kept).data == picture()
    assert keep_logo(tmp_path / "data", kept) == kept


@pytest.mark.parametrize("typed", ["#2B59D9", "#000000", "#8a1c12"])
def test_a_colour_is_taken(typed: str) -> None:
    assert check_colour(typed) == typed.upper()
    assert Settings().with_values(company_colour=typed).company_colour == typed


@pytest.mark.parametrize("typed", ["", "blue", "#12345", "#12345G", "#FFFFFF", "#FFEE88", "#123456\n", "<b>"])
def test_what_is_no_colour_for_paper_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match=r"no colour|too light"):
        Settings().with_values(company_colour=typed)
