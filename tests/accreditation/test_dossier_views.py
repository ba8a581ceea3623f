"""The professional's pages in a browser's words: who may see what, bad input, query counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.api import desk_status
from accreditation.domain.decisions import decide
from accreditation.domain.recognition_life import suspend_recognition
from accreditation.enums_committee import SuspensionReason
from accreditation.models import Dossier, DossierRound, Evidence, Recognition
from media.models import StoredFile
from people.enums import Role
from tests.factories.accreditation import EvidenceFactory, make_complete, make_stored_file
from tests.factories.committee import REASONED, advised, handed_in, members, readers_of
from tests.factories.people import UserFactory, user_with
from tests.factories.uploads import pdf_upload, upload

pytestmark = pytest.mark.django_db
HOME = "/mijn/dossier/"


@pytest.fixture
def person(client):
    user = UserFactory()
    client.force_login(user)
    return user


def insurance(**fields):
    today = timezone.localdate()
    return {
        "token": "abc",
        "cover": "own",
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=300)).isoformat(),
        **fields,
    }


PERSONAL = [
    "/mijn/dossier/",
    "/mijn/dossier/route/",
    "/mijn/dossier/indienen/basic/",
    "/mijn/dossier/bewijs/",
    "/mijn/dossier/bewijs/nieuw/insurance/",
]
OWNED = [
    "/mijn/dossier/bewijs/{pk}/",
    "/mijn/dossier/bewijs/{pk}/vervangen/",
    "/mijn/dossier/bewijs/{pk}/bestand/",
    "/mijn/dossier/bewijs/{pk}/blad/1/",
]
OFFICE = ["/netwerk/", "/netwerk/bewijsstukken/", "/netwerk/bewijsstukken/{pk}/"]


@pytest.mark.parametrize("path", [*PERSONAL, *OWNED, *OFFICE])
def test_visitors_are_asked_to_sign_in(client, path):
    row = EvidenceFactory(person=UserFactory())
    answer = client.get(path.format(pk=row.pk))
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


@pytest.mark.parametrize(
    "role", [None, *(role for role in Role if role not in (Role.LEARNER, Role.API_CLIENT))]
)
@pytest.mark.parametrize("path", PERSONAL[:2] + PERSONAL[3:])
def test_everybody_with_an_account_has_these_pages(client, path, role):
    client.force_login(user_with(role) if role else UserFactory())
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "role", [None, *(role for role in Role if role not in (Role.LEARNER, Role.API_CLIENT))]
)
@pytest.mark.parametrize("path", OWNED)
def test_another_persons_evidence_is_not_found(client, path, role):
    owner = UserFactory()
    row = EvidenceFactory(person=owner, file=make_stored_file(owner))
    client.force_login(user_with(role) if role else UserFactory())
    staff_reads_files = role == Role.NETWORK_STAFF and path.endswith("bestand/")
    expected = 200 if staff_reads_files else 404
    assert client.get(path.format(pk=row.pk)).status_code == expected


@pytest.mark.parametrize(
    "role", [None, *(role for role in Role if role not in (Role.LEARNER, Role.API_CLIENT))]
)
@pytest.mark.parametrize("path", OFFICE)
def test_only_the_office_has_the_queue(client, path, role):
    row = EvidenceFactory(person=UserFactory(), status="waiting")
    client.force_login(user_with(role) if role else UserFactory())
    assert client.get(path.format(pk=row.pk)).status_code == (200 if role == Role.NETWORK_STAFF else 403)


def test_another_persons_piece_is_not_withdrawn_or_replaced(client, person):
    row = EvidenceFactory(person=UserFactory())
    assert client.post(f"/mijn/dossier/bewijs/{row.pk}/terugnemen/").status_code == 404
    assert client.post(f"/mijn/dossier/bewijs/{row.pk}/vervangen/", {}).status_code == 404
    row.refresh_from_db()
    assert row.withdrawn_at is None


@pytest.mark.parametrize("path", ["nieuw/course/", "nieuw/onbekend/", "999999/", "999999/bestand/"])
def test_what_does_not_exist_is_not_found(client, person, path):
    assert client.get(f"/mijn/dossier/bewijs/{path}").status_code == 404


def test_owner_gets_the_file_as_a_sandboxed_attachment(client, person):
    row = EvidenceFactory(person=person, file=make_stored_file(person))
    answer = client.get(f"/mijn/dossier/bewijs/{row.pk}/bestand/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_empty_checklist_says_what_to_do_first(client, person):
    page = client.get(HOME).content.decode()
    assert "Nog 5 stappen te gaan" in page
    assert "We missen nog je diploma." in page
    assert "0 van 6" in page
    assert f"{HOME}indienen/basic/" not in page


def test_unknown_level_falls_back_to_basic(client, person):
    assert client.get(f"{HOME}?niveau=<script>").context["level"] == "basic"
    assert client.get(f"{HOME}?niveau=specialised").context["level"] == "specialised"


def test_complete_checklist_offers_to_hand_in(client, person):
    make_complete(person, membership="waiting")
    page = client.get(HOME).content.decode()
    assert "Je bent zover" in page
    assert "5 van 6" in page
    assert f"{HOME}indienen/basic/" in page


def test_handing_in_twice_from_the_page_is_one_round(client, person):
    make_complete(person)
    assert client.get(f"{HOME}indienen/basic/").status_code == 200
    for _ in range(2):
        assert client.post(f"{HOME}indienen/basic/").status_code == 302
    assert DossierRound.objects.count() == 1
    page = client.get(HOME).content.decode()
    assert "Je dossier is ingediend" in page
    assert "Aan zet: <strong>de commissie</strong>" in page


def test_while_pieces_wait_the_office_acts_first(client, person):
    make_complete(person, membership="waiting")
    client.post(f"{HOME}indienen/basic/")
    assert "Aan zet: <strong>het bureau van het netwerk</strong>" in client.get(HOME).content.decode()


def test_incomplete_dossier_is_kindly_refused(client, person):
    answer = client.post(f"{HOME}indienen/basic/", follow=True)
    assert "Je dossier is bijna zover. Dit ontbreekt nog: Basisopleiding" in answer.content.decode()
    assert not DossierRound.objects.exists()
    assert client.get(f"{HOME}indienen/basic/").status_code == 302
    assert client.get(f"{HOME}indienen/hoogste/").status_code == 404


def test_taking_back(client, person):
    make_complete(person)
    client.post(f"{HOME}indienen/basic/")
    client.post(f"{HOME}terugnemen/basic/")
    assert Dossier.objects.get().stage == "withdrawn"
    assert "Je bent zover" in client.get(HOME).content.decode()


def test_choosing_the_experience_route(client, person):
    assert "Kies de ervaringsroute" in client.get(f"{HOME}route/").content.decode()
    client.post(f"{HOME}route/?niveau=basic", {"route": "experience"})
    assert Dossier.objects.get().route == "experience"
    client.post(f"{HOME}route/?niveau=basic", {"route": "iets anders"})
    assert Dossier.objects.get().route == "experience"
    assert "Toon 5 jaar ervaring" in client.get(HOME).content.decode()


def test_adding_insurance_with_its_file(client, person):
    data = insurance(file=pdf_upload())
    assert client.post("/mijn/dossier/bewijs/nieuw/insurance/", data).status_code == 302
    assert (
        client.post("/mijn/dossier/bewijs/nieuw/insurance/", insurance(file=pdf_upload())).status_code == 302
    )
    row = Evidence.objects.get()
    assert (row.title, row.facts, row.status) == ("Eigen verzekering", {"cover": "own"}, "waiting")


def test_extra_fields_are_not_stored(client, person):
    data = insurance(file=pdf_upload(), status="verified", premium="450", person=1, verified_by=1)
    client.post("/mijn/dossier/bewijs/nieuw/insurance/", data)
    row = Evidence.objects.get()
    assert (row.status, row.facts, row.verified_by) == ("waiting", {"cover": "own"}, None)


def test_mistake_keeps_what_was_typed_and_the_file(client, person):
    today = timezone.localdate()
    wrong = insurance(
        valid_until=(today - timedelta(days=400)).isoformat(), file=pdf_upload("mijn polis.pdf")
    )
    answer = client.post("/mijn/dossier/bewijs/nieuw/insurance/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "De einddatum ligt voor de begindatum" in page
    assert today.isoformat() in page
    assert "Je bestand mijn polis.pdf is al binnen" in page
    assert client.post("/mijn/dossier/bewijs/nieuw/insurance/", insurance()).status_code == 302
    assert Evidence.objects.get().file.original_name == "mijn polis.pdf"
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<html><script>alert(1)</script>", ""), (b"", "Dit bestand is leeg")],
)
def test_file_that_is_no_document_is_refused_and_the_rest_is_kept(client, person, content, words):
    data = insurance(file=upload(content, "polis.pdf"))
    answer = client.post("/mijn/dossier/bewijs/nieuw/insurance/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert timezone.localdate().isoformat() in page
    assert answer.context["form"].errors["file"]
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_kept_file_of_another_form_is_not_used(client, person):
    client.post("/mijn/dossier/bewijs/nieuw/insurance/", insurance(valid_until="", file=pdf_upload()))
    answer = client.post("/mijn/dossier/bewijs/nieuw/insurance/", insurance(token="ander"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == ["Kies een bestand: een PDF of een foto."]


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("diploma", {"degree": "Rechten", "institution": "U", "year": "2010"}, "degree"),
        ("training", {"hours": "veel"}, "hours"),
        ("insurance", {"valid_from": "30/02/2026"}, "valid_from"),
        ("membership", {"year": "20266"}, "year"),
        ("membership", {"association": "V" * 200}, "association"),
        ("insurance", {"token": "../../etc"}, "token"),
    ],
)
def test_impossible_input_is_an_error_at_its_field(client, person, kind, data, field):
    answer = client.post(f"/mijn/dossier/bewijs/nieuw/{kind}/", {"token": "abc", **data})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_date_of_leap_day_is_read(client, person):
    answer = client.post(
        "/mijn/dossier/bewijs/nieuw/insurance/",
        insurance(valid_from="2024-02-29", valid_until="2032-02-29", file=pdf_upload()),
    )
    assert answer.status_code == 302
    assert Evidence.objects.get().valid_until.isoformat() == "2032-02-29"


def test_hours_with_a_decimal_comma(client, person):
    data = {
        "token": "t",
        "name": "Cursus",
        "provider": "Elders",
        "completed_on": "2026-01-10",
        "hours": "7,5",
        "level": "basic",
        "file": pdf_upload(),
    }
    assert client.post("/mijn/dossier/bewijs/nieuw/training/", data).status_code == 302
    assert Evidence.objects.get().facts["hours"] == "7.50"


def test_mending_what_the_office_asked_keeps_the_file(client, person):
    row = EvidenceFactory(
        person=person,
        kind="membership",
        title="Vereniging 2026",
        facts={"association": "Vereniging", "year": 2026},
        status="needs_more",
        reason="Het jaar klopt niet.",
        file=make_stored_file(person),
    )
    page = client.get(f"/mijn/dossier/bewijs/{row.pk}/vervangen/").content.decode()
    assert "Het jaar klopt niet." in page
    assert 'value="Vereniging"' in page
    year = timezone.localdate().year
    answer = client.post(
        f"/mijn/dossier/bewijs/{row.pk}/vervangen/", {"token": "n", "association": "Vereniging", "year": year}
    )
    assert answer.status_code == 302
    new = Evidence.objects.in_portfolio().get()
    assert (new.replaces, new.file_id, new.status) == (row, row.file_id, "waiting")
    assert client.get(f"/mijn/dossier/bewijs/{row.pk}/vervangen/").status_code == 404
    assert "Dit is een oudere versie" in client.get(f"/mijn/dossier/bewijs/{row.pk}/").content.decode()


def test_markup_in_what_was_typed_is_shown_as_text(client, person):
    EvidenceFactory(person=person, kind="training", title="<script>alert(1)</script>")
    page = client.get(HOME).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("rows", [1, 100])
def test_checklist_page_query_count(client, person, rows, django_assert_num_queries):
    for _ in range(rows):
        EvidenceFactory(person=person)
    # user, roles, dossiers, criteria, evidence with files, completions, presences, recognitions, criteria to come
    with django_assert_num_queries(9):
        client.get(HOME)


def test_recognised_professional_is_not_asked_to_hand_in_again(client, person):
    deciding = members(3)
    frozen = advised(handed_in(person))
    decider = next(member for member in deciding if member not in readers_of(frozen))
    decide(round_id=frozen.pk, decider=decider, **REASONED)
    page = client.get(HOME).content.decode()
    assert "Je bent erkend" in page
    assert "Je hoeft nu niets in te dienen." in page
    assert f"{HOME}indienen/basic/" not in page
    assert desk_status(person.pk).next_step == ""
    assert desk_status(person.pk).recognition.level_name == "perinatale mentale basiszorgverlener"


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "Tot het bureau de schorsing opheft."), (30, "Een nieuw dossier is niet nodig.")],
)
def test_suspended_professional_reads_so_and_is_not_asked_to_hand_in_again(client, person, days, words):
    deciding = members(3)
    frozen = advised(handed_in(person))
    decider = next(member for member in deciding if member not in readers_of(frozen))
    decide(round_id=frozen.pk, decider=decider, **REASONED)
    recognition = Recognition.objects.get(person=person)
    suspend_recognition(
        recognition_id=recognition.pk,
        by=user_with(Role.NETWORK_STAFF),
        reason=SuspensionReason.OWN_REQUEST,
        text="De polis liep af.",
        until=None if days is None else timezone.localdate() + timedelta(days=days),
    )
    page = client.get(HOME).content.decode()
    assert "Je erkenning is geschorst" in page and words in page
    assert "Je bent erkend" not in page
    assert f"{HOME}indienen/basic/" not in page
    assert desk_status(person.pk).next_step == ""
