"""A replaced package: running learners keep theirs, and the back office shows where each version is used."""

import pytest

from courses.domain.publish import publish_course
from courses.models import CoursePage
from lms.domain.queries.package_uses import version_uses
from lms.models import ActivityState
from media.models import PackageVersion
from people.api import Role
from tests.factories.lms import make_learner, make_learning_course, make_package
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db


def second_version(first):
    row = PackageVersion.objects.get(pk=first.pk)
    row.pk, row.number, row.sha256, row.storage_prefix = None, 2, "2" * 64, "packages/twee"
    row.save(force_insert=True)
    return row


def test_running_learners_keep_theirs_and_the_page_tells(client, django_assert_num_queries):
    first = make_package()
    make_learning_course(activity=True)
    old = make_learner()
    second = second_version(first)
    publish_course(course=CoursePage.objects.get(slug="kleine-signalen"))
    make_learner()
    make_learner()
    ActivityState.objects.create(
        enrolment=old,
        lesson="les-2",
        activity_id="kleine-signalen-oefening",
        package_version=first,
        ended_at=old.enrolled_at,
    )
    with django_assert_num_queries(4):
        uses = {one.use.package_version_id: one for one in version_uses([first.pk, second.pk])}
    assert (uses[first.pk].learners, uses[first.pk].started, uses[first.pk].ended) == (1, 1, 1)
    assert (uses[second.pk].learners, uses[second.pk].started, uses[second.pk].ended) == (2, 0, 0)
    assert (uses[first.pk].use.is_current, uses[second.pk].use.is_current) == (False, True)
    client.force_login(old.person)
    page = client.get("/mijn/leren/kleine-signalen/les-2/")
    launches = [block.launch for block in page.context["screen"].blocks if block.launch]
    assert [launch.version_id for launch in launches] == [first.pk]
    client.force_login(user_with(Role.ADMINISTRATOR))
    shown = client.get(f"/beheer/pakketten/{first.package_id}/gebruik/").content.decode()
    assert shown.count("les-2") == 2 and "de huidige" in shown


def test_a_version_that_nobody_uses_costs_one_query(django_assert_num_queries):
    version = make_package()
    with django_assert_num_queries(1):
        assert version_uses([version.pk]) == ()
