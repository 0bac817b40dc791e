"""Campaigns: whom to call for one reason, with outcome keys, a talk track and progress of its own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from callstation.calling.campaign_filter import CampaignFilter, checked, condition, from_json, to_json
from callstation.calling.campaign_progress import CampaignRow, Progress, progress, switcher
from callstation.calling.outcomes import DEFAULT_KEYS, OutcomeKey
from callstation.calling.talk_tracks import DEFAULT_TRACKS, points_of
from callstation.changes import put_again, put_back
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import Campaign
from db.stored import to_micros
from db.vocabulary import AccountKind, CampaignKind, Disposition, Purpose

__all__ = [
    "CampaignDetail", "CampaignFilter", "CampaignRow", "Progress", "change", "close", "create", "detail", "keys_of",
    "make_default_campaigns", "progress", "refresh_all_members", "refresh_members", "reopen", "running_ids",
    "switcher", "talk_track_of",
]  # fmt: skip

PURPOSES = {CampaignKind.UPGRADE: Purpose.CROSS_SELL} | dict.fromkeys(
    (CampaignKind.TOUCH_POINT, CampaignKind.DATA_CLEAN_UP), Purpose.CONTRACT_SERVICE
)
"""What each kind calls about unless told otherwise; all others are about the renewal."""

DEFAULTS = (
    ("Expiring in 120 days", CampaignKind.EXPIRING, 60, CampaignFilter(expires_from_days=-30, expires_to_days=120)),
    ("Partner call-down", CampaignKind.PARTNER_CALL_DOWN, 40, CampaignFilter(account_kind=AccountKind.PARTNER)),
    ("Lapsed win-back", CampaignKind.LAPSED_WIN_BACK, 20, CampaignFilter(is_lapsed=True)),
    ("Data clean-up", CampaignKind.DATA_CLEAN_UP, 0, CampaignFilter(has_data_gap=True)),
)
"""What a fresh book starts with: name, kind, weight, filter."""


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """One campaign, whole."""

    campaign_id: int
    name: str
    kind: CampaignKind
    purpose: Purpose
    weight: int
    is_active: bool
    saved_filter: CampaignFilter
    keys: tuple[OutcomeKey, ...]
    talk_track: str
    """One point a line, see ``talk_tracks``."""
    progress: Progress


def detail(work: Work, campaign_id: int) -> CampaignDetail:
    """One campaign. ``UserError`` where it is gone."""
    name, kind, purpose, weight, is_active, saved, keys, track = _row(work, campaign_id)
    return CampaignDetail(
        campaign_id, name, CampaignKind(kind), Purpose(purpose), weight, bool(is_active), from_json(saved),
        _keys(keys, CampaignKind(kind)), track or DEFAULT_TRACKS[CampaignKind(kind)], progress(work, campaign_id),
    )  # fmt: skip


def keys_of(work: Work, campaign_id: int | None) -> tuple[OutcomeKey, ...]:
    """The outcome keys of a campaign; without one, those of expiring contracts."""
    if campaign_id is None:
        return DEFAULT_KEYS[CampaignKind.EXPIRING]
    row = _row(work, campaign_id)
    return _keys(row[6], CampaignKind(row[1]))


def talk_track_of(
    work: Work, campaign_id: int | None, quantity: int | None = None, facts: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """The points of a campaign's talk track with facts merged in (``talk_tracks.FACTS``); "" = not known."""
    track = DEFAULT_TRACKS[CampaignKind.EXPIRING]
    if campaign_id is not None:
        row = _row(work, campaign_id)
        track = row[7] or DEFAULT_TRACKS[CampaignKind(row[1])]
    return points_of(track, {"quantity": "" if quantity is None else f"{quantity:,}", **facts})


def create(
    work: Work, *, name: str, kind: CampaignKind, saved_filter: CampaignFilter, purpose: Purpose | None = None,
    weight: int = 50, keys: Sequence[OutcomeKey] = (), talk_track: str = "",
) -> int:  # fmt: skip
    """Make a campaign and find its members; returns its id. No keys or no talk track means those of its kind."""
    campaign_id = work.insert(
        Campaign, uid=uuid4().hex, kind=kind, created_at=work.now,
        **_checked(name=name, purpose=purpose or PURPOSES.get(kind, Purpose.RENEWAL), weight=weight,
                   saved_filter=saved_filter, keys=keys, talk_track=talk_track),
    )  # fmt: skip
    refresh_members(work, campaign_id)
    _follow_members(work)
    work.journal.label = f"Made the campaign {name.strip()}"
    return campaign_id


def change(
    work: Work, campaign_id: int, *, name: str | None = None, purpose: Purpose | None = None,
    weight: int | None = None, saved_filter: CampaignFilter | None = None, keys: Sequence[OutcomeKey] | None = None,
    talk_track: str | None = None,
) -> None:  # fmt: skip
    """Change what is given; a new filter finds its members at once, and those already called stay."""
    was = _row(work, campaign_id)[0]
    given = {
        "name": name, "purpose": purpose, "weight": weight, "saved_filter": saved_filter, "keys": keys,
        "talk_track": talk_track,
    }  # fmt: skip
    work.update(Campaign, campaign_id, **_checked(**{one: value for one, value in given.items() if value is not None}))
    if saved_filter is not None:
        refresh_members(work, campaign_id)
        _follow_members(work)
    work.journal.label = f"Changed the campaign {(name or was).strip()}"


