"""Packages in a real Chromium: sandboxed, on the content origin, with statements and resume."""

import io
import json
import re
import time
import zipfile

import pytest

from media.api import ending_statement, validate_statement
from tests.browser import new_context, watch_console
from tests.media import host
from tests.media.conftest import sorting_package

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def player(browser, site, settings):
    """Opens the lesson with a version and returns page and frame once the package has started."""
    settings.ROOT_URLCONF = "tests.media.host"
    host.STATEMENTS.clear()
    host.STATES.clear()
    host.DOWN["now"] = False
    contexts = []

    def play(version_id, *, width="phone", context=None, ready=".h5p-initialized", asked=None):
        context = context or new_context(browser, base_url=site, width=width)
        contexts.append(context)
        page = context.new_page()
        page.errors = watch_console(page)
        if asked is not None:
            page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
        page.goto(f"/les/{version_id}/")
        frame = page.frame_locator("iframe")
        frame.locator(ready).first.wait_for(timeout=15000)
        return page, frame

    yield play
    for context in contexts:
        context.close()


def wait_until(condition, seconds=10):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {[s['verb']['id'] for s in host.STATEMENTS]}")


def verbs(*, root_only=False):
    return [
        item["verb"]["id"].rsplit("/", 1)[-1]
        for item in host.STATEMENTS
        if not root_only or item["object"]["id"] == host.ACTIVITY
    ]


def own_errors(page):
    """Errors in the console, without the refusals of what a package fetches from other sites."""
    return [text for text in page.errors if "Content Security Policy" not in text]


def ending(library):
    from django.utils import timezone

    for item in host.STATEMENTS:
        checked = validate_statement(item, activity=host.ACTIVITY, received_at=timezone.now())
        verdict = ending_statement(checked, main_library=library)
        if verdict.ends:
            return verdict
    return None


def test_sorting_plays_scores_and_resumes(player, ready_version):
    version_id = ready_version(sorting_package())
    page, frame = player(version_id)
    wait_until(lambda: verbs() == ["attempted"])
    frame.locator(".nw-sort-pile").first.click()
    frame.locator(".nw-sort-primary").click()
    frame.locator(".nw-sort-pile").nth(1).click()
    wait_until(lambda: len(host.STATES) >= 3 and verbs() == ["attempted", "answered", "answered"])
    page.get_by_text("Opgeslagen").wait_for()
    assert page.errors == []
    page.close()

    page, frame = player(version_id)
    assert "Kaart 2 van" in frame.locator(".nw-sort-progress").inner_text()
    frame.locator(".nw-sort-feedback").wait_for()
    while frame.locator(".nw-sort-score").count() == 0:
        if frame.locator(".nw-sort-pile").count():
            frame.locator(".nw-sort-pile").first.click()
        frame.locator(".nw-sort-primary").first.click()
    wait_until(lambda: "completed" in verbs(root_only=True))
    verdict = ending("Nestwerk.Sorteren 1.0")
    assert verdict.ends and 0 < verdict.scaled <= 1 and verdict.max == 10
    assert page.errors == []


def test_multiple_choice_plays_and_resumes(player, ready_version, sample):
    version_id = ready_version(sample("h5p/H5P.MultiChoice-1.16.h5p"))
    page, frame = player(version_id)
    frame.locator(".h5p-answer").first.click()
    wait_until(lambda: host.STATES and re.search(r'answers\\":\[\d', host.STATES[-1]))
    page.close()

    page, frame = player(version_id)
    frame.locator(".h5p-answer[aria-checked=true]").wait_for()
    frame.locator(".h5p-question-check-answer").click()
    wait_until(lambda: ending("H5P.MultiChoice 1.16") is not None)
    assert "attempted" in verbs()
    assert ending("H5P.MultiChoice 1.16").max >= 1
    assert page.errors == []


def test_fill_in_the_blanks_plays_and_resumes(player, ready_version, sample):
    version_id = ready_version(sample("h5p/H5P.Blanks-1.14.h5p"))
    page, frame = player(version_id)
    frame.locator("input.h5p-text-input").first.fill("blueberries")
    frame.locator("input.h5p-text-input").nth(1).fill("iets")
    wait_until(lambda: any("blueberries" in state for state in host.STATES))
    page.close()

    page, frame = player(version_id)
    frame.locator("input.h5p-text-input").first.wait_for()
    assert frame.locator("input.h5p-text-input").first.input_value() == "blueberries"
    for index in range(frame.locator("input.h5p-text-input").count()):
        frame.locator("input.h5p-text-input").nth(index).fill("x")
        frame.locator("input.h5p-text-input").nth(index).press("Tab")
    wait_until(lambda: ending("H5P.Blanks 1.14") is not None)
    assert ending("H5P.Blanks 1.14").scaled == 0
    assert page.errors == []


