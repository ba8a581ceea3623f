"""What goes wrong in real life: in a browser, with a clear answer, and nothing that was typed is lost."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accreditation.domain.opinions import give_opinion
from accreditation.enums import LetterKind
from accreditation.models import (
    Decision,
    DossierRound,
    Evidence,
    Letter,
    Opinion,
    ReaderAssignment,
    Recognition,
)
from courses.api import ensure_course_index
from courses.domain.author_group import ensure_author_rights
from lms.domain.check_in_tokens import make_token
from lms.domain.intervision import claim_presence
from lms.models import Attendance, CheckAttempt, Enrolment, MeetingPresence, PresenceConfirmation, Reflection
from media.models import PackageVersion
from people.enums import Role
from people.models import User
from tests.browser import look, look_at_both_widths, sign_in_by_cookie
from tests.factories.accreditation import EvidenceFactory, make_complete, make_stored_file
from tests.factories.committee import REASONED, handed_in, members
from tests.factories.lms import RIGHT, make_learner, make_learning_course, make_package
from tests.factories.lms_cohorts import GroupFactory, MeetingFactory, SessionFactory, make_trainer, members_of
from tests.factories.people import PASSWORD, ProfileFactory, UserFactory, user_with
from tests.factories.proof import make_course_certificate, make_recognition
from tests.journeys import papers
from tests.journeys.hands import DOSSIER, Hands, Sent, send_again, sends

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COURSE = "/mijn/leren/kleine-signalen/"
CHECK = f"{COURSE}les-3/toets/kleine-signalen-toets/"


def hands_of(browser: Browser, site: str, person: User) -> Hands:
    """Somebody who is signed in already."""
    hands = Hands(browser, site, email=person.email)
    sign_in_by_cookie(hands.page, person)
    return hands


# --- sign-in ---------------------------------------------------------------------------------------------------


def test_wrong_sign_in_keeps_the_address(browser_page: Page) -> None:
    UserFactory(email="wilg@voorbeeld.test")
    page = browser_page
    page.goto("/account/login/?next=/mijn/dossier/")
    for password in ("dit-is-het-niet", ""):
        page.locator("input[name=login]").fill("wilg@voorbeeld.test")
        page.locator("input[name=password]").fill(password)
        page.get_by_role("main").get_by_role("button", name="Meld je aan").first.click()
        expect(page.locator(".error-summary, .field__error").first).to_be_visible()
        assert page.locator("input[name=login]").input_value() == "wilg@voorbeeld.test"
        assert page.locator("input[name=password]").input_value() == ""
    look(page, "fout-aanmelden")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Meld je aan").first.click()
    page.wait_for_url("**/mijn/dossier/")


# --- somebody else's things ----------------------------------------------------------------------------------


def test_what_belongs_to_another_is_not_there(browser: Browser, site: str) -> None:
    owner, stranger = UserFactory(), user_with(Role.TRAINER, Role.COMMITTEE_MEMBER)
    piece = EvidenceFactory(person=owner, file=make_stored_file(owner))
    certificate = make_course_certificate(owner)
    meeting = MeetingFactory(group=GroupFactory(people=[owner, UserFactory(), UserFactory(), UserFactory()]))
    session = SessionFactory(trainers=[make_trainer()])
    members(2)
    round = handed_in(UserFactory())
    assignment = ReaderAssignment.objects.exclude(reader=stranger).filter(round=round).earliest("pk")
    letter = Letter.objects.create(
        kind=LetterKind.WITHDRAWAL,
        person=owner,
        recognition=make_recognition(owner),
        title="Brief",
        body="Tekst",
    )
    places = [
        reverse("accreditation:evidence", args=[piece.pk]),
        reverse("accreditation:evidence_file", args=[piece.pk]),
        reverse("accreditation:evidence_page", args=[piece.pk, 1]),
        reverse("accreditation:evidence_replace", args=[piece.pk]),
        reverse("accreditation:certificate_file", args=[certificate.pk]),
        reverse("accreditation:letter", args=[letter.pk]),
        reverse("accreditation:reading", args=[assignment.pk]),
        reverse("lms:meeting", args=[meeting.pk]),
        reverse("lms:session", args=[session.pk]),
        reverse("lms:session_qr", args=[session.pk]),
        reverse("lms:cohort", args=[session.cohort_id]),
    ]
    hands = hands_of(browser, site, stranger)
    for place in places:
        answer = hands.page.goto(place)
        assert answer is not None and answer.status == 404, place
        assert hands.page.locator("header .logo").is_visible(), place
        expect(hands.page.get_by_role("main").get_by_role("link").first).to_be_visible()
    look_at_both_widths(hands.page, "fout-van-een-ander")
    hands.leave()


# --- a session that ended during a long form --------------------------------------------------------------------


def lose_session(page: Page) -> None:
    """What happens after two weeks, or after signing out elsewhere."""
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)


def sign_in_here(page: Page, person: User) -> None:
    """Sign in on the page to which the detour led."""
    page.wait_for_url("**/account/login/**")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login" not in url)


def test_expired_session_keeps_the_profile(browser: Browser, site: str) -> None:
    person = UserFactory()
    ProfileFactory(user=person)
    hands = hands_of(browser, site, person)
    page = hands.page
    page.goto("/mijn/profiel/")
    lose_session(page)
    hands.fill(offer="Gesprekken thuis in de eerste weken.", phone="09 000 00 00", first_name="Noortje")
    hands.press("Bewaar mijn profiel")
    sign_in_here(page, person)
    hands.reads("We hebben bewaard wat je eerder typte.")
    assert page.locator("[name=offer]").input_value() == "Gesprekken thuis in de eerste weken."
    assert page.locator("[name=first_name]").input_value() == "Noortje"
    hands.press("Bewaar mijn profiel")
    hands.reads("Je profiel is bewaard.")
    person.refresh_from_db()
    assert (person.first_name, person.profile.phone) == ("Noortje", "09 000 00 00")
    hands.leave()


def test_expired_session_keeps_the_reflection(browser: Browser, site: str) -> None:
    make_learning_course()
    person = make_learner().person
    hands = hands_of(browser, site, person)
    page = hands.page
    page.goto(f"{COURSE}les-2/")
    lose_session(page)
    page.fill("textarea", "Ze keek weg, en ik wachtte.")
    page.get_by_role("link", name="Meld je opnieuw aan").click()
    sign_in_here(page, person)
    assert page.input_value("textarea") == "Ze keek weg, en ik wachtte."
    page.wait_for_selector("[data-autosave-status][data-tone=saved]")
    assert Reflection.objects.get().text == "Ze keek weg, en ik wachtte."
    hands.leave()


def test_expired_session_keeps_the_opinion(browser: Browser, site: str) -> None:
    members(2)
    handed_in()
    assignment = ReaderAssignment.objects.active().select_related("reader").earliest("pk")
    hands = hands_of(browser, site, assignment.reader)
    page = hands.page
    page.goto(reverse("accreditation:reading", args=[assignment.pk]))
    lose_session(page)
    words = "Zes criteria, elk met een stuk dat het draagt."
    hands.fill(outcome="granted", reason_codes="all_criteria_met", text=words)
    hands.press("Geef je advies")
    sign_in_here(page, assignment.reader)
    assert page.locator("[name=text]").input_value() == words
    assert page.locator("[name=outcome][value=granted]").is_checked()
    assert page.locator("[name=reason_codes][value=all_criteria_met]").is_checked()
    assert Opinion.objects.count() == 0
    hands.press("Geef je advies")
    hands.reads("Je advies is gegeven.")
    assert Opinion.objects.get().text == words
    hands.leave()


# --- a second click --------------------------------------------------------------------------------------------


def clicked_twice(hands: Hands, words: str) -> Sent:
    """Double-click a button: one form goes out; then the same form goes out twice more, as without scripts.

    A form with a file is not sent again: Chromium does not tell what was in it.
    """
    sent = sends(hands.page, lambda: hands.press(words, twice=True))
    assert len(sent) == 1, (words, [one.url for one in sent])
    for _again in range(2 if sent[0].body else 0):
        assert send_again(hands.page, sent[0]) in {200, 409, 422}, words
    return sent[0]


def test_second_click_while_learning(browser: Browser, site: str) -> None:
    make_learning_course()
    person = UserFactory()
    hands = hands_of(browser, site, person)
    page = hands.page
    page.goto(COURSE)
    clicked_twice(hands, "Schrijf me in")
    assert Enrolment.objects.filter(person=person).count() == 1

    page.goto(CHECK)
    for question, options in RIGHT.items():
        for option in options:
            page.check(f"input[name=vraag-{question}][value={option}]")
    page.wait_for_selector("[data-autosave-status][data-tone=saved]")
    page.wait_for_load_state("networkidle")
    clicked_twice(hands, "Dien in")
    attempt = CheckAttempt.objects.get()
    assert attempt.passed and attempt.submitted_at is not None

    session = SessionFactory(trainers=[make_trainer()])
    Enrolment.objects.update(cohort=session.cohort)
    page.goto(reverse("lms:check_in", args=[make_token(session.pk)]))
    clicked_twice(hands, "Ik ben er")
    assert Attendance.objects.get().person == person

    group = GroupFactory(people=[UserFactory(), person, UserFactory(), UserFactory()])
    meeting, other = MeetingFactory(group=group), members_of(group)[0]
    claim_presence(meeting_id=meeting.pk, person=other)
    page.goto(reverse("lms:meeting", args=[meeting.pk]))
    clicked_twice(hands, "Ik was er")
    clicked_twice(hands, f"Bevestig {other.full_name}")
    assert MeetingPresence.objects.filter(person=person).count() == 1
    assert PresenceConfirmation.objects.get().person == other
    hands.leave()


def test_second_click_on_the_way_to_recognition(browser: Browser, site: str, tmp_path: Path) -> None:
    judges, office, person = members(3), user_with(Role.NETWORK_STAFF), UserFactory()
    make_complete(person, membership="absent")
    hands = hands_of(browser, site, person)
    hands.page.goto(reverse("accreditation:evidence_add", args=["membership"]))
    hands.fill(association="De Kring", year="2026", file=papers.screenshot(tmp_path))
    clicked_twice(hands, "Voeg toe")
    assert Evidence.objects.filter(person=person, kind="membership").count() == 1

    hands.page.goto(reverse("accreditation:dossier_submit", args=["basic"]))
    clicked_twice(hands, "Dien in")
    round = DossierRound.objects.get()
    assert ReaderAssignment.objects.active().count() == 2
    hands.leave()

    assignment = ReaderAssignment.objects.active().select_related("reader").earliest("pk")
    hands = hands_of(browser, site, assignment.reader)
    hands.page.goto(reverse("accreditation:reading", args=[assignment.pk]))
    hands.fill(outcome="granted", reason_codes="all_criteria_met", text="In orde.")
    clicked_twice(hands, "Geef je advies")
    assert Opinion.objects.count() == 1
    hands.leave()

    Evidence.objects.filter(status="waiting").update(status="verified")
    readers = set(ReaderAssignment.objects.values_list("reader_id", flat=True))
    waiting = ReaderAssignment.objects.active().get(round=round, opinion=None)
    give_opinion(assignment_id=waiting.pk, reader=waiting.reader, **REASONED)
    decider = next(judge for judge in judges if judge.pk not in readers)
    hands = hands_of(browser, site, decider)
    hands.page.goto(reverse("accreditation:deciding", args=[round.pk]))
    hands.fill(outcome="granted", reason_codes="all_criteria_met", text="Toegekend.")
    hands.press("Naar de brief")
    expect(hands.page.locator("[name=letter_body]")).to_be_visible()
    clicked_twice(hands, "Beslis en verstuur")
    assert (Decision.objects.count(), Recognition.objects.count(), Letter.objects.count()) == (1, 1, 1)
    hands.leave()

    hands = hands_of(browser, site, office)
    hands.page.goto(reverse("accreditation:withdraw", args=[Recognition.objects.get().pk]))
    hands.fill(reason="Op eigen vraag.")
    clicked_twice(hands, "Trek de erkenning in")
    assert Letter.objects.filter(kind=LetterKind.WITHDRAWAL).count() == 1
    hands.leave()


# --- files that are not what they say --------------------------------------------------------------------------


def test_strange_files_are_told_kindly_and_lose_nothing(browser: Browser, site: str, tmp_path: Path) -> None:
    person = UserFactory()
    hands = hands_of(browser, site, person)
    page = hands.page
    page.goto(reverse("accreditation:evidence_add", args=["diploma"]))
    typed = {"degree": "Vroedkunde", "institution": "Het Waterpad", "year": "2016"}
    hands.fill(**typed)
    for file, words in (
        (papers.page_that_pretends(tmp_path), "Dit is een webpagina, ook al heet ze anders."),
        (papers.nothing(tmp_path), "Dit bestand is leeg (0 bytes)."),
        (papers.huge_picture(tmp_path), "Deze foto heeft te veel beeldpunten"),
    ):
        hands.fill(file=file)
        hands.press("Voeg toe")
        hands.reads(words)
        for name, value in typed.items():
            assert page.locator(f"main [name={name}]").input_value() == value, (file, name)
    look_at_both_widths(page, "fout-bestand")
    assert Evidence.objects.count() == 0
    hands.fill(file=papers.diploma(tmp_path))
    hands.press("Voeg toe")
    page.wait_for_url(DOSSIER)
    assert Evidence.objects.get().file is not None
    hands.leave()


def test_file_chosen_before_a_mistake_is_not_asked_again(browser: Browser, site: str, tmp_path: Path) -> None:
    hands = hands_of(browser, site, UserFactory())
    hands.page.goto(reverse("accreditation:evidence_add", args=["diploma"]))
    hands.fill(institution="Het Waterpad", year="2016", file=papers.diploma(tmp_path))
    hands.press("Voeg toe")
    hands.reads("is al binnen")
    hands.fill(degree="Vroedkunde")
    hands.press("Voeg toe")
    hands.page.wait_for_url(DOSSIER)
    assert Evidence.objects.get().file is not None
    hands.leave()


def test_broken_package_is_refused_and_the_choice_stays(browser: Browser, site: str, tmp_path: Path) -> None:
    ensure_author_rights(ensure_course_index())
    version = make_package()
    author = user_with(Role.AUTHOR)
    broken = tmp_path / "sorteren.h5p"
    broken.write_bytes(b"PK\x03\x04" + b"dit was ooit een pakket" * 40)
    hands = Hands(browser, site, email=author.email, width="desk")
    sign_in_by_cookie(hands.page, author)
    hands.page.goto(reverse("media_package_upload"))
    hands.fill(package=version.package.title, file=broken)
    hands.page.get_by_role("button", name="Kijk na").click()
    expect(hands.page.get_by_text("Dit pakket kunnen we niet aannemen.")).to_be_visible()
    assert hands.page.locator("[name=package]").input_value() == str(version.package_id)
    hands.page.screenshot(path=str(tmp_path / "pakket.png"))
    assert PackageVersion.objects.count() == 1
    hands.context.close()
