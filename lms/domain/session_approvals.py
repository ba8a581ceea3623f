"""What registers grant for a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from ledger.api import record_audit, ref
from lms.models import Session, SessionApproval
from people.api import User


@dataclass(frozen=True, slots=True)
class ApprovalPlan:
    """What one register grants for the whole session, in its own unit; `amount` None takes the approval away."""

    register: str
    amount: Decimal | None
    activity_number: str = ""
    is_ethics: bool = False
    is_peer_review: bool = False


@transaction.atomic
def set_approvals(*, session_id: int, plans: Sequence[ApprovalPlan], actor: User) -> None:
    """Put the approvals of a session as they are planned; the audit trail keeps what was changed."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    before = {row.register: row for row in session.approvals.all()}
    for plan in plans:
        row = before.get(plan.register)
        if plan.amount is None:
            if row is not None:
                row.delete()
                _audit(session, actor, plan)
            continue
        facts = {
            "amount": plan.amount,
            "activity_number": plan.activity_number,
            "is_ethics": plan.is_ethics,
            "is_peer_review": plan.is_peer_review,
        }
        if row is not None and all(getattr(row, name) == value for name, value in facts.items()):
            continue
        SessionApproval.objects.update_or_create(
            session=session, register=plan.register, defaults={**facts, "set_by": actor}
        )
        _audit(session, actor, plan)


def _audit(session: Session, actor: User, plan: ApprovalPlan) -> None:
    amount = None if plan.amount is None else str(plan.amount)
    record_audit(
        verb="session.approval_set",
        subject=ref(session),
        actor=actor,
        data={"register": plan.register, "amount": amount, "activity": plan.activity_number},
    )
