"""SCORM and cmi5: what the check finds in manifests, also in forms that only other makers' tools write."""

import io

import pytest

from media.domain.packages.inspect import inspect_package
from media.domain.packages.scorm_manifest import with_parameters
from tests.media.conftest import zip_of

SCORM = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schemaversion>{version}</schemaversion></metadata>{rest}</manifest>"""
ONE = """<organizations default="o"><organization identifier="o"><title>Golf</title>
<item identifier="i" identifierref="r"{item}><title>Slag</title>{inside}</item></organization></organizations>
<resources{base}><resource identifier="r" adlcp:scormtype="sco" href="{href}"/></resources>"""


def scorm(rest, *, version="1.2", **files):
    return zip_of({"imsmanifest.xml": SCORM.format(version=version, rest=rest), "a.html": "x", **files})


def one(*, item="", inside="", base="", href="a.html"):
    return ONE.format(item=item, inside=inside, base=base, href=href)


def codes(report):
    return [finding.code for finding in report.errors], [finding.code for finding in report.warnings]


@pytest.mark.parametrize(
    ("version", "kind"),
    [
        ("1.2", "scorm12"),
        ("2004 3rd Edition", "scorm2004"),
        ("2004 4th Edition", "scorm2004"),
        ("CAM 1.3", "scorm2004"),
        ("", "scorm12"),
    ],
)
def test_the_kind_follows_the_schema_version(version, kind):
    report = inspect_package(scorm(one(), version=version))
    assert (report.kind, report.title, codes(report)) == (kind, "Golf", ([], []))
    assert report.structure["units"][0]["href"] == "a.html"


@pytest.mark.parametrize(
    ("changes", "files", "href"),
    [
        ({"href": "A.HTML"}, {}, "a.html"),
        ({"href": "map\\b.html"}, {"map/b.html": "x"}, "map/b.html"),
        ({"href": "b.html", "base": ' xml:base="map/"'}, {"map/b.html": "x"}, "map/b.html"),
        ({"href": "een%20twee.html?x=1#d"}, {"een twee.html": "x"}, "een%20twee.html?x=1#d"),
        ({"item": ' parameters="?vraag=1&amp;b=2"'}, {}, "a.html?vraag=1&b=2"),
        ({"item": ' parameters="vraag=1"', "href": "a.html?x=1"}, {}, "a.html?x=1&vraag=1"),
        ({"href": "map/../a.html"}, {}, "a.html"),
    ],
)
def test_the_start_file_is_found_as_its_maker_meant_it(changes, files, href):
    report = inspect_package(scorm(one(**changes), **files))
    assert (codes(report)[0], report.structure["units"][0]["href"]) == ([], href)


@pytest.mark.parametrize("href", ["weg.html", "../a.html", "http://elders.test/a.html", ""])
def test_a_start_file_outside_the_package_is_refused(href):
    assert codes(inspect_package(scorm(one(href=href))))[0] == ["scorm_no_launch"]


def test_parameters_follow_the_rule_of_scorm():
    assert with_parameters("a.html#x", "?b=1") == "a.html?b=1#x"
    assert with_parameters("a.html", "#x") == "a.html#x"
    assert with_parameters("a.html#y", "#x") == "a.html#y"
    assert with_parameters("", "?b=1") == ""


def test_nested_items_keep_their_order_their_group_and_their_extras():
    rest = """<organizations><organization identifier="o"><title>Golf</title>
      <item identifier="deel"><title>Deel</title>
        <item identifier="i1" identifierref="r1"><title>Een</title>
          <adlcp:masteryscore>70</adlcp:masteryscore><adlcp:datafromlms>dag</adlcp:datafromlms></item>
        <item identifier="weg" identifierref="r1" isvisible="false"><title>Weg</title></item>
        <item identifier="i2" identifierref="r2"><title>Twee</title></item>
      </item></organization></organizations>
      <resources><resource identifier="r1" adlcp:scormtype="sco" href="a.html"/>
      <resource identifier="r2" adlcp:scormtype="asset" href="b.html"/></resources>"""
    units = inspect_package(scorm(rest, **{"b.html": "x"})).structure["units"]
    assert [(unit["id"], unit["title"], unit["group"], unit["tracked"]) for unit in units] == [
        ("i1", "Een", ["Deel"], True),
        ("i2", "Twee", ["Deel"], False),
    ]
    assert (units[0]["passing"], units[0]["launch_data"]) == (70.0, "dag")


def test_thresholds_of_the_fourth_edition_are_read():
    inside = """<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.75"/>
      <imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><imsss:objectives>
      <imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>
      </imsss:primaryObjective></imsss:objectives></imsss:sequencing>"""
    unit = inspect_package(scorm(one(inside=inside), version="2004 4th Edition")).structure["units"][0]
    assert (unit["completion_threshold"], unit["passing"]) == (0.75, 0.6)


def test_without_an_organization_the_scos_are_taken_as_they_come():
    rest = '<organizations/><resources><resource identifier="r" adlcp:scormtype="sco" href="a.html"/></resources>'
    report = inspect_package(scorm(rest))
    assert codes(report) == ([], ["scorm_no_organisation"])
    assert [unit["href"] for unit in report.structure["units"]] == ["a.html"]
    assert codes(inspect_package(scorm("<organizations/>")))[0] == ["scorm_no_launch"]


def test_pages_that_fetch_from_elsewhere_and_run_text_are_told():
    page = '<script src="https://cdn.voorbeeld.test/a.js"></script><a href="https://lees.test/">x</a>'
    report = inspect_package(scorm(one(), **{"b.html": page, "c.js": "eval('1')", "__MACOSX/._a": "x"}))
    assert report.remote_hosts == ("cdn.voorbeeld.test",)
    assert report.csp_relaxations == ("unsafe-inline", "unsafe-eval")
    assert "__MACOSX/._a" not in report.content_files
    assert codes(report) == ([], ["remote_media"])


CMI5 = """<?xml version="1.0"?><courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://maker.test/cursus"><title><langstring lang="en">Course</langstring>
<langstring lang="nl">Cursus</langstring></title></course>{rest}</courseStructure>"""
AU = """<au id="https://maker.test/{id}" {more}><title><langstring lang="nl">Deel {id}</langstring></title>
<url>{url}</url>{inside}</au>"""


def au(name="a", url="a.html", more="", inside=""):
    return AU.format(id=name, url=url, more=more, inside=inside)


def cmi5(rest):
    return zip_of({"cmi5.xml": CMI5.format(rest=rest), "a.html": "x"})


def test_a_course_structure_keeps_blocks_and_what_each_unit_needs():
    more = 'moveOn="CompletedAndPassed" masteryScore="0.8" launchMethod="OwnWindow"'
    block = (
        '<block id="https://maker.test/blok"><title><langstring lang="nl">Blok</langstring></title>'
        + au("a", "a.html?x=1", more, "<launchParameters> x=1 </launchParameters>")
        + "</block>"
    )
    report = inspect_package(cmi5(block + au("b", more='moveOn="Passed"')))
    assert (report.kind, report.title, report.language, codes(report)) == ("cmi5", "Cursus", "nl", ([], []))
    first, second = report.structure["units"]
    assert (first["href"], first["move_on"], first["mastery_score"]) == (
        "a.html?x=1",
        "CompletedAndPassed",
        0.8,
    )
    assert (first["launch_method"], first["launch_parameters"]) == ("OwnWindow", "x=1")
    assert (first["blocks"], second["blocks"]) == (["https://maker.test/blok"], [])
    assert (second["move_on"], second["mastery_score"], second["launch_method"]) == (
        "Passed",
        None,
        "AnyWindow",
    )


def test_a_course_structure_may_come_alone_when_its_units_are_on_the_web():
    lone = CMI5.format(rest=au(url="https://elders.test/a/index.html?b=1")).encode()
    report = inspect_package(io.BytesIO(b"\xef\xbb\xbf" + lone))
    assert (report.kind, codes(report), report.remote_hosts) == (
        "cmi5",
        ([], ["remote_unit"]),
        ("elders.test",),
    )
    assert report.structure["units"][0]["remote"] is True
    assert codes(inspect_package(io.BytesIO(CMI5.format(rest=au()).encode())))[0] == ["cmi5_no_launch"]
    assert codes(inspect_package(io.BytesIO(b"<html>een bladzijde</html>")))[0] == ["not_zip"]


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (au(url="weg.html"), "cmi5_no_launch"),
        (au(url="javascript:alert(1)"), "cmi5_no_launch"),
        ("", "cmi5_no_launch"),
        (au(more='moveOn="Ooit"'), "cmi5_value"),
        (au(more='masteryScore="1.5"'), "cmi5_value"),
        (au(more='masteryScore="NaN"'), "cmi5_value"),
        (au() + au(), "cmi5_id_twice"),
        (au().replace("https://maker.test/a", "zonder schema"), "cmi5_id"),
    ],
)
def test_a_course_structure_that_cannot_run_is_refused(rest, code):
    assert code in codes(inspect_package(cmi5(rest)))[0]


@pytest.mark.packages
@pytest.mark.parametrize(
    ("name", "kind", "units", "warnings"),
    [
        ("scorm/singlesco_scorm12.zip", "scorm12", 1, []),
        ("scorm/RuntimeMinimumCalls_SCORM12-mini.zip", "scorm12", 9, []),
        ("scorm/RuntimeBasicCalls_SCORM20043rdEdition.zip", "scorm2004", 1, []),
        ("scorm/singlescobasic_missingorg.zip", "scorm12", 1, ["scorm_no_organisation"]),
        ("cmi5/cmi5-masteryscore_framed.zip", "cmi5", 1, []),
    ],
)
def test_real_packages_of_other_kinds_are_accepted(sample, name, kind, units, warnings):
    report = inspect_package(sample(name))
    assert (report.kind, codes(report)) == (kind, ([], warnings))
    assert len(report.structure["units"]) == units
