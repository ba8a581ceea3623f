"""The list on a trainer's phone without a connection: taken along, ticked, sent once; what was refused meanwhile."""

import re

import pytest
from playwright.sync_api import expect

from lms.domain.attendance import close_list
from lms.models import Attendance
from people.enums import Role
from tests.browser import look_at_both_widths, new_context, sign_in_by_cookie, watch_console
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = [("Lies", "De Wilg"), ("Noor", "Van Meerbeke"), ("Samir", "Achterberg")]


@pytest.fixture
def trainer(site):
    return make_trainer(first_name="Truus", last_name="Takje")


@pytest.fixture
def session(trainer):
    cohort = CohortFactory(name="Gent, najaar", created_by=trainer)
    return SessionFactory(cohort=cohort, title="Dag 1: kijken en luisteren", trainers=[trainer])


@pytest.fixture
def learners(session):
    return [enrolled(session.cohort, first_name=first, last_name=last) for first, last in NAMES]


@pytest.fixture
def phone(browser, site, trainer, session, learners):
    """The list, taken along; what the browser says about the missing connection itself is no error of ours."""
    context = new_context(browser, base_url=site)
    page = context.new_page()
    errors = watch_console(page)
    sign_in_by_cookie(page, trainer)
    page.goto(f"/begeleiding/sessies/{session.pk}/")
    page.get_by_role("button", name="Neem de lijst mee").click()
    expect(status(page)).to_have_text(
        "De lijst staat op dit toestel. Ook zonder verbinding kun je aanvinken."
    )
    yield page
    context.close()
    assert [text for text in errors if "htmx:sendError" not in text] == []


def status(page):
    return page.locator("[data-offline-status]")


def tap(page, name):
    page.get_by_role("button", name=f"Aanwezig {name}").click()


def rows(session):
    found = Attendance.objects.filter(session=session).order_by("person__last_name", "pk")
    return list(found.values_list("person__last_name", "state", "method"))


def test_ticks_wait_survive_a_reload_and_are_written_once(phone, session):
    phone.context.set_offline(True)
    tap(phone, "Lies De Wilg")
    expect(
        phone.locator("li", has_text="Lies De Wilg").get_by_text("aangevinkt op dit toestel")
    ).to_be_visible()
    tap(phone, "Noor Van Meerbeke")
    tap(phone, "Noor Van Meerbeke")
    expect(phone.get_by_text("uitgevinkt op dit toestel")).to_be_visible()
    tap(phone, "Samir Achterberg")
    expect(status(phone)).to_contain_text("3 aangevinkt zonder verbinding.")
    look_at_both_widths(phone, "offline-list-waiting")
    phone.reload()
    expect(status(phone)).to_contain_text("3 aangevinkt zonder verbinding.")
    expect(phone.get_by_role("button", name="Aanwezig Samir Achterberg")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert rows(session) == []
    second = phone.context.new_page()
    second.goto(f"/begeleiding/sessies/{session.pk}/")
    expect(status(second)).to_contain_text("3 aangevinkt zonder verbinding.")
    phone.context.set_offline(False)
    for page in (phone, second):
        # A site that is busy with the other tab is asked again after a second or two.
        expect(page.get_by_text("2 van 3 aanwezig")).to_be_visible(timeout=15_000)
        expect(status(page)).to_have_text(
            re.compile("^(Alles is doorgestuurd|De lijst staat op dit toestel)")
        )
    written = [
        ("Achterberg", "present", "offline"),
        ("De Wilg", "present", "offline"),
        ("Van Meerbeke", "absent", "offline"),
    ]
    assert rows(session) == written
    phone.reload()
    expect(phone.get_by_text("2 van 3 aanwezig")).to_be_visible()
    assert rows(session) == written


def test_the_copy_knows_who_was_ticked_after_it_was_taken(phone, session):
    tap(phone, "Lies De Wilg")
    expect(phone.get_by_text("1 van 3 aanwezig")).to_be_visible()
    with phone.expect_response(lambda answer: "zonder-verbinding" in answer.url):
        phone.reload()
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("button", name="Aanwezig Lies De Wilg")).to_have_attribute(
        "aria-pressed", "true"
    )
    phone.context.set_offline(False)


def test_a_list_closed_meanwhile_shows_each_line_until_the_trainer_takes_it_away(phone, session):
    phone.context.set_offline(True)
    tap(phone, "Lies De Wilg")
    tap(phone, "Samir Achterberg")
    expect(status(phone)).to_contain_text("2 aangevinkt zonder verbinding.")
    close_list(session_id=session.pk, actor=UserFactory(roles=[Role.NETWORK_STAFF]))
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Nog op dit toestel")).to_be_visible()
    phone.reload()
    lines = phone.locator("[data-offline-refused] li")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("Lies De Wilg, aangevinkt om")
    expect(lines.first).to_contain_text("De lijst is afgesloten.")
    expect(status(phone)).to_contain_text("Deze regels zijn niet doorgestuurd.")
    look_at_both_widths(phone, "offline-list-closed")
    assert rows(session) == []
    phone.get_by_role("button", name="Ik heb ze gezien, haal ze weg").click()
    expect(phone.get_by_role("heading", name="Nog op dit toestel")).to_be_hidden()
    phone.reload()
    expect(phone.locator("[data-offline-refused] li")).to_have_count(0)


def test_somebody_who_left_is_refused_by_name_and_the_others_are_written(phone, session, learners):
    phone.context.set_offline(True)
    tap(phone, "Lies De Wilg")
    tap(phone, "Samir Achterberg")
    expect(status(phone)).to_contain_text("2 aangevinkt zonder verbinding.")
    learners[0].delete()
    phone.context.set_offline(False)
    expect(phone.get_by_text("1 van 2 aanwezig")).to_be_visible()
    line = phone.locator("[data-offline-refused] li")
    expect(line).to_contain_text("Lies De Wilg, aangevinkt om")
    expect(line).to_contain_text("Deze persoon is niet meer ingeschreven in deze groep.")
    look_at_both_widths(phone, "offline-list-refused")
    assert rows(session) == [("Achterberg", "present", "offline")]
