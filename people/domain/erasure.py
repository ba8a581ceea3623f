"""Erasing a person: what the declarations say, what each floor adds, and a checklist of all of it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from ledger.api import forget_events, record_audit, ref
from people.domain.data_classes import DataClass, OnErasure, data_classes
from people.domain.roles import cut_sessions
from people.exceptions import ErasureError
from people.models import Erasure, User


@dataclass(frozen=True)
class ErasureLine:
    """One line of the checklist: `what` is "deleted", "blanked", "kept" or "done"; `why` the ground of what is kept."""

    part: str
    what: str
    count: int
    why: str = ""


#: (person's number, is this a rehearsal) to lines; runs before the declared rows go.
ErasureStep = Callable[[int, bool], list[ErasureLine]]
ErasureGuard = Callable[[int], str]
_steps: list[ErasureStep] = []
_guards: list[ErasureGuard] = []


def register_erasure_step(step: ErasureStep) -> None:
    """Let a floor do what no declaration can say, such as deleting files."""
    if step not in _steps:
        _steps.append(step)


def register_erasure_guard(guard: ErasureGuard) -> None:
    """Let a floor refuse an erasure for now; the guard gives the reason, or an empty text."""
    if guard not in _guards:
        _guards.append(guard)


def erasure_refusals(user_id: int) -> tuple[str, ...]:
    """Why this person cannot be erased now; empty when nothing stands in the way."""
    return tuple(reason for guard in _guards if (reason := guard(user_id)))


def rehearse_erasure(*, user_id: int) -> tuple[ErasureLine, ...]:
    """The checklist as it would be; changes nothing."""
    lines = [line for step in _steps for line in step(user_id, True)]
    words = {OnErasure.DELETE: "deleted", OnErasure.BLANK: "blanked", OnErasure.KEEP: "kept"}
    for one in data_classes():
        if one.model is User:
            continue
        count = one.rows_of(user_id).count()
        if count:
            lines.append(ErasureLine(one.label, words[one.data.on_erasure], count, one.data.why_kept))
    return (
        *lines,
        ErasureLine("people.User", "blanked", 1, "Wat blijft, wijst naar een account zonder naam."),
    )


@transaction.atomic
def erase_person(*, user_id: int, by: User | None) -> tuple[ErasureLine, ...]:
    """Erase one person and return the checklist. A second time gives the checklist of the first.

    Raises ErasureError for a number that is nobody's, and while something has to be ended first (it names what).
    """
    user = User.objects.select_for_update().filter(pk=user_id).first()
    before = Erasure.objects.filter(user_id=user_id).first()
    if before is not None:
        return tuple(ErasureLine(**line) for line in before.checklist)
    if user is None:
        raise ErasureError("Deze persoon bestaat niet.")
    reasons = erasure_refusals(user_id)
    if reasons:
        raise ErasureError(" ".join(reasons))
    cut_sessions(user)
    lines = [line for step in _steps for line in step(user_id, False)]
    lines += _declared(user_id)
    lines.append(ErasureLine("ledger.OutboxEvent", "blanked", forget_events(subject=ref(user))))
    EmailAddress.objects.filter(user=user).delete()
    lines.append(_blank_account(user))
    kept = Erasure.objects.create(user_id=user_id, checklist=[asdict(line) for line in lines])
    _note_beside(user_id, kept.erased_at)
    record_audit(verb="person.erased", subject=f"user:{user_id}", actor=by, data={"lines": len(lines)})
    return tuple(lines)


@dataclass(frozen=True)
class Erased:
    """That an account was erased: its number and when. Nothing else about the person is known here."""

    user_id: int
    erased_at: datetime


@dataclass(frozen=True)
class Replay:
    """What replaying did: numbers erased again, numbers that stand erased or are nobody's, and refusals in words."""

    again: tuple[int, ...]
    settled: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]


