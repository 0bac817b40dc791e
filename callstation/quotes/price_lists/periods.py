"""How many months a price pays for, by the words of its unit, its billing period or its header."""

import re

_BILLED = re.compile(r"\b(?:billed|paid|invoiced|abgerechnet|zahlbar|facture\w*|paye\w*)\b.*", re.IGNORECASE)
"""How often an invoice comes is another matter than what the price is for."""
_ONCE = re.compile(
    r"\bone[\s-]?(?:time|off)\b|\bonce\b|\bforever\b|\blife[\s-]?time\b|\bperpetual\b|\beinmalig\w*|\bunbefristet\w*"
    r"|\b(?:paiement|achat|prix) unique\b|\bperpetuel\w*",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_MONTHS = {
    1: "month monthly months mo mth mon monat monate monatlich monats mtl mois mensuel mensuelle pm p1m",
    3: "quarter quarterly quarters quartal quartalsweise vierteljahrlich trimestre trimestriel",
    6: "halfyearly semiannual halbjahr halbjahrlich semestre semestriel",
    12: "year yearly years yr yrs annual annually annum jahr jahre jahrlich jahres ans annee annees annuel annuelle "
        "pa p1y",
}  # fmt: skip
_BY_WORD = {word: months for months, words in _MONTHS.items() for word in words.split()}
_SHORT = {"m": 1, "y": 12, "a": 12, "an": 12}
"""Letters that are a period behind a figure alone: "12m", "3y", "1 an"."""
_STEMS = (("jahres", 12), ("monats", 1))
"""German joins words: Jahrespreis, Monatspreis."""
LONGEST = 120
"""Months; what is longer is a slip."""


def months_in(text: str) -> int | None:
    """The months named by words such as "user/month", "per seat per year", "36 months", "P3Y"; None for none.

    Of several the last counts, for the period closes the phrase: "500 messages a month per year of contract" is rare,
    "annual plan, price per month" is not.
    """
    plain = _BILLED.sub("", _folded(text))
    if iso := re.fullmatch(r"p(\d{1,3})([my])", plain.strip()):
        months = int(iso[1]) * (12 if iso[2] == "y" else 1)
        return months if 0 < months <= LONGEST else None
    if (bare := plain.strip()).isdigit():  # a term in months
        return int(bare) if len(bare) <= 3 and 0 < int(bare) <= LONGEST else None
    found: int | None = None
    before = ""
    for token in _TOKEN.findall(plain):
        times = int(before) if before.isdigit() and len(before) <= 3 else 0
        unit = _BY_WORD.get(token) or next((months for stem, months in _STEMS if token.startswith(stem)), None)
        if unit is None and (times or before == "par" or token == plain.strip()):
            unit = _SHORT.get(token)
        if unit is not None:
            times = times or 1
            found = unit * times if 0 < unit * times <= LONGEST else found
        before = token
    return found


def is_paid_once(text: str) -> bool:
    """Whether words name a price that is no subscription: "one time purchase", "perpetual"."""
    return _ONCE.search(_folded(text)) is not None


def _folded(text: str) -> str:
    import unicodedata

    marks = unicodedata.normalize("NFKD", text[:200])
    return "".join(mark for mark in marks if not unicodedata.combining(mark)).casefold()
