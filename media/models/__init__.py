from media.models.h5p_library import H5PLibrary
from media.models.learning_package import LearningPackage
from media.models.package_version import PackageVersion, VersionLibrary
from media.models.stored_file import FileLookBand, StoredFile
from media.models.upload import ResumableUpload

__all__ = [
    "FileLookBand",
    "H5PLibrary",
    "LearningPackage",
    "PackageVersion",
    "ResumableUpload",
    "StoredFile",
    "VersionLibrary",
]
