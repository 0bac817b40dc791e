"""A list of expiring contracts as a distributor would send it: title above, mixed dates, totals below. All made up."""

import csv
import io
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from callstation.app import App
from callstation.clock import Clock
from callstation.demo import make_book
from callstation.demo.prices import usual_prices
from callstation.demo.words import ADD_ONS, PRODUCTS
from callstation.settings import Settings
from callstation.work import Work
from db.schema import upgrade

HEADER = (
    "Contract No.", "End Customer", "Reseller", "Product", "Seats", "Expiry Date", "Renewal Value", "Currency",
    "Contact", "Job Title", "E-mail", "Phone", "City", "State", "Country",
)  # fmt: skip

PRICE_HEADER = ("Vendor", "Family", "Part number", "Product", "Type", "List price per year", "Cost", "Currency", "Unit")

_ROWS = """
    SELECT k.number, a.name, (SELECT p.name FROM account p WHERE p.id = k.partner_id),
           (SELECT p.name FROM contract_line l JOIN product p ON p.id = l.product_id
            WHERE l.contract_id = k.id LIMIT 1),
           r.quantity, k.ends_on, r.amount, r.currency, c.name, c.role, c.email, p.e164, a.city, a.region, a.country
    FROM renewal r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
    JOIN contact c ON c.account_id = a.id JOIN contact_phone n ON n.contact_id = c.id AND n.position = 0
    JOIN phone p ON p.id = n.phone_id
    WHERE r.closed_at IS NULL AND a.country = 'US' GROUP BY r.id ORDER BY k.number"""


def sample_list(clock: Clock, *, rows: int = 60) -> str:
    """The list as CSV text, with contracts that end around today; the same day gives the same list."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "list.db"
        upgrade(store)
        app = App(store, settings=Settings(), clock=clock)
        try:
            app.record(make_book, rows * 3, seed=7, history_per_renewal=0)
            found = app.ask(lambda work: (work.today, _rows(work)))
        finally:
            app.close()
    today, made = found
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["Expiring subscriptions, all vendors"])
    writer.writerow([f"Made for account management on {today:%d %b %Y}"])
    writer.writerow([])
    writer.writerow(HEADER)
    kept = made[:rows]
    for number, row in enumerate(kept):
        writer.writerow(_told(row, number))
    writer.writerow(["Total", "", "", "", sum(row[4] or 0 for row in kept), "", _money(sum(row[6] for row in kept))])
    return out.getvalue()


def sample_prices() -> str:
    """The vendors' price list in US dollars as CSV text, with the add-ons beside each vendor's plans."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(PRICE_HEADER)
    prices = usual_prices()
    for vendor, family, name, sku, _ in PRODUCTS:
        writer.writerow((vendor, family, sku, name, "Plan", *_priced(prices[name])))
    for vendor in sorted({row[0] for row in PRODUCTS}):
        for short, _ in ADD_ONS:
            name = f"{vendor} {short}"
            writer.writerow((vendor, "", "", name, "Add-on", *_priced(prices[name])))
    return out.getvalue()


def _priced(price: Sequence[int | None]) -> tuple[Any, ...]:
    listed, cost = price
    return f"{listed}.00", "" if cost is None else f"{cost}.00", "USD", "seat/year"


def _rows(work: Work) -> list[tuple[Any, ...]]:
    return work.rows(_ROWS)


def _told(row: tuple[Any, ...], number: int) -> list[Any]:
    """One line as three different hands would have typed it."""
    ends_on = date.fromisoformat(row[5])
    shown = (ends_on.isoformat(), f"{ends_on:%d-%b-%Y}", f"{ends_on:%B} {ends_on.day}, {ends_on.year}")[number % 3]
    digits = row[11].removeprefix("+1")
    phone = (row[11], f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", f"{digits[:3]}.{digits[3:6]}.{digits[6:]}")[
        number % 3
    ]
    return [*row[:5], shown, _money(row[6]), row[7], *row[8:11], phone, *row[12:]]


def _money(units: int) -> str:
    return f"${units // 10_000:,}.00"
