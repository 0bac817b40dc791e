"""The agreement in Word: the parties, the products, the clauses with their versions, and lines to sign on."""

from collections.abc import Callable, Mapping
from typing import Any

from callstation.documents.data import Data
from callstation.documents.labels import labels_of
from callstation.documents.values import Day, Row, day_in_figures, in_words
from callstation.documents.word_parts import Block, Grid, Piece, Signatures

EXTRA = ("agreement", "products", "clauses", "label")
"""What an agreement's template may use beside what every Word template may."""


def agreement_body(label: Callable[[str], str]) -> list[Piece]:
    """The form; ``label`` gives a heading by its name, as a field or as the words themselves."""
    return [
        Block("{{ letter.day }}", "day"),
        Block("{{ letter.subject }}", "title"),
        Block(label("agreement_between"), "label"),
        Block("{{ sender.name }}", "party"),
        Block("{{ agreement.our_address }}", "role"),
        Block(label("agreement_and"), "label"),
        Block("{{ agreement.customer }}", "party"),
        Block("{{ agreement.address }}", "role"),
        Block("", "spacer"),
        Grid(
            (
                (label("product"), "{{ one.name }}", 63, False),
                (label("quantity"), "{{ one.quantity }}", 20, True),
                (label("term"), "{{ one.term }}", 52, True),
                (label("price"), "{{ one.price }}", 30, True),
            ),
            "one in products",
        ),
        Block(f"{label('total')}  {{{{ agreement.total }}}}", "total"),
        Block(label("clauses"), "heading"),
        Block("{%p for one in clauses %}"),
        Block("{{ one.number }}. {{ one.title }}", "clause"),
        Block("{{ one.text }}"),
        Block("{%p endfor %}"),
        Block("{{ agreement.versions }}", "small"),
        Block(label("signatures"), "heading"),
        Signatures(
            ("{{ sender.name }}", "{{ agreement.customer }}"),
            (label("signed_place"), label("signed_name"), label("signed")),
        ),
    ]


def as_field(name: str) -> str:
    """A heading that the data brings along: one form for every language."""
    return f"{{{{ label.{name} }}}}"


def agreement_words(data: Data) -> Mapping[str, Any]:
    """What the fields of that form hold."""
    labels, locale = labels_of(data.locale), data.locale
    clauses = data.rows.get("clauses", ())
    versions = "; ".join(
        f"{clause['id']} {labels['clause_version'].format(version=clause['version'], day=_day(clause['date'], locale))}"
        for clause in clauses
    )
    return {
        "label": labels,
        "agreement": {
            "customer": data.address[0] if data.address else "", "address": ", ".join(data.address[1:]),
            "our_address": ", ".join(data.sender.address),
            "total": in_words(data.group("renewal").get("new_price"), locale),
            "versions": labels["clause_list"].format(clauses=versions) if clauses else "",
        },
        "products": [_product(line, labels, locale) for line in data.lines],
        "clauses": [{name: in_words(value, locale) for name, value in clause.items()} for clause in clauses],
    }  # fmt: skip


def _product(line: Row, labels: Mapping[str, str], locale: str) -> dict[str, str]:
    about = " · ".join(str(part) for part in (line.get("contract"), line.get("sku"), line.get("end_customer")) if part)
    term = labels["term_of"].format(start=_day(line.get("starts_on"), locale), end=_day(line.get("ends_on"), locale))
    return {
        "name": f"{line['product']}\n{about}" if about else str(line["product"]),
        "quantity": in_words(line.get("quantity"), locale) or "–", "term": term,
        "price": in_words(line.get("amount"), locale),
    }  # fmt: skip


def _day(value: object, locale: str) -> str:
    return day_in_figures(value.on, locale) if isinstance(value, Day) else ""
