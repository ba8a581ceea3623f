"""The face of the accreditation floor for the floors above."""

from accreditation.domain.directory import DirectoryPage, directory
from accreditation.domain.listing_description import PublicListing
from accreditation.domain.pdf_child import has_pango
from accreditation.domain.proof_keys import keys_in_order
from accreditation.domain.public_listing import (
    FilterOption,
    ListingFilters,
    PublicNumbers,
    listing_filters,
    public_listings,
    public_numbers,
)
from accreditation.domain.queries.desk import (
    CriterionSummary,
    DeskProof,
    DeskStatus,
    RecognitionSummary,
    desk_proof,
    desk_status,
)
from accreditation.domain.queries.own_certificates import OwnCertificate, certificates_of
from accreditation.enums import CriterionState, Level
from accreditation.exceptions import CertificateError

__all__ = [
    "CertificateError",
    "CriterionState",
    "CriterionSummary",
    "DeskProof",
    "DeskStatus",
    "DirectoryPage",
    "FilterOption",
    "Level",
    "ListingFilters",
    "OwnCertificate",
    "PublicListing",
    "PublicNumbers",
    "RecognitionSummary",
    "certificates_of",
    "desk_proof",
    "desk_status",
    "directory",
    "has_pango",
    "keys_in_order",
    "listing_filters",
    "public_listings",
    "public_numbers",
]