def close(work: Work, campaign_id: int) -> None:
    """Take a campaign off the switcher; its members and progress stay for the record."""
    work.update(Campaign, campaign_id, is_active=False)
    work.journal.label = f"Closed the campaign {_row(work, campaign_id)[0]}"


def reopen(work: Work, campaign_id: int) -> None:
    """Put a closed campaign back on the switcher, with the members its filter finds now."""
    work.update(Campaign, campaign_id, is_active=True)
    refresh_members(work, campaign_id)
    work.journal.label = f"Reopened the campaign {_row(work, campaign_id)[0]}"


def refresh_members(work: Work, campaign_id: int) -> int:
    """Find the members by the saved filter again; how many there are. Derived: nothing to undo.

    Who was called since the campaign began stays a member, so that progress never runs backwards.
    """
    fits, values = condition(from_json(_row(work, campaign_id)[5]), work.today, to_micros(work.now))
    fitting = set(
        work.rows(f"SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id WHERE {fits}", values)
    )
    members = set(work.rows("SELECT target_id FROM campaign_member WHERE campaign_id = ?", (campaign_id,)))
    called = work.rows(
        "SELECT t.id FROM campaign c JOIN call_target t ON t.last_called_at >= c.created_at WHERE c.id = ?",
        (campaign_id,),
    )
    gone = members - fitting - set(called)
    write = work.raw.executemany
    write(f"DELETE FROM campaign_member WHERE campaign_id = {int(campaign_id)} AND target_id = ?", sorted(gone))
    write(f"INSERT INTO campaign_member VALUES ({int(campaign_id)}, ?)", sorted(fitting - members))
    return len(members | fitting) - len(gone)


def refresh_all_members(work: Work) -> None:
    """The members of every running campaign: part of building the day, for windows of days move with it."""
    for campaign_id in running_ids(work):
        refresh_members(work, campaign_id)


def running_ids(work: Work) -> list[int]:
    """The campaigns that have not ended."""
    return [row[0] for row in work.rows("SELECT id FROM campaign WHERE is_active ORDER BY id")]


def make_default_campaigns(work: Work) -> int:
    """The campaigns a fresh book starts with; how many were made, 0 where there is one already."""
    if work.row("SELECT 1 FROM campaign LIMIT 1") is not None:
        return 0
    label = work.journal.label
    for name, kind, weight, saved in DEFAULTS:
        create(work, name=name, kind=kind, saved_filter=saved, weight=weight)
    work.journal.label = label or "Made the first campaigns"
    return len(DEFAULTS)


def _row(work: Work, campaign_id: int) -> tuple[Any, ...]:
    found = work.row(
        "SELECT name, kind, purpose, weight, is_active, filter, outcome_keys, talk_track FROM campaign WHERE id = ?",
        (campaign_id,),
    )
    if found is None:
        raise UserError("This campaign is gone.", f"There is no campaign {campaign_id}.", "Choose another one.")
    return found


def _keys(stored: str, kind: CampaignKind) -> tuple[OutcomeKey, ...]:
    own = tuple(OutcomeKey(digit, Disposition(word), label) for digit, word, label in json.loads(stored or "[]"))
    return own or DEFAULT_KEYS[kind]


def _checked(**given: Any) -> dict[str, Any]:
    """What was given, as it is stored; ``UserError`` where it cannot be."""
    values = dict(given)
    if "name" in given:
        values["name"] = given["name"].strip()
        if not values["name"]:
            raise UserError("A campaign needs a name.", "", "Give it one, such as: Q4 renewals.")
    if "weight" in given and not 0 <= given["weight"] <= 100:
        raise UserError(f"The weight cannot be {given['weight']}.", "", "It goes from 0 to 100.")
    if "saved_filter" in given:
        values["filter"] = to_json(checked(values.pop("saved_filter")))
    if "keys" in given:
        keys = values.pop("keys")
        if len({key.digit for key in keys}) != len(keys) or any(not 1 <= key.digit <= 9 for key in keys):
            raise UserError("Each outcome needs a digit of its own.", "", "Use the digits 1 to 9, each once.")
        values["outcome_keys"] = json.dumps([[key.digit, key.disposition.value, key.label] for key in keys])
    return values


def _follow_members(work: Work) -> None:
    """Undo and redo bring back the campaign's row; its members are found again, or go with it."""
    journal = work.journal
    if journal.reversal is not None:
        return
    images = journal.images

    def find(work: Work) -> None:
        for (one,) in work.rows("SELECT id FROM campaign WHERE is_active"):
            refresh_members(work, one)

    def undo(work: Work) -> None:
        for image in reversed(images):
            put_back(work.raw, image)
        find(work)

    def redo(work: Work) -> None:
        for image in images:
            put_again(work.raw, image)
        find(work)

    journal.reversal = (undo, redo)
