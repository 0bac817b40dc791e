"""P6: an export imported, and the same export again, beside a bare upsert of the same rows and a bare phone parse."""

import csv
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

from tests.bench.books import SETTINGS, folder, open_book
from tests.bench.measure import race
from tests.bench.table import Report

LARGEST = 100_000
HEADER = [
    "Contract No", "End Customer", "City", "State", "Product", "Quantity", "Start Date", "End Date", "Value",
    "Currency", "Contact", "E-mail", "Phone", "Reseller",
]  # fmt: skip
FIRST = ("Alder", "Birch", "Cedar", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Ivory", "Juniper", "Kestrel")
SECOND = ("Dental", "Logistics", "Robotics", "Foods", "Legal", "Energy", "Health", "Metals", "Media", "Software")
PLACES = [("Boston", "MA", 617), ("Austin", "TX", 512), ("Denver", "CO", 303), ("Chicago", "IL", 312)]
TABLES = {
    "account": "id, uid, kind, name, name_key, city, region, created_at",
    "contact": "id, uid, account_id, name, email, is_active, is_decision_maker, is_do_not_call, created_at",
    "phone": "id, e164, kind, status, zones, attempts, connects, is_do_not_call",
    "contact_phone": "id, contact_id, phone_id, position",
    "product": "id, name, name_key",
    "contract": "id, uid, number, account_id, partner_id, starts_on, ends_on, value, currency, created_at",
    "contract_line": "id, contract_id, position, product_id, quantity, value",
    "renewal": (
        "id, uid, contract_id, account_id, due_on, amount, currency, quantity, stage, category, is_category_picked"
    ),
}


def run(report: Report, sizes: list[int]) -> None:
    """Books do not matter here: the list is what has a size, up to a hundred thousand rows."""
    for size in sorted({min(size, LARGEST) for size in sizes}):
        path = _list(size)
        raw_stores, stores = ({number: _empty(f"{name}-{number}") for number in range(3)} for name in ("raw", "ours"))
        rounds = 3 if size <= 10_000 else 1
        racers = {
            "ours": partial(_at, ours, path, stores),
            "raw": partial(_at, raw, path, raw_stores),
        }
        for figure, at_most in (("import, undoable, with call targets", 2.0), ("the same list again", 1.0)):
            took = race(racers, rounds, warm_up=0)
            ours_ms, raw_ms = took["ours"].median, took["raw"].median
            report.add("P6", figure, size, ours_ms, "raw upsert where changed + phones", raw_ms, at_most=at_most)
        command = [sys.executable, "-m", "tests.bench.p6_import", str(path), str(_empty("memory"))]
        peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        report.add("P6", "memory of the import, whole process", size, peak, "limit", 300, at_most=1, unit="MB")


def _at(work: Callable[[Path, Path], None], path: Path, stores: dict[int, Path], number: int) -> None:
    work(path, stores[number])


def ours(path: Path, store: Path) -> None:
    """Detect, validate, phones and zones, verdicts, merge."""
    from callstation.accounts.importing.imports import merge, preview
    from callstation.accounts.importing.source import open_source

    app = open_book(store)
    app.do(merge, app.ask(preview, open_source(path)))
    app.close()


def raw(path: Path, store: Path) -> None:
    """The same rows by prepared statements into the same tables, and ``phonenumbers.parse`` alone for each number."""
    import phonenumbers

    from db.engine import connect

    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    made: dict[str, dict[object, tuple[object, ...]]] = {table: {} for table in TABLES}
    ids = {table: count(1) for table in TABLES}

    def once(table: str, key: object, *values: object) -> object:
        found = made[table].get(key)
        if found is None:
            found = made[table][key] = (next(ids[table]), *values)
        return found[0]

    for row in rows:
        number = phonenumbers.parse(row[12], "US")
        e164 = f"+{number.country_code}{number.national_number}"
        starts_on, ends_on = (f"{text[6:]}-{text[:2]}-{text[3:5]}" for text in row[6:8])
        value, seats = int(float(row[8]) * 10_000), int(row[5])
        account = once("account", row[1], uuid4().hex, "customer", row[1], row[1].lower(), row[2], row[3], 0)
        partner = None
        if row[13]:
            partner = once("account", row[13], uuid4().hex, "partner", row[13], row[13].lower(), None, None, 0)
        person = once("contact", (account, row[10]), uuid4().hex, account, row[10], row[11], 1, 0, 0, 0)
        phone = once("phone", e164, e164, "fixed", "untried", "", 0, 0, 0)
        once("contact_phone", (person, phone), person, phone, 0)
        product = once("product", row[4], row[4], row[4].lower())
        contract = once(
            "contract", row[0], uuid4().hex, row[0], account, partner, starts_on, ends_on, value, row[9], 0
        )  # fmt: skip
        once("contract_line", contract, contract, 0, product, seats, value)
        stands = ("not_started", "pipeline", 0)
        once("renewal", contract, uuid4().hex, contract, account, ends_on, value, row[9], seats, *stands)
    connection = connect(store)
    connection.execute("BEGIN IMMEDIATE")
    for table, columns in TABLES.items():
        names = columns.split(", ")
        kept = [name for name in names if name not in ("id", "uid")]
        changed = " OR ".join(f"{name} IS NOT excluded.{name}" for name in kept)
        connection.executemany(
            f"""INSERT INTO {table} ({columns}) VALUES ({", ".join("?" * len(names))}) ON CONFLICT (id) DO UPDATE
                SET {", ".join(f"{name} = excluded.{name}" for name in kept)} WHERE {changed}""",
            made[table].values(),
        )
    connection.execute("COMMIT")
    connection.close()


def _list(size: int) -> Path:
    """Two contracts a customer, a reseller for every third, all numbers different."""
    path = folder() / f"list-{size}.csv"
    if path.exists():
        return path
    chance = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for number in range(size):
            customer = random.Random(number // 2)
            city, state, area = customer.choice(PLACES)
            name = f"{customer.choice(FIRST)} {customer.choice(SECOND)} {number // 2}"
            end = date(2026, 10, 1) + timedelta(chance.randrange(400))
            out.writerow(
                [
                    f"C-{number:07}", f"{name} Inc.", city, state,
                    f"Endpoint {chance.choice(['Basic', 'Pro', 'Elite'])}",
                    chance.randrange(5, 900), f"{end - timedelta(365):%m/%d/%Y}", f"{end:%m/%d/%Y}",
                    f"{chance.randrange(100, 90_000)}.{chance.randrange(100):02}", "USD",
                    f"{customer.choice(FIRST)} {customer.choice(SECOND)}", f"p{number // 2}@example.com",
                    f"({area}) {200 + number // 10_000 % 800}-{number % 10_000:04}",
                    f"Partner {customer.randrange(400)} LLC" if number // 2 % 3 == 0 else "",
                ]
            )  # fmt: skip
    return path


def _empty(name: str) -> Path:
    from db.schema import upgrade

    path = folder() / f"import-{name}.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    upgrade(path)
    return path


if __name__ == "__main__":
    assert SETTINGS.home_region == "US"
    ours(Path(sys.argv[1]), Path(sys.argv[2]))
    # The system's own figure for the parent would be handed down by ``resource``.
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    print(int(found[1]) // 1024 if found else 0)
