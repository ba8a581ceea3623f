"""The criteria in a real browser."""

import copy
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.domain.criteria_drafts import DraftContent, approve_draft, save_draft, start_draft
from accreditation.domain.what_if import run_what_if
from accreditation.models import CriteriaVersion, WhatIfRun
from lms.models import Enrolment
from people.api import Role
from people.models import Profession, ReferenceRegion
from tests.browser import look_at_both_widths, new_context, sign_in_by_cookie
from tests.factories.accreditation import make_complete
from tests.factories.courses import make_published_course
from tests.factories.lms_cohorts import CohortFactory, ensure_site
from tests.factories.people import ProfileFactory, user_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_sees_in_plain_words_what_was_changed(browser_page, site):
    writer = user_with(Role.NETWORK_STAFF)
    draft = start_draft(level="basic", actor=writer)
    sign_in_by_cookie(browser_page, writer)
    page = browser_page
    page.goto(f"/netwerk/criteria/{draft.pk}/bewerken/")
    page.get_by_label("Uren samen").fill("14,5")
    page.get_by_label("Uren samen").blur()
    page.locator("#voorbeeld-tekst", has_text="minstens 14,5 uur bij intervisie").wait_for()
    page.locator("select[name=new-c1]").select_option("completed_courses")
    page.locator("button[value='add:c1']").click()
    page.get_by_label("Bij meer dan één regel").select_option("any_of")
    look_at_both_widths(page, "criteria editor")
    page.locator("button[value='drop:c1:r1']").click()
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    page.locator("ins", has_text="minstens 14,5 uur").wait_for()
    look_at_both_widths(page, "criteria version")
    page.goto("/netwerk/criteria/")
    look_at_both_widths(page, "criteria versions")


def test_the_editor_works_without_scripts(browser, site):
    writer = user_with(Role.NETWORK_STAFF)
    draft = start_draft(level="basic", actor=writer)
    context = new_context(browser, base_url=site, javascript=False)
    page = context.new_page()
    sign_in_by_cookie(page, writer)
    page.goto(f"/netwerk/criteria/{draft.pk}/bewerken/")
    page.get_by_label("Uren samen").fill("14,5")
    page.locator("select[name=new-c1]").select_option("completed_courses")
    page.locator("button[value='add:c1']").click()
    assert page.get_by_label("Uren samen").input_value() == "14,5"
    page.get_by_label("Bij meer dan één regel").select_option("any_of")
    page.locator("button[value='drop:c1:r1']").click()
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    page.locator("ins", has_text="minstens 14,5 uur").wait_for()
    context.close()
    draft.refresh_from_db()
    assert draft.revision == 1


def test_what_a_draft_would_do_is_a_picture_and_a_list(browser_page, site):
    office = user_with(Role.NETWORK_STAFF)
    for number, key in enumerate(("midwife", "nurse", "midwife")):
        profile = ProfileFactory(
            profession=Profession.objects.get(key=key), region=ReferenceRegion.objects.all()[number]
        )
        make_complete(profile.user)
    draft = start_draft(level="basic", actor=office)
    rules = copy.deepcopy(draft.rules)
    rules["criteria"][2]["rule"]["hours"] = "10"
    content = DraftContent(rules=rules, valid_from=timezone.localdate() + timedelta(days=60))
    save_draft(version_id=draft.pk, revision=0, actor=office, content=content)
    run = WhatIfRun.objects.create(
        version=draft,
        revision=1,
        base=CriteriaVersion.objects.get(level="basic", number=1),
        on=timezone.localdate(),
        started_by=office,
        total=4,
        status="running",
        done=1,
    )
    sign_in_by_cookie(browser_page, office)
    page = browser_page
    page.goto(f"/netwerk/criteria/{draft.pk}/wat-als/")
    page.get_by_text("1 van 4 professionals").first.wait_for()
    look_at_both_widths(page, "criteria what if busy")
    run_what_if(run.pk)
    # The page asks by itself and shows the outcome.
    page.get_by_role("heading", name="Per beroepsgroep").wait_for()
    assert page.locator("rect.bars__loses").count() > 0
    look_at_both_widths(page, "criteria what if")


def test_the_path_by_what_counts_and_one_tap(browser_page, site):
    ensure_site()
    person = ProfileFactory(region=ReferenceRegion.objects.get(slug="regio-gent")).user
    make_complete(person, training="absent", insurance="absent", statement="absent")
    long_name = "Basiskennis perinatale psychiatrie en infant mental health voor wie pas begint"
    outline = make_published_course(
        "samen", title=long_name, level="basic", continued_training_hours=12, form="in_person", price=120
    )
    start = timezone.localdate() + timedelta(days=10)
    CohortFactory(course_id=outline.course_page_id, starts_on=start, ends_on=start + timedelta(days=14))
    sign_in_by_cookie(browser_page, person)
    page = browser_page
    page.goto("/mijn/dossier/?niveau=basic")
    page.get_by_role("link", name="Bekijk je kortste weg").click()
    page.get_by_role("button", name="Laat het me weten").click()
    page.get_by_text("We laten het je weten").wait_for()
    page.locator("summary", has_text="Voortgezette opleiding").click()
    look_at_both_widths(page, "path")
    page.get_by_role("link", name="Het goedkoopst").click()
    page.get_by_role("button", name="Schrijf me in").first.click()
    page.get_by_text("Je bent ingeschreven").wait_for()
    assert Enrolment.objects.filter(person=person).count() == 1


def test_who_follows_the_criteria_reads_what_will_change(browser_page, site):
    person, writer = ProfileFactory().user, user_with(Role.NETWORK_STAFF)
    make_complete(person)
    draft = start_draft(level="basic", actor=writer)
    rules = copy.deepcopy(draft.rules)
    rules["criteria"][2]["rule"]["hours"] = "10"
    content = DraftContent(rules=rules, valid_from=timezone.localdate() + timedelta(days=60))
    save_draft(version_id=draft.pk, revision=draft.revision, actor=writer, content=content)
    for _ in range(2):
        draft.refresh_from_db()
        approve_draft(version_id=draft.pk, revision=draft.revision, actor=user_with(Role.NETWORK_STAFF))
    page = browser_page
    sign_in_by_cookie(page, person)
    page.goto("/mijn/dossier/")
    page.get_by_text("Wat verandert er?").click()
    page.get_by_text("minstens 10 uur bij intervisie").wait_for()
    look_at_both_widths(page, "checklist coming change")
