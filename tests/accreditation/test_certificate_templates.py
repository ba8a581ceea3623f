"""Templates: drafts change nothing, publishing freezes the words, and a certificate keeps its own."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.db.utils import DatabaseError
from PIL import Image as Picture
from wagtail.images import get_image_model

from accreditation.domain.certificate_paper import describe, paper_html
from accreditation.domain.certificate_templates import logo_of, unknown_placeholders, version_for
from accreditation.domain.certificates import issue_certificate, reissue_certificate
from accreditation.domain.corrections import reissue_changed_names
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.rendering import render_certificate
from accreditation.enums import CertificateKind
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate, CertificateTemplate, TemplateVersion
from accreditation.views.certificate_preview import preview_html
from ledger.models import AuditEntry
from people.api import Role
from tests.factories.people import UserFactory, user_with
from tests.factories.proof import make_course_certificate

pytestmark = pytest.mark.django_db

#: Facts of the kinds that no other verb makes yet.
FACTS = {
    CertificateKind.ATTENDANCE: {
        "attended_on": date(2026, 11, 20),
        "hours": "3.5",
        "points": [
            {"profession": "vroedvrouw", "points": "2"},
            {"profession": "psycholoog", "points": "1.5"},
        ],
    },
    CertificateKind.INTERVISION: {
        "from_day": date(2026, 1, 1),
        "to_day": date(2026, 12, 31),
        "hours": "12",
    },
    CertificateKind.TRAINER: {"valid_from": date(2026, 1, 1), "valid_until": date(2030, 12, 31)},
}


def make_template(**fields) -> CertificateTemplate:
    return CertificateTemplate.objects.create(
        **{
            "kind": CertificateKind.COURSE,
            "heading": "Bewijs",
            "says": "Het netwerk zegt dat",
            "does": "klaar is met:",
            "live": False,
            **fields,
        }
    )


def publish(template, user=None):
    template.save_revision(user=user).publish(user=user)
    template.refresh_from_db()
    return template


def test_certificate_keeps_the_words_it_was_issued_with():
    template = publish(
        make_template(signatory_1="An Voorzitter", function_1="voorzitter"), UserFactory(is_superuser=True)
    )
    first = make_course_certificate(key="enrolment:1")
    assert (describe(first).heading, describe(first).does) == ("Bewijs", "klaar is met:")
    assert [each.name for each in describe(first).signatories] == ["An Voorzitter"]
    template.heading = "Attest van {naam}"
    template.save_revision()
    assert make_course_certificate(key="enrolment:2").template_version == first.template_version
    publish(template)
    third = make_course_certificate(UserFactory(first_name="Noor", last_name="Twijg"), key="enrolment:3")
    assert describe(third).heading == "Attest van Noor Twijg"
    assert describe(Certificate.objects.get(pk=first.pk)).heading == "Bewijs"
    assert [version.number for version in TemplateVersion.objects.all()] == [1, 2]
    assert AuditEntry.objects.filter(verb="certificate_template.published").count() == 2
    publish(template)
    assert TemplateVersion.objects.count() == 2


def test_mended_template_reissues_only_when_asked():
    template = publish(make_template())
    certificate = make_course_certificate()
    template.heading = "Getuigschrift zonder fout"
    publish(template)
    assert reissue_certificate(certificate_id=certificate.pk) == certificate
    assert reissue_changed_names(is_preview=True).unchanged == 1
    assert len(reissue_changed_names(is_preview=True, with_new_words=True).reissued) == 1
    new = reissue_certificate(certificate_id=certificate.pk, with_new_words=True)
    assert (new.version, describe(new).heading) == (2, "Getuigschrift zonder fout")
    assert reissue_certificate(certificate_id=certificate.pk, with_new_words=True) == new


def test_database_keeps_words_and_versions():
    certificate = make_course_certificate()
    version = version_for(kind=publish(make_template()).kind)
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(template_version=version)
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.update(words={})


def test_template_offline_gives_the_built_in_words_again():
    template = publish(make_template())
    template.unpublish()
    assert describe(make_course_certificate()).heading == "Getuigschrift"


def test_unknown_placeholders_and_a_function_without_a_name_are_named():
    assert unknown_placeholders("Aan {naam}, {datum} en {}") == ["{datum}", "{}"]
    template = make_template(says="Op {datum}", function_2="trainer")
    with pytest.raises(ValidationError) as refused:
        template.full_clean()
    assert set(refused.value.message_dict) == {"says", "signatory_2"}
    assert "{datum}" in refused.value.message_dict["says"][0]


def test_html_in_a_template_is_text_and_french_speaks_french():
    template = make_template(language="fr", heading="<script>x</script>", motto="")
    html = preview_html(template)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
    assert ' lang="fr-BE">' in html


def test_logo_becomes_a_small_flat_picture():
    target = io.BytesIO()
    Picture.new("RGBA", (1200, 400), (15, 92, 92, 120)).save(target, "PNG")
    target.seek(0)
    logo = get_image_model().objects.create(title="Logo", file=ImageFile(target, name="logo.png"))
    template = publish(make_template(logo=logo))
    assert logo_of(template).startswith("data:image/png;base64,")
    certificate = make_course_certificate()
    assert 'class="logo"' in paper_html(certificate)
    assert render_certificate(certificate_id=certificate.pk).has_file
    logo.file.storage.delete(logo.file.name)
    with pytest.raises(CertificateError, match="logo"):
        logo_of(CertificateTemplate.objects.get(pk=template.pk))


@pytest.mark.parametrize("kind", FACTS)
def test_every_kind_has_its_paper_its_page_and_its_credential(client, kind):
    person = UserFactory(first_name="Noor", last_name="Twijg")
    certificate = issue_certificate(
        person_id=person.pk,
        kind=kind,
        entitlement_key=f"proef:{kind}",
        title="Basisopleiding",
        facts=FACTS[kind],
    )
    paper = describe(certificate)
    assert len(paper.facts) == (2 if kind == CertificateKind.TRAINER else 3)
    assert render_certificate(certificate_id=certificate.pk).has_file
    document = ensure_credential(certificate_id=certificate.pk).document
    assert document["evidence"][0]["narrative"].startswith(paper.facts[0].label)
    text = " ".join(client.get(f"/v/{certificate.code}/").content.decode().split())
    assert "Ja, dit klopt. Noor Twijg" in text


def test_back_office_shows_editor_and_live_preview(client):
    template = make_template()
    admin = user_with(Role.ADMINISTRATOR)
    type(admin).objects.filter(pk=admin.pk).update(is_superuser=True, is_staff=True)
    admin.refresh_from_db()
    client.force_login(admin)
    base = "/beheer/snippets/accreditation/certificatetemplate/"
    assert client.get(base).status_code == 200
    assert client.get(f"{base}edit/{template.pk}/").status_code == 200
    fields = {
        "kind": "course",
        "language": "nl",
        "heading": "Proefdruk",
        "says": "Het netwerk zegt dat",
        "does": "klaar is met:",
    }
    sent = client.post(f"{base}preview/{template.pk}/", fields)
    assert sent.json()["is_valid"]
    shown = client.get(f"{base}preview/{template.pk}/")
    assert "Proefdruk" in shown.content.decode()
    assert client.post(f"{base}edit/{template.pk}/", {**fields, "says": "{fout}"}).status_code == 200
    assert CertificateTemplate.objects.get().says == "Het netwerk zegt dat"
