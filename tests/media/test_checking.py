"""Every hostile package has its own refusal, and nothing stays behind."""

import io
import json
import struct
import subprocess
import sys
import zipfile

import pytest

from media.domain.packages import limits
from media.domain.packages.archive import PackageArchive
from media.domain.packages.inspect import inspect_package
from media.domain.packages.names import folded, safe_name
from media.domain.packages.strict_json import nesting_depth, parse_json
from media.exceptions import PackageRefusedError
from tests.media.conftest import ROOT, as_bytes, h5p_files, sorting_package, zip_of

EVIL_JS = "alert(1)"


def codes(report):
    return [finding.code for finding in report.errors]


def raw_entry(name: bytes, data=b"x", *, flags=0, method=0, attributes=0):
    return name, data, flags, method, attributes


def raw_zip(*entries) -> io.BytesIO:
    """A zip written byte by byte, for names and flags that zipfile refuses to write."""
    import zlib

    body, directory = b"", b""
    for name, data, flags, method, attributes in entries:
        head = struct.pack(
            "<HHHHHLLLHH", 20, flags, method, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0
        )
        directory += (
            b"PK\x01\x02"
            + struct.pack("<H", 20 | 3 << 8)
            + head
            + struct.pack("<HHHLL", 0, 0, 0, attributes, len(body))
            + name
        )
        body += b"PK\x03\x04" + head + name + data
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0
    )
    return io.BytesIO(body + directory + end)


def test_the_smallest_package_is_accepted():
    report = inspect_package(zip_of(h5p_files()))
    assert (codes(report), report.kind, report.title, report.main_library) == (
        [],
        "h5p",
        "Klein",
        "Test.Small 1.0",
    )
    assert [finding.code for finding in report.warnings] == ["library_needs_approval"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../buiten.png", "name_traversal"),
        ("content/../../buiten.png", "name_traversal"),
        ("/etc/passwd.txt", "name_traversal"),
        ("C:/windows.txt", "name_traversal"),
        ("content/a\\..\\b.png", "name_traversal"),
        ("content//dubbel.png", "name_traversal"),
        ("content/punt./a.png", "name_traversal"),
        ("content/" + "a" * 250 + ".png", "name_too_long"),
        ("content/" + "map/" * 130 + "a.png", "name_too_long"),
        ("content/bel\x07.png", "name_undecodable"),
        ("content/pagina.html", "extension"),
        ("content/tekening.svg", "extension"),
        ("content/programma.js", "extension"),
        ("content/server.php", "extension"),
        ("Test.Small-1.0/pagina.html", "extension"),
        ("Test.Small-1.0/programma.exe", "extension"),
        ("content/nog-een.zip", "nested_archive"),
        ("content/nog-een.h5p", "nested_archive"),
        ("content/nog-een.tar.gz", "nested_archive"),
        ("los.js", "stray_file"),
        ("zomaar/los.png", "stray_file"),
    ],
)
def test_a_bad_name_is_refused(name, code):
    assert codes(inspect_package(zip_of(h5p_files(**{name: EVIL_JS})))) == [code]


def test_an_archive_in_disguise_is_refused():
    inner = zip_of({"a.txt": "a"}).getvalue()
    assert codes(inspect_package(zip_of(h5p_files(**{"content/foto.png": inner})))) == ["nested_archive"]
    assert codes(inspect_package(zip_of(h5p_files(**{"content/tekst.docx": inner})))) == []


@pytest.mark.parametrize(
    "names", [("content/Foto.png", "content/foto.PNG"), ("content/e\u0301.png", "content/\u00e9.png")]
)
def test_names_that_meet_on_a_careless_disk_are_duplicates(names):
    assert codes(inspect_package(zip_of(h5p_files(**dict.fromkeys(names, "x"))))) == ["duplicate_name"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, value in h5p_files().items():
            archive.writestr(name, as_bytes(value))
        archive.writestr("h5p.json", "{}")
    assert codes(inspect_package(out)) == ["duplicate_name"]


def test_a_file_that_is_also_a_folder_is_refused():
    files = h5p_files(**{"content/a.png": "x", "content/a.png/b.png": "x"})
    assert codes(inspect_package(zip_of(files))) == ["duplicate_name"]


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010644, 0o060644, 0o140755])
def test_links_and_devices_are_refused(mode):
    file = raw_zip(raw_entry(b"content/link.png", b"/etc/passwd", attributes=mode << 16))
    assert codes(inspect_package(file)) == ["unsafe_link"]


