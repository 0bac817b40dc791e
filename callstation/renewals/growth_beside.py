"""Growth that a quote offers beside a renewal: with the order it is won too, with the loss it is lost or let go."""

from callstation.renewals.growth import put_growth
from callstation.renewals.opportunity import Change
from callstation.work import Work
from db.vocabulary import LossReason, RenewalStage

_WON = """
    SELECT DISTINCT x.id FROM quote_line l JOIN quote q ON q.id = l.quote_id JOIN growth x ON x.quote_id = q.id
    JOIN renewal r ON r.id = l.renewal_id
    WHERE l.renewal_id = ? AND q.status = 'accepted' AND x.closed_at IS NULL
    AND x.account_id IN (r.account_id, q.account_id) ORDER BY x.id"""
_LOST = """
    SELECT DISTINCT x.id, x.stage IN ('quoted', 'at_risk'),
           x.created_at >= (SELECT min(v.sent_at) FROM quote v WHERE v.number = q.number)
    FROM quote_line l JOIN quote q ON q.id = l.quote_id JOIN growth x ON x.quote_id = q.id
    JOIN renewal r ON r.id = l.renewal_id
    WHERE l.renewal_id = ? AND x.closed_at IS NULL AND x.account_id IN (r.account_id, q.account_id)
    AND NOT EXISTS (
        SELECT 1 FROM quote_line m JOIN renewal s ON s.id = m.renewal_id
        WHERE m.quote_id = q.id AND s.stage <> 'lost' AND x.account_id IN (s.account_id, q.account_id))
    ORDER BY x.id"""


def follow_renewal(
    work: Work, renewal_id: int, stage: RenewalStage, loss_reason: LossReason | None = None,
    competitor: str | None = None,
) -> None:  # fmt: skip
    """Let open growth follow the renewal that was just put to ``stage``, in the same step; told on the timeline.

    An order on an accepted quote is for all that it offers this customer, and whoever is quoted. A loss takes along
    what the quote brought up once no renewal it could come with is left on it; what was talked about before the quote
    stays open, as not quoted.
    """
    if stage is RenewalStage.WON:
        for (growth_id,) in work.rows(_WON, (renewal_id,)):
            put_growth(work, growth_id, Change(RenewalStage.WON), because=_with(work, renewal_id))
    elif stage is RenewalStage.LOST:
        for growth_id, is_quoted, is_of_quote in work.rows(_LOST, (renewal_id,)):
            if is_of_quote:
                change = Change(RenewalStage.LOST, loss_reason=loss_reason, competitor=competitor)
                put_growth(work, growth_id, change, because=_with(work, renewal_id))
            else:
                let_go(work, growth_id, is_quoted=bool(is_quoted))


def let_go(work: Work, growth_id: int, *, is_quoted: bool) -> None:
    """No quote offers it any longer: it is talked about as before."""
    put_growth(work, growth_id, Change(RenewalStage.CONTACTED if is_quoted else None), quote_id=None)


def _with(work: Work, renewal_id: int) -> str:
    found = work.row(
        "SELECT k.number FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE r.id = ?", (renewal_id,)
    )
    return f" with {found[0]}" if found else ""
