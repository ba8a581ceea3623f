"""The meeting, clear cases together, appeals and alarms: exact results, also when a quorum or a clock fails."""

from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accreditation.domain.alarms import run_alarms
from accreditation.domain.appeals import last_day_to_appeal, lodge_appeal
from accreditation.domain.batch import clear_cases, decide_batch
from accreditation.domain.decisions import decide
from accreditation.domain.dossiers import open_dossier
from accreditation.domain.meetings import (
    adjourn_item,
    ask_for_meeting,
    call_meeting,
    close_meeting,
    decide_item,
    in_room,
    open_meeting,
    set_room,
)
from accreditation.domain.minutes import minutes_for
from accreditation.domain.opinions import give_opinion
from accreditation.domain.queries.committee import committee_desk
from accreditation.exceptions import (
    AppealError,
    CommitteeError,
    ConflictOfInterestError,
    DecisionConflictError,
)
from accreditation.models import (
    AgendaItem,
    Appeal,
    Attendee,
    CommitteeMeeting,
    Decision,
    DossierRound,
    Letter,
    Opinion,
    ReaderAssignment,
    Recognition,
)
from people.domain.roles import end_role
from people.enums import Role
from people.models import DigestItem
from tests.factories.committee import REASONED, REFUSING, advised, handed_in, members, readers_of
from tests.factories.people import OrganisationFactory, ProfileFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def soon(**delta):
    return timezone.now() + timedelta(**(delta or {"hours": 1}))


def divided(**fields):
    """A round on which three readers say three things, or two where there is no third."""
    round = advised(handed_in(**fields), REASONED, REFUSING)
    third = ReaderAssignment.objects.active().filter(round=round, opinion=None).first()
    if third is not None:
        words = {**REFUSING, "outcome": "more_information"}
        give_opinion(assignment_id=third.pk, reader=third.reader, **words)
    return round


def running(caller, *others):
    meeting = call_meeting(called_by=caller, starts_at=soon(), place="Zaal Nest")
    open_meeting(meeting_id=meeting.pk, by=caller)
    set_room(meeting_id=meeting.pk, by=caller, member_ids=[caller.pk, *(one.pk for one in others)])
    meeting.refresh_from_db()
    return meeting


def tie(*people):
    employer = OrganisationFactory()
    for person in people:
        ProfileFactory(user=person, employer=employer)


# --- meeting --------------------------------------------------------------------------------------------------


def test_what_readers_could_not_settle_comes_on_the_agenda_by_itself():
    caller, *_others = members(3)
    round = divided()
    meeting = call_meeting(called_by=caller, starts_at=soon(days=3), place="Zaal Nest")
    assert [(one.round_id, one.reason) for one in meeting.items.all()] == [(round.pk, "disagreement")]
    same = call_meeting(called_by=caller, starts_at=meeting.starts_at, place="Zaal Nest")
    assert (same.pk, meeting.items.count()) == (meeting.pk, 1)
    for wrong in (
        {"starts_at": soon(days=-3), "place": "Zaal Nest"},
        {"starts_at": soon(days=4), "place": "  "},
        {"starts_at": meeting.starts_at, "place": "Elders"},
    ):
        with pytest.raises(CommitteeError):
            call_meeting(called_by=caller, **wrong)
    with pytest.raises(CommitteeError, match="mandaat"):
        call_meeting(called_by=UserFactory(), starts_at=soon(days=5), place="Zaal")


