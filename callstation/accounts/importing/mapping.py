"""Which column means what: the rep's word, what is remembered, the header dictionary, near spellings, the values."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from callstation.accounts.importing.fields import CONTEXT, CONTEXT_FREE, Field, header_key
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.lexicon import CONTRACTS, Lexicon
from callstation.accounts.importing.shapes import Shape, shape_of
from callstation.errors import UserError

LEAST_CONFIDENCE = 0.5
_LEAST_FIT = 0.6
"""A header of the dictionary is believed, whatever its column holds, where no other column suits better."""


class Origin(StrEnum):
    """Why a column was taken for a field."""

    TOLD = "told"
    REMEMBERED = "remembered"
    HEADER = "header"
    SIMILAR = "similar header"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Choice:
    """The column taken for a field; ``confidence`` is 0 to 1."""

    field: Field
    column: int
    header: str
    confidence: float
    origin: Origin


Mapping = dict[Field, Choice]
Wishes = AnyMapping[Field, str | None]
"""Field to header; None means that the list does not have the field."""


def map_columns(table: Table, lexicon: Lexicon = CONTRACTS, *, told: Wishes, remembered: Wishes) -> Mapping:
    """One column at most for each field, the surest first. ``UserError`` where a told column does not exist."""
    keys = [header_key(header) for header in table.headers]
    mapping: Mapping = {}
    closed: set[Field] = set()
    taken: set[int] = set()
    for wishes, origin in ((told, Origin.TOLD), (remembered, Origin.REMEMBERED)):
        for field, header in wishes.items():
            if field in closed:
                continue
            if header is None:
                closed.add(field)
                continue
            at = _place(table.headers, keys, header)
            if at is None and origin is Origin.TOLD:
                raise UserError(
                    f"There is no column “{header}”.",
                    f"The columns are: {', '.join(table.headers)}.",
                    f"Choose one of them for {field.label}.",
                )
            if at is not None and at not in taken:
                mapping[field] = Choice(field, at, table.headers[at], 1.0, origin)
                taken.add(at)
                closed.add(field)
    found = [
        choice
        for at, column in enumerate(table.columns)
        if at not in taken
        for choice in _candidates(lexicon, at, table.headers[at], keys[at], shape_of(column))
        if choice.field not in closed and choice.confidence >= LEAST_CONFIDENCE
    ]
    for choice in sorted(found, key=lambda choice: (-choice.confidence, choice.column)):
        if choice.field not in mapping and choice.column not in taken:
            mapping[choice.field] = choice
            taken.add(choice.column)
    return mapping


def _place(headers: tuple[str, ...], keys: list[str], header: str) -> int | None:
    if header in headers:
        return headers.index(header)
    key = header_key(header)
    return keys.index(key) if key and key in keys else None


def _candidates(lexicon: Lexicon, at: int, header: str, key: str, shape: Shape) -> list[Choice]:
    choices = []
    for field in lexicon.words:
        likeness, origin = _likeness(lexicon, field, key)
        if likeness:
            fit = _fit(field, shape)
            if origin is Origin.HEADER and field is not Field.ACCOUNT_ID:
                fit = max(fit, _LEAST_FIT)
            choices.append(Choice(field, at, header, round(likeness * fit, 3), origin))
    for field, share in (
        (Field.EMAIL, shape.emails),
        (Field.PHONE, min(shape.phones, shape.phone_marks)),
        (Field.COUNTRY, shape.country_names),
    ):
        if share >= 0.8 and field in lexicon.words:
            choices.append(Choice(field, at, header, 0.55, Origin.VALUES))
    if key.startswith("column ") and shape.days >= 0.8 and Field.END in lexicon.words:
        choices.append(Choice(Field.END, at, header, 0.5, Origin.VALUES))
    return choices


def _likeness(lexicon: Lexicon, field: Field, key: str) -> tuple[float, Origin]:
    """How much a header reads like the field's words, 0 to 1; the dictionary's order breaks ties."""
    if not key:
        return 0.0, Origin.HEADER
    words_of_field = lexicon.words[field]
    if lexicon.exact.get(key) is field:
        return 1.0 - 0.002 * words_of_field.index(key), Origin.HEADER
    tokens = key.split()
    if field in CONTEXT_FREE:
        bare = " ".join(token for token in tokens if token not in CONTEXT)
        if lexicon.exact.get(bare) is field:
            return 0.9 - 0.002 * words_of_field.index(bare), Origin.HEADER
    best = 0.0
    for synonym in words_of_field:
        words = synonym.split()
        if len(words) <= len(tokens) <= len(words) + 3 and set(words) <= set(tokens):
            best = max(best, 0.78 - 0.06 * (len(tokens) - len(words)) if len(words) > 1 or len(tokens) < 4 else 0.0)
        elif len(synonym) > 3 and abs(len(synonym) - len(key)) < 4:
            ratio = fuzz.ratio(synonym, key) / 100
            best = max(best, 0.85 * ratio if ratio >= 0.84 else 0.0)
    return best, Origin.SIMILAR


def _fit(field: Field, shape: Shape) -> float:
    """How well the values suit the field: 1.0 well, 0.2 hardly."""
    if shape.filled == 0:
        return 0.55
    if field in (Field.START, Field.END, Field.VALID_FROM, Field.VALID_TO):
        return 1.0 if shape.days >= 0.5 else 0.8 if shape.amounts >= 0.5 else 0.2
    if field in (Field.VALUE, Field.QUANTITY, Field.PRICE, Field.COST):
        return (0.95 if shape.filled < 0.5 else 1.0) if shape.amounts >= 0.4 and shape.days < 0.5 else 0.2
    wanted = {
        Field.EMAIL: shape.emails,
        Field.PHONE: shape.phones,
        Field.MOBILE: shape.phones,
        Field.CURRENCY: shape.currencies,
        Field.ACCOUNT_ID: shape.crm_ids,
    }.get(field)
    if wanted is not None:
        return 1.0 if wanted >= 0.4 else 0.2
    if field is Field.COUNTRY:
        return 1.1 if shape.countries >= 0.6 else 0.6
    if field is Field.STATE:
        return 0.2 if shape.countries >= 0.9 and shape.different < 0.2 else 1.0
    if field in (Field.CUSTOMER, Field.RESELLER, Field.CONTACT, Field.PRODUCT, Field.FAMILY, Field.KIND):
        return 0.5 if max(shape.amounts, shape.days, shape.emails, shape.crm_ids) >= 0.8 else 1.0
    if field is Field.PERIOD:
        return 0.2 if shape.amounts >= 0.5 else 1.0
    if field is Field.CONTRACT_NO:
        return 0.3 if shape.days >= 0.5 else 0.8 if shape.different < 0.2 else 1.0
    return 1.0
