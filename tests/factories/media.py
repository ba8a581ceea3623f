"""Real media objects for tests."""

import hashlib

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from media.domain.evidence.ingest import FOLDER, private_storage
from media.enums import FilePurpose, LibraryState, PackageKind, VersionState
from media.models import H5PLibrary, LearningPackage, PackageVersion, StoredFile
from tests.factories.people import UserFactory


class LearningPackageFactory(DjangoModelFactory):
    class Meta:
        model = LearningPackage

    slug = factory.Sequence(lambda n: f"pakket-{n}")
    title = factory.Sequence(lambda n: f"Pakket {n}")


class PackageVersionFactory(DjangoModelFactory):
    """A version's row alone; its files do not exist. To play one, import a real file."""

    class Meta:
        model = PackageVersion

    package = factory.SubFactory(LearningPackageFactory)
    number = 1
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    kind = PackageKind.H5P
    title = factory.Sequence(lambda n: f"Pakket {n}")
    main_library = "Test.Small 1.0"
    original_name = "pakket.h5p"
    size = 1000
    file_count = 4
    storage_prefix = factory.Sequence(lambda n: f"versions/test-{n}")
    state = VersionState.READY
    uploaded_by = factory.SubFactory(UserFactory)


class H5PLibraryFactory(DjangoModelFactory):
    class Meta:
        model = H5PLibrary

    machine_name = factory.Sequence(lambda n: f"Test.Library{n}")
    major = 1
    minor = 0
    patch = 0
    content_hash = factory.Sequence(lambda n: hashlib.sha256(f"l{n}".encode()).hexdigest())
    file_count = 1
    size = 100
    storage_prefix = factory.Sequence(lambda n: f"libraries/test-{n}")
    state = LibraryState.WAITING


class StoredFileFactory(DjangoModelFactory):
    """A stored file with real bytes in the private storage."""

    class Meta:
        model = StoredFile

    class Params:
        content = b"%PDF-1.7\n%%EOF\n"

    owner = factory.SubFactory(UserFactory)
    purpose = FilePurpose.EVIDENCE
    mime = "application/pdf"
    original_name = "diploma.pdf"
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    size = factory.LazyAttribute(lambda o: len(o.content))
    storage_name = factory.LazyAttributeSequence(
        lambda o, n: private_storage().save(f"{FOLDER}/evidence/00/{n:032x}", ContentFile(o.content))
    )
