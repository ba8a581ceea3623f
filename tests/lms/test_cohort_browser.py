"""The trainer's code and list, and what learners and members see, in a real browser on a phone and a desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from lms.domain.attendance import check_in
from lms.domain.intervision import claim_presence, confirm_presence
from lms.models import Attendance, IntervisionGroup
from people.enums import Role
from tests.browser import look, look_at_both_widths, new_context, sign_in_by_cookie, watch_console
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    SessionFactory,
    at,
    enrolled,
    make_trainer,
    members_of,
)
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = [("Lies", "De Wilg"), ("Noor", "Van Meerbeke"), ("Samir", "Achterberg"), ("Elke", "Roosens")]


@pytest.fixture
def trainer(site):
    return make_trainer(first_name="Truus", last_name="Takje")


@pytest.fixture
def session(trainer):
    cohort = CohortFactory(name="Gent, najaar", created_by=trainer)
    return SessionFactory(cohort=cohort, title="Dag 1: kijken en luisteren", trainers=[trainer])


@pytest.fixture
def learners(session):
    return [enrolled(session.cohort, first_name=first, last_name=last).person for first, last in NAMES]


def test_trainer_desk_cohort_list_and_code(browser_page, trainer, session, learners):
    page = browser_page
    SessionFactory(cohort=session.cohort, title="Dag 0", starts_at=at(-7), trainers=[trainer])
    SessionFactory(cohort=session.cohort, title="Dag 2", starts_at=at(7), trainers=[trainer])
    sign_in_by_cookie(page, trainer)
    page.goto("/begeleiding/")
    look_at_both_widths(page, "trainer-desk")
    page.get_by_role("link", name="Gent, najaar", exact=True).click()
    look_at_both_widths(page, "trainer-cohort")
    page.goto("/begeleiding/")
    page.get_by_role("link", name="Open de lijst").click()
    page.get_by_role("button", name="Aanwezig Lies De Wilg").click()
    expect(page.get_by_text("1 van 4 aanwezig")).to_be_visible()
    expect(page.get_by_role("button", name="Aanwezig Lies De Wilg")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Aanwezig Noor Van Meerbeke").dblclick()
    expect(page.get_by_text("2 van 4 aanwezig")).to_be_visible()
    page.wait_for_timeout(900)
    assert list(Attendance.objects.filter(person=learners[1]).values_list("state")) == [("present",)]
    look_at_both_widths(page, "trainer-list")
    page.get_by_role("link", name="Toon de QR-code").click()
    first = page.locator(".qr").get_attribute("data-address")
    check_in(session_id=session.pk, person=learners[2])
    look_at_both_widths(page, "trainer-code")
    before = int(page.locator("[data-present]").inner_text())
    expect(page.locator("[data-present]")).to_have_text(str(before + 1), timeout=15_000)
    assert page.locator(".qr").get_attribute("data-address") != first


def test_list_and_code_without_javascript(browser, site, trainer, session, learners):
    context = new_context(browser, base_url=site, javascript=False)
    page = context.new_page()
    sign_in_by_cookie(page, trainer)
    page.goto(f"/begeleiding/sessies/{session.pk}/")
    page.get_by_role("button", name="Aanwezig Samir Achterberg").click()
    expect(page.get_by_text("1 van 4 aanwezig")).to_be_visible()
    page.goto(f"/begeleiding/sessies/{session.pk}/qr/")
    expect(page.locator(".qr svg")).to_be_visible()
    first = page.locator(".qr").get_attribute("data-address")
    page.wait_for_timeout(11_500)
    assert page.locator(".qr").get_attribute("data-address") != first
    context.close()


def test_learner_scans_signs_in_and_is_present(browser, site, trainer, session, learners):
    from tests.factories.people import PASSWORD

    screen = new_context(browser, base_url=site, width="desk")
    wall = screen.new_page()
    sign_in_by_cookie(wall, trainer)
    wall.goto(f"/begeleiding/sessies/{session.pk}/qr/")
    address = wall.locator(".qr").get_attribute("data-address")
    assert address is not None and address.startswith(site)
    context = new_context(browser, base_url=site)
    phone = context.new_page()
    errors = watch_console(phone)
    phone.goto(address)
    phone.locator("input[name=login]").fill(learners[0].email)
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.locator("form:has(input[name=password]) button[type=submit]").first.click()
    expect(phone.get_by_role("button", name="Ik ben er")).to_be_visible()
    look(phone, "check-in-confirm")
    phone.get_by_role("button", name="Ik ben er").dblclick()
    expect(phone.get_by_role("heading", name="Je bent aangemeld.")).to_be_visible()
    look_at_both_widths(phone, "check-in-done")
    assert errors == []
    assert Attendance.objects.filter(person=learners[0]).count() == 1
    phone.goto(address.replace("~", "~x", 1))
    look(phone, "check-in-unknown")
    context.close()
    screen.close()


def test_forms_of_the_trainer(browser_page, trainer, session):
    page = browser_page
    sign_in_by_cookie(page, trainer)
    page.goto(reverse("lms:cohort_create"))
    page.get_by_label("Aantal plaatsen").fill("0")
    page.get_by_role("button", name="Maak de groep").click()
    expect(page.get_by_text("Een groep heeft minstens 1 plaats.").first).to_be_visible()
    look_at_both_widths(page, "cohort-form-errors")
    page.goto(reverse("lms:session_create", args=[session.cohort_id]))
    look_at_both_widths(page, "session-form")
    page.goto(reverse("lms:group_create"))
    look(page, "group-form")


def test_members_confirm_one_another(browser_page, site):
    page = browser_page
    people = [UserFactory(first_name=first, last_name=last) for first, last in NAMES]
    group = GroupFactory(people=people, name="Kring aan de Leie")
    meeting = MeetingFactory(group=group)
    MeetingFactory(group=group, starts_at=at(9, 19))
    claim_presence(meeting_id=meeting.pk, person=people[1])
    sign_in_by_cookie(page, people[0])
    page.goto("/mijn/intervisie/")
    look_at_both_widths(page, "intervision")
    page.get_by_role("link", name="Intervisie").filter(has_text="Intervisie, ").last.click()
    look_at_both_widths(page, "meeting-open")
    page.get_by_role("button", name="Ik was er").click()
    page.get_by_role("button", name="Bevestig Noor Van Meerbeke").click()
    expect(page.get_by_text("Door jou bevestigd")).to_be_visible()
    claim_presence(meeting_id=meeting.pk, person=people[2])
    for other in people[1:3]:
        confirm_presence(meeting_id=meeting.pk, person_id=people[0].pk, confirmed_by=other)
    page.reload()
    expect(page.get_by_text("Je aanwezigheid telt mee").first).to_be_visible()
    look_at_both_widths(page, "meeting-confirmed")
    page.goto(reverse("lms:meeting_create", args=[group.pk]))
    look_at_both_widths(page, "meeting-form")
    page.goto(reverse("lms:group_life", args=[group.pk]))
    look_at_both_widths(page, "group-life")
    page.goto(reverse("lms:agreement", args=[group.pk]))
    look_at_both_widths(page, "agreement")
    page.goto("/mijn/intervisie/kies/?over=zelf&wie=groep")
    look_at_both_widths(page, "kind-test")
    other = GroupFactory(name="Intervisiegroep van de vroedvrouwen en psychologen rond Geraardsbergen")
    IntervisionGroup.objects.filter(pk=other.pk).update(open_since=other.created_at.date())
    page.goto("/mijn/intervisie/zoeken/")
    look_at_both_widths(page, "group-finder")
    page.goto("/mijn/intervisie/zoeken/?taal=de")
    look_at_both_widths(page, "group-finder-empty")
    assert members_of(group) == people


NAMED = [
    ("name", "Ik wil leren wachten, zoals bij mama Lotte."),
    ("name", "Gesprek met Sofie Verhaegen bleef hangen."),
    ("name", "Ik vond het lastig met Jonas erbij."),
    ("date", "Het kindje van 12/03/2024 huilde veel."),
    ("date", "geboren op 3 maart 2024"),
    ("number", "24.03.12-001.55"),
    ("", "Ik wil vaker stiltes laten. Mijn eigen spanning voelen helpt. Volgende keer vraag ik het eerst."),
]


def test_a_text_that_names_somebody_warns_and_sends_nothing(browser_page, site):
    """Text pasted with a name and a date of birth: a warning in the browser, and not one request."""
    page = browser_page
    person = UserFactory()
    meeting = MeetingFactory(group=GroupFactory(people=[person, *(UserFactory() for _ in range(3))]))
    sign_in_by_cookie(page, person)
    page.goto(reverse("lms:meeting", args=[meeting.pk]))
    page.wait_for_load_state("networkidle")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    box, field = page.locator("#leerpunt-let-op"), page.locator("textarea[name=tekst]")
    number = 240312001
    pasted = f"24.03.12-001.{97 - (2_000_000_000 + number) % 97:02}"
    for kind, words in NAMED:
        field.fill(pasted if kind == "number" else words)
        for one in ("name", "date", "number"):
            line = box.locator(f"[data-privacy-kind={one}]")
            expect(line).to_be_visible(visible=one == kind)
    field.fill("Sofie Verhaegen, geboren 12/03/2024")
    look_at_both_widths(page, "learning-point-warning")
    assert [url for url in sent if not url.startswith("data:")] == []
    field.fill("Ik wil vaker stiltes laten.")
    page.get_by_role("button", name="Bewaar voor mezelf").click()
    expect(page.get_by_text("Bewaard. Alleen jij leest dit.")).to_be_visible()


def test_team_and_agenda(browser_page, trainer, session, learners):
    page = browser_page
    coordinator = UserFactory(roles=[Role.TEAM_COORDINATOR], first_name="Carla", last_name="Vink")
    team = TeamFactory(name="Mobiel team Waas")
    TeamMembershipFactory(team=team, user=coordinator, is_coordinator=True)
    for person in learners:
        TeamMembershipFactory(team=team, user=person)
    check_in(session_id=session.pk, person=learners[0])
    SessionFactory(
        cohort=session.cohort,
        title="Dag 2: online",
        starts_at=at(7),
        kind="mixed",
        online_url="https://meet.example/nest",
        trainers=[trainer],
    )
    sign_in_by_cookie(page, coordinator)
    page.goto("/team/")
    look_at_both_widths(page, "team")
    page.context.clear_cookies()
    sign_in_by_cookie(page, learners[0])
    page.goto("/mijn/agenda/")
    look_at_both_widths(page, "agenda-mine")
