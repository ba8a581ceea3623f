"""The paper as it was looked at and approved, for both engines: in colour, and still readable when printed in grey.

A page that was changed on purpose: look at the new pictures in var/screenshots/papers/, then copy them over those in
tests/accreditation/approved/.
"""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings as project
from PIL import Image, ImageChops, ImageStat

from accreditation.domain import certificate_paper, pdf_child
from accreditation.domain.pdf_worker import worker
from accreditation.enums import CertificateKind
from accreditation.models import Certificate, TemplateVersion
from tests.conftest import missing_part

APPROVED = Path(__file__).with_name("approved")
SEEN = Path(project.BASE_DIR) / "var" / "screenshots" / "papers"
#: Mean difference per pixel and channel (0 to 255), and the share of pixels that may differ visibly.
MEAN, SHARE = 1.5, 0.01
PLAIN_FACTS = {"completed_on": "2026-11-20", "hours": "2.5"}
FRENCH = {
    "language": "fr",
    "heading": "Attestation",
    "says": "Nestwerk déclare que",
    "does": "a participé à :",
    "motto": "La santé mentale des parents et des bébés, portée ensemble.",
    "signatories": [
        {"name": "Marie-Hélène Vandenbroucke", "function": "présidente du réseau"},
        {"name": "Jan Peeters", "function": "formateur"},
    ],
    "logo": "",
}
PAPERS = {
    "cursus": (CertificateKind.COURSE, "Zoë Łukasiewicz-D’Hondt", "Kleine signalen, grote steun", PLAIN_FACTS, None),
    "lang": (CertificateKind.COURSE, "W" * 80, "Şahin en Ørsted: een titel zonder einde", PLAIN_FACTS, None),
    "frans": (
        CertificateKind.ATTENDANCE,
        "Ghislaine Van den Broeck",
        "Studiedag: luisteren naar baby’s",
        {
            "attended_on": "2026-11-20",
            "hours": "3.5",
            "points": [{"profession": "vroedvrouw", "points": "2"}, {"profession": "psycholoog", "points": "1.5"}],
        },
        FRENCH,
    ),
}  # fmt: skip


def picture(engine: str, name: str) -> Image.Image:
    kind, holder, title, facts, words = PAPERS[name]
    certificate = Certificate(
        number="NW-2026-000001",
        code="7K3M-9PQA-2X4T-8RWD",
        kind=kind,
        holder_name=holder,
        title=title,
        facts=facts,
        issued_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        template_version=TemplateVersion(words=words) if words else None,
    )
    made = worker.render(
        html=certificate_paper.paper_html(certificate),
        engine=engine,
        roots=certificate_paper.folders(),
        archival_css=certificate_paper.archival_css(),
    )
    return pypdfium2.PdfDocument(made.content)[0].render(scale=0.8).to_pil().convert("RGB")


@pytest.mark.parametrize("engine", [pytest.param("weasyprint", marks=pytest.mark.pango), "xhtml2pdf"])
@pytest.mark.parametrize("name", PAPERS)
def test_paper_looks_as_approved_in_colour_and_in_grey(settings, engine, name):
    settings.SITE_URL = "https://nestwerk.example"
    if engine == "weasyprint" and not pdf_child.has_pango():
        missing_part(pdf_child.PANGO_MISSING)
    seen = picture(engine, name)
    SEEN.mkdir(parents=True, exist_ok=True)
    seen.quantize(64).save(SEEN / f"{engine}-{name}.png", optimize=True)
    approved = Image.open(APPROVED / f"{engine}-{name}.png").convert("RGB")
    assert seen.size == approved.size
    difference = ImageChops.difference(seen, approved)
    assert max(ImageStat.Stat(difference).mean) < MEAN
    visibly = difference.convert("L").point(lambda value: 255 if value > 60 else 0)
    assert ImageStat.Stat(visibly).mean[0] / 255 < SHARE
    # In grey the darkest ink of the name still stands far from its ground.
    grey = seen.convert("L").crop((int(seen.width * 0.35), int(seen.height * 0.22), seen.width, seen.height))
    darkest, lightest = grey.getextrema()
    assert lightest - darkest > 180
