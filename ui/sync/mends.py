"""What the buttons of the Sync page are called, and the icons of the changes it lists."""

from callstation.sync.failures import Mend
from db.vocabulary import SyncEntity

LABELS: dict[str, str] = {
    Mend.RETRY: "Try again", Mend.KEEP_LOCAL: "Keep on this computer", Mend.EDIT: "Edit",
    Mend.CREATE_ACCOUNT: "Create in Salesforce", Mend.WITHOUT_CONTACT: "Send without the contact",
    Mend.OTHER_CONTACT: "Link to another contact", "keep_mine": "Keep mine", "use_theirs": "Use Salesforce",
    "take_over": "Take it over", "ask_again": "Leave it",
}  # fmt: skip
ICONS: dict[SyncEntity, str] = {
    SyncEntity.ACCOUNT: "building-2", SyncEntity.CONTACT: "users", SyncEntity.RENEWAL: "file-text",
    SyncEntity.GROWTH: "chart-no-axes-column",
    SyncEntity.QUOTE: "tag", SyncEntity.QUOTE_LINE: "tag", SyncEntity.ACTIVITY: "phone-call",
    SyncEntity.CALLBACK: "calendar-clock", SyncEntity.PHONE: "phone",
    SyncEntity.WITHDRAWAL: "undo-2",
}  # fmt: skip
