"""Steps of the main job: the portfolio, the office, the committee."""

from datetime import timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from accreditation.models import (
    Decision,
    DossierRound,
    Evidence,
    Opinion,
    ReaderAssignment,
)
from people.models import User
from tests.journeys import papers
from tests.journeys.hands import DOSSIER, Hands, send_again, sends, wait_until
from tests.journeys.house import EMAIL, NAME, House


def gathers_and_hands_in(browser: Browser, site: str, newcomer: Hands, house: House, folder: Path) -> None:
    """Real files, the office that looks at them, the ring that closes, and one round however often she clicks."""
    page, today = newcomer.page, timezone.localdate()
    page.goto("/mijn/dossier/")
    newcomer.look("14-dossier-begin")
    ends = today + timedelta(days=300)
    _adds(
        newcomer,
        "diploma",
        file=papers.diploma(folder),
        degree="Vroedkunde",
        institution="Het Waterpad",
        year="2016",
    )
    _adds(
        newcomer,
        "insurance",
        file=papers.photo(folder),
        cover="own",
        valid_from=(today - timedelta(days=60)).isoformat(),
        valid_until=ends.isoformat(),
    )
    _adds(
        newcomer, "membership", file=papers.screenshot(folder), association="De Kring", year=str(today.year)
    )
    _adds(
        newcomer,
        "training",
        file=papers.diploma(folder),
        name="Basispad perinatale zorg",
        provider="Opleidingshuis De Haag",
        completed_on=(today - timedelta(days=90)).isoformat(),
        hours="12,5",
        level="basic",
    )
    page.goto("/mijn/dossier/")
    newcomer.look("15-dossier-wacht")
    _office_looks(browser, site, house)
    page.goto("/mijn/dossier/")
    newcomer.look("16-dossier-rond")
    newcomer.follow("Dien", exact=False)
    page.wait_for_url("**/mijn/dossier/indienen/basic/")
    newcomer.look("17-indienen")
    sent = sends(page, lambda: newcomer.press("Dien in", twice=True))
    newcomer.reads("Je dossier is ingediend")
    assert len(sent) == 1 and send_again(page, sent[0]) == 200
    assert DossierRound.objects.get().dossier.person.email == EMAIL
    assert ReaderAssignment.objects.active().count() == 2


def _adds(newcomer: Hands, kind: str, **facts: str | Path) -> None:
    newcomer.page.goto(reverse("accreditation:evidence_add", args=[kind]))
    newcomer.fill(**facts)
    newcomer.press("Voeg toe", twice=True)
    newcomer.page.wait_for_url(DOSSIER)
    newcomer.page.wait_for_load_state()
    piece = Evidence.objects.get(person__email=EMAIL, kind=kind, origin="upload")
    assert piece.status == "waiting" and piece.file is not None


def _office_looks(browser: Browser, site: str, house: House) -> None:
    """The office reads every document beside what was typed."""
    office = Hands(browser, site, email=house.office.email, width="desk")
    page = office.arrive()
    page.goto("/netwerk/bewijsstukken/")
    office.look("18-wachtende-bewijsstukken")
    waiting = Evidence.objects.filter(status="waiting", origin="upload").order_by("pk")
    assert waiting.count() == 4
    for place, piece in enumerate(waiting):
        page.goto(reverse("accreditation:evidence_verify", args=[piece.pk]))
        sheet = page.locator(".sheets__sheet").first
        expect(sheet).to_be_visible()
        wait_until(
            lambda sheet=sheet: sheet.evaluate("e => e.complete && e.naturalWidth > 100"), what="the sheet"
        )
        if place == 0:
            office.look("19-bewijsstuk")
        office.fill(status="verified")
        assert len(sends(page, lambda: office.press("Bewaar en ga verder", twice=True))) == 1
    assert Evidence.objects.filter(status="waiting", origin="upload").count() == 0
    office.leave()


def is_judged(browser: Browser, site: str, house: House) -> None:
    """Two readers apart from one another, a member with a tie who finds nothing, and a third who decides."""
    assignments = list(ReaderAssignment.objects.active().select_related("reader", "round").order_by("pk"))
    round = assignments[0].round
    readers = [one.reader for one in assignments]
    assert house.tied not in readers
    decider = next(member for member in house.members if member not in readers)
    words = ["Alles is helder aangetoond.", "De zes criteria kloppen, met bewijs."]
    first, second = (Hands(browser, site, email=reader.email, width="desk") for reader in readers)
    for number, hands in enumerate((first, second)):
        page = hands.arrive()
        page.goto("/commissie/")
        hands.look(f"2{number}-leeslijst")
        hands.follow(NAME)
        page.wait_for_url("**/commissie/lezen/**")
        assert words[0] not in page.content()
        hands.fill(outcome="granted", reason_codes="all_criteria_met", text=words[number])
        sent = sends(page, lambda hands=hands: hands.press("Geef je advies", twice=True))
        hands.reads("Je advies is gegeven.")
        assert len(sent) == 1 and send_again(page, sent[0]) == 200
        hands.look(f"2{number}-advies-gegeven")
        assert Opinion.objects.count() == number + 1
    first.page.reload()
    first.reads(words[1])
    second.reads(words[0])
    first.leave()
    second.leave()

    tied = Hands(browser, site, email=house.tied.email)
    page = tied.arrive()
    for place in (
        reverse("accreditation:deciding", args=[round.pk]),
        reverse("accreditation:reading", args=[assignments[0].pk]),
    ):
        answer = page.goto(place)
        assert answer is not None and answer.status == 404
        assert NAME not in page.content()
    page.goto("/commissie/")
    assert page.get_by_role("link", name=NAME).count() == 0
    tied.look("22-commissielid-met-een-band")
    tied.leave()
    _is_decided(browser, site, decider)


def _is_decided(browser: Browser, site: str, decider: User) -> None:
    hands = Hands(browser, site, email=decider.email, width="desk")
    page = hands.arrive()
    page.goto("/commissie/")
    hands.follow(NAME)
    page.wait_for_url("**/commissie/beslissen/**")
    hands.look("23-beslissen")
    hands.fill(outcome="granted", reason_codes="all_criteria_met", text="Van harte toegekend.")
    hands.press("Naar de brief")
    expect(page.get_by_role("heading", name="De brief aan")).to_be_visible()
    hands.look("24-de-brief")
    body = page.locator("[name=letter_body]").input_value()
    hands.fill(letter_body=f"{body}\n\nWelkom in de kring.")
    sent = sends(page, lambda: hands.press("Beslis en verstuur", twice=True))
    hands.reads("Beslist. De brief is verstuurd.")
    assert len(sent) == 1 and send_again(page, sent[0]) in {200, 409}
    assert Decision.objects.get().decided_by == decider
    hands.look("25-beslist")
    hands.leave()