def shortened_set(file):
    """The sample question set with two of its questions, so that a test can answer them all."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "content/content.json":
                content = json.loads(data)
                kinds = {item["library"].split(" ")[0]: item for item in content["questions"]}
                content["questions"] = [kinds["H5P.MultiChoice"], kinds["H5P.TrueFalse"]]
                data = json.dumps(content)
            target.writestr(name, data)
    out.seek(0)
    return out


def test_question_set_plays_resumes_and_ends_only_at_the_end(player, ready_version, sample):
    version_id = ready_version(shortened_set(sample("h5p/H5P.QuestionSet.h5p")))
    page, frame = player(version_id, width="desk")
    frame.locator(".h5p-answer:visible").first.click()
    frame.locator(".h5p-question-next:visible").first.click()
    wait_until(lambda: host.STATES and 'progress\\":1' in host.STATES[-1])
    page.close()

    page, frame = player(version_id, width="desk")
    frame.locator(".h5p-true-false-answer:visible").first.click()
    assert frame.locator(".progress-dot").nth(1).evaluate("dot => dot.classList.contains('current')")
    finish = frame.locator(".h5p-question-finish:visible").first
    finish.wait_for()
    assert ending("H5P.QuestionSet 1.17") is None
    finish.click()
    wait_until(lambda: ending("H5P.QuestionSet 1.17") is not None)
    assert ending("H5P.QuestionSet 1.17").max > 1
    assert page.errors == []


def next_slide(frame, number: str) -> None:
    """On to that slide; while one glides in H5P takes no click, so this taps again as a person would."""
    shown = frame.locator(".h5p-footer-slide-count-current")
    for _ in range(20):
        if shown.inner_text() == number:
            return
        frame.locator(".h5p-footer-next-slide").click()
        shown.page.wait_for_timeout(300)
    assert shown.inner_text() == number


def test_course_presentation_plays_and_resumes(player, ready_version, sample):
    version_id = ready_version(sample("h5p/H5P.CoursePresentation.h5p"))
    page, frame = player(version_id, width="desk")
    frame.locator(".h5p-footer-slide-count-current:text-is('1')").wait_for()
    next_slide(frame, "2")
    next_slide(frame, "3")
    wait_until(lambda: host.STATES and 'progress\\":2' in host.STATES[-1])
    page.close()

    page, frame = player(version_id, width="desk")
    frame.locator(".h5p-footer-slide-count-current:text-is('3')").wait_for()
    assert ending("H5P.CoursePresentation 1.22") is None
    # The last slide is H5P's own summary; reaching it ends the presentation.
    next_slide(frame, "4")
    wait_until(lambda: ending("H5P.CoursePresentation 1.22") is not None)
    assert own_errors(page) == []


@pytest.mark.parametrize("name", ["Accordion", "DragQuestion", "Essay-1.5", "TrueFalse-1.8"])
def test_other_samples_start_without_an_error(player, ready_version, sample, name):
    version_id = ready_version(sample(f"h5p/H5P.{name}.h5p"))
    page, frame = player(version_id)
    frame.locator(".h5p-container").wait_for()
    wait_until(lambda: page.locator("iframe").get_attribute("height") != "420")
    assert page.errors == []


def test_the_package_sees_nothing_of_the_site(player, ready_version):
    page, _frame = player(ready_version(sorting_package()))
    inside = next(frame for frame in page.frames if "player.html" in frame.url)
    assert inside.evaluate("document.cookie") == ""
    assert inside.evaluate("self.origin") == "null"
    assert inside.evaluate(
        "(() => { try { return parent.document.title } catch (e) { return e.name } })()"
    ) == ("SecurityError")
    fetched = inside.evaluate(
        f"fetch('{page.url}').then(r => 'answer ' + r.status, e => 'refused')",
    )
    assert fetched == "refused"
    assert all(cookie["domain"] == "localhost" for cookie in page.context.cookies())


def test_a_foreign_message_is_ignored(player, ready_version):
    page, frame = player(ready_version(sorting_package()))
    wait_until(lambda: verbs() == ["attempted"])
    forged = {
        "nest": 1,
        "type": "statement",
        "statement": {"verb": {"id": "x"}, "object": {"id": host.ACTIVITY}},
    }
    nonce = page.locator("[data-h5p-player]").get_attribute("data-nonce")
    # The right nonce from the wrong window, and the right window with the wrong nonce.
    page.evaluate("message => window.postMessage(message, '*')", {**forged, "nonce": nonce})
    inside = next(item for item in page.frames if "player.html" in item.url)
    inside.evaluate("message => parent.postMessage(message, '*')", {**forged, "nonce": "geraden"})
    frame.locator(".nw-sort-pile").first.click()
    wait_until(lambda: len(host.STATEMENTS) == 2)
    assert verbs() == ["attempted", "answered"]


def test_results_wait_for_the_connection_and_arrive_once(player, ready_version, browser, site):
    version_id = ready_version(sorting_package())
    context = new_context(browser, base_url=site)
    page, frame = player(version_id, context=context)
    wait_until(lambda: verbs() == ["attempted"])
    context.set_offline(True)
    frame.locator(".nw-sort-pile").first.click()
    page.get_by_text("Wacht op verbinding").wait_for()
    frame.locator(".nw-sort-primary").click()
    frame.locator(".nw-sort-pile").first.click()
    assert verbs() == ["attempted"]
    context.set_offline(False)
    page.get_by_text("Opgeslagen").wait_for(timeout=15000)
    wait_until(lambda: verbs() == ["attempted", "answered", "answered"])
    assert len({item["id"] for item in host.STATEMENTS}) == 3


def test_results_survive_a_closed_page(player, ready_version, browser, site):
    version_id = ready_version(sorting_package())
    context = new_context(browser, base_url=site)
    page, frame = player(version_id, context=context)
    wait_until(lambda: verbs() == ["attempted"])
    host.DOWN["now"] = True
    frame.locator(".nw-sort-pile").first.click()
    page.get_by_text("Wacht op verbinding").wait_for()
    page.close()
    host.DOWN["now"] = False

    page, frame = player(version_id, context=context)
    wait_until(lambda: verbs().count("answered") == 1)
    assert frame.locator(".nw-sort-feedback").count() == 1
