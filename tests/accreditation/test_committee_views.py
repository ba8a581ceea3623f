"""The committee's and the office's screens: who may open what, what a page holds, how many queries it costs."""

import pytest
from django.urls import reverse

from accreditation.models import (
    Decision,
    Dossier,
    DossierRound,
    Letter,
    Opinion,
    ReaderAssignment,
    Recognition,
)
from accreditation.rules import can_read_evidence
from people.domain.roles import end_role
from people.enums import Role
from people.models import User
from tests.factories.committee import REASONED, REFUSING, advised, handed_in, members, readers_of
from tests.factories.people import OrganisationFactory, ProfileFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

QUEUE = "/commissie/"


def reading_url(reader):
    return reverse("accreditation:reading", args=[ReaderAssignment.objects.active().get(reader=reader).pk])


def deciding_url(round):
    return reverse("accreditation:deciding", args=[round.pk])


def tie(*people):
    employer = OrganisationFactory()
    for person in people:
        ProfileFactory(user=person, employer=employer)


@pytest.fixture
def decided(client):
    """A granted round with its people."""
    *_readers, decider = members(3)
    round = advised(handed_in(first_name="Mira"))
    from accreditation.domain.decisions import decide

    decide(round_id=round.pk, decider=decider, **REASONED)
    return round


# --- every address, every role -------------------------------------------------------------------------------

ROLES = {
    None: "sign in",
    Role.LEARNER: "learner",
    Role.TRAINER: "trainer",
    Role.TEAM_COORDINATOR: "coordinator",
    Role.AUTHOR: "author",
    Role.COMMITTEE_MEMBER: "member",
    Role.NETWORK_STAFF: "staff",
}


@pytest.mark.parametrize("role", list(ROLES))
def test_addresses_open_for_their_role_only(client, decided, role):
    """302: sign in first. 403: not this role. 404: the role fits, the thing is somebody else's."""
    task = ReaderAssignment.objects.first()
    recognition = Recognition.objects.get()
    letter = Letter.objects.get()
    committee, staff = {Role.COMMITTEE_MEMBER}, {Role.NETWORK_STAFF}
    table = [
        ("get", QUEUE, committee, 200),
        ("get", f"/commissie/lezen/{task.pk}/", committee, 404),
        ("post", f"/commissie/lezen/{task.pk}/", committee, 404),
        ("post", f"/commissie/lezen/{task.pk}/band/", committee, 404),
        ("get", f"/commissie/beslissen/{decided.pk}/", committee, 200),
        ("post", f"/commissie/beslissen/{decided.pk}/", committee, 422),
        ("post", f"/commissie/beslissen/{decided.pk}/band/", committee, 302),
        ("get", "/netwerk/erkenningen/", staff, 200),
        ("get", f"/netwerk/erkenningen/{recognition.pk}/intrekken/", staff, 200),
        ("post", f"/netwerk/erkenningen/{recognition.pk}/intrekken/", staff, 422),
        ("get", "/netwerk/wachtende-dossiers/", staff, 200),
        ("post", "/netwerk/wachtende-dossiers/lezers/", staff, 302),
    ]
    if role is not None:
        client.force_login(user_with(role))
    for method, url, allowed, answer in table:
        expected = 302 if role is None else (answer if role in allowed else 403)
        assert getattr(client, method)(url).status_code == expected, (method, url)
    for url, own in (("/mijn/erkenning/", 200), (f"/mijn/erkenning/brief/{letter.pk}/", 404)):
        assert client.get(url).status_code == (302 if role is None else own), url
    assert Decision.objects.count() == Recognition.objects.filter(withdrawn_at=None).count() == 1


def test_applicant_who_is_member_meets_a_closed_door(client):
    applicant = user_with(Role.COMMITTEE_MEMBER)
    members(2)
    round = advised(handed_in(applicant))
    client.force_login(applicant)
    assert client.get(deciding_url(round)).status_code == 404
    assert client.post(deciding_url(round), {**REASONED, "step": "send"}).status_code == 404
    assert applicant.full_name not in client.get(QUEUE).content.decode().split("<main", 1)[1]
    assert Decision.objects.count() == 0


def test_conflicted_member_sees_neither_dossier_nor_outcome(client):
    tied, first, second = members(3)
    applicant = UserFactory(last_name="Geheimpje")
    tie(tied, applicant)
    round = advised(handed_in(applicant))
    assert readers_of(round) == [first, second]
    client.force_login(tied)
    page = client.get(QUEUE).content.decode()
    assert "Geheimpje" not in page
    assert "0 dossiers" in page
    unknown = client.get("/commissie/beslissen/999999/")
    closed = client.get(deciding_url(round))
    assert (closed.status_code, unknown.status_code) == (404, 404)


