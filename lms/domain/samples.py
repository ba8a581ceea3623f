"""A random sample of meetings that staff ask about. Staff see hours and names, never words."""

import random
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.queries.meetings import rule_on
from lms.enums import CheckOutcome
from lms.exceptions import IntervisionError
from lms.models import Meeting, MeetingCheck
from people.api import User, add_to_digest


@transaction.atomic
def draw_sample(
    *, actor: User, since: date, until: date, seed: int | None = None
) -> tuple[MeetingCheck, ...]:
    """Draw the share that the rule asks (at least one) of the held meetings of a period, both days included.

    Meetings that were drawn before count as drawn: drawing the same period again adds only what is missing.
    Raises IntervisionError (nothing_held).
    """
    held = Meeting.objects.filter(
        held_on__gte=since, held_on__lte=until, cancelled_at=None, presences__confirmed_at__isnull=False
    )
    # The lock lets a second click wait, so that it finds what the first one drew.
    Meeting.objects.select_for_update(of=("self",)).filter(held_on__gte=since, held_on__lte=until).count()
    ids = sorted(set(held.values_list("pk", flat=True)))
    if not ids:
        raise IntervisionError("nothing_held", _("In deze periode is er nog geen bevestigd overleg."))
    drawn = set(MeetingCheck.objects.filter(meeting_id__in=ids).values_list("meeting_id", flat=True))
    wanted = -(-len(ids) * rule_on(until).sample_percent // 100)
    missing = max(1, wanted) - len(drawn)
    left = [pk for pk in ids if pk not in drawn]
    chosen = random.Random(seed).sample(left, min(max(missing, 0), len(left)))  # noqa: S311  # no secret
    rows = MeetingCheck.objects.bulk_create(
        [MeetingCheck(meeting_id=pk, drawn_by=actor) for pk in sorted(chosen)]
    )
    for row in rows:
        record_audit(
            verb="meeting.sampled", subject=f"meeting:{row.meeting_id}", actor=actor, data={"of": len(ids)}
        )
    return tuple(rows)


@transaction.atomic
def record_outcome(*, check_id: int, actor: User, outcome: str) -> MeetingCheck:
    """Note what staff found, once. A meeting that cannot be confirmed counts for nobody any more; its members hear it.

    Raises IntervisionError: own_meeting (who was a member does not check it), outcome, already_checked (otherwise).
    """
    if outcome not in CheckOutcome.values:
        raise IntervisionError("outcome", _("Kies wat je vond."))
    check = MeetingCheck.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=check_id)
    if check.meeting.group.members.filter(person=actor).exists():
        raise IntervisionError("own_meeting", _("Je zit zelf in deze groep. Een collega kijkt dit na."))
    if check.outcome:
        if check.outcome == outcome:
            return check
        raise IntervisionError("already_checked", _("Een collega noteerde al een andere uitkomst."))
    check.outcome, check.checked_at, check.checked_by = outcome, timezone.now(), actor
    check.save(update_fields=["outcome", "checked_at", "checked_by"])
    if outcome == CheckOutcome.NOT_HELD:
        Meeting.objects.filter(pk=check.meeting_id).update(counts=False)
        for person_id in check.meeting.presences.values_list("person_id", flat=True):
            add_to_digest(
                to_user_id=person_id,
                text=_("Een overleg van %(group)s telt niet mee: het netwerk kon het niet bevestigen.")
                % {"group": check.meeting.group.name[:120]},
                path=f"/mijn/intervisie/overleg/{check.meeting_id}/",
                key=f"meeting-check:{check.pk}:{person_id}",
            )
    record_audit(
        verb="meeting.checked", subject=ref(check.meeting), actor=actor, data={"outcome": str(outcome)}
    )
    return check
