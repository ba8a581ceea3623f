"""Check of one evidence file: what it really is, whether we can keep it, and the cleaned copy of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from media.domain.evidence import limits
from media.domain.evidence.messages import evidence_message
from media.domain.evidence.sandbox import run_cleaner
from media.domain.evidence.scanner import scan_file
from media.domain.evidence.sniff import sniff
from media.domain.packages.report import Finding


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """The verdict. `mime` and `pages` are those of the cleaned copy; `mime` is None for a kind we do not know."""

    accepted: bool
    mime: str | None = None
    pages: int = 0
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    #: Fingerprint of the first page, and hash of a PDF's words; empty where there is none.
    look: str = ""
    words: str = ""


@contextmanager
def cleaned_copy(file: IO[bytes], *, name: str) -> Iterator[tuple[EvidenceReport, Path | None]]:
    """Sniff the file, have it scanned and clean it in a child process; yields the report and the copy (None: refused).

    The copy lives as long as the block. Nothing stays on disk afterwards.
    """
    with TemporaryDirectory(prefix="nest-evidence-") as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        size = _spool(file, source)
        with source.open("rb") as head:
            found = sniff(head.read(limits.SNIFF), size=size, name=name)
        if found.refusal:
            yield _refused(found.refusal, mime=found.mime), None
            return
        infected = scan_file(source)
        if infected:
            yield _refused(infected, mime=found.mime), None
            return
        result = run_cleaner(source, target, mime=found.mime or "")
        if result.code:
            yield _refused(result.code, mime=found.mime), None
            return
        warnings = tuple(
            Finding(code, evidence_message(code)) for code in (*found.warnings, *result.warnings)
        )
        yield (
            EvidenceReport(
                True,
                mime=result.mime,
                pages=result.pages,
                warnings=warnings,
                look=result.look,
                words=result.words,
            ),
            target,
        )


def check_evidence(file: IO[bytes], *, name: str) -> EvidenceReport:
    """The verdict alone; keeps nothing. `name` is the file's name as the person sees it."""
    with cleaned_copy(file, name=name) as (report, _copy):
        return report


def _refused(code: str, *, mime: str | None) -> EvidenceReport:
    return EvidenceReport(False, mime=mime, errors=(Finding(code, evidence_message(code)),))


def _spool(file: IO[bytes], target: Path) -> int:
    """Copy to a file of our own, never more than one byte over the limit."""
    file.seek(0)
    size = 0
    with target.open("wb") as out:
        while size <= limits.MAX_BYTES and (chunk := file.read(64 * 1024)):
            size += len(chunk)
            out.write(chunk)
    return size
