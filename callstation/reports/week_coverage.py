"""The part of the weekly report that says who was missed, of what ends soon and what ended and is open, by name."""

from datetime import date, timedelta

from callstation.calling.clock_words import date_words
from callstation.renewals.coverage import Cover, ledger, ledger_rows
from callstation.reports.covered_then import covered_then
from callstation.reports.pictures import COVER_WORDS, coverage_chart
from callstation.reports.report import Head, Section, left, right, table
from callstation.reports.shown import counted, money_shown, whole
from callstation.work import Work

AHEAD = timedelta(days=120)


def coverage_sections(work: Work, day: date) -> tuple[Section, ...]:
    """Coverage of what ends within ``AHEAD`` of a day or ended and is open, and who was missed by it.

    Of an earlier day, as far as it is known.
    """
    if day < work.today:
        return (_coverage_then(work, day),)
    found = ledger(work, day, day + AHEAD, with_ended=True)
    language = work.settings.language
    parts = ", ".join(
        f"{whole(found.parts[cover].count, language)} {words.lower()}" for cover, words in COVER_WORDS.items()
    )
    window = f"{date_words(found.first)} to {date_words(found.last)}"
    if not found.due:
        return (Section("Coverage", (f"Nothing ends from {window}, and nothing that ended before is open.",)),)
    ended = found.ended or 0
    said = f"{_ending(found.due - ended, language)} from {window}; {_ended(ended, language)}: {parts}."
    ledgered = Section("Coverage", (said,), chart=coverage_chart(found))
    if not found.nothing:
        return (ledgered, Section("Who was missed", ("Nobody: every contract is covered.",), tone="ok"))
    heads: list[Head] = [left("Contract", 1.2), left("Account", 1.8), left("Ends", 1.1), right("Value", 1.2),
                         left("Why", 2.0), left("What to do", 2.0)]  # fmt: skip
    rows = [
        [one.contract_number, one.account, date_words(one.due_on) if one.due_on else "not known",
         "" if one.amount is None else money_shown(one.amount, one.currency, language), one.words, one.what_to_do]
        for one in ledger_rows(work, day, day + AHEAD, Cover.NOTHING, with_ended=True)
    ]  # fmt: skip
    missed = f"{whole(found.nothing, language)} {'contract has' if found.nothing == 1 else 'contracts have'} nothing."
    return (ledgered, Section("Who was missed", (missed,), table=table(heads, rows, most=200), tone="bad"))


def _coverage_then(work: Work, day: date) -> Section:
    found = covered_then(work, day, AHEAD)
    window = f"{date_words(found.first)} to {date_words(found.last)}"
    if not found.due:
        return Section(
            "Coverage", (f"Nothing that was in the book by then ends from {window}, or had ended and was open.",)
        )
    language = work.settings.language
    spoken, closed, neither = (whole(number, language) for number in (found.spoken, found.closed, found.neither))
    said = (
        f"{counted(found.due, language)} {'ends' if found.due == 1 else 'end'} from {window} or had ended and "
        f"{'was' if found.due == 1 else 'were'} open. By the end of {date_words(day)} {spoken} were spoken to, "
        f"{closed} closed with a reason, {neither} neither."
    )
    unknown = "What was planned for them is not remembered, so nobody is named as missed; today's report names them."
    return Section("Coverage", (said,), notes=(unknown,))


def _ended(number: int, language: str) -> str:
    if not number:
        return "nothing that ended before is open"
    return f"{counted(number, language)} ended before and {'is' if number == 1 else 'are'} still open"


def _ending(number: int, language: str) -> str:
    return f"{counted(number, language)} {'ends' if number == 1 else 'end'}"
