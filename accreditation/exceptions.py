"""Errors of the accreditation floor. Their text is Dutch, for the person, and says how to mend it."""


class AccreditationError(Exception):
    """Base of every refusal on this floor; `str(error)` may be shown."""


class CriteriaError(AccreditationError):
    """Criteria that cannot be read, approved or found."""


class CriteriaChangedError(CriteriaError):
    """A draft that somebody else changed, approved or threw away in the meantime."""


class EvidenceError(AccreditationError):
    """A piece of evidence that cannot be taken in, changed or verified. `field` names the form field, if any."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class EvidenceConflictError(EvidenceError):
    """Somebody else changed the piece of evidence in the meantime."""


class StatementError(EvidenceError):
    """A question to a third person that cannot be asked, or an answer that cannot be taken in."""


class LabelError(AccreditationError):
    """A quality label that cannot be recorded or ended. `field` names the form field, if any."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ListingError(AccreditationError):
    """An entry in the list of care that cannot be kept."""


class WebhookError(AccreditationError):
    """An endpoint that cannot be added, reached or replayed. `field` names the form field, if any."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class DossierError(AccreditationError):
    """A dossier that cannot do this step now."""


class DossierIncompleteError(DossierError):
    """A dossier that misses something for a criterion. `missing` holds the titles of those criteria."""

    def __init__(self, message: str, *, missing: tuple[str, ...]) -> None:
        super().__init__(message)
        self.missing = missing


class CertificateError(AccreditationError):
    """A certificate that cannot be issued, reissued or revoked."""


class RenderError(CertificateError):
    """A PDF that could not be made; the text is for the office."""


class SealError(CertificateError):
    """A PDF that could not be sealed; the text says which setting to mend."""


class CredentialError(CertificateError):
    """A credential that cannot be signed or read; the text says which part to mend."""


class PublicQueryError(AccreditationError):
    """A question to the public listing that it does not understand. `field` names the parameter."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class CommitteeError(AccreditationError):
    """A step of the committee that cannot be done now."""


class ConflictOfInterestError(CommitteeError):
    """The member is tied to the applicant. The text names no ground and no outcome."""


class DecisionConflictError(CommitteeError):
    """Somebody else decided this round first, or the dossier left the committee's hands."""


class AppealError(AccreditationError):
    """An appeal that cannot be lodged (any more)."""


class RecognitionError(AccreditationError):
    """A recognition that cannot be granted or withdrawn."""
