"""The face of the media floor. Higher floors import from here and nowhere else below `media`."""

from media.domain.content_tokens import LaunchClaims, read_launch_token
from media.domain.evidence.ingest import StoredFileInfo, ingest_file
from media.domain.evidence.limits import MAX_BYTES, MAX_SHEETS
from media.domain.evidence.looks import Lookalike, files_like
from media.domain.evidence.report import EvidenceReport, check_evidence
from media.domain.evidence.scanner import is_scanner_configured, ping_scanner
from media.domain.evidence.sheets import PhotoSheet, compose_sheets, redact_file
from media.domain.launch import MAX_STATE_BYTES, PlayerLaunch, launch_package
from media.domain.packages.approve import approve_library, approve_version_libraries, refuse_library
from media.domain.packages.importing import ImportedPackage, import_package
from media.domain.packages.inspect import inspect_package
from media.domain.packages.packing import SortingContentError, pack_sorting_package
from media.domain.packages.report import Finding, PackageReport
from media.domain.queries.packages import (
    PackageChoice,
    VersionFact,
    current_version_id,
    package_choices,
    package_versions,
)
from media.domain.queries.stored_files import (
    delete_stored_file,
    open_stored_file,
    stored_file_info,
    stored_files_of,
)
from media.domain.statements.ending import COMPOSED_LIBRARIES, Ending, ending_statement
from media.domain.statements.schema import MAX_STATEMENT_BYTES, CheckedStatement, Score, validate_statement
from media.domain.units import (
    PackageUnit,
    PackageUnits,
    package_units,
    return_address,
    unit_address,
    units_of,
)
from media.domain.uploads import (
    MAX_PART_BYTES,
    UploadInfo,
    append_part,
    open_upload,
    start_upload,
    upload_info,
)
from media.enums import FilePurpose, PackageKind, VersionState
from media.exceptions import (
    EvidenceRefusedError,
    LaunchTokenError,
    LibraryDecisionError,
    MediaError,
    PackageNotPlayableError,
    PackageRefusedError,
    StatementError,
    UploadError,
)
from media.rules import can_upload_packages
from media.views.files import serve_stored_file
from media.views.streaming import file_response

__all__ = [
    "COMPOSED_LIBRARIES",
    "MAX_BYTES",
    "MAX_PART_BYTES",
    "MAX_SHEETS",
    "MAX_STATEMENT_BYTES",
    "MAX_STATE_BYTES",
    "CheckedStatement",
    "Ending",
    "EvidenceRefusedError",
    "EvidenceReport",
    "FilePurpose",
    "Finding",
    "ImportedPackage",
    "LaunchClaims",
    "LaunchTokenError",
    "LibraryDecisionError",
    "Lookalike",
    "MediaError",
    "PackageChoice",
    "PackageKind",
    "PackageNotPlayableError",
    "PackageRefusedError",
    "PackageReport",
    "PackageUnit",
    "PackageUnits",
    "PhotoSheet",
    "PlayerLaunch",
    "Score",
    "SortingContentError",
    "StatementError",
    "StoredFileInfo",
    "UploadError",
    "UploadInfo",
    "VersionFact",
    "VersionState",
    "append_part",
    "approve_library",
    "approve_version_libraries",
    "can_upload_packages",
    "check_evidence",
    "compose_sheets",
    "current_version_id",
    "delete_stored_file",
    "ending_statement",
    "file_response",
    "files_like",
    "import_package",
    "ingest_file",
    "inspect_package",
    "is_scanner_configured",
    "launch_package",
    "open_stored_file",
    "open_upload",
    "pack_sorting_package",
    "package_choices",
    "package_units",
    "package_versions",
    "ping_scanner",
    "read_launch_token",
    "redact_file",
    "refuse_library",
    "return_address",
    "serve_stored_file",
    "start_upload",
    "stored_file_info",
    "stored_files_of",
    "unit_address",
    "units_of",
    "upload_info",
    "validate_statement",
]
