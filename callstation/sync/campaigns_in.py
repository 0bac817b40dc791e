"""Campaigns of the CRM as campaigns of ours, with its members as their filter."""

import json
from uuid import uuid4

from callstation.calling.campaign_filter import CampaignFilter, to_json
from callstation.sync.attribute import plain
from callstation.work import Work
from db.nouns import Campaign
from db.vocabulary import CampaignKind, Purpose


def refresh(work: Work) -> None:
    """Make a campaign of ours for each active one there that has members of ours; end it where it ended there.

    Nobody says what such a campaign is about, so it is held to the rules of marketing.
    """
    known = {}
    for campaign_id, name, is_active, saved in work.rows("SELECT id, name, is_active, filter FROM campaign"):
        crm_id = json.loads(saved or "{}").get("crm_campaign")
        if crm_id:
            known[crm_id] = (campaign_id, name, is_active)
    for crm_id, fields in work.rows("SELECT crm_id, fields FROM crm_record WHERE sobject = 'Campaign'"):
        told = json.loads(fields)
        name, is_active = plain(told.get("Name")) or crm_id, bool(told.get("IsActive"))
        if crm_id in known:
            campaign_id, old_name, was_active = known[crm_id]
            if old_name != name or (was_active and not is_active):
                work.update(Campaign, campaign_id, name=name, is_active=bool(was_active) and is_active)
        elif is_active and _has_members(work, crm_id):
            work.insert(
                Campaign, uid=uuid4().hex, name=name, kind=CampaignKind.TOUCH_POINT, purpose=Purpose.CROSS_SELL,
                filter=to_json(CampaignFilter(crm_campaign=crm_id)), created_at=work.now,
            )  # fmt: skip


def _has_members(work: Work, crm_id: str) -> bool:
    found = work.row(
        "SELECT 1 FROM crm_record m JOIN contact c ON c.crm_id = json_extract(m.fields, '$.ContactId') "
        "WHERE m.sobject = 'CampaignMember' AND m.parent_id = ? LIMIT 1",
        (crm_id,),
    )
    return found is not None