def test_encrypted_files_are_refused():
    assert codes(inspect_package(raw_zip(raw_entry(b"h5p.json", flags=1)))) == ["encrypted"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_refused(method):
    assert codes(inspect_package(zip_of(h5p_files(), compression=method))) == ["compression"]


def test_a_name_that_is_no_text_is_refused():
    assert codes(inspect_package(raw_zip(raw_entry(b"content/\xff\xfe.png", flags=0x800)))) == [
        "name_undecodable"
    ]


def test_a_utf8_name_without_its_flag_is_read_as_its_maker_meant_it():
    with PackageArchive(raw_zip(raw_entry("content/één.png".encode()))) as archive:
        assert list(archive.members) == ["content/één.png"]


def test_a_name_that_differs_from_its_local_header_is_refused():
    data = bytearray(zip_of(h5p_files()).getvalue())
    at = data.find(b"content/content.json")
    data[at : at + 20] = b"content/anders__json"
    assert codes(inspect_package(io.BytesIO(bytes(data)))) == ["corrupt"]


def test_a_file_that_grows_a_thousand_times_is_refused():
    assert codes(inspect_package(zip_of(h5p_files(**{"content/nul.txt": b"\0" * 3_000_000})))) == ["ratio"]


def test_a_file_that_lies_about_its_size_is_refused():
    data = bytearray(zip_of(h5p_files(**{"content/nul.txt": b"ab" * 40_000})).getvalue())
    size = struct.pack("<L", 80_000)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<L", 10)
    assert codes(inspect_package(io.BytesIO(bytes(data)))) == ["corrupt"]


def test_overlapping_files_are_refused():
    data = bytearray(zip_of(h5p_files()).getvalue())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert codes(inspect_package(io.BytesIO(bytes(data)))) == ["overlapping"]


def test_bounds_on_number_size_and_total(monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILES", 4)
    assert codes(inspect_package(zip_of(h5p_files(**{"content/a.txt": "a"})))) == ["too_many_files"]
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_UNPACKED", 600)
    assert codes(inspect_package(zip_of(h5p_files(**{"content/a.txt": "abcdef" * 80})))) == [
        "unpacked_too_large"
    ]
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_UPLOAD", 200)
    assert codes(inspect_package(zip_of(h5p_files()))) == ["too_large"]


def test_a_huge_table_of_contents_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_DIRECTORY", 100)
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_a, **_k: pytest.fail("the table of contents was read"))
    assert codes(inspect_package(raw_zip(*[raw_entry(b"content/%d.txt" % n) for n in range(20)]))) == [
        "too_many_files"
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html>dag</html>", "not_zip"),
        (b"PK\x03\x04" + b"rommel" * 50, "not_zip"),
        (b"GIF89a" + zip_of({"h5p.json": {}}).getvalue(), "not_zip"),
        (zip_of({"leesmij.txt": "dag"}).getvalue(), "unknown_kind"),
        (zip_of({"map/h5p.json": {}, "map/content/content.json": {}}).getvalue(), "wrapped_in_folder"),
        (zip_of(h5p_files()).getvalue()[:-40], "not_zip"),
    ],
)
def test_what_is_no_package_is_refused(data, code):
    assert codes(inspect_package(io.BytesIO(data))) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 500 + "]" * 500, "json_too_deep"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "json_too_deep"),
        ('{"a": NaN}', "json_number"),
        ('{"a": -Infinity}', "json_number"),
        ('{"a": 1e999}', "json_number"),
        ('{"a": ' + "9" * 5_000 + "}", "json_number"),
        ('{"a": ', "json_invalid"),
        (b"\xff\xfe{\x00}\x00", "json_encoding"),
    ],
)
@pytest.mark.parametrize("name", ["h5p.json", "content/content.json", "Test.Small-1.0/library.json"])
def test_hostile_json_is_refused(text, code, name):
    assert codes(inspect_package(zip_of(h5p_files(**{name: text})))) == [code]


def test_a_byte_order_mark_is_no_problem():
    files = h5p_files()
    files["h5p.json"] = b"\xef\xbb\xbf" + as_bytes(files["h5p.json"])
    assert codes(inspect_package(zip_of(files))) == []


