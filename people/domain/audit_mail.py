"""The audit trail's last hash in the mailbox of every administrator, once a day.

Somebody with every right on the database could write the whole trail anew; the mails of the days before would not fit.
"""

from django.utils import timezone

from ledger.api import verify_audit
from people.domain.mail import queue_mail
from people.domain.queries.teams import holders_of
from people.enums import Role


def mail_audit_head() -> int:
    """Check the chain and queue today's mail to each administrator; returns to how many. Harmless to repeat."""
    verdict, today = verify_audit(), timezone.localdate()
    administrators = holders_of(Role.ADMINISTRATOR)
    for person_id in administrators:
        queue_mail(
            to_user_id=person_id,
            template="people/email/audit_head",
            context={
                "day": f"{today:%d/%m/%Y}",
                "ok": verdict.ok,
                "entries": verdict.entries,
                "head": verdict.head,
                "first_broken": verdict.first_broken,
            },
            key=f"audit-head:{today}:{person_id}",
        )
    return len(administrators)
