"""Screens of the committee and of the life of a recognition: desks, meetings, questions, appeals, renewal."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accreditation.domain.conflicts import is_tied
from accreditation.domain.meetings import room_for
from accreditation.domain.panel import spoke_before
from accreditation.domain.tie_questions import open_questions
from accreditation.enums import LetterKind
from accreditation.models import (
    AgendaItem,
    CommitteeMeeting,
    Hearing,
    Letter,
    ReaderAssignment,
    Recognition,
    WithdrawalAppeal,
)
from demo.acts.people import by_account
from people.models import User
from tests.journeys.screens import Screen


def committee_life_screens() -> Iterator[Screen]:
    """Meetings, agenda, fairness and availability of a member; the office's pages of members and recognitions."""
    chair, office = by_account("commissie"), by_account("netwerk")
    held = CommitteeMeeting.objects.exclude(closed_at=None).latest("starts_at")
    called = CommitteeMeeting.objects.filter(closed_at=None).latest("starts_at")
    pages = {
        "vergaderingen": reverse("accreditation:meetings"),
        "vergadering-voorbij": reverse("accreditation:meeting", args=[held.pk]),
        "vergadering-straks": reverse("accreditation:meeting", args=[called.pk]),
        "samen-beslissen": reverse("accreditation:batch"),
        "eerlijkheid": reverse("accreditation:fairness"),
    }
    for name, path in pages.items():
        yield Screen(name, path, person=chair, dark=name in {"vergadering-voorbij", "eerlijkheid"})
    yield Screen(
        "beschikbaarheid", reverse("accreditation:availability"), person=by_account("lezer2"), dark=True
    )
    yield from _agenda_items()
    yield from _question()
    yield Screen("leden", reverse("accreditation:members"), person=office, dark=True)
    for hearing in Hearing.objects.filter(closed_at=None)[:1]:
        path = reverse("accreditation:recognition", args=[hearing.recognition_id])
        yield Screen("erkenning-wordt-gehoord", path, person=office, dark=True)
        answer = reverse("accreditation:hearing_answer", args=[hearing.pk])
        yield Screen("horen-antwoord", answer, person=hearing.recognition.person)
    gone = WithdrawalAppeal.objects.select_related("recognition__person", "appeal__round").earliest("pk")
    letter = Letter.objects.get(kind=LetterKind.WITHDRAWAL, recognition=gone.recognition)
    person = gone.recognition.person
    yield Screen("brief-intrekking", reverse("accreditation:letter", args=[letter.pk]), person=person)
    yield Screen(
        "bezwaar-intrekking", reverse("accreditation:appeal", args=[letter.pk]), person=person, dark=True
    )
    reading = ReaderAssignment.objects.active().filter(round=gone.appeal.round).earliest("pk")
    path = reverse("accreditation:reading", args=[reading.pk])
    yield Screen("lezen-bezwaar-intrekking", path, person=reading.reader, dark=True)
    held_now = Recognition.objects.standing().earliest("pk")
    path = reverse("accreditation:renew", args=[held_now.level])
    yield Screen("verlengen", path, person=held_now.person, dark=True)
    soon = Recognition.objects.standing().filter(renewal_from__lte=timezone.localdate()).first()
    if soon is not None:
        path = reverse("accreditation:renew", args=[soon.level])
        yield Screen("verlengen-nu", path, person=soon.person, dark=True)


def _agenda_items() -> Iterator[Screen]:
    """A point that was decided and one that waits, each seen by a member who may judge it."""
    for name, items in (
        ("agendapunt-beslist", AgendaItem.objects.exclude(decision=None)),
        ("agendapunt", AgendaItem.objects.filter(decision=None, meeting__closed_at=None)),
    ):
        item = items.select_related("meeting", "round__dossier").order_by("pk").first()
        member = _who_may(item) if item is not None else None
        if item is not None and member is not None:
            path = reverse("accreditation:agenda_item", args=[item.meeting_id, item.pk])
            yield Screen(name, path, person=member, dark=name == "agendapunt")


def _who_may(item: AgendaItem) -> User | None:
    judging, _leaving = room_for(item.meeting, [item.round])[item.round_id]
    members = [by_account(local) for local in ("commissie", "lezer1", "lezer2")]
    members += list(User.objects.filter(pk__in=judging))
    tied = spoke_before(item.round)
    for member in members:
        if member.pk not in tied and not is_tied(dossier=item.round.dossier, member_id=member.pk):
            return member
    return None


def _question() -> Iterator[Screen]:
    """The question whether a reader knows the applicant, where a name or a practice hints at it."""
    for one in ReaderAssignment.objects.active().filter(opinion=None).select_related("round__dossier"):
        if open_questions(dossier=one.round.dossier, member_id=one.reader_id):
            path = reverse("accreditation:reading", args=[one.pk])
            yield Screen("ken-je-deze-persoon", path, person=one.reader, dark=True)
            return
