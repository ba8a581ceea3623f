from accreditation.models.batch import IssueBatch, IssueLine
from accreditation.models.certificate import Certificate, RunningNumber
from accreditation.models.certificate_template import CertificateTemplate, TemplateVersion
from accreditation.models.committee import (
    ConflictOfInterest,
    Decision,
    Opinion,
    ProcedureRule,
    ReaderAssignment,
)
from accreditation.models.credential import Credential, CredentialKey, StatusPlace
from accreditation.models.criteria import CriteriaVersion
from accreditation.models.dossier import Dossier, DossierRound
from accreditation.models.evidence import Evidence
from accreditation.models.feed import FeedEvent, Listing
from accreditation.models.label import LabelScheme, OrganisationLabel
from accreditation.models.letter import Letter
from accreditation.models.listing_card import ListingCard, ListingWords, PracticePlace
from accreditation.models.meeting import (
    AgendaItem,
    Appeal,
    Attendee,
    CommitteeMeeting,
    Disagreement,
    WithdrawalAppeal,
)
from accreditation.models.path import PaceRule, PathWish
from accreditation.models.portfolio import (
    EvidenceAccess,
    EvidenceClaim,
    EvidencePhoto,
    StatementRequest,
)
from accreditation.models.reading import (
    Absence,
    OpinionDetail,
    ReadingDraft,
    ReadingLimit,
    Rubric,
    TieQuestion,
)
from accreditation.models.recognition import Recognition
from accreditation.models.transition import Condition, Hearing, RecognitionTransition
from accreditation.models.webhook import WebhookDelivery, WebhookEndpoint, WebhookReceipt
from accreditation.models.what_if import WhatIfChange, WhatIfRun

__all__ = [
    "Absence",
    "AgendaItem",
    "Appeal",
    "Attendee",
    "Certificate",
    "CertificateTemplate",
    "CommitteeMeeting",
    "Condition",
    "ConflictOfInterest",
    "Credential",
    "CredentialKey",
    "CriteriaVersion",
    "Decision",
    "Disagreement",
    "Dossier",
    "DossierRound",
    "Evidence",
    "EvidenceAccess",
    "EvidenceClaim",
    "EvidencePhoto",
    "FeedEvent",
    "Hearing",
    "IssueBatch",
    "IssueLine",
    "LabelScheme",
    "Letter",
    "Listing",
    "ListingCard",
    "ListingWords",
    "Opinion",
    "OpinionDetail",
    "OrganisationLabel",
    "PaceRule",
    "PathWish",
    "PracticePlace",
    "ProcedureRule",
    "ReaderAssignment",
    "ReadingDraft",
    "ReadingLimit",
    "Recognition",
    "RecognitionTransition",
    "Rubric",
    "RunningNumber",
    "StatementRequest",
    "StatusPlace",
    "TemplateVersion",
    "TieQuestion",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookReceipt",
    "WhatIfChange",
    "WhatIfRun",
    "WithdrawalAppeal",
]