def test_conflict_with_a_new_mandate_hides_before_anything_is_recorded(client):
    members(2)
    applicant = UserFactory(last_name="Geheimpje")
    round = handed_in(applicant)
    newcomer = user_with(Role.COMMITTEE_MEMBER)
    tie(newcomer, applicant)
    client.force_login(newcomer)
    assert "Geheimpje" not in client.get(QUEUE).content.decode()
    assert client.get(deciding_url(round)).status_code == 404


def test_mandate_that_ends_mid_reading_closes_the_desk(client):
    first, _second = members(2)
    handed_in()
    client.force_login(first)
    url = reading_url(first)
    assert client.get(url).status_code == 200
    end_role(user=first, role=Role.COMMITTEE_MEMBER, ended_by=None)
    client.force_login(first)
    assert client.get(url).status_code == 403
    assert client.post(url, REASONED).status_code == 403
    assert Opinion.objects.count() == 0


# --- reading -------------------------------------------------------------------------------------------------


def test_reading_desk_shows_the_frozen_dossier(client):
    first, _second = members(2)
    handed_in(last_name="Zeldzaam")
    client.force_login(first)
    page = client.get(reading_url(first)).content.decode()
    for words in ("Zeldzaam", "Basisopleiding", "Opleiding perinatale zorg", "Jouw advies"):
        assert words in page


def test_other_opinion_is_not_in_the_page_until_both_are_in(client):
    first, second = members(2)
    round = handed_in()
    secret = {**REFUSING, "text": "Woord dat niemand mag zien."}
    client.force_login(second)
    assert client.post(reading_url(second), secret).status_code == 302
    client.force_login(first)
    assert secret["text"] not in client.get(reading_url(first)).content.decode()
    assert secret["text"] not in client.get(deciding_url(round)).content.decode()
    assert client.post(reading_url(first), REASONED).status_code == 302
    assert secret["text"] in client.get(reading_url(first)).content.decode()


def test_refused_opinion_keeps_what_was_typed(client):
    first, _second = members(2)
    handed_in()
    client.force_login(first)
    answer = client.post(reading_url(first), {"outcome": "granted", "text": "Mooi dossier, echt."})
    assert answer.status_code == 422
    assert "Mooi dossier, echt." in answer.content.decode()
    assert Opinion.objects.count() == 0


def test_stepping_aside_closes_the_dossier_for_good(client):
    first, second, third = members(3)
    round = handed_in()
    client.force_login(first)
    url = reading_url(first)
    assert client.post(f"{url}band/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}band/", {"reason": "We zijn buren."}).status_code == 302
    assert client.get(url).status_code == 404
    assert client.get(deciding_url(round)).status_code == 404
    assert readers_of(round) == [second, third]


def test_relation_after_assignment_hands_over_kindly(client):
    first, second, third = members(3)
    round = handed_in()
    tie(first, round.dossier.person)
    client.force_login(first)
    url = reading_url(first)
    page = client.get(url)
    assert (page.status_code, "Diploma" in page.content.decode()) == (403, False)
    assert client.post(url, REASONED).status_code == 302
    assert readers_of(round) == [second, third]


def test_evidence_opens_for_assigned_readers_and_for_deciders_when_ripe():
    first, second, third = members(3)
    round = handed_in()
    (diploma,) = round.dossier.person.evidence.filter(kind="diploma")
    assert can_read_evidence(first, diploma)
    assert not can_read_evidence(third, diploma)
    advised(round)
    assert can_read_evidence(third, diploma)
    tie(third, round.dossier.person)
    assert not can_read_evidence(third, diploma)
    from accreditation.domain.decisions import decide

    decide(round_id=round.pk, decider=second, **REASONED)
    assert not can_read_evidence(first, diploma)


# --- deciding ------------------------------------------------------------------------------------------------


def test_decision_goes_through_the_letter(client):
    *_readers, decider = members(3)
    round = advised(handed_in(first_name="Mira"))
    client.force_login(decider)
    page = client.post(deciding_url(round), {**REASONED, "step": "letter"}).content.decode()
    assert "Dag Mira," in page and "Ben je het er niet mee eens?" in page
    assert Decision.objects.count() == 0
    edited = client.post(deciding_url(round), {**REASONED, "step": "edit"}).content.decode()
    assert REASONED["text"] in edited and "Naar de brief" in edited
    sent = {**REASONED, "step": "send", "letter_body": "Dag Mira, proficiat."}
    assert client.post(deciding_url(round), sent).status_code == 302
    assert client.post(deciding_url(round), sent).status_code == 302
    assert Letter.objects.get().body.startswith("Dag Mira, proficiat.")
    assert "De brief die verstuurd is" in client.get(deciding_url(round)).content.decode()


def test_too_long_letter_stays_on_the_letter(client):
    *_readers, decider = members(3)
    round = advised(handed_in())
    client.force_login(decider)
    answer = client.post(deciding_url(round), {**REASONED, "step": "send", "letter_body": "woord " * 2000})
    assert (answer.status_code, "woord woord" in answer.content.decode()) == (422, True)
    assert Decision.objects.count() == 0


