"""Every kind of activity on a phone and a desk, by touch and by keyboard, and reading without a connection."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images.models import Image

from lms.domain.enrolment import enrol
from lms.domain.polls import vote
from lms.models import CheckAttempt
from tests.browser import look, look_at_both_widths, sign_in_by_cookie
from tests.factories.courses import make_reflection_block
from tests.factories.lms import make_learner, make_learning_course
from tests.factories.lms_activities import CASE, KINDS, POLL, check_block, make_activity_course, right_answers
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, make_trainer
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COURSE = "/mijn/leren/kleine-signalen/"
LESSON = f"{COURSE}les/"
CHECK = f"{LESSON}toets/toets/"
SAVED = "[data-autosave-status][data-tone=saved]"


def hotspot():
    data = io.BytesIO()
    Picture.new("RGB", (800, 500), "#cfe3df").save(data, "PNG")
    image = Image.objects.create(title="Kamer", file=ImageFile(data, name="kamer.png"))
    spots = [
        {
            "key": "wieg",
            "label": "De wieg bij het raam, waar Otis ligt",
            "x": 20,
            "y": 60,
            "correct": True,
            "feedback": "Ja.",
        },
        {"key": "raam", "label": "Het raam", "x": 80, "y": 10, "correct": False, "feedback": "Minder."},
    ]
    value = {
        "key": "plek",
        "prompt": "Waar kijk je eerst?",
        "image": image.pk,
        "alt": "Een kamer",
        "spots": spots,
    }
    return {"type": "hotspot", "value": value}


@pytest.fixture
def outline(site):
    return make_activity_course(
        check_block(questions=[*KINDS, hotspot()], time_limit=30, attempts=3),
        {"type": "decision_case", "value": CASE},
        {"type": "poll", "value": POLL},
        make_reflection_block("stilstaan"),
    )


def test_check_of_every_kind(browser_page, outline):
    page, learner = browser_page, make_learner()
    sign_in_by_cookie(page, learner.person)
    page.goto(CHECK)
    look_at_both_widths(page, "activiteit-toets-begin")
    page.get_by_role("button", name="Begin de toets").click()
    right = right_answers(outline)
    page.locator("[data-order] li").nth(0).get_by_role("button", name="Naar onder").click()
    page.wait_for_selector(SAVED)
    assert len(CheckAttempt.objects.get().answers["volgorde"]) == 3
    page.locator("[data-spot=wieg] text").click()
    assert page.is_checked("input[value=wieg]")
    for pair in right["paren"]:
        page.locator(f"select:has(option[value='{pair}'])").select_option(pair)
    # Two wrong answers: the order is drawn by lot, so one item further down may be right by chance.
    page.fill("input[name='vraag-vak:nummer']", "911")
    page.check("input[name=vraag-keuze][value=b]")
    page.wait_for_selector(SAVED)
    look_at_both_widths(page, "activiteit-toets")
    page.get_by_role("button", name="Dien in").click()
    page.wait_for_url("**?poging=1")
    look_at_both_widths(page, "activiteit-toets-opnieuw")
    page.goto(CHECK)
    page.get_by_role("button", name="Begin de toets").click()
    CheckAttempt.objects.filter(number=2).update(answers=right)
    page.reload()
    page.get_by_role("button", name="Dien in").click()
    page.wait_for_url("**?poging=2")
    look_at_both_widths(page, "activiteit-toets-geslaagd")
    page.go_back()
    assert "Geslaagd" in page.inner_text("h1")


def test_case_poll_and_sharing(browser_page, outline):
    page, trainer = browser_page, make_trainer(first_name="Mieke", last_name="Van den Broecke-Verstraeten")
    cohort = CohortFactory(course_id=outline.course_page_id)
    SessionFactory(cohort=cohort, trainers=[trainer])
    learner = enrol(person=UserFactory(), course_slug=outline.slug, cohort_id=cohort.pk)
    for choice in ("ja", "ja", "nee", "ja"):
        other = enrol(person=UserFactory(), course_slug=outline.slug, cohort_id=cohort.pk)
        vote(
            person_id=other.person_id,
            course_slug=outline.slug,
            lesson_slug="les",
            poll_id="peiling",
            choices=[choice],
        )
    sign_in_by_cookie(page, learner.person)
    page.goto(LESSON)
    look_at_both_widths(page, "activiteit-les")
    page.locator("#peiling-peiling input[value=ja]").check()
    page.get_by_role("button", name="Geef je antwoord").click()
    page.wait_for_selector(".poll__results")
    page.fill(".reflection textarea", "Ik wil dit graag bespreken.")
    page.wait_for_selector(SAVED)
    page.reload()
    page.get_by_text("Deel met je trainer").click()
    page.get_by_role("button", name="Deel", exact=True).click()
    page.wait_for_selector("text=Neem terug")
    page.get_by_text("Mijn notities bij deze les").click()
    look_at_both_widths(page, "activiteit-les-gedaan")
    page.get_by_role("link", name="Begin de casus").click()
    look_at_both_widths(page, "activiteit-casus-begin")
    for _step in range(2):
        page.locator("#stap input[type=radio]").first.check()
        page.get_by_role("button", name="Dit doe ik").click()
        page.wait_for_load_state()
    look_at_both_widths(page, "activiteit-casus-einde")
    page.context.clear_cookies()
    sign_in_by_cookie(page, trainer)
    page.goto("/begeleiding/reflecties/")
    assert "Ik wil dit graag bespreken." in page.inner_text("main")
    look_at_both_widths(page, "activiteit-gedeelde-reflecties")


def test_lessons_are_read_without_a_connection_and_by_keyboard(browser_page, site):
    page = browser_page
    make_activity_course(make_reflection_block("stilstaan"))
    sign_in_by_cookie(page, make_learner().person)
    page.goto(COURSE)
    page.get_by_role("button", name="Bewaar de lessen op dit toestel").click()
    page.wait_for_selector("[data-offline-status][data-tone=saved]")
    look_at_both_widths(page, "activiteit-zonder-verbinding")
    page.goto(LESSON)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{COURSE}")
    page.context.set_offline(True)
    page.goto(LESSON)
    assert "Je leest een bewaarde kopie" in page.inner_text("main")
    look(page, "activiteit-kopie")
    page.goto(f"{COURSE}bestaat-niet/")
    assert "Geen verbinding" in page.inner_text("h2, h1")
    page.context.set_offline(False)
    page.goto(COURSE)
    page.get_by_role("button", name="Haal ze van dit toestel").click()
    page.wait_for_selector("text=Nog niet op dit toestel.")
    assert page.evaluate("caches.keys()") == []


SWIPE = """([from, to]) => {
  const main = document.querySelector('main');
  const at = x => new Touch({identifier: 1, target: main, clientX: x, clientY: 400, screenX: x, screenY: 400});
  const say = (type, x, touches) => main.dispatchEvent(new TouchEvent(type, {
    bubbles: true, cancelable: true, touches, changedTouches: [at(x)]}));
  say('touchstart', from, [at(from)]);
  say('touchmove', (from + to) / 2, [at((from + to) / 2)]);
  say('touchend', to, []);
}"""


def test_a_swipe_turns_the_page_and_a_short_one_does_not(browser_page, site):
    page = browser_page
    make_learning_course()
    sign_in_by_cookie(page, make_learner().person)
    page.goto(f"{COURSE}les-1/")
    page.wait_for_load_state("networkidle")
    page.evaluate(SWIPE, [200, 180])
    page.wait_for_timeout(300)
    assert page.url.endswith("/les-1/")
    page.evaluate(SWIPE, [320, 40])
    page.wait_for_url("**/les-2/")
    page.wait_for_load_state("networkidle")
    page.evaluate(SWIPE, [40, 320])
    page.wait_for_url("**/les-1/")


def test_signing_out_takes_the_copies_from_the_device(browser_page, site):
    page = browser_page
    make_activity_course(make_reflection_block("stilstaan"))
    sign_in_by_cookie(page, make_learner().person)
    page.goto(COURSE)
    page.get_by_role("button", name="Bewaar de lessen op dit toestel").click()
    page.wait_for_selector("[data-offline-status][data-tone=saved]")
    assert page.evaluate("caches.keys()") != []
    page.goto("/account/logout/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/logout" not in url)
    assert page.evaluate("caches.keys()") == []
