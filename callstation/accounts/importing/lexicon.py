"""Which words head which columns: the dictionary of lists of contracts (trade.md), and what each sort of list needs."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property

from callstation.accounts.importing.contract_words import CONTRACT_WORDS
from callstation.accounts.importing.fields import Field, header_key
from callstation.accounts.importing.price_words import PRICE_WORDS


@dataclass(frozen=True)
class Lexicon:
    """What a sort of list can say, and in which words."""

    name: str
    """As a remembered source keeps it."""
    words: Mapping[Field, tuple[str, ...]]
    """Field to the headers that name it, the commonest first."""
    required: tuple[Field, ...]
    """Without these a row says nothing that can be kept."""
    usual: tuple[Field, ...]
    """Asked for, and shown even where no column was found."""
    instead: Mapping[Field, Field]
    """What serves where a field of these is missing."""
    money: Field
    """The amount whose header may name the currency."""

    @cached_property
    def exact(self) -> Mapping[str, Field]:
        """Header, as it is compared, to its field."""
        return {word: field for field, words in self.words.items() for word in words}

    def missing(self, found: Container[Field], wanted: tuple[Field, ...]) -> list[Field]:
        """The fields of these that a list has neither themselves nor in another form."""
        return [item for item in wanted if item not in found and self.instead.get(item) not in found]


CONTRACTS = Lexicon(
    "contracts",
    CONTRACT_WORDS,
    required=(Field.CONTRACT_NO, Field.CUSTOMER, Field.END),
    usual=(Field.CONTRACT_NO, Field.CUSTOMER, Field.END, Field.PHONE),
    instead={Field.PHONE: Field.MOBILE},
    money=Field.VALUE,
)
PRICES = Lexicon(
    "prices",
    PRICE_WORDS,
    required=(Field.PRODUCT, Field.PRICE),
    usual=(Field.PRODUCT, Field.PRICE),
    instead={Field.PRODUCT: Field.SKU},
    money=Field.PRICE,
)

KNOWN_WITHOUT_FIELD = ("owner", "account owner", "sales rep", "website", "fax", "created date")
"""Headers of every CRM report that nothing is taken from; they still show where the header row is."""

_KNOWN = CONTRACTS.exact.keys() | PRICES.exact.keys() | set(KNOWN_WITHOUT_FIELD)


def is_known_header(cell: object) -> bool:
    """Whether this cell reads like a header of a dictionary."""
    return isinstance(cell, str) and 0 < len(cell) < 60 and header_key(cell) in _KNOWN