def test_second_decider_sees_a_conflict_page(client, decided):
    late = user_with(Role.COMMITTEE_MEMBER)
    client.force_login(late)
    answer = client.post(deciding_url(decided), {**REFUSING, "step": "send"})
    assert (answer.status_code, "Iemand was je voor" in answer.content.decode()) == (409, True)
    assert Decision.objects.get().outcome == "granted"


# --- office and professional -----------------------------------------------------------------------------------


def test_withdrawal_in_two_steps(client, decided):
    recognition = Recognition.objects.get()
    url = reverse("accreditation:withdraw", args=[recognition.pk])
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    recognition.refresh_from_db()
    assert recognition.withdrawn_at is None
    assert client.post(url, {"reason": "Op eigen vraag."}).status_code == 302
    assert client.post(url, {"reason": "Op eigen vraag."}).status_code == 302
    assert Letter.objects.filter(kind="withdrawal").count() == 1
    assert "al ingetrokken" in client.get(url).content.decode()


def test_staff_finds_by_name_level_and_status(client, decided):
    client.force_login(user_with(Role.NETWORK_STAFF))
    person = decided.dossier.person
    for query, found in (
        (f"?zoek={person.last_name}", True),
        ("?zoek=niemand-heet-zo", False),
        ("?niveau=specialised", False),
        ("?status=valid", True),
        ("?status=withdrawn", False),
        ("?status=nonsense&bladzijde=99", True),
    ):
        page = client.get(f"/netwerk/erkenningen/{query}").content.decode()
        assert (person.full_name in page.split("<table", 1)[-1] and "<table" in page) == found, query


def test_professional_reads_status_and_letter(client, decided):
    client.force_login(decided.dossier.person)
    page = client.get("/mijn/erkenning/").content.decode()
    assert "Perinatale mentale basiszorgverlener" in page and "Geldig" in page
    assert "Goed nieuws" in client.get(f"/mijn/erkenning/brief/{Letter.objects.get().pk}/").content.decode()


def test_office_seeks_readers_again(client):
    round = handed_in()
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert "0 van 2 lezers" in client.get("/netwerk/wachtende-dossiers/").content.decode()
    everybody = members(2)
    client.post("/netwerk/wachtende-dossiers/lezers/")
    assert readers_of(round) == everybody


# --- queries ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dossiers", [1, 3])
def test_queue_costs_the_same_whatever_its_length(client, django_assert_num_queries, dossiers):
    first, *_others = members(3)
    for _ in range(dossiers):
        handed_in()
    client.force_login(first)
    with django_assert_num_queries(QUEUE_QUERIES):
        client.get(QUEUE)


def test_queue_of_five_hundred_costs_the_same_and_shows_a_page(client, django_assert_num_queries):
    reader, _second, other = members(3)
    many(handed_in(), 499)
    sizes = {}
    for who in (reader, other):
        client.force_login(who)
        client.get(QUEUE)
        with django_assert_num_queries(QUEUE_QUERIES):
            page = client.get(QUEUE).content.decode()
        assert "bladzijde=2" in page
        sizes[who] = len(page)
    assert sizes[other] < 100_000


def many(round, count):
    """Copies of a round under way, each of somebody else, with the same readers."""
    readers = list(ReaderAssignment.objects.active().filter(round=round).values_list("reader_id", flat=True))
    people = User.objects.bulk_create(
        User(email=f"veel{number}@voorbeeld.test", first_name="Veel", last_name=f"Takje{number}")
        for number in range(count)
    )
    skip = {"id", "person", "dossier", "public_id"}

    def copied(row):
        fields = [field for field in row._meta.concrete_fields if field.name not in skip]
        return {field.attname: getattr(row, field.attname) for field in fields}

    dossiers = Dossier.objects.bulk_create(
        Dossier(**copied(round.dossier), person=person) for person in people
    )
    rounds = DossierRound.objects.bulk_create(
        DossierRound(**copied(round), dossier=dossier) for dossier in dossiers
    )
    ReaderAssignment.objects.bulk_create(
        ReaderAssignment(round=one, reader_id=reader) for one in rounds for reader in readers
    )


@pytest.mark.parametrize("dossiers", [1, 3])
def test_recognition_list_costs_the_same_whatever_its_length(client, django_assert_num_queries, dossiers):
    from accreditation.domain.decisions import decide

    *_readers, decider = members(3)
    for _ in range(dossiers):
        decide(round_id=advised(handed_in()).pk, decider=decider, **REASONED)
    client.force_login(user_with(Role.NETWORK_STAFF))
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/netwerk/erkenningen/")


def test_reading_desk_stays_under_twenty_queries(client, django_assert_num_queries):
    first, _second = members(2)
    handed_in()
    client.force_login(first)
    url = reading_url(first)
    with django_assert_num_queries(DESK_QUERIES):
        client.get(url)


QUEUE_QUERIES = 13
LIST_QUERIES = 6
DESK_QUERIES = 17
