"""What the kinds, purposes and stages are called on the page of campaigns."""

from db.vocabulary import CampaignKind, Purpose, RenewalStage

KINDS = {
    CampaignKind.EXPIRING: "Expiring", CampaignKind.PARTNER_CALL_DOWN: "Partner call-down",
    CampaignKind.LAPSED_WIN_BACK: "Lapsed win-back", CampaignKind.UPGRADE: "Upgrade",
    CampaignKind.TOUCH_POINT: "Touch point", CampaignKind.DATA_CLEAN_UP: "Data clean-up",
}  # fmt: skip
PURPOSES = {
    Purpose.RENEWAL: "Renewal", Purpose.CONTRACT_SERVICE: "Contract service", Purpose.CROSS_SELL: "Cross-sell",
}  # fmt: skip
STAGES = {
    stage: stage.value.replace("_", " ").capitalize() for stage in RenewalStage if stage.is_open
}  # fmt: skip
"""The stages a renewal can be called in."""
