"""What the rep does about a change that the CRM refused."""

from callstation.sync import outbox
from callstation.sync.failures import NOT_IN_CRM, Mend
from callstation.sync.quote_lines import LINE_CODES, refused_together
from callstation.work import Work
from db.nouns import Activity
from db.vocabulary import OutboxState, SyncEntity


def mend(work: Work, entity: SyncEntity, record_id: int, way: Mend) -> None:
    """Mend a refused change in one of the ways that need no more words (all but edit and another contact)."""
    if way is Mend.RETRY:
        for one_id in _together(work, entity, record_id):
            outbox.release(work, entity, one_id)
    elif way is Mend.KEEP_LOCAL:
        keep_local(work, entity, record_id)
    elif way is Mend.WITHOUT_CONTACT:
        relink(work, record_id, None)
    elif way is Mend.CREATE_ACCOUNT:
        create_account(work, entity, record_id)
    else:
        raise ValueError(f"{way} needs more than a click")


def keep_local(work: Work, entity: SyncEntity, record_id: int) -> None:
    """The CRM does not hear of it. Accounts and people are kept back for good, or their calls would ask again."""
    account_id = account_of(work, entity, record_id) if _code(work, entity, record_id) == NOT_IN_CRM else None
    if account_id is not None:
        for one, one_id in _waiting_for(work, account_id):
            outbox.drop(work, one, one_id)
    elif entity in (SyncEntity.ACCOUNT, SyncEntity.CONTACT):
        outbox.hold(work, entity, record_id)
    else:
        for one_id in _together(work, entity, record_id):
            outbox.drop(work, entity, one_id)
    work.journal.label = "Kept on this computer"


def _together(work: Work, entity: SyncEntity, record_id: int) -> list[int]:
    """The lines of a quote that were refused for one reason are one question."""
    code = _code(work, entity, record_id)
    if entity is not SyncEntity.QUOTE_LINE or code not in LINE_CODES:
        return [record_id]
    return refused_together(work, record_id, code)


def create_account(work: Work, entity: SyncEntity, record_id: int) -> None:
    """Make the account of a change in the CRM, and let everything go that waits for it."""
    account_id = account_of(work, entity, record_id)
    if account_id is None:
        return
    outbox.mark(work, SyncEntity.ACCOUNT, account_id)
    outbox.release(work, SyncEntity.ACCOUNT, account_id)
    for one, one_id in _waiting_for(work, account_id):
        outbox.release(work, one, one_id)
    found = work.row("SELECT name FROM account WHERE id = ?", (account_id,))
    work.journal.label = f"{found[0] if found else 'The account'} will be made in Salesforce"


def create_accounts(work: Work) -> int:
    """The same for every account that changes wait for; how many."""
    accounts = {
        account_id
        for (entity, record_id) in _refused(work)
        if (account_id := account_of(work, entity, record_id)) is not None
    }
    for entity, record_id in _refused(work):
        if account_of(work, entity, record_id) in accounts and _code(work, entity, record_id) == NOT_IN_CRM:
            create_account(work, entity, record_id)
    work.journal.label = "1 account will be made" if len(accounts) == 1 else f"{len(accounts)} accounts will be made"
    return len(accounts)


def relink(work: Work, activity_id: int, contact_id: int | None) -> None:
    """Tell of a call with another person of the account, or with nobody by name, and let it go again."""
    work.update(Activity, activity_id, contact_id=contact_id)
    outbox.mark(work, SyncEntity.ACTIVITY, activity_id)
    outbox.release(work, SyncEntity.ACTIVITY, activity_id)
    work.journal.label = "Linked the call to another contact" if contact_id else "The call goes without its contact"


def _waiting_for(work: Work, account_id: int) -> list[tuple[SyncEntity, int]]:
    return [
        (entity, record_id)
        for entity, record_id in _refused(work)
        if _code(work, entity, record_id) == NOT_IN_CRM and account_of(work, entity, record_id) == account_id
    ]


def _refused(work: Work) -> list[tuple[SyncEntity, int]]:
    rows = work.rows(
        "SELECT entity, record_id FROM outbox_entry WHERE state = ? AND code = ?",
        (OutboxState.REFUSED.value, NOT_IN_CRM),
    )
    return [(SyncEntity(entity), record_id) for entity, record_id in rows]


def _code(work: Work, entity: SyncEntity, record_id: int) -> str:
    entry = outbox.entry_of(work, entity, record_id)
    return str(entry["code"]) if entry else ""


def account_of(work: Work, entity: SyncEntity, record_id: int) -> int | None:
    """Whose change it is; None for what belongs to no account."""
    sql = {
        SyncEntity.ACCOUNT: "SELECT id FROM account WHERE id = ?",
        SyncEntity.CALLBACK: "SELECT t.account_id FROM callback b JOIN call_target t ON t.id = b.target_id "
        "WHERE b.id = ?",
        SyncEntity.QUOTE_LINE: "SELECT q.account_id FROM quote_line l JOIN quote q ON q.id = l.quote_id WHERE l.id = ?",
    }.get(entity, f"SELECT account_id FROM {entity.value} WHERE id = ?")
    if entity in (SyncEntity.PHONE, SyncEntity.WITHDRAWAL):
        return None
    found = work.row(sql, (record_id,))
    return None if found is None else int(found[0])
