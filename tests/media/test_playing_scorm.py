"""SCORM in a real Chromium: on a subdomain of the package's own, with score, bookmark and several units."""

import pytest

from tests.browser import new_context
from tests.media import host
from tests.media.conftest import scorm_package
from tests.media.test_playing import player, verbs, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

assert player  # a fixture

SCO = """<!doctype html><title>SCO</title><body><p id="at"></p><button id="stop">Stop</button><script>
var api = parent.API; api.LMSInitialize("");
document.getElementById("at").textContent = "plaats " + api.LMSGetValue("cmi.core.lesson_location");
api.LMSSetValue("cmi.core.lesson_location", "7");
document.getElementById("stop").onclick = function () {{
  api.LMSSetValue("cmi.interactions.0.id", "v1");
  api.LMSSetValue("cmi.interactions.0.student_response", "b");
  api.LMSSetValue("cmi.interactions.0.result", "correct");
  api.LMSSetValue("cmi.core.score.raw", "{score}");
  api.LMSSetValue("cmi.core.lesson_status", "{status}");
  api.LMSFinish("");
}};
</script>"""


def sco(score=80, status="passed"):
    return SCO.format(score=score, status=status)


def roots():
    return [item for item in host.STATEMENTS if item["object"]["id"] == host.ACTIVITY]


def test_two_units_keep_their_place_and_end_together(player, ready_version):
    version_id = ready_version(scorm_package(sco(80), sco(60, "completed")))
    page, frame = player(version_id, ready="#place iframe")
    unit = frame.frame_locator("#place iframe")
    assert unit.locator("#at").inner_text() == "plaats"
    unit.locator("#stop").click()
    wait_until(lambda: verbs() == ["attempted", "answered", "passed"])
    answered, passed = host.STATEMENTS[1:]
    assert answered["result"] == {"response": "b", "success": True}
    assert passed["object"]["id"] == f"{host.ACTIVITY}?subContentId=i1"
    assert passed["result"]["score"] == {"raw": 80, "min": 0, "max": 100}
    assert roots() == []
    frame.locator("#after").click()
    unit.locator("#stop").wait_for()
    wait_until(lambda: host.STATES[-1].count('"cmi.core.lesson_location":"7"') == 2)
    page.close()

    page, frame = player(version_id, ready="#place iframe")
    unit = frame.frame_locator("#place iframe")
    assert unit.locator("#at").inner_text() == "plaats 7"
    assert frame.locator("#choice").input_value() == "1"
    assert "✓" in frame.locator("#choice option").first.inner_text()
    unit.locator("#stop").click()
    wait_until(lambda: len(roots()) == 1)
    assert roots()[0]["verb"]["id"].endswith("/passed")
    assert roots()[0]["result"] == {"completion": True, "success": True, "score": {"scaled": 0.7}}
    assert page.errors == []


def test_results_of_a_unit_wait_for_the_connection_and_arrive_once(player, ready_version, browser, site):
    version_id = ready_version(scorm_package(sco(80)))
    context = new_context(browser, base_url=site)
    page, frame = player(version_id, context=context, ready="#place iframe")
    unit = frame.frame_locator("#place iframe")
    unit.locator("#at").wait_for()
    wait_until(lambda: verbs() == ["attempted"])
    context.set_offline(True)
    unit.locator("#stop").click()
    page.get_by_text("Wacht op verbinding").wait_for()
    assert verbs() == ["attempted"]
    context.set_offline(False)
    page.get_by_text("Opgeslagen").wait_for(timeout=15000)
    wait_until(lambda: sorted(verbs()) == ["answered", "attempted", "passed"])
    assert len({item["id"] for item in host.STATEMENTS}) == 3
    wait_until(lambda: '"cmi.core.lesson_location":"7"' in host.STATES[-1])
    page.close()

    # The bookmark came along: another visit goes on where it was, and tells nothing twice.
    page, frame = player(version_id, context=context, ready="#place iframe")
    assert frame.frame_locator("#place iframe").locator("#at").inner_text() == "plaats 7"
    assert verbs().count("passed") == 1


def test_a_package_reaches_neither_the_site_nor_another_package(player, ready_version):
    page, frame = player(ready_version(scorm_package(sco())), ready="#place iframe")
    frame.frame_locator("#place iframe").locator("#at").wait_for()
    inside = next(item for item in page.frames if item.url.endswith("sco1.html"))
    assert inside.evaluate("document.cookie") == ""
    assert inside.evaluate("(() => { try { return top.document.title } catch (e) { return e.name } })()") == (
        "SecurityError"
    )
    assert inside.evaluate(f"fetch('{page.url}').then(() => 'answer', () => 'refused')") == "refused"
    assert (
        inside.evaluate("navigator.serviceWorker.register('sw.js').then(() => 'in', () => 'refused')")
        == "refused"
    )
    assert all(cookie["domain"] == "localhost" for cookie in page.context.cookies())


def test_the_golf_course_of_2004_plays_scores_and_resumes(player, ready_version, sample):
    version_id = ready_version(sample("scorm/RuntimeBasicCalls_SCORM20043rdEdition.zip"))
    page, frame = player(version_id, width="desk", ready="#place iframe")
    outer = frame.frame_locator("#place iframe")
    for _step in range(3):
        outer.locator("#butNext").click()
    wait_until(lambda: host.STATES and '"cmi.location":"3"' in host.STATES[-1])
    page.close()

    asked = []
    page, frame = player(version_id, width="desk", ready="#place iframe", asked=asked)
    outer = frame.frame_locator("#place iframe")
    outer.frame_locator("#contentFrame").get_by_text("Other Scoring", exact=False).first.wait_for()
    assert "resume" in asked[0]
    for _step in range(11):
        outer.locator("#butNext").click()
    test = outer.frame_locator("#contentFrame")
    test.locator("input[type=button]").first.wait_for()
    inside = next(item for item in page.frames if "assessmenttemplate" in item.url)
    inside.evaluate("parent.RecordTest(100)")
    outer.locator("input[value=Exit], #butExit").first.click()
    frame.locator("#over").wait_for()
    wait_until(lambda: roots() and roots()[-1]["verb"]["id"].endswith("/passed"))
    assert roots()[-1]["result"]["score"]["scaled"] == 1
    assert page.errors == []


@pytest.mark.parametrize(
    ("name", "units"),
    [("RuntimeMinimumCalls_SCORM12-mini", 9), ("singlescobasic_missingorg", 1), ("singlesco_scorm12", 1)],
)
def test_other_samples_start_and_their_units_follow(player, ready_version, sample, name, units):
    page, frame = player(ready_version(sample(f"scorm/{name}.zip")), ready="#place iframe")
    body = frame.frame_locator("#place iframe").locator("body > *").first
    for number in range(1, units):
        body.wait_for()
        frame.locator("#after").click()
        assert frame.locator("#choice").input_value() == str(number)
    body.wait_for()
    assert page.errors == []
