"""Steps of the main job: an account, a course, a certificate."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from accreditation.enums import CertificateKind
from accreditation.models import (
    Certificate,
)
from courses.api import OutlineLesson, QuestionKind, get_check, get_outline, mark_check
from demo.acts.learning import _pass_check
from lms.domain.progress import mark_lesson
from lms.models import (
    CheckAttempt,
    Enrolment,
    LearningRecord,
)
from people.models import User
from tests.factories.people import PASSWORD
from tests.journeys.hands import Hands, Post, wait_until
from tests.journeys.house import BASE, COURSE, EMAIL, NAME


def signs_up(newcomer: Hands, post: Post) -> None:
    """An account, the mail with its link, and a profile in which nothing is public yet."""
    page = newcomer.page
    page.goto("/account/signup/")
    newcomer.fill(
        first_name="Wilg", last_name="Nestbouwer", email=EMAIL, password1=PASSWORD, password2=PASSWORD
    )
    newcomer.press("Maak je account", twice=True)
    expect(page.get_by_role("heading", name="Kijk in je mailbox.")).to_be_visible()
    newcomer.look("01-kijk-in-je-mailbox")
    text = post.wait_for(EMAIL, "/account/confirm-email/")
    link = re.search(r"https?://\S+/account/confirm-email/\S+/", text)
    assert link is not None and link[0].startswith(newcomer.site)
    page.goto(link[0])
    newcomer.press("Ja, bevestig")
    page.wait_for_load_state()
    assert User.objects.filter(email=EMAIL).count() == 1
    newcomer.arrive()
    newcomer.look("02-nieuw-bureau")
    page.goto("/mijn/profiel/")
    newcomer.fill(
        profession="vroedvrouw", employer="Vroedvrouwenpraktijk De Kring", region="Regio Gent", languages="nl"
    )
    newcomer.press("Bewaar mijn profiel")
    newcomer.reads("Je profiel is bewaard.")
    newcomer.look("03-profiel")


def learns(newcomer: Hands) -> None:
    """The real course: two lessons and a check by hand, an exercise in its sandbox, the rest as somebody quick."""
    page = newcomer.page
    page.goto(f"/cursussen/{COURSE}/")
    newcomer.press("Schrijf je in en begin", twice=True)
    page.wait_for_url(f"**{BASE}")
    enrolment = Enrolment.objects.get(person__email=EMAIL)
    newcomer.follow("Begin met de eerste les")
    outline = get_outline(enrolment.version_id)
    first = outline.lessons[0]
    page.locator("textarea").first.fill("Ik vraag eerst hoe het met haar gaat.")
    expect(page.locator("[data-autosave-status][data-tone=saved]").first).to_be_visible()
    newcomer.look("04-les")
    newcomer.press("Klaar, ga verder")
    page.wait_for_url(f"**{BASE}{outline.lessons[1].slug}/")
    with_check = next(lesson for lesson in outline.lessons if _asks_choices(enrolment, lesson))
    _passes_check(newcomer, enrolment, with_check.slug, with_check.check_ids[0])
    _plays(newcomer, enrolment)
    person, last = enrolment.person, outline.lessons[-1]
    for lesson in outline.lessons[1:-1]:
        mark_lesson(person=person, course_slug=COURSE, lesson_slug=lesson.slug)
        for check_id in lesson.check_ids:
            if lesson is not with_check:
                _pass_check(person, outline, lesson.slug, check_id)
    assert first is not last
    for check_id in last.check_ids:
        _pass_check(person, outline, last.slug, check_id)
    page.goto(f"{BASE}{last.slug}/")
    newcomer.press("Klaar, ga verder")
    newcomer.reads("Je rondde de cursus af.")
    newcomer.look("07-cursus-af")
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None


def _asks_choices(enrolment: Enrolment, lesson: OutlineLesson) -> bool:
    """Whether the lesson's first check is one that this newcomer answers by choosing only."""
    if not lesson.test_ids or lesson.check_ids[0] != lesson.test_ids[0]:
        return False
    check = get_check(enrolment.version_id, lesson.test_ids[0])
    return not (check.pools or check.time_limit) and all(
        question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) for question in check.questions
    )


