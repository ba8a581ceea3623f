"""Preparing a session: practical notes of trainers. Nothing about a family or a member."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.enums import NoteTopic
from lms.exceptions import CohortError
from lms.models import Enrolment, Session, SessionNote
from people.api import User

#: Numbers of a person (national register), of a telephone, and addresses: none belongs in a practical note.
TELLING = (
    re.compile(r"\b\d{2}[.\s-]?\d{2}[.\s-]?\d{2}[.\s-]?\d{3}[.\s-]?\d{2}\b"),
    re.compile(r"(?:\+32|\b0)[\s./-]?\d(?:[\s./-]?\d){7,8}\b"),
    re.compile(r"\S+@\S+\.\S+"),
)


@transaction.atomic
def write_note(*, session_id: int, author: User, topic: str, text: str) -> SessionNote:
    """Keep a practical note for whoever gives this session next.

    Raises CohortError: empty, unknown_topic, tells_on_somebody (a number, an address, or the name of a member).
    """
    session = Session.objects.select_related("cohort").get(pk=session_id)
    plain = " ".join(text.split())
    if not plain:
        raise CohortError("empty", _("Schrijf nog je notitie."))
    if topic not in NoteTopic.values:
        raise CohortError("unknown_topic", _("Kies waarover je notitie gaat."))
    if any(pattern.search(plain) for pattern in TELLING) or _names_a_member(session, plain):
        raise CohortError(
            "tells_on_somebody",
            _("In je notitie staat een naam of nummer van iemand. Haal dat weg: hier blijft het praktisch."),
        )
    note = SessionNote.objects.create(session=session, author=author, topic=topic, text=plain[:400])
    record_audit(verb="session.note_written", subject=ref(session), actor=author, data={"topic": topic})
    return note


def _names_a_member(session: Session, text: str) -> bool:
    words = " " + re.sub(r"\W+", " ", text.casefold()) + " "
    names = Enrolment.objects.filter(cohort=session.cohort).values_list(
        "person__first_name", "person__last_name"
    )
    return any(last and f" {first} {last} ".casefold().replace("-", " ") in words for first, last in names)


def notes_for(session: Session) -> list[SessionNote]:
    """Notes of this session, and of earlier ones of the same course with the same title, newest first. One query."""
    return list(
        SessionNote.objects.filter(
            session__cohort__course=session.cohort.course_id, session__title=session.title
        ).select_related("author", "session__cohort")[:30]
    )