#: Beside the database: who is erased after the last backup must stay erased when the database is lost.
NOTES = "erasures"


def _note_beside(user_id: int, moment: datetime) -> None:
    """A file with a number and a moment in the private storage, once the erasure stands."""
    name, text = f"{NOTES}/{user_id}.json", json.dumps({"user_id": user_id, "erased_at": moment.isoformat()})

    def write() -> None:
        if not storages["private"].exists(name):
            storages["private"].save(name, ContentFile(text.encode()))

    transaction.on_commit(write, robust=True)


def known_erasures() -> tuple[Erased, ...]:
    """Every erasure that the database or the private storage knows of, by number."""
    found = dict(Erasure.objects.values_list("user_id", "erased_at"))
    storage = storages["private"]
    for name in storage.listdir(NOTES)[1] if storage.exists(NOTES) else ():
        with storage.open(f"{NOTES}/{name}") as file:
            note = json.loads(file.read())
        found.setdefault(note["user_id"], datetime.fromisoformat(note["erased_at"]))
    return tuple(Erased(user_id, found[user_id]) for user_id in sorted(found))


def replay_erasures(erased: Iterable[Erased]) -> Replay:
    """Erase again whom a restored backup brought back; a second run changes nothing.

    A number that was given to somebody else since (an account younger than the erasure) is left alone. What has to be
    ended first is told in `refused`, and is then for the office.
    """
    again: list[int] = []
    settled: list[int] = []
    refused: list[tuple[int, str]] = []
    for user_id, moment in sorted({one.user_id: one.erased_at for one in erased}.items()):
        stands = Erasure.objects.filter(user_id=user_id).exists()
        if stands or not User.objects.filter(pk=user_id, date_joined__lte=moment).exists():
            settled.append(user_id)
            continue
        try:
            erase_person(user_id=user_id, by=None)
        except ErasureError as error:
            refused.append((user_id, str(error)))
        else:
            again.append(user_id)
    return Replay(tuple(again), tuple(settled), tuple(refused))


def _declared(user_id: int) -> list[ErasureLine]:
    """Blank and count first, then delete; rows that others rest on wait for those to go."""
    lines, waiting = [], []
    for one in data_classes():
        if one.model is User:
            continue
        rows = one.rows_of(user_id)
        if one.data.on_erasure is OnErasure.DELETE:
            waiting.append(one)
        elif one.data.on_erasure is OnErasure.BLANK:
            ids = list(rows.values_list("pk", flat=True))
            one.model._default_manager.filter(pk__in=ids).update(**one.data.blanked)
            if ids:
                lines.append(ErasureLine(one.label, "blanked", len(ids), one.data.why_kept))
        elif count := rows.count():
            lines.append(ErasureLine(one.label, "kept", count, one.data.why_kept))
    return lines + _delete(user_id, waiting)


def _delete(user_id: int, waiting: list[DataClass]) -> list[ErasureLine]:
    lines: list[ErasureLine] = []
    while waiting:
        blocked = []
        for one in waiting:
            ids = list(one.rows_of(user_id).values_list("pk", flat=True))
            try:
                with transaction.atomic():
                    one.model._default_manager.filter(pk__in=ids).delete()
            except (ProtectedError, DatabaseError):
                blocked.append(one)
                continue
            if ids:
                lines.append(ErasureLine(one.label, "deleted", len(ids)))
        if len(blocked) == len(waiting):
            return lines + [
                ErasureLine(
                    one.label, "kept", one.rows_of(user_id).count(), "Andere gegevens steunen hierop."
                )
                for one in blocked
            ]
        waiting = blocked
    return lines


def _blank_account(user: User) -> ErasureLine:
    """The row stays, so that what is kept points at nobody in particular."""
    user.email = f"gewist-{user.pk}@gewist.invalid"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.date_joined = timezone.now()
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    return ErasureLine("people.User", "blanked", 1, "Wat blijft, wijst naar een account zonder naam.")
