"""Telling holders in time that a certificate with a last day ends; recognitions have reminders of their own."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.domain.evidence_facts import spell_day
from accreditation.domain.reminders import steps_due
from accreditation.enums import CertificateKind
from accreditation.models import Certificate
from people.api import add_to_digest


def remind_of_certificates(*, today: date) -> int:
    """A line in the digest 60, 30 and 7 days before the last day, and just after it; each step once.

    Returns for how many a step was due. Constant memory.
    """
    told = 0
    ending = (
        Certificate.objects.newest_versions()
        .filter(revoked_at=None, facts__has_key="valid_until")
        .exclude(kind=CertificateKind.RECOGNITION)
        .order_by("pk")
    )
    for certificate in ending.iterator(chunk_size=500):
        until = date.fromisoformat(certificate.facts["valid_until"])
        step = steps_due(valid_until=until, today=today)
        if step is None:
            continue
        told += 1
        words = {"title": certificate.title, "day": spell_day(until)}
        add_to_digest(
            to_user_id=certificate.person_id,
            text=_("Je getuigschrift “%(title)s” liep af op %(day)s.") % words
            if step == 0
            else _("Je getuigschrift “%(title)s” loopt af op %(day)s.") % words,
            path=reverse("accreditation:certificates"),
            key=f"certificate-ends:{certificate.pk}:{step}",
            until=until if step else until + timedelta(days=14),
        )
    return told
