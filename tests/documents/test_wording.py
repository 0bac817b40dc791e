"""Templates are filled in inside a sandbox; a company's own win, and a broken one is told with its line."""

from pathlib import Path

import pytest

from callstation.documents.data import Data
from callstation.documents.fields import GROUPS, missing
from callstation.documents.merging import LONGEST, Merge
from callstation.documents.values import Day, count
from callstation.documents.wording import (
    Words,
    is_written,
    languages_of,
    own_path,
    source_for,
    words_of,
    write_own,
)
from callstation.errors import UserError
from db.vocabulary import LETTERS, DocumentKind
from tests.documents.letters import letter

K = DocumentKind
BODY = "Subject: s\n\n{}\n--\nbye\n"


def merge_of(data: Data | None = None) -> Merge:
    whole = data or letter()
    return Merge(whole.fields, whole.lines, Day(whole.made_on), whole.locale, "Halden Robotics")


def own(folder: Path, text: str, kind: DocumentKind = K.REMINDER, language: str = "en") -> Path:
    path = own_path(folder, language, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def filled(folder: Path, text: str, data: Data | None = None) -> Words:
    own(folder, text)
    return words_of(source_for(folder, "en_US", K.REMINDER), merge_of(data))


@pytest.mark.parametrize("kind", sorted(LETTERS))
@pytest.mark.parametrize("locale", ["en_US", "de_DE", "de_CH", "fr_FR"])
def test_every_shipped_template_is_whole(tmp_path: Path, kind: DocumentKind, locale: str) -> None:
    source = source_for(tmp_path, locale, kind)
    words = words_of(source, merge_of())
    assert not source.is_own
    assert words.subject
    assert words.closing
    assert len(source.parts[1]) >= len(words.paragraphs)


def test_paragraphs_bullets_and_the_closing_are_told_apart(tmp_path: Path) -> None:
    text = "Subject: A  b\n\nOne\ntwo.\n\n- first\n  goes on\n- second\nand third\n\n\nLast\n--\nBye,\nall\n"
    words = filled(tmp_path, text)
    assert words == Words("A b", ("One two.", "• first goes on", "• second and third", "Last"), "Bye,\nall")


def test_a_template_needs_no_closing_and_may_come_from_windows(tmp_path: Path) -> None:
    own(tmp_path, "")
    own_path(tmp_path, "en", K.REMINDER).write_bytes("\ufeffSubject: Grüße\r\n\r\nEins\r\nzwei\r\n".encode())
    assert words_of(source_for(tmp_path, "en_US", K.REMINDER), merge_of()) == Words("Grüße", ("Eins zwei",), "")


def test_a_companys_own_template_wins_in_its_language_only(tmp_path: Path) -> None:
    own(tmp_path, BODY.format("Ours."))
    assert source_for(tmp_path, "en_GB", K.REMINDER).is_own
    assert not source_for(tmp_path, "en_GB", K.LAPSE).is_own
    assert not source_for(tmp_path, "de_DE", K.REMINDER).is_own


def test_a_company_may_write_a_language_that_we_do_not(tmp_path: Path) -> None:
    own(tmp_path, BODY.format("Hola {{ contact.name }}"), language="es")
    assert languages_of(tmp_path, K.REMINDER) == ("en", "de", "fr", "es")
    assert is_written(tmp_path, "es_MX")
    assert not is_written(tmp_path, "it_IT")


def test_the_shipped_words_can_be_taken_over_and_are_never_written_over(tmp_path: Path) -> None:
    path = write_own(tmp_path, "de", K.LAPSE)
    assert path.read_text(encoding="utf-8").startswith("Subject:")
    path.write_text(BODY.format("mine"), encoding="utf-8")
    assert write_own(tmp_path, "de", K.LAPSE).read_text(encoding="utf-8") == BODY.format("mine")
    assert [one.name for one in path.parent.iterdir()] == ["lapse.txt"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{{ contract.nubmer }}", "line 3: .*nubmer"),
        ("{{ nobody.name }}", "line 3: .*nobody"),
        ("fine\n{% if quote %}", "line [0-9]+: "),
        ("fine\n\n{{ contract.number", "line [0-9]+: "),
        ("{% include '/etc/passwd' %}", "line 3|loader"),
        ("{% import 'os' as x %}", "line 3|loader"),
        ("{{ ''.__class__ }}", "line 3: "),
        ("{{ contract.__class__ }}", "line 3: "),
        ("{{ contract._values }}", "line 3: "),
        ("{{ contract.number.__class__.__mro__ }}", "line 3: "),
        ("{{ contract.ends_on._value }}", "line 3: "),
        ("{{ contract.number.format(1) }}", "line 3: "),
        ("{{ 'a'.center(1000000000) }}", "line 3: "),
        ("{{ 'a' * 1000000000 }}", "line 3: "),
        ("{{ 10 ** 10000 }}", "line 3: "),
        ("{{ '%1000000000d' % 1 }}", "line 3: "),
        ("{{ self.__init__ }}", "line 3: "),
        ("{{ cycler }}", "line 3: "),
        ("{{ range(10) }}", "line 3: "),
        ("{{ lipsum() }}", "line 3: "),
        ("{{ contract.number | center(1000000000) }}", "line 3|center"),
        ("{{ contract.number | attr('__class__') }}", "line 3|attr"),
        ("{{ contract.number | map('upper') | list }}", "line 3|list|map"),
    ],
)
def test_what_a_template_may_not_do_is_told_with_file_and_line(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as told:
        filled(tmp_path, BODY.format(body))
    assert "reminder.txt" in told.value.detail
    assert told.value.title == "A template cannot be used."


def test_a_template_without_a_subject_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 1: It must start with"):
        filled(tmp_path, "Dear {{ contact.name }},\n")


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    own(tmp_path, "")
    own_path(tmp_path, "en", K.REMINDER).write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UserError, match="cannot be read"):
        source_for(tmp_path, "en_US", K.REMINDER)


