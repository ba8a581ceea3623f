"""Real rows of the accreditation floor."""

import hashlib
import uuid
from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from factory.django import DjangoModelFactory

from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.models import Dossier, Evidence
from media.models import StoredFile

CRITERIA_OF_KIND = {
    "diploma": ["base_degree"],
    "training": ["continued_training"],
    "statement": ["permanent_education"],
    "insurance": ["liability_insurance"],
    "membership": ["professional_association"],
    "experience": ["clinical_experience"],
}


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    kind = EvidenceKind.DIPLOMA
    criterion_ids = factory.LazyAttribute(lambda row: CRITERIA_OF_KIND.get(row.kind, []))
    title = "Vroedkunde"
    facts = factory.Dict({"degree": "Vroedkunde", "institution": "Hogeschool", "year": 2015})
    status = EvidenceStatus.VERIFIED
    origin_ref = factory.LazyFunction(lambda: f"upload:{uuid.uuid4()}")


class DossierFactory(DjangoModelFactory):
    class Meta:
        model = Dossier

    level = "basic"


def make_complete(person, *, on=None, **statuses):
    """Evidence for every criterion of the basic level, verified unless `kind=status` says otherwise."""
    today = on or timezone.localdate()
    year = {"valid_from": today - timedelta(days=100), "valid_until": today + timedelta(days=300)}
    facts = {
        "diploma": {"facts": {"degree": "Vroedkunde", "institution": "Hogeschool", "year": 2014}},
        "training": {
            "title": "Praten met jonge ouders",
            "facts": {"hours": "12", "level": "basic", "provider": "Vormingscentrum"},
            "valid_from": today - timedelta(days=400),
        },
        "statement": {
            "title": "Verklaring over intervisie",
            "facts": {"form": "intervision", "hours": "8", "meetings": 4, "signed_by": "Kaat"},
            "valid_from": today - timedelta(days=200),
            "valid_until": today - timedelta(days=10),
        },
        "insurance": {"title": "Eigen verzekering", "facts": {"cover": "own"}, **year},
        "membership": {
            "title": "Vereniging",
            "facts": {"association": "Vereniging", "year": today.year},
            **year,
        },
    }
    return {
        kind: EvidenceFactory(person=person, kind=kind, status=statuses.get(kind, "verified"), **fields)
        for kind, fields in facts.items()
        if statuses.get(kind) != "absent"
    }


def make_stored_file(owner, *, pages=1, mime="application/pdf", content=b"%PDF-1.4"):
    """A row and bytes in private storage, without the cleaner's child process."""
    name = f"evidence/{uuid.uuid4().hex}"
    storages["private"].save(name, ContentFile(content))
    return StoredFile.objects.create(
        owner=owner,
        purpose="evidence",
        sha256=hashlib.sha256(content).hexdigest(),
        mime=mime,
        size=len(content),
        pages=pages,
        original_name="diploma.pdf",
        storage_name=name,
    )
