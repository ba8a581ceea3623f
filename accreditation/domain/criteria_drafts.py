"""The verbs of a new version of the criteria: start, change, discard, approve by two people who did not write it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.criteria_checks import Begin, archived_courses, problems_of
from accreditation.domain.criteria_rules import parse_rules
from accreditation.domain.criteria_sets import version_in_force
from accreditation.domain.periods import add_months
from accreditation.domain.snapshot import content_hash
from accreditation.enums import Level, Transition
from accreditation.exceptions import CriteriaChangedError, CriteriaError
from accreditation.models import CriteriaVersion
from courses.api import list_courses
from ledger.api import record_audit, ref
from people.api import User

NOTICE_MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """What somebody writes in a draft. `transition_until` goes with the transition for open dossiers only."""

    rules: dict[str, Any]
    valid_from: date
    note: str = ""
    transition: str = Transition.AT_ONCE.value
    transition_until: date | None = None


@transaction.atomic
def start_draft(*, level: str, actor: User) -> CriteriaVersion:
    """A draft with the rules that hold now, to begin in three months. An open draft of the level is handed back.

    Raises CriteriaError for a level that does not exist.
    """
    if level not in Level.values:
        raise CriteriaError(_("Kies een niveau."))
    today = timezone.localdate()
    existing = CriteriaVersion.objects.drafts().filter(level=level).first()
    if existing is not None:
        return existing
    newest = CriteriaVersion.objects.filter(level=level, approved_at__isnull=False).order_by("-valid_from")
    base = newest.first() or version_in_force(level=level, on=today)
    start = max(add_months(today.replace(day=1), NOTICE_MONTHS), add_months(base.valid_from, 1))
    last = CriteriaVersion.objects.filter(level=level).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            draft = CriteriaVersion.objects.create(
                level=level,
                number=last + 1,
                valid_from=start,
                rules=base.rules,
                author=actor,
                writer_ids=[actor.pk],
            )
    except IntegrityError:
        return CriteriaVersion.objects.drafts().get(level=level)
    record_audit(verb="criteria.drafted", subject=ref(draft), actor=actor, data={"from": str(base)})
    return draft


@transaction.atomic
def save_draft(*, version_id: int, revision: int, actor: User, content: DraftContent) -> CriteriaVersion:
    """Keep what was written. A first approval falls away: who approves must see what was written last.

    `revision`: the one that the writer started from. Raises CriteriaError for rules that cannot be read or dates that
    cannot be, CriteriaChangedError when somebody else saved or approved in the meantime.
    """
    draft = _draft(version_id, revision)
    parse_rules(content.rules)
    until = content.transition_until if content.transition == Transition.OPEN_DOSSIERS else None
    if content.transition == Transition.OPEN_DOSSIERS and until is None:
        raise CriteriaError(_("Tot wanneer geldt de overgang? Kies een dag."))
    if until is not None and until < content.valid_from:
        raise CriteriaError(_("De overgang eindigt voor de nieuwe criteria beginnen. Kies een latere dag."))
    draft.rules, draft.valid_from, draft.note = content.rules, content.valid_from, content.note
    draft.transition, draft.transition_until = content.transition, until
    draft.approved_by_first = None
    # Who changes a draft becomes its author, beside those of before: nobody approves their own words.
    draft.author, draft.writer_ids = actor, sorted({*draft.writer_ids, actor.pk})
    draft.revision += 1
    draft.changed_at = timezone.now()
    draft.save()
    record_audit(
        verb="criteria.changed",
        subject=ref(draft),
        actor=actor,
        data={"revision": draft.revision, "sha256": content_hash(draft.rules)},
    )
    return draft


@transaction.atomic
def discard_draft(*, version_id: int, revision: int, actor: User) -> None:
    """Throw a draft away; its number is not used again as long as a later one exists. Raises as save_draft does."""
    draft = _draft(version_id, revision)
    record_audit(verb="criteria.discarded", subject=ref(draft), actor=actor)
    draft.delete()


@transaction.atomic
def approve_draft(*, version_id: int, revision: int, actor: User) -> CriteriaVersion:
    """Approve what was seen; the second approval makes it hold from its day on, for ever unchanged.

    Raises CriteriaError: by its own author, twice by the same person, or while something stands in the way (begins
    today or earlier, on the day of another version, asks a course that is gone). Raises CriteriaChangedError when it
    was changed after it was read. Approving again what one approved is once.
    """
    draft = _draft(version_id, revision)
    if actor.pk in draft.writer_ids:
        raise CriteriaError(
            _("Jij schreef hieraan mee. Vraag twee collega's om deze versie na te lezen en goed te keuren.")
        )
    if draft.approved_by_first_id == actor.pk:
        raise CriteriaError(_("Jij keurde deze versie al goed. Nu is nog één collega nodig."))
    problems = draft_problems(draft)
    if problems:
        raise CriteriaError(" ".join(problems))
    is_second = draft.approved_by_first_id is not None
    if is_second:
        draft.approved_by_second, draft.approved_at = actor, timezone.now()
    else:
        draft.approved_by_first = actor
    try:
        with transaction.atomic():
            draft.save(update_fields=["approved_by_first", "approved_by_second", "approved_at"])
    except IntegrityError as error:
        raise CriteriaError(
            _(
                "Deze versie kan zo niet ingaan: een andere versie begint op dezelfde dag. Kies een andere dag."
            )
        ) from error
    record_audit(
        verb="criteria.approved" if is_second else "criteria.approved_first",
        subject=ref(draft),
        actor=actor,
        data={
            "level": draft.level,
            "number": draft.number,
            "valid_from": draft.valid_from.isoformat(),
            "sha256": content_hash(draft.rules),
        },
    )
    return draft


def draft_problems(draft: CriteriaVersion) -> tuple[str, ...]:
    """What must be mended before this draft may be approved. Queries: the other versions, the courses."""
    taken = CriteriaVersion.objects.filter(level=draft.level, approved_at__isnull=False)
    begin = Begin(
        valid_from=draft.valid_from,
        today=timezone.localdate(),
        taken=frozenset(taken.values_list("valid_from", flat=True)),
        transition_until=draft.transition_until,
    )
    try:
        rules = parse_rules(draft.rules)
    except CriteriaError as error:
        return (str(error),)
    return problems_of(rules, begin, open_courses={course.slug for course in list_courses()})


def closed_courses(version: CriteriaVersion) -> tuple[str, ...]:
    """Warnings about a version in force: it asks a course that can no longer be followed."""
    return archived_courses(
        parse_rules(version.rules), open_courses={course.slug for course in list_courses()}
    )


def _draft(version_id: int, revision: int) -> CriteriaVersion:
    draft = CriteriaVersion.objects.select_for_update().filter(pk=version_id).first()
    if draft is None:
        raise CriteriaChangedError(_("Deze versie is er niet meer. Iemand anders gooide ze weg."))
    if draft.approved_at is not None:
        raise CriteriaChangedError(
            _("Deze versie is ondertussen goedgekeurd en ligt vast. Maak een nieuwe versie.")
        )
    if draft.revision != revision:
        raise CriteriaChangedError(
            _("Iemand anders veranderde deze versie ondertussen. Lees ze opnieuw voor je verdergaat.")
        )
    return draft
