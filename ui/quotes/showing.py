"""Puts a quote on its sheet: the four columns, the lines, what changed, and what stands at the foot."""

from typing import TYPE_CHECKING

from callstation.quotes.cards import QuoteCard, QuoteRow
from callstation.quotes.worksheet import OptionView
from ui import words
from ui.calling.info_row import Info
from ui.quotes.asks import next_steps
from ui.quotes.draft import Draft
from ui.quotes.faces import Moneys, face_of
from ui.quotes.lines import rows_of, stored_rows
from ui.quotes.opening import view_of
from ui.quotes.statuses import LOOKS
from ui.quotes.stored_card import SHOWN

if TYPE_CHECKING:
    from ui.quotes.quoting import Quoting


class Showing:
    """Knows what is said where; decides nothing."""

    def __init__(self, quoting: "Quoting") -> None:
        self._quoting, self._sheet = quoting, quoting.sheet

    def show_live(self) -> None:
        """The worksheet, to be worked on."""
        self._sheet.show_live()
        self._head()
        self.show_sums()
        self._quoting.say("")

    def show_sums(self) -> None:
        """What follows from the choices: painted once, in one frame."""
        draft = self._quoting.draft
        if draft is None:
            return
        sheet, today, settings = draft.sheet, self._quoting.page.rounds.today(), self._quoting.settings
        moneys = Moneys(sheet.currency, sheet.base_currency, sheet.rate, sheet.rate_on)
        faces = [face_of(view, moneys, today, settings) for view in draft.views]
        most = max(1, *(len(face.facts) for face in faces))
        for column, face, view in zip(self._sheet.columns, faces, draft.views, strict=True):
            column.show_face(face, is_chosen=view.option is draft.choices.option, rows=most)
        self._sheet.fit_totals()
        self._sheet.table.show_lines(rows_of(draft), is_partner=sheet.is_partner)
        self.show_line()
        said, total = self._quoting.changes()
        self._sheet.changes.show_changes(self._since(), said, total)
        self.show_foot()

    def show_line(self) -> None:
        """How the price of the line in hand comes about."""
        row = self._sheet.table.row_in_hand
        if row is None or row.line is None:
            self._sheet.show_sum("" if row is None else f"{row.product} is not in the quote.")
            return
        if row.amount is None:
            self._sheet.show_sum("No price is known. P types the price of one unit.")
            return
        last = row.line.steps[-1].amount if row.line.steps else row.line.amount
        said = " ".join(step.words for step in row.line.steps)
        self._sheet.show_sum(f"{said} = {words.money(last, self._quoting.currency, self._quoting.settings)}")

    def show_foot(self) -> None:
        """The sentence about who may allow it, or why it cannot be quoted."""
        draft = self._quoting.draft
        if draft is None:
            return
        view, choices = draft.view, draft.choices
        if self._quoting.sending.is_busy:
            said, tone = "Making the PDF and the e-mail draft…", "text2"
        elif view.problems:
            said, tone = f"{view.problems[0]} P types one.", "bad"
            if not view.problems[0].startswith("No price"):
                said = view.problems[0]
        elif not view.approval.is_within:
            said, tone = view.approval.words, "warn"
        else:
            said, tone = f"Valid for {draft.sheet.policy.valid_days} days. {view.approval.words}", "text2"
        self._sheet.stand(said, tone)
        self._sheet.foot.show_state(
            choices.note, choices.reason, said, tone, has_discount=bool(view.discount_total),
            may_send=view.approval.is_within,
        )  # fmt: skip

    def show_stored(self) -> None:
        """A quote as it was saved, and what can be done with it."""
        card = self._quoting.card
        assert card is not None
        row, settings, today = card.row, self._quoting.settings, self._quoting.page.rounds.today()
        moneys = Moneys(row.currency, card.base_currency, card.rate, card.rate_on)
        self._sheet.show_stored()
        self._head()
        self._sheet.stored.show_quote(
            face_of(view_of(card), moneys, today, settings, approved_by=card.approved_by), self._facts(card),
            [self._version(one, row.quote_id) for one in card.versions[:SHOWN]],
        )  # fmt: skip
        opening = self._quoting.opening
        is_partner = opening.sheet.is_partner if opening is not None else False
        self._sheet.table.show_lines(stored_rows(card.lines), is_partner=is_partner)
        self._sheet.table.choose(0)
        self.show_line()
        self._quoting.say(self._about_stored(card), "text2")
        steps = next_steps(row.status, is_newest=card.is_newest, is_approved=row.is_approved)
        self._quoting.deciding.offer(steps, LOOKS[row.status])

    def show_nothing(self) -> None:
        """There is nothing to quote, and why."""
        opening = self._quoting.opening
        left_out = " ".join(opening.sheet.left_out) if opening is not None else ""
        self._head()
        self._sheet.show_nothing(
            "Nothing is up for renewal here",
            left_out or f"{self._quoting.account} has no open renewal, so there is nothing to quote.",
        )

    def total_words(self) -> str:
        """The sum of all lines, in a sentence."""
        draft, card, settings = self._quoting.draft, self._quoting.card, self._quoting.settings
        if draft is not None:
            view, sheet = draft.view, draft.sheet
            return _total(view, sheet.currency, self._money(view.total, sheet.currency))
        if card is not None:
            return _total(view_of(card), card.row.currency, words.money(card.row.total, card.row.currency, settings))
        return ""

    # -- parts -----------------------------------------------------------------------------------------------------

    def _money(self, amount: object, currency: str) -> str:
        from decimal import Decimal

        assert isinstance(amount, Decimal)
        return words.money(amount, currency, self._quoting.settings)

    def _head(self) -> None:
        quoting, card, draft = self._quoting, self._quoting.card, self._quoting.draft
        has_lines = draft is not None or card is not None
        self._sheet.head.offer(
            may_explain=has_lines, has_versions=bool(quoting.opening and quoting.opening.quotes), may_preview=has_lines
        )
        if draft is None:
            chip = LOOKS[card.row.status] if card is not None else None
            self._sheet.head.show_quote(card.row.label if card else "Quote", chip, "")
            return
        about, tone = self._about_live(draft)
        if card is None:
            self._sheet.head.show_quote("New quote", None, about, tone)
        elif card.row.status.value in ("draft", "needs_approval"):
            self._sheet.head.show_quote(card.row.label, LOOKS[card.row.status], about, tone)
        else:
            newest = card.versions[0].version + 1
            self._sheet.head.show_quote(f"{card.row.number} v{newest}", ("New version", "info", "plus"), about, tone)

    def _about_live(self, draft: Draft) -> tuple[str, str]:
        if draft.sheet.left_out:
            return " ".join(draft.sheet.left_out), "warn"
        today, settings = self._quoting.page.rounds.today(), self._quoting.settings
        return f"Prices of {words.day(draft.sheet.priced_on, today, settings)}", "text2"

    def _since(self) -> str:
        opening = self._quoting.opening
        return opening.base.row.label if opening is not None and opening.base is not None else ""

    def _about_stored(self, card: QuoteCard) -> str:
        today, settings = self._quoting.page.rounds.today(), self._quoting.settings
        priced = words.day(card.priced_on, today, settings)
        if not card.is_newest:
            return f"As it was made, with the prices of {priced}. {card.versions[0].label} is newer."
        return f"As it was made, with the prices of {priced}."

    def _facts(self, card: QuoteCard) -> dict[str, str]:
        row, settings, today = card.row, self._quoting.settings, self._quoting.page.rounds.today()

        def day(at: object) -> str:
            from datetime import datetime

            return words.day(at.astimezone(settings.zone).date(), today, settings) if isinstance(at, datetime) else ""

        left = (row.valid_until - today).days
        until = words.day(row.valid_until, today, settings)
        return {
            "Made": day(row.created_at), "Sent": day(row.sent_at),
            "Valid until": f"{until} ({left} d)" if row.status.is_open and left >= 0 else until,
            "Approved by": card.approved_by, "Decided": day(row.decided_at),
            "Why": card.reason or card.approval_reason, "Note": card.note,
        }  # fmt: skip

    def _version(self, row: QuoteRow, shown_id: int) -> Info:
        settings, today = self._quoting.settings, self._quoting.page.rounds.today()
        label, kind, icon = LOOKS[row.status]
        made = words.day(row.created_at.astimezone(settings.zone).date(), today, settings)
        about = f"{words.money(row.total, row.currency, settings)}, {made}"
        title = f"v{row.version}{', shown here' if row.quote_id == shown_id else ''}"
        return Info(title, about, mark=icon, chip=label, chip_kind=kind)


def _total(view: OptionView, currency: str, total: str) -> str:
    count = len(view.lines)
    return f"The quote comes to {total}, the sum of {count} rounded {'line' if count == 1 else 'lines'}."
