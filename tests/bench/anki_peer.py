"""Anki as the peer: a collection of as many due cards as the book has renewals."""

import shutil
import tempfile
from pathlib import Path

import anki.collection  # before anki.cards, which imports it in a circle
from anki.cards import Card
from anki.collection import AddNoteRequest
from anki.scheduler.v3 import CardAnswer

from tests.bench.books import folder


class AnkiPeer:
    """A throw-away collection with every card due; made once for each size and copied."""

    def __init__(self, size: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="anki"))
        kept = folder() / f"anki-{size}.anki2"
        if not kept.exists():
            half = kept.with_suffix(".part.anki2")
            half.unlink(missing_ok=True)
            _make(half, size)
            half.rename(kept)
        shutil.copy(kept, self.folder / "collection.anki2")
        self.collection = anki.collection.Collection(str(self.folder / "collection.anki2"))
        self.deck = self.collection.decks.id("Default")
        self.other = self.collection.decks.id("Other")
        assert self.deck is not None
        assert self.other is not None

    def build_queue(self) -> int:
        """Select the deck anew, which drops the queue, and fetch its first fifty cards."""
        self.collection.decks.set_current(self.other)
        self.collection.decks.set_current(self.deck)
        return len(self.collection.sched.get_queued_cards(fetch_limit=50).cards)

    def answer(self) -> None:
        """Answer the next card, as a rep logs a call."""
        queued = self.collection.sched.get_queued_cards(fetch_limit=1).cards[0]
        card = Card(self.collection, backend_card=queued.card)
        card.start_timer()
        built = self.collection.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
        self.collection.sched.answer_card(built)

    def undo(self) -> None:
        self.collection.undo()

    def find(self, text: str) -> int:
        return len(self.collection.find_cards(text))

    def copy(self) -> Path:
        """The collection once more, for a process of its own to open."""
        self.collection.close()
        made = Path(shutil.copytree(self.folder, self.folder / "copy"))
        self.collection.reopen()
        return made / "collection.anki2"

    def close(self) -> None:
        self.collection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _make(path: Path, size: int) -> None:
    collection = anki.collection.Collection(str(path))
    kind, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    assert kind is not None
    assert deck is not None
    for start in range(0, size, 5000):
        requests = []
        for number in range(start, min(start + 5000, size)):
            note = collection.new_note(kind)
            note["Front"], note["Back"] = f"Customer {number} renewal robotics", "voicemail"
            requests.append(AddNoteRequest(note, deck))
        collection.add_notes(requests)
    limits = collection.decks.config_dict_for_deck_id(deck)
    limits["rev"]["perDay"] = limits["new"]["perDay"] = 9999
    collection.decks.update_config(limits)
    assert collection.db is not None
    collection.db.execute("update cards set type = 2, queue = 2, due = 0, ivl = 10, factor = 2500")
    collection.close()