def test_a_template_that_makes_too_much_is_stopped(tmp_path: Path) -> None:
    line = {"product": "x" * 1000}
    data = letter(rows={"lines": tuple(line for _ in range(LONGEST // 500))})
    with pytest.raises(UserError, match="too much text"):
        filled(tmp_path, BODY.format("{% for line in lines %}{{ line.product }}{% endfor %}"), data)


def test_data_is_never_a_template(tmp_path: Path) -> None:
    data = letter(fields={"contact": {"name": "{{ contract.number }} {% if %}", "role": None, "email": None}})
    assert filled(tmp_path, BODY.format("{{ contact.name }}"), data).paragraphs == ("{{ contract.number }} {% if %}",)


def test_a_field_without_a_value_is_false_and_noted_only_where_it_is_printed(tmp_path: Path) -> None:
    own(tmp_path, BODY.format("{% if contract.distributor %}x{% endif %}{% if quote %}{{ quote.total }}{% endif %}y"))
    merge = merge_of()
    assert words_of(source_for(tmp_path, "en_US", K.REMINDER), merge).paragraphs == ("y",)
    assert merge.missing == ()
    own(tmp_path, BODY.format("{{ contract.distributor }} {{ quote.total | upper }}"))
    merge = merge_of()
    words_of(source_for(tmp_path, "en_US", K.REMINDER), merge)
    assert [one.path for one in merge.missing] == ["contract.distributor", "quote.total"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("contract.quantity == 90", True), ("contract.quantity != 90", False), ("contract.quantity > 89", True),
        ("contract.quantity <= 89", False), ("contract.ends_on < renewal.ends_on", True), ("contract.value", True),
        ("contract.number == 'C-1003'", True), ("contract.distributor > 3", False),
        ("today >= contract.ends_on", False),
    ],
)  # fmt: skip
def test_conditions_compare_what_a_value_is(tmp_path: Path, condition: str, holds: bool) -> None:
    text = BODY.format("{% if " + condition + " %}yes{% else %}no{% endif %}")
    assert filled(tmp_path, text).paragraphs == ("yes" if holds else "no",)


def test_one_seat_is_one_seat(tmp_path: Path) -> None:
    one = letter(fields={"contract": {**letter().group("contract"), "quantity": count(1)}})
    source = source_for(tmp_path, "en_US", K.FIRST_NOTICE)
    assert "1 seat)" in " ".join(words_of(source, merge_of(one)).paragraphs)
    assert "90 seats)" in " ".join(words_of(source, merge_of()).paragraphs)


def test_every_field_has_words_for_when_it_is_missing() -> None:
    for name, group in GROUPS.items():
        for field in group.fields:
            assert missing(f"{name}.{field}", "Halden").words.startswith("The ")
