"""Real cohorts, sessions and groups for tests of every floor. Needs `make_published_course` of courses."""

from datetime import datetime, time, timedelta

import factory
from django.conf import settings
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Locale, Page, Site

from courses.domain.queries.catalogue import courses_by_ids
from courses.models import CoursePage
from lms.models import (
    AgreementSignature,
    Cohort,
    Enrolment,
    GroupMember,
    IntervisionGroup,
    Meeting,
    Session,
    SessionTrainer,
)
from people.enums import Role
from tests.factories.courses import make_published_course
from tests.factories.people import UserFactory


def a_course() -> CoursePage:
    """The first published course, made when there is none."""
    ensure_site()
    return CoursePage.objects.first() or CoursePage.objects.get(
        pk=make_published_course("basiscursus", lessons=1, complete_attendance=0).course_page_id
    )


class CohortFactory(DjangoModelFactory):
    """A cohort of twenty that runs from a month ago until in a month."""

    class Meta:
        model = Cohort

    course = factory.LazyFunction(a_course)
    name = factory.Sequence(lambda n: f"Groep Gent {n}")
    capacity = 20
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class SessionFactory(DjangoModelFactory):
    """A session that began today, ten minutes ago at most, and lasts three hours. `trainers=[...]` leads it."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    cohort = factory.SubFactory(CohortFactory)
    title = factory.Sequence(lambda n: f"Samenkomst {n}")
    starts_at = factory.LazyFunction(lambda: max(timezone.now() - timedelta(minutes=10), at(0, 0, 0)))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=3))
    place = "De Kolk, Gent"

    @factory.post_generation
    def trainers(obj, create, extracted, **kwargs):
        for trainer in extracted or ():
            SessionTrainer.objects.create(session=obj, trainer=trainer)


def enrolled(cohort: Cohort, **person) -> Enrolment:
    """Somebody with a seat in the cohort."""
    version = courses_by_ids([cohort.course_id])[cohort.course_id].version_id
    return Enrolment.objects.create(
        person=person.pop("person", None) or UserFactory(**person),
        course_id=cohort.course_id,
        version_id=version,
        cohort=cohort,
    )


def make_trainer(**fields):
    """A trainer."""
    return UserFactory(roles=[Role.TRAINER], **fields)


def at(days: int = 0, hour: int = 13, minute: int = 30) -> datetime:
    """A moment some days from today, on the clock of Brussels."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class GroupFactory(DjangoModelFactory):
    """A group of four who signed the agreement; the first member is the moderator. `people=[...]` chooses them."""

    class Meta:
        model = IntervisionGroup
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Kring {n}")

    @factory.post_generation
    def people(obj, create, extracted, **kwargs):
        members = extracted or [UserFactory() for _ in range(4)]
        joined = timezone.localdate() - timedelta(days=500)
        for number, person in enumerate(members):
            GroupMember.objects.create(group=obj, person=person, is_moderator=number == 0, joined_on=joined)
            AgreementSignature.objects.create(group=obj, person=person)


class MeetingFactory(DjangoModelFactory):
    """A meeting of two hours a week ago."""

    class Meta:
        model = Meeting

    group = factory.SubFactory(GroupFactory)
    starts_at = factory.LazyFunction(lambda: at(-7))
    held_on = factory.LazyAttribute(lambda row: timezone.localdate(row.starts_at))
    minutes = 120


def members_of(group: IntervisionGroup) -> list:
    """The people of a group, moderator first."""
    return [member.person for member in group.members.select_related("person").order_by("pk")]


def ensure_site() -> None:
    """A test that commits empties every table afterwards, Wagtail's root too; the next one starts from here."""
    if Site.objects.exists():
        return
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=Page(title="Nestwerk", slug="nestwerk"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
