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


def test_a_unit_opens_in_its_window_resumes_and_is_passed(browser_page, site, packages_folder):
    file = packages_folder / "cmi5" / "cmi5-masteryscore_framed.zip"
    import_package(file=io.BytesIO(file.read_bytes()), uploaded_by=None, slug="sorteren")
    make_learning_course(activity=True)
    enrolment = make_learner()
    page = browser_page
    sign_in_by_cookie(page, enrolment.person)
    page.goto("/mijn/leren/kleine-signalen/les-2/")
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
