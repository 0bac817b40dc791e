"""P8: renewal letters and a two-page quote as PDF, beside bare canvas, platypus, WeasyPrint, Word and LibreOffice."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from callstation.documents.data import Data
from callstation.documents.pdf import render_pdf
from callstation.documents.samples import sample
from callstation.documents.word import render_docx
from callstation.settings import Settings
from db.vocabulary import DocumentKind
from tests.bench import document_peers as peers
from tests.bench.books import folder
from tests.bench.measure import Times, race, ratio
from tests.bench.table import Report

LETTERS = 1000
A_ROUND = 40
ROUNDS = 25
FEW = 20
"""Letters for those that take a second or more for each."""
SETTINGS = Settings(
    company_name="Nordlicht Software GmbH", company_address="Hafenstr. 12\n20457 Hamburg", signed_by="Dana Kim",
    company_contact="+49 40 123456\nhello@nordlicht.example", company_footer="HRB 1234\nVAT DE123456789",
    signed_as="Renewals",
)  # fmt: skip


def run(report: Report, _sizes: list[int]) -> None:
    """Books do not matter here: what has a size is the batch, a thousand letters with names of their own."""
    place = folder() / "documents"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    letters = _letters(place)
    peers.with_fonts()
    racers: dict[str, Callable[[Data], bytes]] = {
        "ours": render_pdf, "bare": peers.bare, "platypus": peers.platypus,
    }  # fmt: skip
    took = race({name: partial(_some, make, letters) for name, make in racers.items()}, ROUNDS)
    each = {name: Times(tuple(ms / A_ROUND for ms in times.all)) for name, times in took.items()}
    _beside(report, "a letter", each["ours"], "platypus, same font", each["platypus"], at_most=0.5)
    _beside(report, "a letter", each["ours"], "bare canvas, lines broken before", each["bare"])
    _webpages(report, letters, each["ours"])
    _in_word(report, letters, place, each["ours"])
    quote = _quote(place)
    took = race({"ours": lambda _n: render_pdf(quote), "platypus": lambda _n: peers.platypus_quote(quote)}, 60)
    _beside(report, "a two-page quote", took["ours"], "platypus", took["platypus"], at_most=1.2)


def _some(make: Callable[[Data], bytes], letters: list[Data], number: int) -> int:
    begin = number * A_ROUND % LETTERS
    return sum(len(make(letter)) for letter in letters[begin : begin + A_ROUND])


def _beside(
    report: Report, figure: str, ours: Times, name: str, theirs: Times, *, at_most: float | None = None
) -> None:
    found, low, high = ratio(ours, theirs)
    spread = f"{low:.3f} to {high:.3f}"
    report.add(
        "P8", figure, LETTERS, ours.median, name, theirs.median, at_most=at_most, ratio=found, spread=spread
    )  # fmt: skip


def _webpages(report: Report, letters: list[Data], ours: Times) -> None:
    try:
        took = race({"weasyprint": lambda number: peers.weasyprint(letters[number])}, 5, warm_up=1)
    except (ImportError, OSError) as error:  # it needs Pango
        print(f"  WeasyPrint is left out: {error}")
        return
    report.add("P8", "a letter", FEW, ours.median, "WeasyPrint", took["weasyprint"].median)


def _in_word(report: Report, letters: list[Data], place: Path, ours: Times) -> None:
    """Word files merged in one go, and turned into PDFs by LibreOffice where it is installed."""
    form = peers.word_form(place, letters[0])
    for count in (FEW, 5 * FEW):
        began = time.perf_counter()
        peers.mail_merged(form, letters[:count], place / "merged.docx")
        each = (time.perf_counter() - began) * 1000 / count
        report.add("P8", f"a letter of {count}", count, ours.median, "docx-mailmerge2, to Word alone", each)
    program = shutil.which("soffice")
    if program is None:
        print("  LibreOffice is left out: it is not installed")
        return
    files = []
    for number, letter in enumerate(letters[:FEW]):
        files.append(place / f"{number}.docx")
        files[-1].write_bytes(render_docx(letter))
    peers.libre_office(program, files[:1], place)  # it makes its profile
    began = time.perf_counter()
    peers.libre_office(program, files, place)
    each = (time.perf_counter() - began) * 1000 / FEW
    report.add("P8", "a letter", FEW, ours.median, "LibreOffice, all in one call", each, at_least=25)


def _letters(place: Path) -> list[Data]:
    first = {
        language: sample(DocumentKind.REMINDER, language, SETTINGS, folder=place, today=date(2026, 11, 23))
        for language in ("en", "de", "fr")
    }
    made = []
    for number in range(LETTERS):
        letter = first[("en", "de", "fr")[number % 3]]
        name = f"{_SOME[number % len(_SOME)]} {number}"
        words = tuple(part.replace("Quillbase Growth", f"Quillbase {number}") for part in letter.paragraphs[1:])
        day = date(2026, 1, 1) + timedelta(days=number % 300)
        made.append(
            replace(letter, paper="A4", made_on=day, address=(name, *letter.address[1:]),
                    paragraphs=(f"Dear {name},", *words))
        )  # fmt: skip
    return made


_SOME = ("Müller & Söhne", "AT&T <Acme>", "Łódź Sp. z o.o.", "Çelik A.Ş.", "O’Brien", "Façade SARL", "Åström AB")


def _quote(place: Path) -> Data:
    whole = sample(DocumentKind.QUOTE, "de", SETTINGS, folder=place, today=date(2026, 11, 23))
    return replace(whole, rows={"lines": whole.lines * 3}, paper="A4")