def test_meeting_decides_with_a_quorum_and_writes_who_was_there():
    everybody = members(4)
    tied = everybody[3]
    applicant = UserFactory()
    tie(tied, applicant)
    divided(person=applicant)
    meeting = running(*everybody)
    item = meeting.items.get()
    with pytest.raises(CommitteeError, match="niet in de zaal"):
        decide_item(item_id=item.pk, decider=tied, **REASONED)
    decision = decide_item(item_id=item.pk, decider=everybody[0], **REASONED)
    item.refresh_from_db()
    assert (item.decision, item.in_room, item.left_room) == (
        decision,
        sorted(one.pk for one in everybody[:3]),
        [tied.pk],
    )
    assert Recognition.objects.get().decision == decision
    with pytest.raises(DecisionConflictError):
        decide_item(item_id=item.pk, decider=everybody[1], **REFUSING)
    with pytest.raises(DatabaseError, match="decided"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(left_room=[])


def test_quorum_lost_during_the_meeting_decides_nothing():
    everybody = members(3)
    round = divided()
    meeting = running(*everybody)
    item = meeting.items.get()
    set_room(meeting_id=meeting.pk, by=everybody[0], member_ids=[one.pk for one in everybody[:2]])
    with pytest.raises(CommitteeError, match="er moeten er 3 zijn"):
        decide_item(item_id=item.pk, decider=everybody[0], **REASONED)
    assert not Decision.objects.filter(round=round).exists()
    set_room(meeting_id=meeting.pk, by=everybody[0], member_ids=[one.pk for one in everybody])
    end_role(user=everybody[2], role=Role.COMMITTEE_MEMBER, ended_by=None)
    with pytest.raises(CommitteeError, match="er moeten er 3 zijn"):
        decide_item(item_id=item.pk, decider=everybody[0], **REASONED)
    assert Attendee.objects.filter(meeting=meeting, member=everybody[2]).count() == 2


def test_closing_freezes_the_minutes_and_puts_off_the_rest():
    everybody = members(3)
    round = divided()
    meeting = running(*everybody)
    with pytest.raises(CommitteeError, match="zodra"):
        minutes_for(meeting, viewer=everybody[0])
    first, second = (close_meeting(meeting_id=meeting.pk, by=everybody[0]) for _ in range(2))
    assert first.closed_at == second.closed_at
    item = AgendaItem.objects.get()
    assert item.adjourned_at is not None and in_room(first) == frozenset()
    told = minutes_for(first, viewer=everybody[1])
    assert (told.items[0].outcome, told.items[0].applicant) == ("", round.dossier.person.full_name)
    for change in ({"minutes": {}}, {"closed_at": None}):
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            CommitteeMeeting.objects.filter(pk=meeting.pk).update(**change)
    for verb in (
        lambda: set_room(meeting_id=meeting.pk, by=everybody[0], member_ids=[]),
        lambda: open_meeting(meeting_id=meeting.pk, by=everybody[0]),
        lambda: adjourn_item(item_id=item.pk, by=everybody[0]),
        lambda: ask_for_meeting(meeting_id=meeting.pk, round_id=round.pk, member=everybody[0]),
        lambda: decide_item(item_id=item.pk, decider=everybody[0], **REASONED),
    ):
        with pytest.raises(CommitteeError):
            verb()
    following = call_meeting(called_by=everybody[0], starts_at=soon(days=9), place="Zaal Nest")
    assert following.items.get().round == round


def test_screens_of_a_meeting_tell_a_tied_member_nothing(client):
    everybody = members(4)
    applicant = UserFactory(last_name="Geheimpje")
    tie(everybody[3], applicant)
    round = divided(person=applicant)
    meeting = running(*everybody)
    item = meeting.items.get()
    url = reverse("accreditation:meeting", args=[meeting.pk])
    item_url = reverse("accreditation:agenda_item", args=[meeting.pk, item.pk])
    client.force_login(everybody[3])
    page = client.get(url).content.decode()
    assert "Punt zonder jou" in page and "Geheimpje" not in page
    assert client.get(item_url).status_code == 404
    assert client.post(f"{item_url}verdaag/").status_code == 404
    client.force_login(everybody[0])
    assert "Geheimpje" in client.get(url).content.decode()
    assert "Verlaat de zaal" in client.get(item_url).content.decode()
    assert client.post(item_url, {**REASONED, "text": "", "step": "letter"}).status_code == 422
    letter = client.post(item_url, {**REASONED, "step": "letter"}).content.decode()
    assert "De brief aan" in letter
    assert client.post(item_url, {**REASONED, "step": "send"}).status_code == 302
    assert client.post(item_url, {**REFUSING, "step": "send"}).status_code == 409
    assert client.post(f"{url}sluit/").status_code == 302
    own = minutes_for(CommitteeMeeting.objects.get(), viewer=everybody[0]).items[0]
    assert (own.outcome, own.left_room) == ("erkenning toekennen", everybody[3].full_name)
    assert minutes_for(CommitteeMeeting.objects.get(), viewer=everybody[3]).items[0].closed
    assert Decision.objects.get().round == round


def test_minutes_are_a_pdf_without_what_the_reader_may_not_know(client):
    everybody = members(4)
    applicant = UserFactory(last_name="Geheimpje")
    tie(everybody[3], applicant)
    divided(person=applicant)
    meeting = running(*everybody)
    decide_item(item_id=meeting.items.get().pk, decider=everybody[0], **REASONED)
    close_meeting(meeting_id=meeting.pk, by=everybody[0])
    texts = []
    for reader in (everybody[0], everybody[3]):
        client.force_login(reader)
        answer = client.get(reverse("accreditation:minutes", args=[meeting.pk]))
        assert answer["Content-Type"] == "application/pdf"
        texts.append(
            "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.content))
        )
    assert "Geheimpje" in texts[0] and "Zaal Nest" in texts[0]
    assert "Geheimpje" not in texts[1] and "Punt waarvoor je de zaal verliet" in texts[1]


@pytest.mark.parametrize("items", [1, 4])
def test_meeting_page_costs_the_same_whatever_its_agenda(client, django_assert_num_queries, items):
    everybody = members(3)
    for _ in range(items):
        divided()
    meeting = running(*everybody)
    client.force_login(everybody[0])
    with django_assert_num_queries(22):
        client.get(reverse("accreditation:meeting", args=[meeting.pk]))


def test_meetings_page_plans_and_keeps_what_was_typed(client):
    (caller,) = members(1)
    client.force_login(caller)
    past = {"day": "2020-01-01", "time": "19:00", "place": "Zaal Nest"}
    answer = client.post("/commissie/vergaderingen/", past)
    assert (answer.status_code, "Zaal Nest" in answer.content.decode()) == (422, True)
    day = str(timezone.localdate() + timedelta(days=8))
    assert client.post("/commissie/vergaderingen/", {**past, "day": day}).status_code == 302
    assert "Gepland" in client.get("/commissie/vergaderingen/").content.decode()
    assert CommitteeMeeting.objects.get().quorum == 3


# --- clear cases together ---------------------------------------------------------------------------------------


def test_batch_decides_what_all_readers_granted_and_nothing_else(client):
    everybody = members(3)
    clear = [advised(handed_in()) for _ in range(2)]
    refused = advised(handed_in(), REFUSING, REFUSING)
    waiting = handed_in()
    own = UserFactory()
    tie(everybody[2], own)
    hidden = advised(handed_in(own))
    decider = everybody[2]
    assert [one.round for one in clear_cases(member_id=decider.pk)] == clear
    result = decide_batch(
        round_ids=[*(one.pk for one in clear), refused.pk, waiting.pk, hidden.pk, 999999], decider=decider
    )
    assert (result.decided, result.refused, result.gone) == (2, (), 4)
    assert Letter.objects.filter(kind="decision").count() == Recognition.objects.count() == 2
    assert decide_batch(round_ids=[one.pk for one in clear], decider=decider).gone == 2
    client.force_login(decider)
    assert client.post("/commissie/samen-beslissen/", {}).status_code == 302
    late = client.post("/commissie/samen-beslissen/", {"round": [clear[0].pk, "x"]})
    assert (late.status_code, "iemand was je voor" in late.content.decode()) == (409, True)


@pytest.mark.parametrize("cases", [1, 3])
def test_batch_page_costs_the_same_whatever_its_length(client, django_assert_num_queries, cases):
    *_readers, decider = members(3)
    for _ in range(cases):
        advised(handed_in())
    client.force_login(decider)
    with django_assert_num_queries(10):
        client.get("/commissie/samen-beslissen/")


# --- appeal -----------------------------------------------------------------------------------------------------


@pytest.fixture
def refused():
    """A refusal with the people who made it, and three who did not."""
    first, second, decider = members(3)
    round = advised(handed_in(first_name="Mira"), REFUSING, REFUSING)
    decision = decide(round_id=round.pk, decider=decider, **REFUSING)
    return decision, [first, second, decider], members(3)


def fresh_round(appeal):
    return DossierRound.objects.select_related("appeal").get(pk=appeal.round_id)


def test_appeal_is_read_by_others_and_ends_here(refused):
    decision, spoke, others = refused
    person = decision.round.dossier.person
    appeal = lodge_appeal(decision_id=decision.pk, person=person, text="Mijn opleiding telt wel.")
    assert lodge_appeal(decision_id=decision.pk, person=person, text="Nog eens.") == appeal
    assert readers_of(appeal.round) == others
    assert appeal.round.snapshot == decision.round.snapshot
    assert Letter.objects.get(kind="appeal").subject == f"appeal:{appeal.pk}"
    for who in spoke:
        assert appeal.round_id not in [one.round_id for one in committee_desk(member_id=who.pk).rows]
        with pytest.raises(ConflictOfInterestError):
            decide(round_id=appeal.round_id, decider=who, **REASONED)
        with pytest.raises(DatabaseError, match="other members"), transaction.atomic():
            ReaderAssignment.objects.create(round=appeal.round, reader=who)
    advised(appeal.round, REASONED, REASONED, REFUSING)
    outcome = decide(round_id=appeal.round_id, decider=others[0], **REASONED)
    recognition = Recognition.objects.get()
    assert (recognition.decision, recognition.person) == (outcome, person)
    body = Letter.objects.get(decision=outcome).body
    assert "Binnen het netwerk is dit de laatste stap" in body and "Ben je het er niet mee eens" not in body
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Appeal.objects.update(text="Anders.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.create(
            assignment=ReaderAssignment.objects.filter(round=appeal.round).first(),
            outcome="granted",
            text="x",
        )


def test_appeal_has_a_last_day_and_clear_refusals(refused, client):
    decision, _spoke, _others = refused
    person = decision.round.dossier.person
    letter = Letter.objects.get(decision=decision)
    client.force_login(person)
    assert "Dien bezwaar in" in client.get(f"/mijn/erkenning/brief/{letter.pk}/").content.decode()
    url = reverse("accreditation:appeal", args=[letter.pk])
    assert client.post(url, {"text": " "}).status_code == 422
    with pytest.raises(AppealError):
        lodge_appeal(decision_id=decision.pk, person=UserFactory(), text="Niet van mij.")
    open_dossier(person=person, level="basic")
    answer = client.post(url, {"text": "Ik ben het niet eens."})
    assert (answer.status_code, "Ik ben het niet eens." in answer.content.decode()) == (422, True)
    person.dossiers.filter(stage="collecting").delete()
    last = last_day_to_appeal(decision)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert timezone.localdate() > last
        client.force_login(person)
        assert "kan hier niet" in client.get(url).content.decode()
        with pytest.raises(AppealError, match="tot en met"):
            lodge_appeal(decision_id=decision.pk, person=person, text="Te laat.")
    client.force_login(person)
    assert client.post(url, {"text": "Ik ben het niet eens."}).status_code == 302
    page = client.get(url).content.decode()
    assert "Je bezwaar wordt gelezen." in page
    assert client.post(url, {"text": "Ik ben het niet eens."}).status_code == 302
    assert Appeal.objects.count() == 1


def test_nobody_loses_by_an_appeal_against_conditions():
    *_readers, decider = members(3)
    others = members(3)
    day = timezone.localdate() + timedelta(days=20)
    given = {**REASONED, "outcome": "conditional", "conditions": [("Stuur je polis", day)]}
    decision = decide(
        round_id=advised(handed_in(), given, given).pk,
        decider=decider,
        **given,
    )
    assert set(others).isdisjoint(readers_of(decision.round))
    person = decision.round.dossier.person
    appeal = lodge_appeal(decision_id=decision.pk, person=person, text="Mijn polis is er al.")
    (task, *_rest) = ReaderAssignment.objects.active().filter(round=appeal.round)
    with pytest.raises(CommitteeError, match="verliest niets"):
        give_opinion(assignment_id=task.pk, reader=task.reader, **REFUSING)
    advised(appeal.round, REASONED, REASONED, REASONED)
    decide(round_id=appeal.round_id, decider=readers_of(appeal.round)[0], **REASONED)
    assert Recognition.objects.standing().get(person=person).decision.outcome == "granted"
    with pytest.raises(AppealError, match="niets om bezwaar"):
        lodge_appeal(decision_id=appeal.round.decision.pk, person=person, text="Nog eens.")


# --- alarms -----------------------------------------------------------------------------------------------------


def test_alarms_tell_each_matter_once_even_when_the_clock_jumps():
    first, second = members(2)
    office = user_with(Role.NETWORK_STAFF)
    handed_in()
    run_alarms()
    assert DigestItem.objects.count() == 0
    for days in (15, 15, 22, 15, 61, 62):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            run_alarms()
    told = sorted(DigestItem.objects.values_list("person_id", "key"))
    tasks = {one.reader_id: one.pk for one in ReaderAssignment.objects.all()}
    round = DossierRound.objects.get()
    assert told == sorted(
        [
            *(
                (who.pk, f"reading-{stage}:{tasks[who.pk]}:{who.pk}")
                for who in (first, second)
                for stage in ("soon", "late")
            ),
            (office.pk, f"round-late:{round.pk}:{office.pk}"),
        ]
    )


def test_alarms_seek_readers_again_for_what_waits():
    (only,) = members(1)
    office = user_with(Role.NETWORK_STAFF)
    round = handed_in()
    run_alarms()
    assert DigestItem.objects.get().key == f"round-waits:{round.pk}:{office.pk}"
    (another,) = members(1)
    run_alarms()
    assert readers_of(round) == [only, another]
