"""The verdict on a package, for the check page, the command and the import alike."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem or remark: a stable code and a Dutch message that says what to do."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class LibraryRef:
    """A library as others ask for it: name with major and minor version."""

    machine_name: str
    major: int
    minor: int

    @property
    def folder(self) -> str:
        return f"{self.machine_name}-{self.major}.{self.minor}"

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class LibrarySpec:
    """One library: out of a package (`folder_in_zip` set) or known here already."""

    ref: LibraryRef
    patch: int
    title: str
    content_hash: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    dependencies: tuple[LibraryRef, ...]
    file_count: int = 0
    size: int = 0
    folder_in_zip: str = ""
    files: tuple[str, ...] = ()
    #: "approved", "waiting", "refused" when we know it; "" when it is new.
    state: str = ""

    @property
    def version(self) -> str:
        return f"{self.ref.major}.{self.ref.minor}.{self.patch}"


@dataclass(frozen=True, slots=True)
class PackageReport:
    """Everything that a check finds out. `accepted` is True when there is no error (warnings are allowed)."""

    kind: str | None = None
    title: str = ""
    sha256: str = ""
    language: str = ""
    main_library: str = ""
    size: int = 0
    file_count: int = 0
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    #: In load order: dependencies first.
    libraries: tuple[LibrarySpec, ...] = ()
    content_files: tuple[str, ...] = ()
    #: Left out of a content file's path when it is stored.
    content_root: str = "content/"
    #: SCORM and cmi5: what can be started (`units`), with course and blocks for cmi5.
    structure: dict[str, Any] = field(default_factory=dict)
    remote_hosts: tuple[str, ...] = ()
    csp_relaxations: tuple[str, ...] = ()
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return not self.errors

    @property
    def waiting_libraries(self) -> tuple[LibrarySpec, ...]:
        return tuple(spec for spec in self.libraries if spec.state != "approved")
