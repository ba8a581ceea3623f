"""Reviews by who finished, points for one's own profession, and checks that time closed: what the course page tells."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import CourseAccreditation, CoursePage
from lms.domain.reviews import review_course
from lms.exceptions import LmsError
from lms.models import CheckAttempt, CourseReview, Enrolment
from lms.tasks import close_late_attempts
from people.models import Profession
from tests.factories.courses import make_question
from tests.factories.lms import make_learner
from tests.factories.lms_activities import check_block, make_activity_course
from tests.factories.people import ProfileFactory

pytestmark = pytest.mark.django_db

PUBLIC = "/cursussen/kleine-signalen/"


def finished(score: int) -> Enrolment:
    learner = make_learner()
    Enrolment.objects.filter(pk=learner.pk).update(completed_at=timezone.now())
    review_course(person_id=learner.person_id, course_slug="kleine-signalen", score=score)
    return learner


def test_average_is_public_from_five_reviews_on(client):
    make_activity_course()
    for score in (4, 4, 5, 5):
        learner = finished(score)
    assert "Wat deelnemers ervan vinden" not in client.get(PUBLIC).content.decode()
    client.force_login(learner.person)
    for score in ("1", "9", "", "12", "x"):
        assert client.post("/mijn/leren/kleine-signalen/cijfer/", {"cijfer": score}).status_code == 302
    assert CourseReview.objects.get(enrolment=learner).score == 1
    finished(3)
    page = client.get(PUBLIC).content.decode()
    assert "3,4 op 5" in page
    assert "5 mensen rondden af" in page


def test_only_who_finished_reviews():
    make_activity_course()
    with pytest.raises(LmsError):
        review_course(person_id=make_learner().person_id, course_slug="kleine-signalen", score=5)
    assert not CourseReview.objects.exists()


def test_points_hold_on_their_days_and_the_own_profession_comes_first(client):
    make_activity_course()
    page, today = CoursePage.objects.get(), timezone.localdate()
    first, second = Profession.objects.all()[:2]
    for profession, points, until in (
        (first, 3, None),
        (second, "1.5", today),
        (second, 9, today - timedelta(1)),
    ):
        CourseAccreditation.objects.create(
            course=page,
            profession=profession,
            scheme="Proefregeling",
            points=points,
            valid_from=today - timedelta(10),
            valid_until=until,
        )
    shown = client.get(PUBLIC).content.decode()
    assert f"{first.name}: 3 punten" in shown
    assert "9 punten" not in shown
    client.force_login(ProfileFactory(profession=second).user)
    mine = client.get(PUBLIC).content.decode()
    assert "jouw beroep" in mine
    assert mine.index(f"{second.name}: 1,5 punten") < mine.index(f"{first.name}: 3 punten")


def test_time_closes_checks_that_nobody_looks_at(client):
    make_activity_course(check_block(questions=[make_question("v1")], time_limit=5))
    learner = make_learner()
    client.force_login(learner.person)
    client.post("/mijn/leren/kleine-signalen/les/toets/toets/begin/")
    assert close_late_attempts() == 0
    CheckAttempt.objects.update(answers={"v1": ["a"]}, deadline=timezone.now() - timedelta(minutes=1))
    assert (close_late_attempts(), close_late_attempts()) == (1, 0)
    assert CheckAttempt.objects.get().passed
