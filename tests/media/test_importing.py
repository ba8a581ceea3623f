"""Taking packages in: once, with approval, and without a trace of what went wrong."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.models import AuditEntry
from media.api import (
    LaunchTokenError,
    LibraryDecisionError,
    PackageNotPlayableError,
    PackageRefusedError,
    approve_library,
    approve_version_libraries,
    current_version_id,
    import_package,
    launch_package,
    package_choices,
    read_launch_token,
    refuse_library,
)
from media.domain.packages.sweeping import sweep_leftovers
from media.models import H5PLibrary, LearningPackage, PackageVersion
from tests.factories.people import UserFactory
from tests.media.conftest import h5p_files, sorting_package, zip_of

pytestmark = pytest.mark.django_db


def on_disk():
    root = Path(storages["packages"].location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*")) if root.exists() else []


def test_an_unknown_library_waits_and_approval_frees_the_package():
    author, admin = UserFactory(), UserFactory()
    imported = import_package(file=zip_of(h5p_files()), uploaded_by=author, original_name="klein.h5p")
    assert (imported.state, imported.created, imported.slug) == ("waiting", True, "klein")
    with pytest.raises(PackageNotPlayableError) as refusal:
        launch_package(
            version_id=imported.version_id, person_id=1, activity="urn:a", enrolment_ref="enrolment:1"
        )
    assert refusal.value.code == "version_waiting"
    library = H5PLibrary.objects.get()
    approve_library(library_id=library.pk, approved_by=admin)
    approve_library(library_id=library.pk, approved_by=admin)
    library.refresh_from_db()
    assert (library.state, library.approved_by) == ("approved", admin)
    assert PackageVersion.objects.get().state == "ready"
    assert current_version_id(slug="klein") == imported.version_id
    assert [choice.title for choice in package_choices()] == ["Klein"]
    assert list(AuditEntry.objects.order_by("number").values_list("verb", flat=True)) == [
        "package.imported",
        "h5p_library.approved",
    ]


def test_the_same_file_is_the_same_version():
    first = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    before = on_disk()
    second = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    assert (second.version_id, second.created) == (first.version_id, False)
    assert on_disk() == before
    assert (PackageVersion.objects.count(), H5PLibrary.objects.count()) == (1, 1)


def test_a_replacement_is_a_new_version_and_shares_the_library():
    first = import_package(file=zip_of(h5p_files()), uploaded_by=None, slug="oefening")
    approve_version_libraries(version_id=first.version_id, approved_by=None)
    changed = zip_of(h5p_files(**{"content/content.json": {"text": "Anders"}}))
    second = import_package(file=changed, uploaded_by=None, slug="oefening")
    assert (second.package_id, second.state) == (first.package_id, "ready")
    assert list(PackageVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, "ready"),
        (2, "ready"),
    ]
    assert current_version_id(slug="oefening") == second.version_id
    assert H5PLibrary.objects.count() == 1
    # Somebody who is on the first version keeps it.
    assert (
        launch_package(version_id=first.version_id, person_id=1, activity="urn:a", enrolment_ref="e:1").title
        == "Klein"
    )


def test_another_content_under_a_known_version_is_refused():
    import_package(file=zip_of(h5p_files()), uploaded_by=None)
    before = on_disk()
    hijack = zip_of(h5p_files(**{"Test.Small-1.0/small.js": "steal()"}))
    with pytest.raises(PackageRefusedError) as refusal:
        import_package(file=hijack, uploaded_by=None)
    assert refusal.value.code == "library_changed"
    assert on_disk() == before


def test_a_higher_patch_is_another_library_that_waits():
    first = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    approve_version_libraries(version_id=first.version_id, approved_by=None)
    files = h5p_files()
    files["Test.Small-1.0/library.json"] = {**files["Test.Small-1.0/library.json"], "patchVersion": 99}
    second = import_package(file=zip_of(files), uploaded_by=None)
    assert second.state == "waiting"
    assert PackageVersion.objects.get(pk=first.version_id).libraries.get().patch == 3


def test_an_approved_library_need_not_come_along_again():
    first = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    bare = h5p_files(
        **{
            "Test.Small-1.0/library.json": None,
            "Test.Small-1.0/small.js": None,
            "content/content.json": {"a": 2},
        }
    )
    with pytest.raises(PackageRefusedError) as refusal:
        import_package(file=zip_of(bare), uploaded_by=None)
    assert refusal.value.code == "library_missing"
    approve_version_libraries(version_id=first.version_id, approved_by=None)
    assert import_package(file=zip_of(bare), uploaded_by=None).state == "ready"


def test_refusing_a_library_refuses_the_package_and_the_next_upload():
    import_package(file=zip_of(h5p_files()), uploaded_by=None)
    library = H5PLibrary.objects.get()
    with pytest.raises(LibraryDecisionError):
        refuse_library(library_id=library.pk, refused_by=UserFactory(), reason=" ")
    refuse_library(library_id=library.pk, refused_by=UserFactory(), reason="Haalt code van elders.")
    assert PackageVersion.objects.get().state == "refused"
    with pytest.raises(LibraryDecisionError):
        approve_library(library_id=library.pk, approved_by=None)
    with pytest.raises(PackageRefusedError) as refusal:
        import_package(file=zip_of(h5p_files(**{"content/content.json": {"b": 1}})), uploaded_by=None)
    assert refusal.value.code == "library_refused"


def test_an_approved_library_and_a_version_cannot_be_changed():
    imported = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    approve_version_libraries(version_id=imported.version_id, approved_by=None)
    library, version = H5PLibrary.objects.get(), PackageVersion.objects.get()
    library.content_hash = "0" * 64
    version.title = "Anders"
    with pytest.raises(TypeError):
        library.save()
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.save(update_fields=["title"])
    with pytest.raises(LibraryDecisionError):
        refuse_library(library_id=library.pk, refused_by=UserFactory(), reason="Toch niet.")


@pytest.mark.parametrize(
    "bad",
    [{"content/a.html": "x"}, {"content/nul.txt": b"\0" * 3_000_000}, {"h5p.json": "{"}, {"../a.png": "x"}],
)
def test_a_refusal_leaves_nothing(bad):
    with pytest.raises(PackageRefusedError):
        import_package(file=zip_of(h5p_files(**bad)), uploaded_by=None)
    assert on_disk() == []
    assert (PackageVersion.objects.count(), LearningPackage.objects.count(), H5PLibrary.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_full_disk_half_way_leaves_nothing(monkeypatch):
    storage = storages["packages"]
    save, calls = storage.save, []

    def fail_third(name, content, max_length=None):
        calls.append(name)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return save(name, content, max_length)

    monkeypatch.setattr(storage, "save", fail_third)
    with pytest.raises(OSError, match="No space"):
        import_package(
            file=zip_of(h5p_files(**{"content/a.txt": "a", "content/b.txt": "b"})), uploaded_by=None
        )
    assert on_disk() == []
    assert PackageVersion.objects.count() == 0


def test_a_database_error_leaves_nothing_on_disk(monkeypatch):
    from media.domain.packages import importing

    def fail(**_kwargs):
        raise RuntimeError("audit down")

    monkeypatch.setattr(importing, "record_audit", fail)
    with pytest.raises(RuntimeError):
        import_package(file=zip_of(h5p_files()), uploaded_by=None)
    assert (on_disk(), PackageVersion.objects.count()) == ([], 0)


def test_only_what_a_browser_needs_is_stored():
    files = h5p_files(
        **{
            "Test.Small-1.0/language/nl.json": "{}",
            "Test.Small-1.0/semantics.json": "[]",
            "Test.Small-1.0/.hidden.js": "x",
            "Test.Small-1.0/oud.swf": "x",
            "_geheim/a.png": "x",
        }
    )
    import_package(file=zip_of(files), uploaded_by=None)
    names = [name.split("/", 2)[2] for name in on_disk() if name.count("/") > 1]
    assert names == ["small.js", "content.json"]


def test_what_a_crash_left_is_swept_after_an_hour():
    imported = import_package(file=zip_of(h5p_files()), uploaded_by=None)
    storages["packages"].save("versions/wees-1/a/content.json", io.BytesIO(b"{}"))
    kept = len(on_disk())
    assert sweep_leftovers() == 0
    assert len(on_disk()) == kept
    assert sweep_leftovers(now=timezone.now() + timezone.timedelta(hours=2)) == 1
    assert not [name for name in on_disk() if "wees" in name]
    assert PackageVersion.objects.filter(pk=imported.version_id).exists()


def test_an_import_costs_as_many_queries_as_it_has_libraries():
    """A constant and three for each new library: look, find, write."""
    with CaptureQueriesContext(
        connection,
    ) as one:
        import_package(file=zip_of(h5p_files()), uploaded_by=None)
    files = h5p_files()
    files["h5p.json"]["preloadedDependencies"] += [
        {"machineName": f"Test.Extra{n}", "majorVersion": 1, "minorVersion": 0} for n in range(2)
    ]
    for n in range(2):
        files[f"Test.Extra{n}-1.0/library.json"] = {
            "machineName": f"Test.Extra{n}",
            "majorVersion": 1,
            "minorVersion": 0,
            "patchVersion": 0,
        }
    with CaptureQueriesContext(connection) as three:
        import_package(file=zip_of(files), uploaded_by=None)
    assert len(three) - len(one) <= 2 * 2


@pytest.mark.packages
def test_the_largest_sample_comes_in_within_bounds(sample, django_assert_max_num_queries):
    import resource
    import time

    file = sample("h5p/H5P.CoursePresentation.h5p")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    imported = import_package(file=file, uploaded_by=None)
    assert time.monotonic() - start < 10
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 150
    version = PackageVersion.objects.get(pk=imported.version_id)
    assert (version.file_count, version.libraries.count()) == (1694, 49)


def test_a_launch_binds_person_activity_version_and_attempt():
    imported = import_package(file=sorting_package(), uploaded_by=None)
    approve_version_libraries(version_id=imported.version_id, approved_by=None)
    launch = launch_package(
        version_id=imported.version_id,
        person_id=12,
        activity="https://x.test/activiteit/1",
        enrolment_ref="enrolment:3",
        state_json='{"0": {}}',
        attempt=2,
    )
    claims = read_launch_token(launch.token)
    assert (claims.person_id, claims.version_id, claims.activity, claims.enrolment_ref, claims.attempt) == (
        12,
        imported.version_id,
        "https://x.test/activiteit/1",
        "enrolment:3",
        2,
    )
    assert launch.src.startswith(launch.content_origin + "/p/") and launch.src.endswith(f"#n={launch.nonce}")
    assert (launch.sandbox, launch.state_json) == ("allow-scripts", '{"0": {}}')
    for broken in (launch.token[:-2] + "xx", "", "a:b:c", launch.token.replace(":", ".", 1)):
        with pytest.raises(LaunchTokenError) as refusal:
            read_launch_token(broken)
        assert refusal.value.code == "token_invalid"


def test_a_launch_token_ends_after_a_day():
    import time_machine

    imported = import_package(file=sorting_package(), uploaded_by=None)
    approve_version_libraries(version_id=imported.version_id, approved_by=None)
    launch = launch_package(
        version_id=imported.version_id, person_id=1, activity="urn:a", enrolment_ref="e:1"
    )
    late = timezone.now() + timezone.timedelta(hours=25)
    with time_machine.travel(late), pytest.raises(LaunchTokenError) as refusal:
        read_launch_token(launch.token)
    assert refusal.value.code == "token_expired"


@pytest.mark.parametrize("state", ["{", "[" * 100_000, '"' + "a" * 300_000 + '"', ""])
def test_a_state_that_cannot_be_read_is_left_out(state):
    from media.domain.launch import usable_state

    assert usable_state(state) == ""
