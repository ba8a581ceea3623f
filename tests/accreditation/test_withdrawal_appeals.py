"""An appeal against a withdrawal: lodged on the site, read by others, and a yes gives the rest of the time back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accreditation.domain.decisions import decide, draft_letter
from accreditation.domain.hearings import announce_withdrawal, answer_hearing
from accreditation.domain.opinions import give_opinion
from accreditation.domain.queries.committee import committee_desk
from accreditation.domain.recognitions import current_status, withdraw_recognition
from accreditation.domain.withdrawal_appeals import appeal_withdrawal, last_day_to_object
from accreditation.exceptions import AppealError, CommitteeError, ConflictOfInterestError
from accreditation.models import (
    Appeal,
    Certificate,
    Letter,
    ReaderAssignment,
    Recognition,
    WithdrawalAppeal,
)
from people.domain.roles import grant_role
from people.enums import Role
from tests.factories.committee import REASONED, REFUSING, advised, handed_in, members, readers_of
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def withdrawn(*, office, ground="criteria"):
    """A recognition that was granted, and withdrawn after its holder was heard."""
    *_readers, decider = members(3)
    round = advised(handed_in(first_name="Noor"))
    decide(round_id=round.pk, decider=decider, **REASONED)
    recognition = Recognition.objects.get(decision__round=round)
    if ground != "own_request":
        hearing = announce_withdrawal(
            recognition_id=recognition.pk, by=office, ground=ground, reason="Geen polis."
        )
        answer_hearing(hearing_id=hearing.pk, person=recognition.person, response="Ze is onderweg.")
    return withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=office, reason="Nog geen polis.", ground=ground
    )


@pytest.fixture
def office():
    return user_with(Role.NETWORK_STAFF)


def letter_of(recognition):
    return Letter.objects.get(recognition=recognition)


def test_panel_of_others_reads_and_a_yes_gives_the_rest_of_the_time_back(client, office):
    gone = withdrawn(office=office)
    # The person of the office becomes a member too.
    grant_role(user=office, role=Role.COMMITTEE_MEMBER, granted_by=user_with(Role.ADMINISTRATOR))
    others = members(3)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        client.force_login(gone.person)
        page = client.get(reverse("accreditation:letter", args=[letter_of(gone).pk])).content.decode()
        assert "Dien bezwaar in" in page
        address = reverse("accreditation:appeal", args=[letter_of(gone).pk])
        assert client.post(address, {"text": "De polis liep door."}).status_code == 302
        assert client.post(address, {"text": "De polis liep door."}).status_code == 302
        assert "Je bezwaar wordt gelezen." in client.get(address).content.decode()
        appeal = Appeal.objects.get()
        assert (appeal.withdrawal.recognition, appeal.round.snapshot) == (gone, gone.decision.round.snapshot)
        assert readers_of(appeal.round) == others
        # Who withdrew knows nothing of it, and the database refuses them too.
        assert appeal.round_id not in [one.round_id for one in committee_desk(member_id=office.pk).rows]
        with pytest.raises(ConflictOfInterestError):
            decide(round_id=appeal.round_id, decider=office, **REASONED)
        with pytest.raises(DatabaseError), transaction.atomic():
            ReaderAssignment.objects.create(round=appeal.round, reader=office)
        client.force_login(others[0])
        task = ReaderAssignment.objects.get(round=appeal.round, reader=others[0])
        read = client.get(reverse("accreditation:reading", args=[task.pk])).content.decode()
        for words in ("Nog geen polis.", "Ze is onderweg.", "De polis liep door."):
            assert words in read
        assert 'value="refused"' in read and 'value="more_information"' not in read
        with pytest.raises(CommitteeError, match="ja of nee"):
            give_opinion(
                assignment_id=task.pk, reader=others[0], **{**REFUSING, "outcome": "more_information"}
            )
        advised(appeal.round, REASONED, REASONED, REFUSING)
        draft = draft_letter(round=appeal.round, **REASONED)
        assert f"{gone.valid_until.year}" in draft.body
        decide(round_id=appeal.round_id, decider=others[1], **REASONED)
        back = Recognition.objects.standing().get(person=gone.person)
        today = timezone.localdate()
        assert (back.valid_from, back.valid_until, back.grace_until, back.renewal_from) == (
            today,
            gone.valid_until,
            gone.grace_until,
            gone.renewal_from,
        )
        assert current_status(back, today).status == "valid"
        assert Certificate.objects.filter(person=gone.person, revoked_at=None).count() == 1
    gone.refresh_from_db()
    assert gone.withdrawn_at is not None


def test_a_no_leaves_the_withdrawal_and_is_the_last_step(client, office):
    gone = withdrawn(office=office)
    others = members(3)
    appeal = appeal_withdrawal(recognition_id=gone.pk, person=gone.person, text="Ik ga niet akkoord.")
    advised(appeal.round, REFUSING, REFUSING, REFUSING)
    decision = decide(round_id=appeal.round_id, decider=others[0], **REFUSING)
    assert not Recognition.objects.standing().exists()
    assert "Binnen het netwerk is dit de laatste stap" in Letter.objects.get(decision=decision).body
    client.force_login(gone.person)
    page = client.get(reverse("accreditation:appeal", args=[letter_of(gone).pk])).content.decode()
    assert "Er is beslist over je bezwaar." in page
    assert appeal_withdrawal(recognition_id=gone.pk, person=gone.person, text="Nog eens.") == appeal
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WithdrawalAppeal.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        WithdrawalAppeal.objects.create(appeal=appeal, recognition=gone)


def test_refusals_are_clear_and_keep_what_was_typed(client, office):
    gone = withdrawn(office=office)
    with pytest.raises(AppealError, match="niet ingetrokken"):
        appeal_withdrawal(recognition_id=gone.pk, person=UserFactory(), text="Niet van mij.")
    with pytest.raises(AppealError, match="Een paar zinnen"):
        appeal_withdrawal(recognition_id=gone.pk, person=gone.person, text="  ")
    address = reverse("accreditation:appeal", args=[letter_of(gone).pk])
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert timezone.localdate() > last_day_to_object(gone)
        client.force_login(gone.person)
        answer = client.post(address, {"text": "Ik schrijf toch nog."})
        assert (answer.status_code, "tot en met" in answer.content.decode()) == (422, True)
    assert not Appeal.objects.exists()


def test_who_asked_for_the_end_has_nothing_to_appeal_against(client, office):
    gone = withdrawn(office=office, ground="own_request")
    assert "Dien bezwaar in" not in letter_of(gone).body
    with pytest.raises(AppealError, match="vroeg zelf"):
        appeal_withdrawal(recognition_id=gone.pk, person=gone.person, text="Toch niet.")
    client.force_login(gone.person)
    page = client.get(reverse("accreditation:appeal", args=[letter_of(gone).pk])).content.decode()
    assert "kan hier niet" in page


def test_who_read_before_sees_no_files_while_others_read_the_appeal(client, office):
    gone = withdrawn(office=office)
    members(3)
    before = ReaderAssignment.objects.filter(round=gone.decision.round).first()
    appeal = appeal_withdrawal(recognition_id=gone.pk, person=gone.person, text="Ik ga niet akkoord.")
    now = ReaderAssignment.objects.filter(round=appeal.round).first()
    for task, is_open in ((before, False), (now, True)):
        client.force_login(task.reader)
        page = client.get(reverse("accreditation:reading", args=[task.pk]))
        assert (page.status_code, page.context["open"]) == (200, is_open)
    client.force_login(before.reader)
    assert (
        client.get(reverse("accreditation:deciding", args=[gone.decision.round_id])).context["open"] is False
    )
