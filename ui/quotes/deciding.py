"""What becomes of a quote: approved, accepted, rejected, renewed; and the questions that the strip asks for it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from callstation.errors import UserError
from callstation.quotes.quotes import Saved, accept_quote, approve_quote, reject_quote
from db.vocabulary import QuoteOption
from ui import words
from ui.calling.more_list import choice
from ui.calling.strip import StripChoice, StripView
from ui.quotes.asks import (
    ACCEPT,
    APPROVE,
    CHANGE,
    NEWEST,
    REJECT,
    RENEW,
    SEND,
    Ask,
    Asked,
    ask_approved_by,
    ask_approved_why,
    ask_rejected_why,
)
from ui.quotes.days import read_day
from ui.quotes.numbers import read_share
from ui.quotes.statuses import LOOKS
from ui.tokens import Kind

if TYPE_CHECKING:
    from ui.quotes.quoting import Quoting


class Deciding:
    """Digits answer what is offered; words what is asked. ``steps`` are what is offered, by digit."""

    def __init__(self, quoting: "Quoting") -> None:
        self._quoting, self._strip = quoting, quoting.sheet.strip
        self._asked: Asked | None = None
        self.steps: dict[int, tuple[str, StripChoice]] = {}
        self._look: tuple[str, Kind, str] = ("", "mute", "")
        self._misread = ""
        self._strip.typed.connect(self._on_typed)
        self._strip.confirmed.connect(lambda: quoting.page.keys.guarded(self.confirm))
        self._strip.left.connect(lambda: quoting.page.shell.run("back"))

    @property
    def is_typed(self) -> bool:
        """Whether words are asked for, so that letters are no keys."""
        return self._asked is not None

    @property
    def is_asking(self) -> bool:
        """Whether the strip is on the sheet."""
        return self._asked is not None or bool(self.steps)

    @property
    def may_send(self) -> bool:
        """Whether what is offered first or last is to send it."""
        return any(what == SEND for what, _ in self.steps.values())

    def forget(self) -> None:
        """Nothing is asked or offered any more."""
        self._asked, self.steps, self._misread = None, {}, ""

    def offer(self, steps: dict[int, tuple[str, StripChoice]], look: tuple[str, Kind, str]) -> None:
        """Offer what can be done with a stored quote."""
        self._asked, self.steps, self._look = None, steps, look
        label, kind, _ = look
        choices = tuple(shown for _, shown in steps.values())
        self._quoting.sheet.ask(StripView(label, kind, "What next?", choices, back="Back to the call"))
        self._quoting.page.shell.renew_commands()

    def ask(self, asked: Asked) -> None:
        """Ask for words; the caret is in the field at once."""
        if not self._quoting.editing.finish():
            return
        self._asked, self._misread = asked, ""
        self._quoting.sheet.ask(asked.view)
        self._strip.field.setFocus()
        if asked.ask in (Ask.END, Ask.DISCOUNT) and self._quoting.draft is not None:
            self._quoting.draft.begin()
        self._quoting.page.shell.renew_commands()

    def back(self) -> bool:
        """Leave what is asked; False where nothing is."""
        asked = self._asked
        if asked is None:
            return False
        self._asked = None
        draft = self._quoting.draft
        if draft is not None:
            draft.drop()
            self._quoting.showing.show_live()
        elif self.steps:
            self.offer(self.steps, self._look)
        self._quoting.sheet.table.setFocus()
        self._quoting.page.shell.renew_commands()
        return True

    def take_key(self, event: QKeyEvent) -> bool:
        """Enter confirms, and letters go into the field, where the focus has left it."""
        if self._asked is None:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._quoting.page.keys.guarded(self.confirm)
            return True
        if event.text() and event.text().isprintable():
            self._strip.field.setFocus()
            self._strip.field.insert(event.text())
            self._on_typed(self._strip.field.text())
            return True
        return False

    # -- what is typed ---------------------------------------------------------------------------------------------

    def _on_typed(self, typed: str) -> None:
        asked, draft, settings = self._asked, self._quoting.draft, self._quoting.settings
        if asked is None or draft is None or asked.ask not in (Ask.END, Ask.DISCOUNT):
            return
        self._misread = ""
        if asked.ask is Ask.DISCOUNT:
            share = read_share(typed or "0", settings)
            self._misread = share.words
            if share.value is not None:
                draft.try_out(discount=share.value)
        elif not typed.strip():
            draft.try_out(ends_on=None, option=QuoteOption.CO_TERM)
        else:
            today = self._quoting.page.rounds.today()
            day = read_day(typed, today, settings)
            self._misread = day.words
            if day.value is not None:
                draft.try_out(ends_on=day.value, option=QuoteOption.CO_TERM)
                self._strip.show_told(words.weekday(day.value, today, settings), draft.view.title, "text2")
        if self._misread:
            self._strip.show_told("", self._misread, "bad")
        elif asked.ask is Ask.DISCOUNT:
            money = words.money(draft.view.total, draft.sheet.currency, settings)
            self._strip.show_told(
                money, draft.view.approval.words, "text2" if draft.view.approval.is_within else "warn"
            )
        self._quoting.show_sums()

    def confirm(self) -> None:
        """Enter, or the button of the strip: what is typed is the answer."""
        asked, typed, quote_id = self._asked, self._strip.field.text().strip(), self._quoting.quote_id
        if asked is None:
            if len(self.steps) == 1:
                self.choose(1)
            return
        if self._misread:
            self._strip.show_told("", self._misread, "bad")
            return
        if asked.ask in (Ask.END, Ask.DISCOUNT):
            self._keep()
        elif asked.ask is Ask.WHY_DISCOUNT:
            if self._has_words(typed, "A discount beyond the floor needs a reason."):
                self._quoting.sending.ask_approval(typed)
        elif asked.ask is Ask.APPROVED_BY:
            if self._has_words(typed, "An approval needs a name."):
                card = self._quoting.card
                self.ask(ask_approved_why(typed, card.approval_reason if card is not None else ""))
        elif asked.ask is Ask.APPROVED_WHY:
            card = self._quoting.card
            reason = typed or (card.approval_reason if card is not None else "")
            if self._has_words(reason, "An approval needs a reason.") and quote_id is not None:
                self._step(partial(self._write, approve_quote, quote_id, by=asked.given, reason=reason))
        elif quote_id is not None and self._has_words(typed, "Say what they said; it helps to win them back."):
            self._step(partial(self._write, reject_quote, quote_id, reason=typed))

    def _keep(self) -> None:
        draft = self._quoting.draft
        assert draft is not None
        draft.keep()
        self._asked = None
        self._quoting.showing.show_live()
        self._quoting.sheet.table.setFocus()
        self._quoting.page.shell.renew_commands()

    def _has_words(self, typed: str, why: str) -> bool:
        if not typed:
            self._strip.show_told("", why, "bad")
        return bool(typed)

    # -- what is chosen --------------------------------------------------------------------------------------------

    def choose(self, digit: int) -> None:
        """Do what a digit offers; ``UserError`` where the quote stands otherwise by now."""
        if self._asked is not None or digit not in self.steps:
            return
        what, card, quote_id = self.steps[digit][0], self._quoting.card, self._quoting.quote_id
        assert card is not None
        assert quote_id is not None
        if what == ACCEPT:
            self._step(partial(self._write, accept_quote, quote_id))
        elif what == REJECT:
            self.ask(ask_rejected_why())
        elif what == APPROVE:
            self.ask(ask_approved_by(card.approval_level.value))
        elif what in (RENEW, CHANGE):
            self._quoting.renew()
        elif what == SEND:
            self.send()
        elif what == NEWEST:
            self._quoting.reread(card.versions[0].quote_id)

    def send(self) -> None:
        """Send a stored quote as it stands."""
        quote_id = self._quoting.quote_id
        if quote_id is not None:
            self._quoting.sending.mail(quote_id)

    def pick_version(self) -> None:
        """Every version of every quote of the account, to search in; what is picked is shown as it was."""
        opening, settings = self._quoting.opening, self._quoting.settings
        if opening is None or not self._quoting.editing.finish():
            return
        today = self._quoting.page.rounds.today()
        shown = []
        for row in opening.quotes:
            label, _, icon = LOOKS[row.status]
            made = words.day(row.created_at.astimezone(settings.zone).date(), today, settings)
            detail = f"{label}, {words.money(row.total, row.currency, settings)}, made {made}"
            shown.append(
                choice("Quotes and their versions", icon, row.label, detail, partial(self._show, row.quote_id))
            )
        self._quoting.offers.offer("Find a quote or a version", shown)

    def _show(self, quote_id: int) -> None:
        self._quoting.page.keys.guarded(partial(self._quoting.reread, quote_id))

    def _step(self, act: "partial[None]") -> None:
        """Do something to the quote, and show how it stands then."""
        try:
            act()
        except UserError as error:
            self._strip.show_told("", f"{error.title} {error.detail} {error.hint}".strip(), "bad")
            return
        self._quoting.reread()

    def _write(self, verb: Callable[..., Saved], quote_id: int, **values: str) -> None:
        self._quoting.sending.write(verb, quote_id, **values)
