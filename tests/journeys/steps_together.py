"""Steps of the main job: a day with others, and peers who confirm one another."""

from datetime import time, timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from lms.domain.agreement import sign_agreement
from lms.domain.intervision import MeetingPlan, claim_presence, confirm_presence, form_group, plan_meeting
from lms.models import (
    Attendance,
    Cohort,
    Enrolment,
    IntervisionGroup,
    Meeting,
    MeetingPresence,
    Session,
)
from people.models import User
from tests.browser import look
from tests.journeys.hands import Hands
from tests.journeys.house import EMAIL, HALF_DAY, NAME, House


def is_there(browser: Browser, site: str, newcomer: Hands, house: House) -> None:
    """A day with others: the trainer makes it, the newcomer takes a seat and scans the code at the door."""
    trainer = Hands(browser, site, email=house.trainer.email, width="desk")
    wall = trainer.arrive()
    now = timezone.localtime()
    begins = max(now - timedelta(hours=1), now.replace(hour=0, minute=0))
    ends = min(now + timedelta(hours=3), now.replace(hour=23, minute=59))
    today = now.date().isoformat()
    wall.goto(reverse("lms:cohort_create"))
    trainer.fill(course="Crisis met een baby in huis", name="Gent, vandaag", region="Regio Gent")
    trainer.fill(starts_on=today, ends_on=today, capacity="6")
    trainer.press("Maak de groep", twice=True)
    trainer.reads("De groep staat klaar.")
    cohort = Cohort.objects.get(name="Gent, vandaag")
    wall.goto(reverse("lms:session_create", args=[cohort.pk]))
    trainer.fill(title="Halve dag crisisteams", day=today, place="Huis van de Buurt, Gent")
    trainer.fill(begins=begins.strftime("%H:%M"), ends=ends.strftime("%H:%M"))
    wall.locator("main form button[type=submit]").first.click()
    trainer.reads("De bijeenkomst is toegevoegd.")
    session = Session.objects.get(cohort=cohort)

    page = newcomer.page
    page.goto(f"/cursussen/{HALF_DAY}/")
    newcomer.press("Schrijf je in", exact=False)
    page.wait_for_url(f"**/mijn/leren/{HALF_DAY}/")
    assert Enrolment.objects.get(person__email=EMAIL, course__slug=HALF_DAY).cohort == cohort

    wall.goto(reverse("lms:session_qr", args=[session.pk]))
    look(wall, "reis-10-code-aan-de-muur")
    address = wall.locator(".qr").get_attribute("data-address")
    wall.goto("/begeleiding/")
    assert address is not None and address.startswith(site)
    page.goto(address)
    newcomer.look("11-ik-ben-er")
    newcomer.press("Ik ben er", twice=True)
    expect(page.get_by_role("heading", name="Je bent aangemeld.")).to_be_visible()
    attendance = Attendance.objects.get()
    assert (attendance.session, attendance.person.email, attendance.state) == (session, EMAIL, "present")

    wall.goto(reverse("lms:session", args=[session.pk]))
    trainer.reads("1 van 1 aanwezig")
    trainer.reads("met de code om")
    trainer.look("12-lijst")
    wall.get_by_role("link", name="Sluit de lijst af").click()
    wall.get_by_role("dialog").get_by_role("button", name="Sluit de lijst af").click()
    trainer.reads("De lijst is afgesloten")
    trainer.leave()


def meets_peers(browser: Browser, site: str, newcomer: Hands, house: House) -> None:
    """Three meetings of the past year stand already; the fourth is entered and confirmed on screen by two members."""
    person = User.objects.get(email=EMAIL)
    group = _group_that_met(person, house)
    moderator = Hands(browser, site, email=house.peers[0].email)
    page = moderator.arrive()
    page.goto(reverse("lms:meeting_create", args=[group.pk]))
    moderator.fill(day=timezone.localdate().isoformat(), begins="00:00")
    moderator.press("Bewaar het overleg", twice=True)
    page.wait_for_url(lambda url: not url.endswith("/nieuw/"))
    meeting = Meeting.objects.get(group=group, held_on=timezone.localdate())
    place = reverse("lms:meeting", args=[meeting.pk])
    page.goto(place)
    moderator.press("Ik was er", twice=True)
    moderator.press(f"Bevestig {NAME}")
    moderator.reads("Door jou bevestigd")
    newcomer.page.goto(place)
    newcomer.press("Ik was er", twice=True)
    newcomer.reads("Je aanwezigheid telt mee")
    newcomer.press(f"Bevestig {house.peers[0].full_name}", twice=True)
    newcomer.reads("Door jou bevestigd")
    newcomer.look("13-overleg")
    # The moderator needs two others: a third member says so as well.
    claim_presence(meeting_id=meeting.pk, person=house.peers[1])
    confirm_presence(meeting_id=meeting.pk, person_id=house.peers[0].pk, confirmed_by=house.peers[1])
    page.reload()
    moderator.reads("Je aanwezigheid telt mee")
    moderator.leave()
    confirmed = MeetingPresence.objects.filter(meeting=meeting, confirmed_at__isnull=False)
    assert confirmed.count() == 2


def _group_that_met(person: User, house: House) -> IntervisionGroup:
    today = timezone.localdate()
    members = [*house.peers, person]
    group = form_group(
        name="Kring aan de Leie",
        member_ids=tuple(one.pk for one in members),
        moderator_id=house.peers[0].pk,
        actor=house.office,
        joined_on=today - timedelta(days=300),
    )
    for member in members:
        sign_agreement(group_id=group.pk, person=member)
    for days in (240, 150, 60):
        moment = timezone.make_aware(timezone.datetime.combine(today - timedelta(days=days), time(19)))
        with time_machine.travel(moment + timedelta(hours=3), tick=True):
            plan = MeetingPlan(starts_at=moment, minutes=120)
            meeting = plan_meeting(group_id=group.pk, actor=house.peers[0], plan=plan)
            claim_presence(meeting_id=meeting.pk, person=house.peers[0])
            claim_presence(meeting_id=meeting.pk, person=person)
            confirm_presence(meeting_id=meeting.pk, person_id=person.pk, confirmed_by=house.peers[0])
    return group
