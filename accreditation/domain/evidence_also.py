"""One document that shows more than one thing: parts beside the main piece, each for a criterion of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation.domain.evidence_kinds import CheckedFacts, check_facts
from accreditation.enums import EvidenceKind
from accreditation.exceptions import EvidenceError


@dataclass(frozen=True)
class Also:
    """Something that a document of a kind may show as well. `key` prefixes the names of its fields in the form."""

    key: str
    kind: EvidenceKind
    question: str | Promise


INSURED = Also("also_insurance", EvidenceKind.INSURANCE, _("Er staat ook in dat je verzekerd bent"))
MEMBER = Also("also_membership", EvidenceKind.MEMBERSHIP, _("Je bent er ook lid van, als beroepsvereniging"))
MET = Also("also_statement", EvidenceKind.STATEMENT, _("Er staat ook intervisie of supervisie in"))
TRAINED = Also("also_training", EvidenceKind.TRAINING, _("Er staat ook een opleiding in"))

#: What a document of each kind may show beside its own facts.
ALSO: Mapping[str, tuple[Also, ...]] = {
    EvidenceKind.MEMBERSHIP: (INSURED,),
    EvidenceKind.EXPERIENCE: (INSURED, MET),
    EvidenceKind.TRAINING: (MET,),
    EvidenceKind.REGISTER: (MEMBER, INSURED, MET, TRAINED),
}


def check_also(*, main: CheckedFacts, data: Mapping[str, Any], today: date) -> tuple[CheckedFacts, ...]:
    """The other things that the person ticked, checked by the rules of their own kind.

    `data` holds the form's values; the fields of a part are named `<key>_<field>`. Raises EvidenceError with that name.
    """
    found = []
    for also in ALSO.get(main.kind, ()):
        if not data.get(also.key):
            continue
        prefix = f"{also.key}_"
        own = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
        try:
            found.append(
                check_facts(kind=also.kind, data=_filled(also, own, main, data), degrees=(), today=today)
            )
        except EvidenceError as error:
            raise EvidenceError(
                str(error), field=f"{prefix}{error.field}" if error.field else None
            ) from error
    return tuple(found)


def _filled(also: Also, own: dict[str, Any], main: CheckedFacts, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the main piece says already, so that nobody types it twice."""
    issuer = (
        data.get("register") or data.get("association") or data.get("organisation") or data.get("provider")
    )
    known: dict[str, dict[str, Any]] = {
        EvidenceKind.INSURANCE: {"cover": "employer" if main.kind == EvidenceKind.EXPERIENCE else "own"},
        EvidenceKind.STATEMENT: {"signed_by": issuer},
        EvidenceKind.MEMBERSHIP: {"association": issuer},
        EvidenceKind.TRAINING: {"provider": issuer},
    }
    return {**known[also.kind], **own}
