"""Who may do what on the accreditation floor. Predicates are safe for anonymous visitors and None."""

from collections.abc import Callable

from accreditation.models import Certificate, Dossier, Evidence, ReaderAssignment, Recognition
from people.api import AnyUser, User, is_committee_member, is_network_staff, is_signed_in

EvidenceRule = Callable[[User, Evidence], bool]
_evidence_reader_rules: list[EvidenceRule] = []


def register_evidence_reader_rule(rule: EvidenceRule) -> None:
    """Let more people read a file than its owner and the office: the committee names its assigned readers here."""
    if rule not in _evidence_reader_rules:
        _evidence_reader_rules.append(rule)


def owns_evidence(user: AnyUser, evidence: Evidence | None) -> bool:
    """Whether the piece is the person's own."""
    return isinstance(user, User) and evidence is not None and evidence.person_id == user.pk


def can_read_evidence(user: AnyUser, evidence: Evidence | None) -> bool:
    """Owner, the network's office, and whoever a registered rule admits. Everybody else gets a 404."""
    if evidence is None or not isinstance(user, User) or not is_signed_in(user):
        return False
    if evidence.person_id == user.pk or is_network_staff(user):
        return True
    return any(rule(user, evidence) for rule in _evidence_reader_rules)


def can_verify_evidence(user: AnyUser, evidence: Evidence | None) -> bool:
    """The network's office, never one's own piece."""
    return is_network_staff(user) and evidence is not None and not owns_evidence(user, evidence)


def owns_dossier(user: AnyUser, dossier: Dossier | None) -> bool:
    """Whether the dossier is the person's own."""
    return isinstance(user, User) and dossier is not None and dossier.person_id == user.pk


def can_read_round(user: AnyUser, assignment: ReaderAssignment | None) -> bool:
    """An assigned reader whose mandate is in force and whose task was not taken back."""
    return (
        is_committee_member(user)
        and assignment is not None
        and isinstance(user, User)
        and assignment.reader_id == user.pk
        and assignment.released_at is None
    )


def can_withdraw_recognition(user: AnyUser, recognition: Recognition | None) -> bool:
    """The network's office, never one's own."""
    return (
        is_network_staff(user)
        and isinstance(user, User)
        and recognition is not None
        and recognition.person_id != user.pk
    )


def owns_certificate(user: AnyUser, certificate: Certificate | None) -> bool:
    """Whether the certificate is the person's own. Everybody else needs its code."""
    return isinstance(user, User) and certificate is not None and certificate.person_id == user.pk
