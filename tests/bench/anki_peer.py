"""Anki as the peer: a collection of as many due cards as the book has renewals."""

import shutil
import tempfile
from pathlib import Path

import anki.collection  # before anki.cards, which imports it in a circle
from anki.cards import Card
from anki.collection import AddNoteRequest
from anki.scheduler.v3 import CardAnswer


class AnkiPeer:
    """A throw-away collection with every card due."""

    def __init__(self, size: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="anki"))
        self.collection = anki.collection.Collection(str(self.folder / "collection.anki2"))
        kind = self.collection.models.by_name("Basic")
        assert kind is not None
        self.deck = self.collection.decks.id("Default")
        self.other = self.collection.decks.id("Other")
        assert self.deck is not None
        assert self.other is not None
        for start in range(0, size, 5000):
            requests = []
            for number in range(start, min(start + 5000, size)):
                note = self.collection.new_note(kind)
                note["Front"], note["Back"] = f"Customer {number} renewal robotics", "voicemail"
                requests.append(AddNoteRequest(note, self.deck))
            self.collection.add_notes(requests)
        limits = self.collection.decks.config_dict_for_deck_id(self.deck)
        limits["rev"]["perDay"] = limits["new"]["perDay"] = 9999
        self.collection.decks.update_config(limits)
        assert self.collection.db is not None
        self.collection.db.execute("update cards set type = 2, queue = 2, due = 0, ivl = 10, factor = 2500")
        self.collection.close()
        self.collection.reopen()

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

    def close(self) -> None:
        self.collection.close()
        shutil.rmtree(self.folder, ignore_errors=True)
