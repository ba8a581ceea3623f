"""Evidence: adding, replacing, withdrawing, verifying; and everything that must be refused."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation.domain.evidence import (
    add_evidence,
    forget_loose_files,
    keep_file,
    loose_file,
    recognised_degrees,
    verify_evidence,
    withdraw_evidence,
)
from accreditation.domain.evidence_kinds import check_facts
from accreditation.exceptions import EvidenceConflictError, EvidenceError
from accreditation.models import Evidence
from ledger.models import AuditEntry, OutboxEvent
from media.models import StoredFile
from people.enums import Role
from tests.factories.accreditation import EvidenceFactory
from tests.factories.people import UserFactory
from tests.factories.uploads import jpeg_upload, pdf_upload, upload

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
YESTERDAY = date(2026, 6, 14)
DEGREES = ("Vroedkunde",)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def office():
    return UserFactory(roles=[Role.NETWORK_STAFF])


def diploma(**data):
    typed = {"degree": "Vroedkunde", "institution": "Hogeschool", "year": 2014, **data}
    return check_facts(kind="diploma", data=typed, degrees=DEGREES, today=TODAY)


def added(person, token="a", **data):
    kept = keep_file(person=person, upload=pdf_upload())
    return add_evidence(person=person, checked=diploma(**data), token=token, file_id=kept.id)


def refusal(kind, **data):
    with pytest.raises(EvidenceError) as caught:
        check_facts(kind=kind, data=data, degrees=DEGREES, today=TODAY)
    return caught.value.field


def test_table_has_the_twenty_eight_degrees():
    assert len(recognised_degrees(TODAY)) == 28


def test_added_evidence_waits_with_its_facts_and_file(person):
    row = added(person)
    assert (row.status, row.title, row.criterion_ids) == ("waiting", "Vroedkunde", ["base_degree"])
    assert row.facts == {"degree": "Vroedkunde", "institution": "Hogeschool", "year": 2014}
    assert row.file.owner == person
    assert AuditEntry.objects.latest("number").verb == "evidence.added"


def test_same_form_twice_is_one_piece(person):
    first = added(person, token="x")
    assert added(person, token="x") == first
    assert Evidence.objects.count() == 1


def test_same_token_of_two_people_are_two_pieces(person):
    added(person, token="x")
    added(UserFactory(), token="x")
    assert Evidence.objects.count() == 2


def test_file_of_somebody_else_is_not_found(person):
    foreign = keep_file(person=UserFactory(), upload=pdf_upload())
    assert loose_file(person=person, file_id=foreign.id) is None
    with pytest.raises(EvidenceError) as caught:
        add_evidence(person=person, checked=diploma(), token="a", file_id=foreign.id)
    assert caught.value.field == "file"
    assert not Evidence.objects.exists()


def test_file_of_another_piece_is_not_used_again(person):
    row = added(person)
    with pytest.raises(EvidenceError):
        add_evidence(person=person, checked=diploma(), token="b", file_id=row.file_id)


def test_without_file_is_refused(person):
    with pytest.raises(EvidenceError) as caught:
        add_evidence(person=person, checked=diploma(), token="a")
    assert str(caught.value) == "Kies een bestand: een PDF of een foto."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "diploma.pdf"),
        (b"", "leeg.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "foto.jpg"),
        (b"%PDF-1.4 kapot", "kapot.pdf"),
    ],
)
def test_hostile_or_broken_files_are_refused_and_leave_nothing(person, content, name):
    with pytest.raises(EvidenceError) as caught:
        keep_file(person=person, upload=upload(content, name))
    assert caught.value.field == "file"
    assert not StoredFile.objects.exists()


def test_photo_is_kept_as_photo(person):
    kept = keep_file(person=person, upload=jpeg_upload())
    assert StoredFile.objects.get(pk=kept.id).mime == "image/jpeg"


def test_loose_files_go_after_an_hour_and_used_ones_stay(person):
    row = added(person)
    loose = keep_file(person=person, upload=pdf_upload())
    assert forget_loose_files(before=timezone.now() - timedelta(hours=1)) == 0
    StoredFile.objects.update(created=timezone.now() - timedelta(hours=2))
    assert forget_loose_files(before=timezone.now() - timedelta(hours=1)) == 1
    assert not StoredFile.objects.filter(pk=loose.id).exists()
    assert StoredFile.objects.filter(pk=row.file_id).exists()


def test_replacement_keeps_the_old_row_and_may_keep_its_file(person):
    old = added(person)
    new = add_evidence(person=person, checked=diploma(year=2015), token="b", replaces=old)
    old.refresh_from_db()
    assert (old.replaced_by, new.file_id, new.status) == (new, old.file_id, "waiting")
    assert list(Evidence.objects.in_portfolio()) == [new]


def test_piece_is_replaced_once(person):
    old = added(person)
    add_evidence(person=person, checked=diploma(), token="b", replaces=old)
    with pytest.raises(EvidenceError):
        add_evidence(person=person, checked=diploma(), token="c", replaces=old)


def test_piece_of_somebody_else_is_not_replaced(person):
    old = added(UserFactory())
    with pytest.raises(EvidenceError):
        add_evidence(person=person, checked=diploma(), token="b", replaces=old)


def test_withdrawing_twice_is_once(person):
    row = added(person)
    first = withdraw_evidence(person=person, evidence_id=row.pk).withdrawn_at
    assert withdraw_evidence(person=person, evidence_id=row.pk).withdrawn_at == first
    assert AuditEntry.objects.filter(verb="evidence.withdrawn").count() == 1
    assert not Evidence.objects.in_portfolio().exists()


def test_withdrawing_another_persons_piece_is_refused(person):
    row = added(UserFactory())
    with pytest.raises(EvidenceError):
        withdraw_evidence(person=person, evidence_id=row.pk)


def test_lived_experience_needs_no_file_and_serves_no_criterion(person):
    checked = check_facts(kind="lived_experience", data={}, degrees=(), today=TODAY)
    row = add_evidence(person=person, checked=checked, token="a")
    assert (row.facts, row.criterion_ids, row.file) == ({}, [], None)


# --- verifying ----------------------------------------------------------------------------------------------------


def test_verified_piece_names_who_and_mails_the_owner_once(person, office):
    row = added(person)
    verify_evidence(evidence_id=row.pk, by=office, status="verified")
    verify_evidence(evidence_id=row.pk, by=office, status="verified")
    row.refresh_from_db()
    assert (row.status, row.verified_by) == ("verified", office)
    mails = OutboxEvent.objects.filter(topic="mail")
    assert [mail.payload["template"] for mail in mails] == ["accreditation/email/evidence_looked_at"]
    assert "Hogeschool" not in str(mails[0].payload)
    assert AuditEntry.objects.filter(verb="evidence.verified").count() == 1


@pytest.mark.parametrize("status", ["refused", "needs_more"])
def test_refusing_and_asking_need_a_reason(person, office, status):
    row = added(person)
    with pytest.raises(EvidenceError) as caught:
        verify_evidence(evidence_id=row.pk, by=office, status=status, reason="  ")
    assert caught.value.field == "reason"
    assert (
        verify_evidence(evidence_id=row.pk, by=office, status=status, reason="Blad 2 ontbreekt.").status
        == status
    )


def test_second_colleague_sees_that_somebody_was_first(person, office):
    row = added(person)
    verify_evidence(evidence_id=row.pk, by=office, status="verified")
    colleague = UserFactory(roles=[Role.NETWORK_STAFF])
    with pytest.raises(EvidenceConflictError):
        verify_evidence(evidence_id=row.pk, by=colleague, status="refused", reason="Onleesbaar.")
    again = verify_evidence(
        evidence_id=row.pk, by=colleague, status="refused", reason="Onleesbaar.", seen_status="verified"
    )
    assert again.status == "refused"


def test_withdrawn_piece_is_not_verified(person, office):
    row = added(person)
    withdraw_evidence(person=person, evidence_id=row.pk)
    with pytest.raises(EvidenceConflictError):
        verify_evidence(evidence_id=row.pk, by=office, status="verified")


def test_nobody_verifies_their_own_piece(office):
    row = added(office)
    with pytest.raises(EvidenceError):
        verify_evidence(evidence_id=row.pk, by=office, status="verified")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=row.pk).update(verified_by=office)


def test_only_the_office_verifies(person):
    row = added(person)
    with pytest.raises(EvidenceError):
        verify_evidence(evidence_id=row.pk, by=UserFactory(roles=[Role.COMMITTEE_MEMBER]), status="verified")


# --- facts per kind -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("diploma", {"degree": "Rechten", "institution": "U", "year": 2010}, "degree"),
        ("diploma", {"degree": "Vroedkunde", "institution": " ", "year": 2010}, "institution"),
        ("diploma", {"degree": "Vroedkunde", "institution": "U", "year": 2027}, "year"),
        ("diploma", {"degree": "Vroedkunde", "institution": "U", "year": 1900}, "year"),
        (
            "insurance",
            {"cover": "own", "valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)},
            "valid_until",
        ),
        (
            "insurance",
            {"cover": "own", "valid_from": date(2025, 1, 1), "valid_until": date(2026, 6, 14)},
            "valid_until",
        ),
        (
            "insurance",
            {"cover": "", "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)},
            "cover",
        ),
        ("insurance", {"cover": "own", "valid_from": date(2026, 1, 1)}, "valid_until"),
        ("membership", {"association": "V", "year": 2028}, "year"),
        ("statement", {"form": "care_conference"}, "form"),
        (
            "statement",
            {
                "form": "intervision",
                "valid_from": date(2024, 1, 1),
                "valid_until": date(2025, 6, 1),
                "meetings": 4,
                "hours": Decimal(8),
                "signed_by": "K",
            },
            "valid_until",
        ),
        (
            "training",
            {
                "name": "T",
                "provider": "P",
                "completed_on": date(2026, 6, 16),
                "hours": Decimal(3),
                "level": "basic",
            },
            "completed_on",
        ),
        (
            "training",
            {
                "name": "T",
                "provider": "P",
                "completed_on": TODAY,
                "hours": Decimal("NaN"),
                "level": "basic",
            },
            "hours",
        ),
        ("experience", {"valid_from": date(2026, 7, 1)}, "valid_from"),
        ("course", {}, None),
        ("onbekend", {}, None),
    ],
)
def test_impossible_facts_are_refused_at_their_field(kind, data, field):
    assert refusal(kind, **data) == field


def test_leap_day_is_a_day_like_any_other():
    data = {"cover": "own", "valid_from": date(2024, 2, 29), "valid_until": date(2028, 2, 29)}
    checked = check_facts(kind="insurance", data=data, degrees=(), today=TODAY)
    assert (checked.valid_from, checked.valid_until) == (date(2024, 2, 29), date(2028, 2, 29))


def test_end_before_start_is_refused_by_the_database_too(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFactory(person=person, valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 31))


def test_upload_is_read_from_its_beginning(person):
    file = BytesIO(pdf_upload().read())
    file.name = "x.pdf"
    file.seek(0, 2)
    assert keep_file(person=person, upload=file).name == "x.pdf"
