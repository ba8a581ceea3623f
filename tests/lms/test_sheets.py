"""Script and materials of the crisis teams' half day, as the content files give them, for who leads a group."""

import io

import pikepdf
import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accreditation.domain import certificate_paper
from courses.api import load_content
from courses.domain.content.files import CONTENT
from courses.models import CoursePage, TrainerSheet
from tests.conftest import missing_part
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, make_trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return make_trainer()


@pytest.fixture
def cohort(trainer):
    list(load_content(root=CONTENT / "crisisteams-halve-dag"))
    course = CoursePage.objects.get(slug="crisisteams-halve-dag")
    cohort = CohortFactory(course=course, name="Crisisteams, voorjaar", created_by=trainer)
    SessionFactory(cohort=cohort, trainers=[trainer])
    return cohort


def test_trainer_reads_and_prints_what_the_day_needs(
    client, trainer, cohort, django_assert_num_queries, settings
):
    client.force_login(trainer)
    address = reverse("lms:sheets", args=[cohort.pk])
    assert address in client.get(reverse("lms:cohort", args=[cohort.pk])).content.decode()
    page = client.get(address).content.decode()
    assert page.count("list__item") == 8
    assert "Draaiboek van de halve dag" in page
    _prints(client, cohort)
    _is_closed_to_others(make_trainer(), cohort)
    with django_assert_num_queries(4):
        client.get(address)
    TrainerSheet.objects.exclude(slug="draaiboek").delete()
    with django_assert_num_queries(4):
        client.get(address)
    sheet = client.get(reverse("lms:sheet", args=[cohort.pk, "draaiboek"])).content.decode()
    assert "Drie beelden die je niet mag verwarren" in sheet
    assert client.get(reverse("lms:sheet", args=[cohort.pk, "bestaat-niet"])).status_code == 404
    settings.PDF_ENGINE = "bestaat-niet"
    failed = client.get(reverse("lms:sheet_pdf", args=[cohort.pk, "alles"]))
    assert (failed.status_code, failed.url) == (302, address)
    assert [str(one) for one in get_messages(failed.wsgi_request)] == [
        "De PDF lukte niet. Druk de bladzijde af vanuit je browser."
    ]


def _prints(client, cohort):
    """All sheets become one PDF, and one sheet one page."""
    if not (certificate_paper.FONTS / certificate_paper.READING).is_file():
        missing_part("the typefaces for PDF are missing: run scripts/bundle_vendor.py")
    response = client.get(reverse("lms:sheet_pdf", args=[cohort.pk, "alles"]))
    assert response["Content-Disposition"] == 'attachment; filename="crisisteams-halve-dag-alles.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert 9 <= len(pdf.pages) <= 16
    single = client.get(reverse("lms:sheet_pdf", args=[cohort.pk, "beslisblad"]))
    with pikepdf.open(io.BytesIO(single.content)) as pdf:
        assert len(pdf.pages) == 1


def _is_closed_to_others(trainer, cohort):
    """A trainer of another group finds nothing."""
    client = Client()
    client.force_login(trainer)
    for name, args in (("sheets", ()), ("sheet", ("draaiboek",)), ("sheet_pdf", ("alles",))):
        assert client.get(reverse(f"lms:{name}", args=[cohort.pk, *args])).status_code == 404
