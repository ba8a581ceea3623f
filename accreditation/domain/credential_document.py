"""An Open Badges 3.0 credential (W3C Verifiable Credentials 2.0) as plain data. Pure: no ORM, clock or settings."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accreditation.domain.credential_contexts import OPEN_BADGES, VC_V2
from accreditation.domain.data_integrity import moment


@dataclass(frozen=True)
class Issuer:
    """Who vouches."""

    did: str
    name: str
    url: str
    email: str


@dataclass(frozen=True)
class Alignment:
    """A competence or criterion of a published framework that the achievement meets."""

    name: str
    url: str
    code: str
    framework: str
    description: str = ""


@dataclass(frozen=True)
class Achievement:
    """What was achieved. `kind` is an `achievementType` of Open Badges 3.0."""

    id: str
    kind: str
    name: str
    description: str
    criteria: str
    criteria_url: str
    image_url: str
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True)
class EvidenceWords:
    """What the achievement rests on: its type and one sentence; never a link to a private file."""

    genre: str
    name: str
    narrative: str


@dataclass(frozen=True)
class Recipient:
    """The holder as a salted hash of the e-mail address: checkable by who knows the address, readable by nobody."""

    salt: str
    digest: str


@dataclass(frozen=True)
class CredentialFacts:
    """Everything that the credential says, before it is signed."""

    id: str
    name: str
    language: str
    issuer: Issuer
    recipient: Recipient
    achievement: Achievement
    evidence: tuple[EvidenceWords, ...]
    awarded_at: datetime
    valid_from: datetime
    valid_until: datetime | None
    status: tuple[dict[str, str], ...]


def recipient_of(email: str, *, salt: str) -> Recipient:
    """Open Badges' identity hash: SHA-256 over the address followed by the salt."""
    digest = hashlib.sha256((email.strip().lower() + salt).encode()).hexdigest()
    return Recipient(salt=salt, digest=f"sha256${digest}")


def compose(facts: CredentialFacts) -> dict[str, Any]:
    """The unsigned credential."""
    document: dict[str, Any] = {
        "@context": [VC_V2, OPEN_BADGES],
        "id": facts.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.name,
        "issuer": {
            "id": facts.issuer.did,
            "type": ["Profile"],
            "name": facts.issuer.name,
            "url": facts.issuer.url,
            "email": facts.issuer.email,
        },
        "awardedDate": moment(facts.awarded_at),
        "validFrom": moment(facts.valid_from),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "emailAddress",
                    "hashed": True,
                    "identityHash": facts.recipient.digest,
                    "salt": facts.recipient.salt,
                }
            ],
            "achievement": _achievement(facts.achievement, facts.language),
        },
        "evidence": [
            {"type": ["Evidence"], "name": each.name, "narrative": each.narrative, "genre": each.genre}
            for each in facts.evidence
        ],
        "credentialStatus": list(facts.status),
    }
    if facts.valid_until is not None:
        document["validUntil"] = moment(facts.valid_until)
    return document


def _achievement(achievement: Achievement, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": achievement.id,
        "type": ["Achievement"],
        "achievementType": achievement.kind,
        "name": achievement.name,
        "description": achievement.description,
        "inLanguage": language,
        "criteria": {"id": achievement.criteria_url, "narrative": achievement.criteria},
        "image": {"id": achievement.image_url, "type": "Image"},
    }
    if achievement.alignments:
        found["alignment"] = [
            {
                "type": ["Alignment"],
                "targetType": "CFItem",
                "targetName": each.name,
                "targetUrl": each.url,
                "targetCode": each.code,
                "targetFramework": each.framework,
                **({"targetDescription": each.description} if each.description else {}),
            }
            for each in achievement.alignments
        ]
    return found
