"""The loop of a call on the desk: what each key asks of the session, done; and what the strip still asks."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from callstation.calling import dial
from callstation.calling.card import KeyLine
from callstation.calling.gate import Gate
from callstation.calling.outcomes import LOSS_REASONS, OutcomeKey
from callstation.calling.session import Effect, Phase, Session, Turn
from db.vocabulary import Disposition, LossReason
from ui.calling.asking import (
    Ask,
    Question,
    after_words,
    competitor_question,
    gate_question,
    next_question,
    question_for,
    read_time,
    reason_at,
    snooze_question,
)

if TYPE_CHECKING:
    from ui.calling.page import DeskPage


class Loop:
    """Drives the session of the account in hand; the page shows, ``Rounds`` goes on to the next."""

    def __init__(self, page: "DeskPage") -> None:
        self._page, self._app = page, page.app
        self.session = Session()
        self.asked: Question | None = None
        self._evidence: str | None = None
        self._at: datetime | None = None
        self._was_typing = False

    @property
    def phase(self) -> Phase:
        """Where the call stands."""
        return self.session.phase

    @property
    def seconds(self) -> int | None:
        """Seconds on the call so far; None before it."""
        return self.session.seconds(self._app.clock.monotonic())

    def reset(self) -> None:
        """Another account is in hand."""
        self.session, self._evidence = Session(), None
        self.close_question()
        self._page.close_sheet()
        self._page.show_line()

    # -- keys ------------------------------------------------------------------------------------------------------

    def space(self) -> None:
        """Start the call, or end it without logging."""
        turn = self.session.space(self._app.clock.monotonic())
        self.session = turn.session
        if turn.effect is Effect.DIAL:
            self._ask_gate()
        elif turn.effect is Effect.HANG_UP:
            self._page.show_line()

    def digit(self, digit: int) -> None:
        """An outcome, or an answer to what is asked."""
        if self._page.notes.finish_waiting():
            return  # the log before is done; the key only hastens what waited for the note to rest
        card, asked = self._page.card, self.asked
        if asked is not None and asked.line is None:  # the gate, a snooze, what next: no outcome of the session
            self._answer(asked, digit)
        elif card is not None:
            keys = [OutcomeKey(line.digit, line.disposition, line.label) for line in card.keys]
            self._turn(self.session.press(digit, keys))

    def choose(self, line: KeyLine) -> None:
        """An outcome from the list of all."""
        self._turn(self.session.choose(line.disposition), line)

    def confirm(self) -> None:
        """Enter, or the button of the strip."""
        asked = self.asked
        if asked is not None and asked.line is None:
            self._answer(asked, 0)
        else:
            self._turn(self.session.enter())

    def back(self) -> bool:
        """Leave what is asked; False if nothing was."""
        if self.asked is None:
            return False
        was, self._was_typing = self._was_typing, False
        self.close_question()
        if was:
            self._page.keys.focus_note()
        else:
            self._page.setFocus()
        return True

    def snooze(self) -> None:
        """Ask until when."""
        if self._page.card is not None:
            self._ask(snooze_question(self._app.clock.now(), self._app.settings))

    def ask_next(self, account: str) -> None:
        """Ask whether to open the next account."""
        self._ask(next_question(account))

    def close_question(self) -> None:
        """Back to the outcome keys."""
        self.session = self.session.escape().session
        self._at = None
        if self.asked is not None:
            self.asked = None
            focused = QApplication.focusWidget()
            if focused is not None and self._page.space.strip.isAncestorOf(focused):
                self._page.setFocus()  # else hiding the strip would hand the next key to a stranger
            self._page.space.close_strip()
            self._page.shell.renew_commands()

    def typed(self, words: str) -> None:
        """Show how a typed date is understood, while it is typed."""
        asked, card = self.asked, self._page.card
        if asked is None or card is None or asked.ask not in (Ask.TIME, Ask.SNOOZE):
            return
        now, settings = self._app.clock.now(), self._app.settings
        read = read_time(words, card, now, settings, is_theirs=asked.ask is Ask.TIME)
        self._at = read.at
        self._page.space.strip.show_told(read.strong, read.words, read.tone)

    # -- dialling --------------------------------------------------------------------------------------------------

    def _ask_gate(self) -> None:
        card = self._page.card
        if card is None:
            return
        verdict = self._app.ask(dial.verdict, card.target_id, campaign_id=self._page.campaign_id)
        if verdict.gate is Gate.HARD_BLOCK:
            self._page.teller.say(verdict.words, kind="bad")
        elif verdict.needs_reason:
            self._ask(gate_question(verdict))
        else:
            self._dial("")

    def _dial(self, reason: str) -> None:
        card, say = self._page.card, self._page.teller.say
        assert card is not None
        verdict = self._app.ask(dial.verdict, card.target_id, campaign_id=self._page.campaign_id)
        address = self._app.ask(dial.address, card.target_id)
        self._evidence = dial.evidence_of(verdict, reason=reason)
        self.close_question()
        self._page.setFocus()
        if self._app.settings.dial_with == "clipboard":
            QGuiApplication.clipboard().setText(address)
            say(f"Copied {card.number.shown if card.number else address}. Dial it now.", kind="info")
        elif not QDesktopServices.openUrl(QUrl(address)):
            QGuiApplication.clipboard().setText(address.partition(":")[2].partition(";")[0])
            say("No program on this computer takes calls; the number is on the clipboard.", kind="warn")
        self.session = self.session.dialled(self._app.clock.monotonic())
        self._page.show_line()

    # -- what came of it -------------------------------------------------------------------------------------------

    def _turn(self, turn: Turn, line: KeyLine | None = None) -> None:
        card = self._page.card
        if card is None:
            return
        if turn.effect is Effect.MORE:
            self._page.keys.more_outcomes()
        elif turn.effect is Effect.ANSWER and self.asked is not None:
            self._answer(self.asked, turn.choice)
        elif turn.effect is Effect.LOG and turn.disposition is not None:
            self._log(line or _line_of(card.keys, turn.disposition))
        elif turn.effect is Effect.ASK and turn.disposition is not None:
            line = line or _line_of(card.keys, turn.disposition)
            self.session = turn.session
            self._ask(question_for(card, line, self._app.clock.now(), self._app.settings))

    def _ask(self, question: Question) -> None:
        self._was_typing = self._was_typing or self._page.space.note.editor.hasFocus()
        self._at, self.asked = None, question
        self._page.space.open_strip(question.view)
        if question.view.is_typed_first:
            self._page.space.strip.field.setFocus()
        else:
            self._page.setFocus()
        self._page.shell.renew_commands()

    def _answer(self, asked: Question, choice: int) -> None:
        """A digit of the strip, or 0 for Enter."""
        typed = self._page.space.strip.field.text().strip()
        if asked.ask is Ask.GATE:
            if typed and not choice:
                self._dial(typed)
            elif not choice:
                self._page.space.strip.show_told("", "A reason is needed; it is kept with the call.", "bad")
        elif asked.ask is Ask.NEXT:
            self.close_question()
            if choice < 2:
                self._page.rounds.open_next()
        elif asked.ask is Ask.REASON:
            reason = reason_at(choice)
            if reason is not None:
                self.take_reason(reason)
        elif asked.line is not None and asked.ask is Ask.COMPETITOR and not choice:
            self._log(asked.line, reason=LossReason.COMPETITOR, competitor=typed or None)
        elif asked.line is not None and asked.ask is Ask.CONFIRM and choice < 2:
            self._log(asked.line)
        elif asked.times:
            self._take_time(asked, choice, typed)

    def take_reason(self, reason: LossReason) -> None:
        """Why they do not renew; a competitor has a name."""
        assert self.asked is not None
        assert self.asked.line is not None
        if reason is LossReason.COMPETITOR:
            self._ask(competitor_question(self.asked.line))
        else:
            self._log(self.asked.line, reason=reason)

    def _take_time(self, asked: Question, choice: int, typed: str) -> None:
        at = next((one.at for one in asked.times if one.digit == choice), None)
        if not choice:
            at = self._at if typed else asked.times[0].at
        if at is None:
            return  # what was typed is not understood, and the strip says so
        if asked.line is None:
            self._page.rounds.snooze_until(at)
        else:
            self._log(asked.line, at=at)

    def _log(
        self, line: KeyLine, *, at: datetime | None = None, reason: LossReason | None = None,
        competitor: str | None = None,
    ) -> None:  # fmt: skip
        logged = self._page.rounds.log(
            line.disposition, duration_s=self.seconds or 0, at=at, loss_reason=reason, competitor=competitor,
            evidence=self._evidence, label=line.label,
        )  # fmt: skip
        why = f" ({LOSS_REASONS[reason].lower()})" if reason else ""
        follows = after_words(line.disposition, logged.next_at, logged.next_words, self._app.settings)
        self._page.rounds.after_log(logged, f"for {logged.account}{why}. {follows}".strip())


def _line_of(keys: tuple[KeyLine, ...], disposition: Disposition) -> KeyLine:
    return next(line for line in keys if line.disposition is disposition)
