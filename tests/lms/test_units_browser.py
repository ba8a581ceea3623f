"""The sample course of CATAPULT in a real Chromium: opened from the lesson, bookmarked, passed, back in the lesson."""

import io
import re

import pytest

from lms.models import ActivityState, LearningRecord, UnitLaunch
from media.api import import_package
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.lms import make_learner, make_learning_course

pytestmark = [pytest.mark.browser, pytest.mark.packages, pytest.mark.django_db(transaction=True)]


def verbs():
    rows = LearningRecord.objects.order_by("stored_at").values_list("verb", flat=True)
    return [verb.rsplit("/", 1)[-1] for verb in rows]


def lesson_with_the_sample(page, packages_folder):
    """A learner in the lesson whose exercise is the sample course."""
    file = packages_folder / "cmi5" / "cmi5-masteryscore_framed.zip"
    import_package(file=io.BytesIO(file.read_bytes()), uploaded_by=None, slug="sorteren")
    make_learning_course(activity=True)
    sign_in_by_cookie(page, make_learner().person)
    page.goto("/mijn/leren/kleine-signalen/les-2/")


def test_a_unit_opens_in_its_window_resumes_and_is_passed(browser_page, site, packages_folder):
    page = browser_page
    lesson_with_the_sample(page, packages_folder)
    look_at_both_widths(page, "leren-eenheden")
    with page.expect_popup() as opened:
        page.get_by_role("button", name=re.compile("^Begin")).click()
    unit = opened.value
    unit.get_by_text("Introduction to Geology").first.wait_for()
    assert unit.evaluate("document.cookie") == "" and unit.evaluate("opener === null")
    for _page in range(2):
        with unit.expect_response(lambda answer: "stateId" in answer.url and answer.request.method == "PUT"):
            unit.locator("#next").click()
    unit.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_text("Begonnen").wait_for()

    with page.expect_popup() as opened:
        page.locator("[data-unit]").click()
    unit = opened.value
    unit.locator(".resume-button").click()
    unit.get_by_text("Whole-Earth Structure").first.wait_for()
    unit.evaluate("course.gotoPage(7)")
    unit.get_by_text("(Select correct answers)").click()
    with unit.expect_response(
        lambda answer: (
            "/statements" in answer.url and b"completed" in (answer.request.post_data_buffer or b"")
        )
    ):
        unit.get_by_role("button", name="Submit Answers").click()
    unit.locator("#score-panel .exit-button").click()
    unit.wait_for_url("**/mijn/leren/kleine-signalen/les-2/")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_text("Gedaan, 100 %").wait_for()
    look_at_both_widths(page, "leren-eenheden-klaar")
    found = verbs()
    assert [found.count(verb) for verb in ("launched", "abandoned", "passed", "completed", "satisfied")] == [
        2,
        1,
        1,
        1,
        1,
    ]
    assert found[-1] == "terminated"
    assert UnitLaunch.objects.filter(terminated_at__isnull=False).count() == 1
    assert ActivityState.objects.get().scaled == 1


def answer_the_questions(page, *, again=False):
    """Open the unit, go to its questions and choose the right answers; returns its window."""
    with page.expect_popup() as opened:
        page.locator("[data-unit]").click()
    unit = opened.value
    if again:
        unit.locator(".resume-button").click()
    unit.locator(".navmenuitem.seen").first.wait_for(state="attached")
    unit.evaluate("course.gotoPage(7)")
    unit.get_by_text("(Select correct answers)").click()
    return unit


def test_after_a_cut_the_page_says_what_arrived_and_nothing_counts_twice(browser_page, site, packages_folder):
    page = browser_page
    lesson_with_the_sample(page, packages_folder)
    unit = answer_the_questions(page)
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    unit.get_by_role("button", name="Submit Answers").click()
    unit.locator("#score-passed").wait_for()
    page.bring_to_front()
    page.get_by_text("Wacht op verbinding").wait_for()
    page.context.set_offline(False)
    # The unit speaks to the record store by itself, and gives up what it could not send: the page does not say "saved".
    page.get_by_text("De verbinding is terug").wait_for()
    page.get_by_text("Begonnen").wait_for()
    assert page.get_by_text("Opgeslagen").count() == 0
    look_at_both_widths(page, "leren-eenheden-na-een-onderbreking")
    assert "passed" not in verbs() and "completed" not in verbs()
    assert not ActivityState.objects.exclude(scaled=None).exists()
    unit.close()

    unit = answer_the_questions(page, again=True)
    with unit.expect_response(
        lambda answer: (
            "/statements" in answer.url and b"completed" in (answer.request.post_data_buffer or b"")
        )
    ):
        unit.get_by_role("button", name="Submit Answers").click()
    unit.locator("#score-panel .exit-button").click()
    unit.wait_for_url("**/mijn/leren/kleine-signalen/les-2/")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_text("Gedaan, 100 %").wait_for()
    found = verbs()
    assert [found.count(verb) for verb in ("passed", "completed", "satisfied")] == [1, 1, 1]
