"""The practice book: forty invented customers with their stories, in a store of its own beside the user's."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any
from uuid import uuid4

from callstation.accounts.book import is_empty
from callstation.accounts.names import name_key
from callstation.app import App
from callstation.calling.outcomes import OUTCOMES, Reached
from callstation.calling.phones import read_number
from callstation.clock import Clock
from callstation.demo.campaigns import add_campaigns
from callstation.demo.companies import slug
from callstation.demo.letterhead import dressed
from callstation.demo.places import CITIES, CURRENCIES, City
from callstation.demo.terms import CATEGORIES, PRODUCT_COLUMNS, PRODUCT_ROWS
from callstation.opening import open_app
from callstation.paths import Places
from callstation.renewals.opportunity import who
from callstation.settings import load_settings
from callstation.work import Work
from db.nouns import Account, Activity, Callback, Contact, ContactPhone, Contract, ContractLine, Phone, Renewal
from db.vocabulary import (
    AccountKind,
    ActivityKind,
    CallbackKind,
    CallbackStatus,
    Disposition,
    ForecastCategory,
    NumberStatus,
    RenewalStage,
)

Progress = Callable[[float, str], None]


def open_practice(own: Places, *, clock: Clock | None = None, on_progress: Progress | None = None) -> App:
    """Open the practice book beside the user's own store, making it at the first time; with the user's settings.

    ``on_progress`` is told the share done (0..1) and the step. While the user has no letterhead, an invented company's
    stands in for it.
    """
    app = open_app(own.sample, clock=clock)
    app.settings = dressed(load_settings(own.settings))
    try:
        if app.ask(is_empty):
            app.record(make_practice, on_progress=on_progress)
    except BaseException:
        app.close()
        raise
    return app


def make_practice(work: Work, *, on_progress: Progress | None = None) -> int:
    """Write the practice book into an empty store, counted from today; how many customers. Run by ``app.record``."""
    from callstation.calling.day import build_day
    from callstation.calling.targets import refresh_targets
    from callstation.demo.bulk import load
    from callstation.demo.looking_back import add_snapshots
    from callstation.demo.prices import add_contracted, add_prices, practice_prices
    from callstation.demo.selling import play_sales
    from callstation.demo.year import add_year

    tell = on_progress or (lambda _share, _step: None)
    tell(0.0, "forty customers")
    book = json.loads((files("resources") / "sample" / "book.json").read_text(encoding="utf-8"))
    load(work.raw, "product", PRODUCT_COLUMNS, PRODUCT_ROWS)
    partners = [_add_account(work, one, AccountKind.PARTNER) for one in book["partners"]]
    customers = [_add_account(work, one, AccountKind.CUSTOMER) for one in book["customers"]]
    for number, (account_id, one) in enumerate(zip(customers, book["customers"], strict=True), start=1):
        _add_renewal(work, account_id, one, partners[one["partner"]] if "partner" in one else None, number)
    tell(0.4, "their stories")
    refresh_targets(work)
    for account_id, one in zip([*partners, *customers], [*book["partners"], *book["customers"]], strict=True):
        _add_story(work, account_id, one)
    _count(work)
    tell(0.6, "prices and quotes")
    add_prices(work, practice_prices(book), _uid)
    add_contracted(work, book["contracted"], _uid)
    play_sales(work, book["sales"])
    tell(0.65, "the year behind it")
    add_year(work)
    add_snapshots(work)
    tell(0.9, "campaigns and today's order")
    add_campaigns(work)
    build_day(work)
    tell(1.0, "done")
    return len(customers)


def _uid(_noun: str, _number: int) -> str:
    return uuid4().hex


def _add_account(work: Work, one: dict[str, Any], kind: AccountKind) -> int:
    city = _CITY[one["city"]]
    account_id = work.insert(
        Account, uid=uuid4().hex, kind=kind, name=one["name"], name_key=name_key(one["name"]), street=one["street"],
        city=city.name, region=city.region, postal_code=city.postal_code, country=city.country, time_zone=city.zone,
        segment=one.get("segment"), created_at=work.now - timedelta(days=800),
    )  # fmt: skip
    is_blocked = one.get("is_do_not_call", False)
    for place, (name, role, *given) in enumerate(one["people"]):
        contact_id = work.insert(
            Contact, uid=uuid4().hex, account_id=account_id, name=name, role=role, is_decision_maker=place == 0,
            email=f"{slug(name.split()[-2])}.{slug(name.split()[-1])}@{slug(one['name'])}.example",
            is_do_not_call=is_blocked, created_at=work.now - timedelta(days=800),
        )  # fmt: skip
        e164 = given[0] if given else city.number(20 + 3 * account_id + place)
        read = read_number(e164, "")
        phone_id = work.insert(
            Phone, e164=e164, kind=read.kind, status=NumberStatus.UNTRIED, region=read.region,
            zones=",".join(read.zones), is_do_not_call=is_blocked,
            do_not_call_at=work.now - timedelta(days=120) if is_blocked else None,
            do_not_call_evidence="Asked on a call" if is_blocked else None,
        )  # fmt: skip
        work.insert(ContactPhone, contact_id=contact_id, phone_id=phone_id)
    return account_id


def _add_renewal(work: Work, account_id: int, one: dict[str, Any], partner_id: int | None, number: int) -> None:
    ends_on = work.today + timedelta(days=one["days"])
    product_id, _, _, vendor, *_ = next(row for row in PRODUCT_ROWS if row[1] == one["product"])
    amount, currency = Decimal(one["amount"]), CURRENCIES[_CITY[one["city"]].country]
    contract_id = work.insert(
        Contract, uid=uuid4().hex, number=f"{vendor[:3].upper()}-{20_480 + 37 * number}", account_id=account_id,
        partner_id=partner_id, vendor=vendor, starts_on=ends_on - timedelta(days=364), ends_on=ends_on, value=amount,
        currency=currency, status="active", created_at=work.now - timedelta(days=364),
    )  # fmt: skip
    work.insert(
        ContractLine, contract_id=contract_id, position=0, product_id=product_id, quantity=one["seats"], value=amount
    )
    stage = RenewalStage(one["stage"])
    slips, closes_in = one.get("slips", (0, None))
    category, picked_ago = one.get("pick", (CATEGORIES[stage.value], None))
    picked = {} if picked_ago is None else {
        "is_category_picked": True, "picked_by": who(work), "picked_at": work.now - timedelta(days=picked_ago)
    }  # fmt: skip
    work.insert(
        Renewal, uid=uuid4().hex, contract_id=contract_id, account_id=account_id, due_on=ends_on, amount=amount,
        currency=currency, quantity=one["seats"], stage=stage, category=ForecastCategory(category), slips=slips,
        close_on=None if closes_in is None else work.today + timedelta(days=closes_in), next_step=one.get("next_step"),
        **picked,
    )  # fmt: skip


def _add_story(work: Work, account_id: int, one: dict[str, Any]) -> None:
    found = work.row("SELECT id, contact_id, phone_id FROM call_target WHERE account_id = ?", (account_id,))
    target_id, contact_id, phone_id = found or (None, None, None)
    renewal = work.row("SELECT id FROM renewal WHERE account_id = ?", (account_id,))
    for place, (days_ago, what, minutes, note) in enumerate(one["history"]):
        is_call = what in set(Disposition)
        disposition = Disposition(what) if is_call else None
        work.insert(
            Activity, uid=uuid4().hex, kind=ActivityKind.CALL if is_call else ActivityKind(what), target_id=target_id,
            account_id=account_id, contact_id=contact_id, phone_id=phone_id if is_call else None,
            renewal_id=renewal[0] if renewal else None, happened_on=work.today - timedelta(days=days_ago),
            happened_at=work.now - timedelta(days=days_ago, minutes=7 * place), disposition=disposition, note=note,
            is_reached=disposition is not None and OUTCOMES[disposition].reached is Reached.YES,
            duration_s=60 * minutes + 12 * (is_call and minutes > 0),
        )  # fmt: skip
    if "callback" in one and target_id is not None:
        minutes, kind, note = one["callback"]
        due_at = (work.now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        work.insert(
            Callback, uid=uuid4().hex, kind=CallbackKind(kind), status=CallbackStatus.OPEN, target_id=target_id,
            due_at=due_at, their_zone=_CITY[one["city"]].zone, note=note,
        )  # fmt: skip


def _count(work: Work) -> None:
    """Bring numbers, targets and renewals in step with the stories."""
    missed = "', '".join(item.value for item, row in OUTCOMES.items() if row.reached is Reached.NO)
    work.derive(
        """UPDATE phone SET attempts = t.n, connects = t.got, last_attempt_at = t.at, last_connect_at = t.got_at,
               status = iif(t.got, 'working', status)
           FROM (SELECT phone_id, count(*) AS n, sum(is_reached) AS got, max(happened_at) AS at,
                 max(iif(is_reached, happened_at, NULL)) AS got_at
                 FROM activity WHERE kind = 'call' GROUP BY phone_id) t WHERE t.phone_id = phone.id"""
    )
    work.derive(
        f"""UPDATE call_target SET attempts = t.n, last_disposition = t.disposition, last_called_at = t.at,
               last_reached_at = t.got_at, missed_in_a_row = (SELECT count(*) FROM activity a
                   WHERE a.target_id = call_target.id AND a.disposition IN ('{missed}')
                   AND a.happened_at > coalesce(t.got_at, 0))
           FROM (SELECT target_id, count(*) AS n, disposition, max(happened_at) AS at,
                 max(iif(is_reached, happened_at, NULL)) AS got_at
                 FROM activity WHERE kind = 'call' GROUP BY target_id) t WHERE t.target_id = call_target.id"""
    )
    work.derive(
        """UPDATE renewal SET last_contact_at = t.at FROM (SELECT renewal_id, max(happened_at) AS at FROM activity
           WHERE is_reached GROUP BY renewal_id) t WHERE t.renewal_id = renewal.id"""
    )


_CITY: dict[str, City] = {city.name: city for some in reversed(CITIES.values()) for city in some}
