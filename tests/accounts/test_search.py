"""Search as you type: what is found by what, where it is marked, and that no text can break it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.accounts.match import fold, match_query, pattern_of, ranges_in, snippet, typed_words
from callstation.accounts.newest import newest
from callstation.accounts.search import Hit, HitKind, find
from callstation.app import App
from callstation.work import Work
from db.nouns import Account, Activity
from db.vocabulary import ActivityKind
from tests import factories
from tests.accounts.book import small_book


def hits(app: App, text: str, kind: HitKind | None = None) -> list[Hit]:
    return [hit for hit in app.ask(find, text) if kind is None or hit.kind is kind]


def marked(hit: Hit) -> list[str]:
    return [hit.title[at : at + length] for at, length in hit.title_ranges] + [
        hit.detail[at : at + length] for at, length in hit.detail_ranges
    ]


@pytest.mark.parametrize(
    ("text", "kind", "title", "mark"),
    [
        ("hald", HitKind.ACCOUNT, "Halden Robotics", "Hald"),
        ("h", HitKind.ACCOUNT, "Halden Robotics", "H"),
        ("robotics hald", HitKind.ACCOUNT, "Halden Robotics", "Hald"),
        ("leeds", HitKind.ACCOUNT, "Northgate Systems", "Leeds"),
        ("elodie", HitKind.CONTACT, "Élodie Marchand", "Élodie"),
        ("OV-2024", HitKind.CONTRACT, "OV-2024-117", "OV-2024"),
        ("ov 2024 1", HitKind.CONTRACT, "OV-2024-117", "OV"),
        ("617 555", HitKind.NUMBER, "+1 (617) 555-0142", "617) 555"),
        ("+1 (617) 555-0142", HitKind.NUMBER, "+1 (617) 555-0142", "1 (617) 555-0142"),
        ("0142", HitKind.NUMBER, "+1 (617) 555-0142", "0142"),
        ("020 7946 0018", HitKind.NUMBER, "+44 20 7946 0018", "20 7946 0018"),
        ("+44 (0)20 7946.0018", HitKind.NUMBER, "+44 20 7946 0018", "44 20 7946 0018"),
        ("0044 20 7946 0018", HitKind.NUMBER, "+44 20 7946 0018", "44 20 7946 0018"),
        ("011 44 20 7946 0018", HitKind.NUMBER, "+44 20 7946 0018", "44 20 7946 0018"),
        ("sign-o", HitKind.NOTE, "Halden Robotics", "sign-o"),
    ],
)
def test_it_is_found_and_marked(app: App, text: str, kind: HitKind, title: str, mark: str) -> None:
    book = app.do(small_book)
    app.do(lambda work: factories.activity(work, book.direct, note="Wants two years. Needs CFO sign-off first."))
    found = [hit for hit in hits(app, text, kind) if hit.title == title]
    assert len(found) == 1
    assert mark in marked(found[0])


def test_digits_in_the_middle_of_a_number_do_not_find_others(app: App) -> None:
    app.do(small_book)
    assert [hit.title for hit in hits(app, "946 09", HitKind.NUMBER)] == ["+44 20 7946 0999"]
    assert hits(app, "99", HitKind.NUMBER) == []


def test_a_mistyped_name_is_found_where_nothing_else_is(app: App) -> None:
    app.do(small_book)
    assert [hit.title for hit in hits(app, "haldn robtics")] == ["Halden Robotics"]
    assert hits(app, "hazzzzz") == []
    assert [hit.title for hit in hits(app, "halden")] == ["Halden Robotics"]


def test_a_hit_leads_to_the_call_target(app: App) -> None:
    book = app.do(small_book)
    targets = dict(app.ask(lambda work: work.rows("SELECT account_id, id FROM call_target")))
    assert hits(app, "halden")[0].target_id == targets[book.direct]
    assert hits(app, "OV-2024", HitKind.CONTRACT)[0].target_id == targets[book.partner]
    assert hits(app, "marta", HitKind.CONTACT)[0].target_id is None  # called through the partner


def test_the_newest_note_comes_first_and_every_kind_has_its_share(app: App) -> None:
    book = app.do(small_book)

    def write(work: Work) -> None:
        for number in range(40):
            factories.activity(work, book.direct, note=f"halden note {number}")

    app.do(write)
    found = app.ask(find, "halden")
    assert len(found) == 20
    assert found[0].kind is HitKind.ACCOUNT
    assert [hit.detail for hit in found[1:3]] == ["halden note 39", "halden note 38"]


def test_a_deleted_and_a_renamed_thing_are_no_longer_found_by_their_old_name(app: App) -> None:
    book = app.do(small_book)
    app.do(lambda work: work.update(Account, book.direct, name="Kestrel Analytics", name_key="kestrel analytics"))
    assert hits(app, "halden") == []
    assert hits(app, "kestrel", HitKind.ACCOUNT)[0].account_id == book.direct


@tuned(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=40), st.text(alphabet="\"*^:()+-NEAR AND OR NOT{}'\\;0.x_é\0", max_size=30)))
def test_no_text_is_read_as_query_syntax(app: App, text: str) -> None:
    app.record(lambda work: work.row("SELECT 1 FROM account") or small_book(work))
    for hit in app.ask(find, text):
        for words, ranges in ((hit.title, hit.title_ranges), (hit.detail, hit.detail_ranges)):
            assert all(at >= 0 and at + length <= len(words) and length > 0 for at, length in ranges)


WORDS = ("renewal", "renew", "rental", "rent", "remind", "café", "quote", "re", "q", "r-2")


@tuned(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=90),
    st.lists(st.sampled_from((*WORDS, "rene", "remi", "cafe", "renewals")), min_size=1, max_size=2),
    st.integers(1, 30),
)
def test_the_quick_way_finds_what_the_whole_index_finds(
    app: App, notes: list[list[str]], words: list[str], limit: int
) -> None:
    def fill(work: Work) -> None:
        work.derive("DELETE FROM activity")
        account_id = factories.account(work)
        for place, note in enumerate(notes):
            work.insert(
                Activity, uid=f"{account_id}-{place}", kind=ActivityKind.NOTE, account_id=account_id,
                happened_at=work.now + timedelta(minutes=place), happened_on=work.today, note=" ".join(note),
            )  # fmt: skip

    app.record(fill)
    sql = "SELECT rowid FROM search_note WHERE search_note MATCH ? ORDER BY rowid DESC LIMIT ?"
    whole = app.ask(lambda work: [row[0] for row in work.rows(sql, (match_query(words), limit))])
    assert app.ask(newest, "search_note", words, limit) == whole


@given(st.text(max_size=60))
def test_a_folded_text_has_the_length_of_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=400), st.text(min_size=1, max_size=8))
def test_a_snippet_is_one_plain_line_with_places_inside_it(text: str, typed: str) -> None:
    line, ranges = snippet(text, pattern_of(typed_words(typed)))
    assert len(line) <= 114
    assert line.isprintable()
    assert all(at + length <= len(line) for at, length in ranges)


def test_a_match_far_into_a_long_note_is_shown(app: App) -> None:
    line, ranges = snippet("word " * 2000 + "Übergabe am Freitag " + "word " * 2000, pattern_of(["ubergabe"]))
    assert line.startswith("… ")
    assert line.endswith(" …")
    assert [line[at : at + length] for at, length in ranges] == ["Übergabe"]


def test_only_the_last_word_may_be_unfinished() -> None:
    assert ranges_in("the then", pattern_of(["the"])) == ((0, 3), (4, 3))
    assert ranges_in("the then", pattern_of(["the", "zz"])) == ((0, 3),)
