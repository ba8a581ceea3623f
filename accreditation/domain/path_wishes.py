"""Where there is no way yet: somebody asks to hear of one, and hears once."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.path import path_for
from accreditation.enums import Level
from accreditation.exceptions import AccreditationError, DossierError
from accreditation.models import PathWish
from ledger.api import record_audit, ref
from people.api import User, queue_mail

#: Wishes that one round looks at; those that were looked at longest ago come first.
A_ROUND = 200


@transaction.atomic
def wish_for(*, person: User, level: str, criterion_id: str, on: date) -> PathWish:
    """Ask to be told as soon as there is a way. Twice is once.

    Raises DossierError when there is a way already, or when nothing is missing there.
    """
    if level not in Level.values:
        raise DossierError(_("Kies een niveau."))
    _checklist, path = path_for(person.pk, level, on)
    if criterion_id not in {gap.criterion_id for gap in path.gaps}:
        raise DossierError(_("Er is al een weg voor dit criterium. Kijk in je plan."))
    try:
        with transaction.atomic():
            wish, created = PathWish.objects.get_or_create(
                person=person, level=level, criterion_id=criterion_id, answered_at=None
            )
    except IntegrityError:
        return PathWish.objects.get(person=person, level=level, criterion_id=criterion_id, answered_at=None)
    if created:
        record_audit(verb="path.wished", subject=ref(wish), actor=person)
    return wish


def answer_wishes(*, on: date) -> int:
    """Tell everybody for whom there is a way now; returns how many heard. Harmless to repeat.

    A wish whose criterion is no longer missing is closed without a word.
    """
    told = 0
    waiting = PathWish.objects.filter(answered_at=None).order_by(F("checked_at").asc(nulls_first=True), "pk")
    for wish_id in list(waiting.values_list("pk", flat=True)[:A_ROUND]):
        with transaction.atomic():
            told += _answer(wish_id, on)
    return told


def _answer(wish_id: int, on: date) -> bool:
    wish = PathWish.objects.select_for_update().filter(pk=wish_id, answered_at=None).first()
    if wish is None:
        return False
    wish.checked_at = timezone.now()
    try:
        checklist, path = path_for(wish.person_id, wish.level, on)
    except AccreditationError:
        wish.save(update_fields=["checked_at"])
        return False
    has_way = wish.criterion_id not in {gap.criterion_id for gap in path.gaps}
    result = next((c for c in checklist.evaluation.criteria if c.id == wish.criterion_id), None)
    is_open = wish.criterion_id in path.ways and result is not None
    if has_way:
        wish.answered_at = wish.checked_at
    wish.save(update_fields=["checked_at", "answered_at"])
    if not (has_way and is_open and result is not None):
        return False
    queue_mail(
        to_user_id=wish.person_id,
        template="accreditation/email/path_found",
        context={"criterion": result.title, "level": wish.level, "level_name": str(Level(wish.level).label)},
        key=f"path-found:{wish.pk}",
    )
    return True
