"""Bringing in the people of a list that was looked at, and taking a whole list back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from people.domain.data_classes import data_classes
from people.domain.intake.staging import BLOCK, FILLED, ids_of, load_names
from people.domain.mail import queue_mail
from people.enums import ImportFate, ImportState
from people.exceptions import IntakeError
from people.models import ImportBatch, ImportRow, ProfessionalProfile, TeamMembership, User
from people.signals import import_undoing, profile_changed

KEPT = timedelta(days=30)
#: What an import itself makes: no sign that somebody used the account.
OWN_TRACES = frozenset(
    {"people.User", "people.ProfessionalProfile", "people.TeamMembership", "people.ImportRow"}
    | {"account.EmailAddress"}
)


@dataclass(frozen=True)
class Undone:
    """How many accounts went, how many places were emptied again, how many accounts were used since and stay."""

    removed: int
    restored: int
    kept: int


@transaction.atomic
def apply_batch(
    *, batch_id: int, actor: User | None, with_namesakes: bool = False, invite: bool = False
) -> ImportBatch:
    """Bring in the rows that make or fill something. Twice is once. New accounts have no password and no role.

    `with_namesakes`: also make accounts for rows that carry the name of somebody else. `invite`: a mail to new people
    with the way to choose a password. Raises IntakeError (undone) for a list that was taken back.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("team").get(pk=batch_id)
    if batch.state == ImportState.DONE:
        return batch
    if batch.state == ImportState.UNDONE:
        raise IntakeError("undone", _("Deze lijst is teruggedraaid. Kies het bestand opnieuw."))
    if with_namesakes:
        _accept_namesakes(batch)
    for rows in _blocks_of(batch, ImportFate.CREATE):
        _create(batch, rows, invite=invite)
    for rows in _blocks_of(batch, ImportFate.UPDATE):
        _fill(batch, rows)
    batch.state, batch.done_at = ImportState.DONE, timezone.now()
    batch.save(update_fields=["state", "done_at"])
    applied = batch.rows.filter(is_applied=True).count()
    record_audit(verb="import.done", subject=ref(batch), actor=actor, data={"applied": applied})
    return batch