def _passes_check(newcomer: Hands, enrolment: Enrolment, lesson: str, check_id: str) -> None:
    """First a wrong attempt with its feedback, then the right one."""
    page = newcomer.page
    questions = get_check(enrolment.version_id, check_id).questions
    given = {question.id: [question.options[0][0]] for question in questions}
    right = {
        one.id: one.correct_options for one in mark_check(enrolment.version_id, check_id, given).questions
    }
    page.goto(f"{BASE}{lesson}/")
    newcomer.follow("Maak de toets")
    for question in questions:
        wrong = next(key for key, _text in question.options if key not in right[question.id])
        page.check(f"input[name='vraag-{question.id}'][value='{wrong}']")
    _is_saved(newcomer)
    newcomer.press("Dien in", twice=True)
    page.wait_for_url("**?poging=1*")
    newcomer.reads("Nog niet geslaagd")
    newcomer.follow("Probeer opnieuw")
    for question in questions:
        for box in page.locator(f"input[name='vraag-{question.id}'][type=checkbox]:checked").all():
            box.uncheck()
        for key in right[question.id]:
            page.check(f"input[name='vraag-{question.id}'][value='{key}']")
    _is_saved(newcomer)
    newcomer.press("Dien in")
    page.wait_for_url("**?poging=2*")
    newcomer.reads("Geslaagd")
    newcomer.look("05-toets-geslaagd")
    attempts = CheckAttempt.objects.filter(enrolment=enrolment, check_id=check_id).order_by("number")
    assert [(one.number, one.passed) for one in attempts] == [(1, False), (2, True)]


def _is_saved(newcomer: Hands) -> None:
    expect(newcomer.page.locator("[data-autosave-status][data-tone=saved]").first).to_be_visible()
    newcomer.page.wait_for_load_state("networkidle")


def _plays(newcomer: Hands, enrolment: Enrolment) -> None:
    """Our own exercise, on the origin of content, in a frame that may run scripts and nothing else."""
    page = newcomer.page
    page.goto(f"{BASE}wie-staat-er-nog/")
    frame = page.frame_locator("[data-h5p-player] iframe")
    frame.locator(".h5p-initialized").wait_for(timeout=30_000)
    element = page.locator("[data-h5p-player] iframe")
    assert "//content.localhost:" in (element.get_attribute("src") or "")
    assert "allow-same-origin" not in (element.get_attribute("sandbox") or "allow-same-origin")
    while frame.locator(".nw-sort-score").count() == 0:
        if frame.locator(".nw-sort-pile").count():
            frame.locator(".nw-sort-pile").first.click()
        frame.locator(".nw-sort-primary").first.click()
    page.get_by_text("Opgeslagen").wait_for()

    def ended() -> bool:
        return LearningRecord.objects.filter(enrolment=enrolment, verb__endswith="completed").exists()

    wait_until(ended, what="the record of the exercise")
    newcomer.look("06-oefening")
    page.reload()
    newcomer.reads("Gedaan")


def shows_certificate(newcomer: Hands, site: str) -> None:
    """The paper of the course: a real PDF, and a page where anybody checks it."""
    certificate = Certificate.objects.get(person__email=EMAIL)
    assert certificate.kind == CertificateKind.COURSE and certificate.holder_name == NAME

    def has_file() -> bool:
        certificate.refresh_from_db()
        return bool(certificate.file_name)

    wait_until(has_file, seconds=60, what="the file of the certificate")
    page = newcomer.page
    page.goto("/mijn/getuigschriften/")
    newcomer.look("08-getuigschrift")
    answer = page.request.get(reverse("accreditation:certificate_file", args=[certificate.pk]))
    assert answer.status == 200 and answer.body().startswith(b"%PDF-")
    newcomer.follow("Bekijk wat anderen zien", exact=False)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    newcomer.look("09-nagegaan")