def library(**changes):
    data = {"machineName": "Test.Small", "majorVersion": 1, "minorVersion": 0, "patchVersion": 3}
    return {"Test.Small-1.0/library.json": {**data, "preloadedJs": [{"path": "small.js"}], **changes}}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content/content.json": None, "content/a.txt": "a"}, "content_missing"),
        (
            {"h5p.json": {"title": "x", "mainLibrary": "Test.Other", "preloadedDependencies": []}},
            "main_library_missing",
        ),
        ({"h5p.json": []}, "manifest_unusable"),
        ({"h5p.json": {"mainLibrary": "A", "preloadedDependencies": "A"}}, "manifest_unusable"),
        (library(machineName="../weg"), "manifest_unusable"),
        (library(majorVersion="een"), "manifest_unusable"),
        (library(majorVersion=-1), "manifest_unusable"),
        (library(machineName="Test.Other"), "library_folder"),
        (library(minorVersion=4), "library_folder"),
        (library(preloadedJs=[{"path": "weg.js"}]), "library_file_missing"),
        (library(preloadedJs=[{"path": "../h5p.json"}]), "manifest_unusable"),
        (library(preloadedJs=[{"path": "../../x.js"}]), "library_file_missing"),
        (library(coreApi={"majorVersion": 1, "minorVersion": 99}), "core_too_old"),
        (
            library(
                preloadedDependencies=[{"machineName": "Test.Gone", "majorVersion": 1, "minorVersion": 0}]
            ),
            "library_missing",
        ),
        ({"Test.Small-1.0/library.json": None, "Test.Small-1.0/small.js": None}, "library_missing"),
    ],
)
def test_a_manifest_that_does_not_hold_is_refused(changes, code):
    assert codes(inspect_package(zip_of(h5p_files(**changes)))) == [code]


def test_dependencies_come_before_what_needs_them_even_in_a_circle():
    files = h5p_files(
        **library(
            preloadedDependencies=[{"machineName": "Test.Base", "majorVersion": "2", "minorVersion": "1"}]
        ),
        **{
            "Test.Base-2.1/library.json": {
                "machineName": "Test.Base",
                "majorVersion": 2,
                "minorVersion": 1,
                "patchVersion": 0,
                "preloadedDependencies": [
                    {"machineName": "Test.Small", "majorVersion": 1, "minorVersion": 0}
                ],
            },
            "Test.Editor-1.0/library.json": {
                "machineName": "Test.Editor",
                "majorVersion": 1,
                "minorVersion": 0,
            },
        },
    )
    report = inspect_package(zip_of(files))
    assert codes(report) == []
    assert [str(spec.ref) for spec in report.libraries] == ["Test.Base 2.1", "Test.Small 1.0"]


def test_media_from_elsewhere_is_told():
    content = {
        "video": {"path": "https://films.voorbeeld.test/a.mp4"},
        "text": '<img src="//beeld.voorbeeld.test/a.png">',
    }
    report = inspect_package(zip_of(h5p_files(**{"content/content.json": content})))
    assert report.remote_hosts == ("beeld.voorbeeld.test", "films.voorbeeld.test")
    assert "remote_media" in [finding.code for finding in report.warnings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><manifest>&b;</manifest>', "xml_unsafe"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><manifest/>', "xml_unsafe"),
        ("<manifest>", "xml_invalid"),
        ("<a>" * 20_000, "xml_invalid"),
    ],
)
@pytest.mark.parametrize("name", ["imsmanifest.xml", "cmi5.xml"])
def test_hostile_xml_is_refused(text, code, name):
    assert codes(inspect_package(zip_of({name: text}))) == [code]


@pytest.mark.packages
def test_all_real_h5p_packages_are_accepted(packages_folder):
    for path in sorted((packages_folder / "h5p").glob("*.h5p")):
        with path.open("rb") as file:
            report = inspect_package(file)
        assert (path.name, codes(report)) == (path.name, [])
        old = path.name in {"H5P.CoursePresentation.h5p", "H5P.QuestionSet.h5p"}
        assert report.csp_relaxations == (("unsafe-eval",) if old else ()), path.name


def test_our_own_package_is_the_same_byte_for_byte():
    assert sorting_package().getvalue() == sorting_package().getvalue()
    report = inspect_package(sorting_package())
    assert (codes(report), report.main_library, report.language) == ([], "Nestwerk.Sorteren 1.0", "nl")


@pytest.mark.parametrize(
    "change", [{"piles": []}, {"cards": []}, {"title": ""}, {"cards": [{"text": "a"}] * 6}]
)
def test_content_of_the_wrong_form_is_not_packed(change, tmp_path):
    content = json.loads((ROOT / "courses/content/kleine-signalen/h5p/wat-zeg-je-wel.json").read_text())
    source = tmp_path / "in.json"
    source.write_text(json.dumps({**content, **change}))
    done = subprocess.run(
        [sys.executable, "scripts/pack_h5p.py", source, tmp_path / "uit.h5p"], capture_output=True
    )
    assert (done.returncode, bool(done.stderr)) == (1, True)
    assert not (tmp_path / "uit.h5p").exists()


def test_depth_counts_brackets_outside_strings_only():
    assert nesting_depth('{"a[[[": "\\"[", "b": [[1]]}') == 3
    assert parse_json(b'{"a": 1.5}', name="x") == {"a": 1.5}


def test_safe_names_stay_as_they_are():
    assert safe_name("content/images/foto 1.png") == "content/images/foto 1.png"
    assert folded("Map/STRASSE.txt") == folded("map/straße.txt")
    with pytest.raises(PackageRefusedError):
        safe_name("")
