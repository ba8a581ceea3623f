"""Teams that go up in one another."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from people.exceptions import PeopleError
from people.models import Team, TeamMembership, User


@transaction.atomic
def merge_teams(*, kept_id: int, merged_id: int, by: User | None, on: date) -> tuple[int, ...]:
    """Everybody of one team works in the other from a day on; the ended team keeps its past. Twice is once.

    Returns the ids of those who came over. Raises PeopleError: the same team, or one that went up elsewhere.
    """
    if kept_id == merged_id:
        raise PeopleError(_("Kies een ander team: een team kan niet met zichzelf samengaan."))
    teams = {
        team.pk: team
        for team in Team.objects.select_for_update(of=("self",))
        .filter(pk__in=(kept_id, merged_id))
        .order_by("pk")
    }
    kept, merged = teams[kept_id], teams[merged_id]
    if merged.merged_into_id == kept.pk:
        return ()
    if kept.ended_on is not None or merged.ended_on is not None:
        raise PeopleError(_("Een van beide teams ging al op in een ander team."))
    open_rows = TeamMembership.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    there = set(open_rows.filter(team=kept).values_list("user_id", flat=True))
    came = []
    for row in open_rows.filter(team=merged).order_by("pk"):
        if row.user_id not in there:
            there.add(row.user_id)
            came.append(row.user_id)
            TeamMembership.objects.create(
                team=kept, user_id=row.user_id, is_coordinator=row.is_coordinator, valid_from=on
            )
        elif row.is_coordinator:
            open_rows.filter(team=kept, user_id=row.user_id).update(is_coordinator=True)
        if row.valid_from >= on:
            row.delete()
        else:
            row.valid_until = on - timedelta(days=1)
            row.save(update_fields=["valid_until"])
    merged.merged_into, merged.ended_on = kept, on
    merged.save(update_fields=["merged_into", "ended_on"])
    record_audit(
        verb="team.merged", subject=ref(kept), actor=by, data={"merged": merged.pk, "came": len(came)}
    )
    return tuple(came)
