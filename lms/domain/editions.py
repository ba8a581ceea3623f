"""More than one session or edition at once: series with exceptions, copies, and templates of a course."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.cohorts import CohortPlan, create_cohort
from lms.domain.series_rules import days_of_series, moment_on
from lms.domain.sessions import SessionPlan, change_session, plan_session
from lms.exceptions import CohortError
from lms.models import Attendance, Cohort, CohortTemplate, Session, SessionSeries
from people.api import User

COPIED = (
    *("capacity", "price", "is_public", "way", "code", "for_team_id", "offer_hours", "preparation", "costs"),
    "region_id",
)


@transaction.atomic
def plan_series(
    *,
    cohort_id: int,
    actor: User | None,
    plan: SessionPlan,
    every_weeks: int,
    times: int,
    skipped: Sequence[date] = (),
) -> SessionSeries:
    """Sessions that come back: all of them, or none. The plan's own day is the first; days skipped are made up for.

    Raises CohortError as `plan_session`, naming the day, and series_too_long (more than 60), clock_change.
    """
    if not 2 <= times <= 60 or not 1 <= every_weeks <= 26:
        raise CohortError("series_too_long", _("Een reeks telt 2 tot 60 keer, 1 tot 26 weken uit elkaar."))
    start, end = timezone.localtime(plan.starts_at), timezone.localtime(plan.ends_at)
    if end <= start:
        raise CohortError("ends_before_start", _("Het einde ligt niet na het begin. Kies een later einduur."))
    series = SessionSeries.objects.create(
        cohort_id=cohort_id,
        first_on=start.date(),
        every_weeks=every_weeks,
        times=times,
        begins=start.time(),
        ends=end.time(),
        skipped=[day.isoformat() for day in sorted(set(skipped))],
    )
    days = days_of_series(first=start.date(), every_weeks=every_weeks, times=times, skipped=skipped)
    for number, day in enumerate(days, start=1):
        begins, ends = _moments(day, start.time(), end.time())
        title = f"{plan.title} ({number} van {len(days)})"[:160]
        try:
            plan_session(
                cohort_id=cohort_id,
                actor=actor,
                plan=replace(plan, title=title, starts_at=begins, ends_at=ends),
                series_id=series.pk,
            )
        except CohortError as error:
            raise CohortError(error.code, f"{day:%d/%m/%Y}: {error.message}") from error
    record_audit(verb="series.planned", subject=ref(series), actor=actor, data={"times": len(days)})
    return series


@transaction.atomic
def change_series(
    *, session_id: int, actor: User | None, begins: time, ends: time, place: str, location_id: int | None
) -> int:
    """Give this session and the later ones of its series another hour or place; returns how many changed.

    Sessions that were changed by hand, called off, or where somebody was noted stay as they are. Raises CohortError as
    `change_session`, naming the day, and no_series.
    """
    first = Session.objects.get(pk=session_id)
    if first.series_id is None:
        raise CohortError("no_series", _("Deze bijeenkomst hoort niet bij een reeks."))
    noted = Attendance.objects.filter(session__series=first.series_id).values("session")
    later = (
        Session.objects.held()
        .filter(series=first.series_id, starts_at__gte=first.starts_at, is_exception=False)
        .exclude(pk__in=noted)
        .prefetch_related("trainers")
        .order_by("starts_at")
    )
    rows = list(later)
    for session in rows:
        day = timezone.localdate(session.starts_at)
        starts_at, ends_at = _moments(day, begins, ends)
        plan = SessionPlan(
            title=session.title,
            kind=session.kind,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            online_url=session.online_url,
            location_id=location_id,
            preparation=session.preparation,
            trainer_ids=tuple(trainer.pk for trainer in session.trainers.all()),
        )
        try:
            change_session(session_id=session.pk, actor=actor, plan=plan, by_hand=False)
        except CohortError as error:
            raise CohortError(error.code, f"{day:%d/%m/%Y}: {error.message}") from error
    SessionSeries.objects.filter(pk=first.series_id).update(begins=begins, ends=ends)
    return len(rows)


@transaction.atomic
def copy_cohort(*, cohort_id: int, actor: User | None, name: str, starts_on: date) -> Cohort:
    """A new edition with the same sessions, moved by whole days, and the same settings; nobody comes along.

    Called-off sessions stay behind, and so does a last day to leave. Raises CohortError as `create_cohort` and
    `plan_session` (a trainer may be busy), naming the day.
    """
    source = Cohort.objects.get(pk=cohort_id)
    shift = starts_on - source.starts_on
    plan = CohortPlan(
        course_id=source.course_id,
        name=name,
        starts_on=starts_on,
        ends_on=source.ends_on + shift,
        **{field: getattr(source, field) for field in COPIED},
    )
    copy = create_cohort(actor=actor, plan=plan, copied_from=source.pk)
    for session in source.sessions.held().prefetch_related("trainers").order_by("starts_at"):
        _copy_session(session, copy, shift, actor)
    for material in source.materials.filter(session=None):
        copy.materials.create(
            title=material.title,
            url=material.url,
            file_id=material.file_id,
            for_trainers=material.for_trainers,
        )
    return copy


def _copy_session(session: Session, copy: Cohort, shift: timedelta, actor: User | None) -> None:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    day = start.date() + shift
    begins, ends = _moments(day, start.time(), end.time())
    plan = SessionPlan(
        title=session.title,
        kind=session.kind,
        starts_at=begins,
        ends_at=ends,
        place=session.place,
        online_url=session.online_url,
        location_id=session.location_id,
        preparation=session.preparation,
        trainer_ids=tuple(trainer.pk for trainer in session.trainers.all()),
    )
    try:
        made = plan_session(cohort_id=copy.pk, actor=actor, plan=plan)
    except CohortError as error:
        raise CohortError(error.code, f"{day:%d/%m/%Y}: {error.message}") from error
    for material in session.materials.all():
        copy.materials.create(
            session=made,
            title=material.title,
            url=material.url,
            file_id=material.file_id,
            for_trainers=material.for_trainers,
        )


@transaction.atomic
def save_as_template(*, cohort_id: int, actor: User, name: str) -> CohortTemplate:
    """Keep how this edition goes, for later ones of its course; the same name replaces. No people, codes or links."""
    source = Cohort.objects.get(pk=cohort_id)
    facts: dict[str, Any] = {
        "capacity": source.capacity,
        "price": str(source.price) if source.price is not None else None,
        "is_public": source.is_public,
        "offer_hours": source.offer_hours,
        "preparation": source.preparation,
        "costs": source.costs,
        "days": (source.ends_on - source.starts_on).days,
    }
    sessions = []
    for session in source.sessions.held().order_by("starts_at"):
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        sessions.append(
            {
                "title": session.title,
                "kind": session.kind,
                "day": (start.date() - source.starts_on).days,
                "begins": f"{start:%H:%M}",
                "ends": f"{end:%H:%M}",
                "preparation": session.preparation,
            }
        )
    template, _created = CohortTemplate.objects.update_or_create(
        course_id=source.course_id,
        name=name,
        defaults={"facts": facts, "sessions": sessions, "created_by": actor},
    )
    record_audit(verb="cohort.template_saved", subject=ref(template), actor=actor)
    return template


@transaction.atomic
def cohort_from_template(
    *, template_id: int, actor: User, name: str, starts_on: date, trainer_ids: tuple[int, ...], place: str
) -> Cohort:
    """A cohort with its sessions, from the first day on: all of it, or nothing. Raises CohortError as `copy_cohort`."""
    template = CohortTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise CohortError("template_missing", _("Dit sjabloon is er niet (meer)."))
    facts = dict(template.facts)
    days = facts.pop("days")
    cohort = create_cohort(
        actor=actor,
        plan=CohortPlan(
            course_id=template.course_id,
            name=name,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days),
            **facts,
        ),
    )
    for one in template.sessions:
        day = starts_on + timedelta(days=one["day"])
        begins, ends = _moments(day, time.fromisoformat(one["begins"]), time.fromisoformat(one["ends"]))
        try:
            plan_session(
                cohort_id=cohort.pk,
                actor=actor,
                plan=SessionPlan(
                    title=one["title"],
                    kind=one["kind"],
                    starts_at=begins,
                    ends_at=ends,
                    place=place,
                    preparation=one.get("preparation", ""),
                    trainer_ids=trainer_ids,
                ),
            )
        except CohortError as error:
            raise CohortError(error.code, f"{day:%d/%m/%Y}: {error.message}") from error
    return cohort


def _moments(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    first, last = moment_on(day, begins, zone), moment_on(day, ends, zone)
    if first is None or last is None:
        raise CohortError(
            "clock_change",
            _("Op %(day)s valt dat uur in de nacht dat de klok verzet wordt. Kies een ander uur.")
            % {"day": f"{day:%d/%m/%Y}"},
        )
    return first, last
