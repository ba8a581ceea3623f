"""What the first page of a lesson weighs, and how soon a cheap phone on a slow line shows it. Real lessons."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from courses.api import get_outline
from lms.domain.enrolment import enrol
from tests.browser import new_context, sign_in_by_cookie
from tests.factories.people import ProfileFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COURSE = "kleine-signalen"
MOST_BYTES = 150_000
MOST_MS = 2_500
#: Lighthouse's slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
LARGEST = """() => new Promise(done => new PerformanceObserver(list =>
    done(Math.max(...list.getEntries().map(entry => entry.startTime)))
  ).observe({type: 'largest-contentful-paint', buffered: true}))"""


@pytest.fixture
def lessons(site):
    """The addresses of all lessons of the childcare course, and who follows them."""
    call_command("load_site", verbosity=0)
    call_command("load_content", verbosity=0)
    person = ProfileFactory().user
    enrolment = enrol(person=person, course_slug=COURSE)
    outline = get_outline(enrolment.version_id)
    return person, [f"/mijn/leren/{COURSE}/{lesson.slug}/" for lesson in outline.lessons]


def on_the_wire(response) -> int:
    """Bytes as in production: static files compressed beforehand (WhiteNoise), pages as they are."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    if urlsplit(response.url).path.startswith("/static/") and "woff2" not in kind:
        return min(len(gzip.compress(body, 9)), len(body))
    return len(body)


def test_first_page_of_a_lesson_is_light_and_quick(browser, site, lessons):
    person, addresses = lessons
    weights = {}
    for address in (addresses[0], addresses[4], addresses[-1]):
        weights[address] = weight(browser, site, person, address)
    assert max(weights.values()) < MOST_BYTES, weights
    # The host may be busy with other things: the best of five says what the page needs.
    moments = []
    while len(moments) < 5 and not any(moment < MOST_MS for moment in moments):
        moments.append(largest_paint(browser, site, person, addresses[0]))
    assert min(moments) < MOST_MS, moments


def weight(browser, site, person, address) -> int:
    """Bytes of the first visit to a lesson with an empty cache, without pictures, sound and film."""
    context = new_context(browser, base_url=site)
    page = context.new_page()
    sign_in_by_cookie(page, person)
    seen = []
    page.on("response", lambda answer: seen.append(answer))
    page.goto(address, wait_until="networkidle")
    total = sum(
        on_the_wire(answer)
        for answer in seen
        if answer.url.startswith(site)
        and answer.status == 200
        and answer.request.resource_type not in {"image", "media"}
    )
    context.close()
    return total


def largest_paint(browser, site, person, address) -> float:
    """Milliseconds until the largest piece stands, with an empty cache, slow 4G and a CPU four times slower."""
    context = new_context(browser, base_url=site)
    page = context.new_page()
    sign_in_by_cookie(page, person)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    moment = page.evaluate(LARGEST)
    context.close()
    return moment
