"""What the daily alarms tell holders and the office about the life of a recognition: each matter and stage once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accreditation.domain.alarms import run_alarms
from accreditation.domain.decisions import decide
from accreditation.domain.hearings import announce_withdrawal
from accreditation.domain.recognition_life import defer_renewal, meet_condition
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.models import Condition, Recognition
from people.enums import Role
from people.models import DigestItem, RoleGrant
from tests.factories.committee import REASONED, advised, handed_in, members
from tests.factories.people import user_with
from tests.factories.proof import make_recognition

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def office():
    return user_with(Role.NETWORK_STAFF)


def told(person, day=None):
    """Keys of the lines for a person, after the alarms ran on a day (today)."""
    if day is None:
        run_alarms()
    else:
        with time_machine.travel(timezone.now() + (day - timezone.localdate())):
            run_alarms()
    return sorted(DigestItem.objects.filter(person=person).values_list("key", flat=True))


def test_holder_hears_when_the_window_opens_when_a_month_is_left_and_in_the_grace(office):
    recognition = make_recognition()
    person, end = recognition.person, recognition.valid_until

    def key(stage):
        return f"renewal-{stage}:{recognition.pk}:{end}:{person.pk}"

    assert told(person) == []
    assert told(person, recognition.renewal_from - DAY) == []
    assert told(person, recognition.renewal_from) == [key("open")]
    # The last day but thirty, the last day itself, and twice on a day: nothing comes a second time.
    assert told(person, end - timedelta(days=31)) == [key("open")]
    assert told(person, end - timedelta(days=30)) == sorted([key("open"), key("month")])
    assert told(person, end) == sorted([key("open"), key("month")])
    assert told(person, end + DAY) == sorted([key("open"), key("month"), key("grace")])
    assert told(person, recognition.grace_until) == sorted([key("open"), key("month"), key("grace")])
    assert len(told(person, recognition.grace_until + DAY)) == 3
    texts = DigestItem.objects.filter(person=person)
    assert {line.path for line in texts} == {"/mijn/erkenning/verlengen/basic/"}
    assert "verlopen" in texts.get(key=key("grace")).text


def test_a_deferral_moves_the_reminders_along(office):
    recognition = make_recognition()
    first = recognition.renewal_from
    defer_renewal(recognition_id=recognition.pk, by=office, reason="parental_leave", months=4)
    recognition.refresh_from_db()
    assert told(recognition.person, first) == []
    (line,) = told(recognition.person, recognition.renewal_from)
    assert line == f"renewal-open:{recognition.pk}:{recognition.valid_until}:{recognition.person_id}"


def test_what_was_withdrawn_or_replaced_is_told_nothing(office):
    recognition = make_recognition()
    withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=office, reason="Op eigen vraag.")
    assert told(recognition.person, recognition.renewal_from) == []


def test_condition_is_told_a_month_before_and_when_its_day_passed(office):
    *_readers, decider = members(3)
    due = timezone.localdate() + timedelta(days=50)
    given = {**REASONED, "outcome": "conditional", "conditions": [("Stuur je polis", due)]}
    decide(round_id=advised(handed_in(), given, given).pk, decider=decider, **given)
    recognition, condition = Recognition.objects.get(), Condition.objects.get()
    person = recognition.person
    assert told(person, due - timedelta(days=31)) == []
    assert told(person, due - timedelta(days=30)) == [f"condition-soon:{condition.pk}:{person.pk}"]
    assert told(person, due) == [f"condition-soon:{condition.pk}:{person.pk}"]
    late = f"condition-late:{condition.pk}"
    assert f"{late}:{person.pk}" in told(person, due + DAY)
    assert DigestItem.objects.filter(person=office, key=f"{late}:{office.pk}").count() == 1
    meet_condition(condition_id=condition.pk, by=office)
    DigestItem.objects.all().delete()
    assert told(person, due + 2 * DAY) == []


def test_office_hears_of_a_hearing_that_is_ripe_and_of_a_mandate_that_ends(office):
    recognition = make_recognition()
    hearing = announce_withdrawal(
        recognition_id=recognition.pk, by=office, ground="criteria", reason="Geen intervisie."
    )
    assert f"hearing-ready:{hearing.pk}:{office.pk}" not in told(office)
    assert f"hearing-ready:{hearing.pk}:{office.pk}" in told(office, hearing.respond_by + DAY)
    (member,) = members(1)
    until = timezone.localdate() + timedelta(days=20)
    RoleGrant.objects.filter(user=member).update(valid_until=until)
    assert f"mandate-ends:{member.pk}:{until}:{office.pk}" in told(office)
