"""Invitations and messages: a real appointment, told once; and everybody gets what they chose."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from ledger.api import drain
from ledger.models import OutboxEvent
from lms.domain import seats
from lms.domain.invitations import news_of, remind_sessions, send_invitations
from lms.domain.messages import check_text, fill, save_template, send_message
from lms.domain.sessions import SessionPlan, cancel_session, change_session
from lms.enums import InvitationNews
from lms.exceptions import CohortError
from lms.models import CohortMessage, Invitation, Session
from people.api import Role
from people.domain.digest import send_digests
from people.domain.notices import choices_of, set_choices
from people.models import DigestItem
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def coming(**fields):
    cohort = CohortFactory(**fields)
    trainer = make_trainer()
    session = SessionFactory(
        cohort=cohort, starts_at=at(5), trainers=[trainer], updated_at=NOW - timedelta(days=1)
    )
    return cohort, session, trainer


def changed(session, trainer, **facts):
    plan = {
        "title": session.title,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "place": session.place,
        "trainer_ids": (trainer.pk,),
        **facts,
    }
    return change_session(session_id=session.pk, actor=trainer, plan=SessionPlan(**plan))


def events(message):
    """The appointments of a mail: method, UID, SEQUENCE, status."""
    found = []
    for part in message.message().walk():
        if part.get_content_type() == "text/calendar" and part.get_filename():
            calendar = Calendar.from_ical(part.get_payload(decode=True))
            event = calendar.walk("VEVENT")[0]
            assert part.get_param("method") == calendar["method"]
            found.append((str(calendar["method"]), str(event["uid"]), int(event["sequence"]), event))
    return found


def later(minutes=20):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def test_invitation_is_an_appointment_that_calendars_know(mailoutbox):
    cohort, session, _trainer = coming()
    member = enrolled(cohort).person
    assert send_invitations() == 2 and send_invitations() == 0
    drain()
    mail = next(message for message in mailoutbox if message.to == [member.email])
    ((method, uid, sequence, event),) = events(mail)
    assert (method, uid, sequence) == ("REQUEST", f"session-{session.uid}@{django_settings.SITE_HOST}", 0)
    assert event["dtstart"].to_ical().endswith(b"Z") and event["dtstart"].dt == session.starts_at
    assert member.email in str(event["attendee"]) and str(event["organizer"]).startswith("mailto:")
    inline = [part for part in mail.message().walk() if part.get_content_type() == "text/calendar"]
    assert len(inline) == 2


def test_changes_close_together_travel_once_with_a_higher_sequence(mailoutbox):
    cohort, session, trainer = coming()
    member = enrolled(cohort).person
    send_invitations(), drain(), mailoutbox.clear()
    changed(session, trainer, place="Elders")
    changed(session, trainer, place="Toch hier", starts_at=session.starts_at + timedelta(hours=1))
    assert send_invitations() == 0
    with later():
        assert send_invitations() == 2 and send_invitations() == 0
        drain()
    mail = next(message for message in mailoutbox if message.to == [member.email])
    ((method, _uid, sequence, event),) = events(mail)
    assert (method, sequence, str(event["location"])) == ("REQUEST", 2, "Toch hier")


def test_called_off_left_and_back_again_are_told(mailoutbox):
    cohort, session, trainer = coming(withdraw_until=timezone.localdate() + timedelta(days=3))
    member = enrolled(cohort).person
    send_invitations(), drain(), mailoutbox.clear()
    seats.leave_cohort(person=member, cohort_id=cohort.pk)
    assert send_invitations() == 1
    seats.take_seat(person=member, cohort_id=cohort.pk)
    assert send_invitations() == 1
    cancel_session(session_id=session.pk, actor=trainer)
    with later():
        assert send_invitations() == 2
        drain()
    mine = [events(message)[0][:3:2] for message in mailoutbox if message.to == [member.email]]
    assert mine == [("CANCEL", 1), ("REQUEST", 2), ("CANCEL", 3)]
    assert set(Invitation.objects.values_list("is_cancelled", flat=True)) == {True}


def test_many_sessions_come_in_one_mail_each_as_its_own_appointment(mailoutbox):
    cohort, _session, _trainer = coming()
    SessionFactory(cohort=cohort, starts_at=at(6), updated_at=NOW - timedelta(days=1))
    member = enrolled(cohort).person
    send_invitations(), drain()
    (mail,) = [message for message in mailoutbox if message.to == [member.email]]
    assert len({uid for _method, uid, _sequence, _event in events(mail)}) == 2


def test_everybody_gets_what_they_chose(mailoutbox):
    cohort, _session, _trainer = coming()
    mails, lines, nothing = (enrolled(cohort).person for _ in range(3))
    set_choices(person=lines, choices={"cohort_invitations": "digest", "onbekend": "none"})
    set_choices(person=nothing, choices={"cohort_invitations": "none", "cohort_messages": "none"})
    assert choices_of(nothing.pk)["cohort_messages"] == "mail"
    send_invitations(), drain()
    assert {message.to[0] for message in mailoutbox} & {lines.email, nothing.email} == set()
    assert DigestItem.objects.filter(person=lines).count() == 1
    assert not DigestItem.objects.filter(person=nothing).exists()
    assert any(message.to == [mails.email] for message in mailoutbox)


def test_no_mail_of_the_day_for_who_wants_none():
    cohort, session, _trainer = coming()
    person, other = enrolled(cohort).person, enrolled(cohort).person
    set_choices(person=person, choices={"digest": "none"})
    with time_machine.travel(session.starts_at - timedelta(days=1), tick=False):
        assert remind_sessions() == 2 and remind_sessions() == 2
        set_choices(person=other, choices={"cohort_reminders": "none"})
        assert DigestItem.objects.count() == 2
        assert send_digests() == 1


@given(
    st.dictionaries(st.integers(1, 6), st.integers(0, 4)),
    st.dictionaries(st.integers(1, 6), st.tuples(st.integers(0, 4), st.integers(0, 9), st.booleans())),
)
@settings(deadline=None)
def test_telling_settles_and_sequences_grow(wanted, rows):
    known = [(session, *row) for session, row in rows.items()]
    news = news_of(wanted, known)
    after = dict(rows)
    for one in news:
        if one.session_id in rows:
            assert one.sequence > rows[one.session_id][1]
        after[one.session_id] = (one.told, one.sequence, one.what == InvitationNews.OFF)
    assert news_of(wanted, [(session, *row) for session, row in after.items()]) == ()
    assert {session for session, row in after.items() if not row[2]} == set(wanted)


def test_message_goes_once_and_is_filled_in_for_each(mailoutbox):
    cohort, _session, trainer = coming(name="Groep {voornaam}")
    member = enrolled(cohort, first_name="{plaats}").person
    key = uuid.uuid4()
    for _time in range(2):
        send_message(
            cohort_id=cohort.pk,
            actor=trainer,
            subject="Dag {groep}",
            body="Dag {voornaam}, tot dan.",
            key=key,
        )
    drain()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([member.email], "Dag Groep {voornaam}")
    assert mail.body.startswith("Dag {plaats}, tot dan.")
    assert CohortMessage.objects.get().recipients == 1
    payload = OutboxEvent.objects.get(key__startswith="cohort-message").payload
    assert "tot dan" not in str(payload)


@pytest.mark.parametrize("text", ["{naam}", "{}", "{voornaam.password}", "{0}"])
def test_unknown_placeholder_is_named(text):
    with pytest.raises(CohortError) as caught:
        check_text(text)
    assert caught.value.code == "unknown_placeholder"


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["voornaam", "groep"]), st.text(max_size=8)))
@settings(deadline=None)
def test_filling_never_fails_and_leaves_other_text_alone(text, facts):
    if "{" not in text:
        assert fill(text, facts) == text
    fill(text, facts)


def test_trainer_writes_from_a_template_and_nobody_is_told_twice(client):
    cohort, _session, trainer = coming()
    client.force_login(trainer)
    save_template(actor=trainer, name="Lunch", subject="Lunch", body="Breng iets mee, {voornaam}.")
    address = f"/begeleiding/groepen/{cohort.pk}/bericht/"
    page = client.get(f"{address}?sjabloon=welkom").content.decode()
    assert "Welkom in {groep}" in page and "Lunch" in page
    facts = {"subject": "Hallo", "body": "Dag {voornaam}", "key": str(uuid.uuid4())}
    assert client.post(address, facts).status_code == 422
    member = enrolled(cohort).person
    assert trainer.first_name in client.post(address, {**facts, "kijk": "1"}).content.decode()
    assert client.post(address, {**facts, "body": "{wat}"}).status_code == 422
    for _time in range(2):
        assert client.post(address, {**facts, "keep_as": "Hallo"}).status_code == 302
    assert CohortMessage.objects.count() == 1
    client.force_login(member)
    assert "Hallo" in client.get(f"/mijn/groepen/{cohort.pk}/").content.decode()


def test_choices_are_kept_on_the_screen(client):
    person = UserFactory()
    client.force_login(person)
    assert "Dit sturen we altijd" in client.get("/mijn/berichten/").content.decode()
    choices = {key: way.value for key, way in choices_of(person.pk).items() if key != "seats"}
    client.post("/mijn/berichten/", {**choices, "cohort_invitations": "none"})
    assert choices_of(person.pk)["cohort_invitations"] == "none"
    assert client.post("/mijn/berichten/", {**choices, "digest": "altijd"}).status_code == 422


@pytest.mark.parametrize("people", [2, 12])
def test_looking_who_to_tell_does_not_grow_with_the_people(people, django_assert_num_queries):
    cohort, _session, _trainer = coming()
    for _ in range(people):
        enrolled(cohort)
    send_invitations()
    with django_assert_num_queries(5):
        assert send_invitations() == 0


def test_staff_see_the_page_to_write(client):
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert client.get(f"/begeleiding/groepen/{CohortFactory().pk}/bericht/").status_code == 200
    assert Session.objects.count() == 0