@transaction.atomic
def undo_batch(*, batch_id: int, actor: User | None) -> Undone:
    """Take a list back: accounts that nobody used go, filled places are emptied where nobody changed them since.

    Twice is once: the second time nothing is left to take back. Raises IntakeError: missing, not_done, too_old.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise IntakeError("missing", _("Deze lijst bestaat niet (meer)."))
    if batch.state == ImportState.UNDONE:
        return Undone(0, 0, 0)
    if batch.state != ImportState.DONE or batch.done_at is None:
        raise IntakeError("not_done", _("Deze lijst is nog niet ingelezen. Er valt niets terug te draaien."))
    if batch.done_at < timezone.now() - KEPT:
        raise IntakeError("too_old", _("Deze lijst is ouder dan 30 dagen. Terugdraaien kan niet meer."))
    import_undoing.send(sender=ImportBatch, list_id=batch.pk, actor=actor)
    removed = restored = kept = 0
    for rows in _blocks_of(batch, ImportFate.UPDATE, is_applied=True):
        restored += _restore(batch, rows)
    for rows in _blocks_of(batch, ImportFate.CREATE, is_applied=True):
        gone = _remove(rows)
        removed, kept = removed + gone, kept + len(rows) - gone
    batch.state, batch.undone_at = ImportState.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    record_audit(
        verb="import.undone", subject=ref(batch), actor=actor, data={"removed": removed, "kept": kept}
    )
    return Undone(removed, restored, kept)


def forget_old_rows() -> int:
    """Let go of the rows of lists that are 30 days old; their counts stay in the audit trail. Daily."""
    old = ImportBatch.objects.filter(created_at__lt=timezone.now() - KEPT)
    return ImportRow.objects.filter(batch__in=old).delete()[0]


def _blocks_of(batch: ImportBatch, fate: ImportFate, *, is_applied: bool = False) -> Any:
    """Rows of one fate, a block at a time, in order."""
    last = 0
    while True:
        rows = list(
            batch.rows.filter(fate=fate, is_applied=is_applied, number__gt=last).order_by("number")[:BLOCK]
        )
        if not rows:
            return
        last = rows[-1].number
        yield rows


def _accept_namesakes(batch: ImportBatch) -> None:
    """Rows about somebody with a known name and another address become new accounts."""
    for row in (
        batch.rows.filter(fate=ImportFate.DUPLICATE, code="same_name").order_by("number").iterator(BLOCK)
    ):
        if not batch.rows.filter(fate=ImportFate.CREATE, email_key=row.email_key).exists():
            row.fate, row.person_id = ImportFate.CREATE, None
            row.save(update_fields=["fate", "person"])


def _create(batch: ImportBatch, rows: list[ImportRow], *, invite: bool) -> None:
    names = load_names()
    unusable = make_password(None)
    known = set(
        User.objects.filter(email__in=[row.values["email"] for row in rows]).values_list("email", flat=True)
    )
    wanted = [row for row in rows if row.values["email"] not in known]
    users = User.objects.bulk_create(
        User(
            email=row.values["email"],
            first_name=row.values.get("first_name", ""),
            last_name=row.values.get("last_name", ""),
            password=unusable,
        )
        for row in wanted
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=False, primary=True) for user in users
    )
    profiles = []
    for row, user in zip(wanted, users, strict=True):
        row.person, row.is_applied = user, True
        ids, _unknown = ids_of(row.values, names)
        if ids:
            profiles.append(ProfessionalProfile(user=user, **{f"{name}_id": pk for name, pk in ids.items()}))
        if invite:
            queue_mail(
                to_user_id=user.pk, template="people/email/welcome", context={}, key=f"welcome:{user.pk}"
            )
    ProfessionalProfile.objects.bulk_create(profiles)
    if batch.team_id is not None:
        _join_team(batch, [user.pk for user in users])
    ImportRow.objects.bulk_update(wanted, ["person", "is_applied"])


def _join_team(batch: ImportBatch, user_ids: list[int]) -> set[int]:
    members = TeamMembership.objects.filter(team=batch.team, valid_until=None, user__in=user_ids)
    inside = set(members.values_list("user_id", flat=True))
    newcomers = [pk for pk in user_ids if pk not in inside]
    TeamMembership.objects.bulk_create(TeamMembership(team=batch.team, user_id=pk) for pk in newcomers)
    return set(newcomers)


def _fill(batch: ImportBatch, rows: list[ImportRow]) -> None:
    """Fill what is still empty now; somebody may have filled it in since the look beforehand."""
    users = User.objects.in_bulk([row.person_id for row in rows if row.person_id])
    profiles = {row.user_id: row for row in ProfessionalProfile.objects.filter(user__in=list(users))}
    newcomers = _join_team(batch, list(users)) if batch.team_id is not None else set()
    for row in rows:
        user = users.get(row.person_id or 0)
        if user is None:
            continue
        after = {
            name: value
            for name, value in row.after.items()
            if not (
                getattr(profiles.get(user.pk), f"{name}_id", None) if name in FILLED else getattr(user, name)
            )
        }
        _write(user, after)
        row.after = {**after, **({"team": batch.team_id} if user.pk in newcomers else {})}
        row.is_applied = True
    ImportRow.objects.bulk_update(rows, ["after", "is_applied"])


def _write(user: User, facts: dict[str, Any]) -> None:
    names = {name: value for name, value in facts.items() if name not in FILLED}
    if names:
        User.objects.filter(pk=user.pk).update(**names)
    places = {f"{name}_id": value for name, value in facts.items() if name in FILLED}
    if places:
        ProfessionalProfile.objects.update_or_create(user=user, defaults=places)
    if facts:
        profile_changed.send(sender=User, user_id=user.pk, fields=tuple(sorted(facts)))


def _restore(batch: ImportBatch, rows: list[ImportRow]) -> int:
    users = User.objects.in_bulk([row.person_id for row in rows if row.person_id])
    profiles = {row.user_id: row for row in ProfessionalProfile.objects.filter(user__in=list(users))}
    restored = 0
    for row in rows:
        user = users.get(row.person_id or 0)
        if user is None:
            continue
        after = dict(row.after)
        if after.pop("team", None):
            TeamMembership.objects.filter(team=batch.team, user=user, valid_until=None).delete()
        profile = profiles.get(user.pk)
        same = {
            name: row.before[name]
            for name, value in after.items()
            if (getattr(profile, f"{name}_id", None) if name in FILLED else getattr(user, name)) == value
        }
        _write(user, same)
        row.code = "" if len(same) == len(after) else "changed_since"
        restored += bool(same) or "team" in row.after
    ImportRow.objects.bulk_update(rows, ["code"])
    return restored


def _remove(rows: list[ImportRow]) -> int:
    """Delete accounts that show no trace of use; the others stay and say so."""
    ids = {row.person_id for row in rows if row.person_id}
    untouched = User.objects.filter(
        pk__in=ids,
        last_login=None,
        is_active=True,
        password__startswith="!",  # noqa: S106  (the mark of an account without a password)
    )
    used = ids - set(untouched.values_list("pk", flat=True))
    for one in data_classes():
        if one.label in OWN_TRACES:
            continue
        subject = one.data.subject
        used |= set(
            one.model._default_manager.filter(**{f"{subject}__in": ids}).values_list(subject, flat=True)
        )
    free = ids - used
    try:
        with transaction.atomic():
            User.objects.filter(pk__in=free).delete()
    except ProtectedError:
        used |= {pk for pk in free if not _delete(pk)}
    for row in rows:
        if row.person_id in used:
            row.code = "in_use"
        else:
            row.person = None
    ImportRow.objects.bulk_update(rows, ["code", "person"])
    return len(ids - used)


def _delete(user_id: int) -> bool:
    """Delete one account; False when other rows rest on it."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=user_id).delete()
    except ProtectedError:
        return False
    return True
