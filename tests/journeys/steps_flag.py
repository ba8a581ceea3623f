"""Steps of the main job: the recognition, its flag, and the end of both."""

import json

from django.urls import reverse
from playwright.sync_api import Browser, expect
from rdflib import Graph, URIRef

from accreditation.enums import CertificateKind, LetterKind
from accreditation.models import (
    Certificate,
    FeedEvent,
    Letter,
    Recognition,
)
from tests.journeys.hands import Hands, Post, send_again, sends, wait_until
from tests.journeys.house import EMAIL, NAME, House


def is_recognised(newcomer: Hands, post: Post) -> Recognition:
    """The letter by mail and on screen; still in no public list, because she did not ask for that yet."""
    recognition = Recognition.objects.get()
    assert recognition.person.email == EMAIL
    post.wait_for(EMAIL, "/mijn/erkenning/")
    page = newcomer.page
    page.goto("/mijn/erkenning/")
    newcomer.look("26-erkenning")
    page.locator("section[aria-labelledby=brieven] a").first.click()
    newcomer.reads("Welkom in de kring.")
    assert NAME not in _public(newcomer)["/zorgaanbod/"]
    assert _listed(newcomer) == []
    page.goto("/mijn/profiel/")
    newcomer.fill(offer="Gesprekken thuis, van zwangerschap tot de eerste verjaardag.")
    for name in ("public_listing", "public_feed", "public_region", "public_employer"):
        page.locator(f"main [name={name}]").check()
    newcomer.press("Bewaar mijn profiel", twice=True)
    newcomer.reads("Je profiel is bewaard.")
    return recognition


def _public(hands: Hands) -> dict[str, str]:
    """What somebody without an account gets at the three public places now."""
    visitor = hands.context.browser.new_context(base_url=hands.site)  # type: ignore[union-attr]
    found = {}
    for path in ("/zorgaanbod/", "/api/v1/recognitions", "/ldes/erkenningen/1"):
        answer = visitor.request.get(path)
        assert answer.status == 200, path
        found[path] = answer.text()
    visitor.close()
    return found


def _statuses(hands: Hands) -> list[str]:
    """What the versions in the stream say, in order."""
    graph = Graph().parse(data=_public(hands)["/ldes/erkenningen/1"], format="turtle")
    term = f"{hands.site}/ldes/erkenningen/termen#"
    said = {
        member: str(status).removeprefix(term)
        for member, status in graph.subject_objects(URIRef(f"{term}status"))
    }
    return [said[member] for member in sorted(said)]


def _listed(hands: Hands) -> list[str]:
    return [one["name"] for one in json.loads(_public(hands)["/api/v1/recognitions"])["recognitions"]]


def flag_shows(newcomer: Hands, recognition: Recognition) -> None:
    """After her consent: on the page for families, in the API and in the stream."""
    wait_until(lambda: _listed(newcomer) == [NAME], what="the flag in the API")
    shown = _public(newcomer)
    assert NAME in shown["/zorgaanbod/"] and "Vroedvrouwenpraktijk De Kring" in shown["/zorgaanbod/"]
    assert EMAIL not in "".join(shown.values())
    wait_until(lambda: FeedEvent.objects.filter(recognition=recognition).count() == 1, what="the stream")
    assert NAME not in shown["/ldes/erkenningen/1"] and _statuses(newcomer) == ["valid"]
    newcomer.page.goto("/zorgaanbod/")
    newcomer.look("27-in-het-zorgaanbod")


def flag_goes(
    browser: Browser, site: str, newcomer: Hands, house: House, recognition: Recognition, post: Post
) -> None:
    """The office withdraws with a reason; at that moment the flag is gone everywhere."""
    office = Hands(browser, site, email=house.office.email)
    page = office.arrive()
    page.goto("/netwerk/erkenningen/")
    office.look("28-erkenningen")
    office.follow("Trek in", exact=False)
    page.wait_for_url("**/intrekken/")
    office.fill(reason="Op eigen vraag: ze stopt met werken in de zorg.")
    sent = sends(page, lambda: office.press("Trek de erkenning in", twice=True))
    page.wait_for_load_state()
    shown = _public(newcomer)
    assert NAME not in shown["/zorgaanbod/"]
    assert json.loads(shown["/api/v1/recognitions"])["recognitions"] == []
    assert len(sent) == 1 and send_again(page, sent[0]) in {200, 409}
    office.look("29-ingetrokken")
    office.leave()
    wait_until(lambda: FeedEvent.objects.filter(recognition=recognition).count() == 2, what="the stream")
    assert _statuses(newcomer) == ["valid", "withdrawn"]
    code = Certificate.objects.get(kind=CertificateKind.RECOGNITION).code
    newcomer.page.goto(f"/v/{code}/")
    expect(newcomer.page.get_by_role("heading", name="geldt niet meer")).to_be_visible()
    newcomer.look("30-nagegaan-ingetrokken")
    letter = Letter.objects.get(kind=LetterKind.WITHDRAWAL)
    text = post.wait_for(EMAIL, reverse("accreditation:letter", args=[letter.pk]))
    assert "stopt met werken" not in text and "stopt met werken" in letter.body
