"""Messages to the members of a cohort: a text with fixed placeholders, sent once, the way each person chose."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.api import record_audit, ref
from lms.exceptions import CohortError
from lms.models import Cohort, CohortMessage, Enrolment, MessageTemplate
from people.api import MailExtras, User, notify

KIND = "cohort_messages"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: What may stand between braces, and what it becomes.
PLACEHOLDERS = {
    "voornaam": gettext_lazy("de voornaam van wie het leest"),
    "groep": gettext_lazy("de naam van de groep"),
    "cursus": gettext_lazy("de naam van de cursus"),
    "volgende_dag": gettext_lazy("dag en uur van de volgende bijeenkomst"),
    "plaats": gettext_lazy("waar die doorgaat"),
}


@dataclass(frozen=True)
class Text:
    """A text to begin from."""

    key: str
    name: Any
    subject: Any
    body: Any


BUILT_IN = (
    Text(
        "welkom",
        gettext_lazy("Welkom"),
        gettext_lazy("Welkom in {groep}"),
        gettext_lazy(
            "Dag {voornaam},\n\nFijn dat je erbij bent in {groep}. We zien elkaar op {volgende_dag}, {plaats}.\n\n"
            "Heb je een vraag? Antwoord gerust op deze mail."
        ),
    ),
    Text(
        "voorbereiding",
        gettext_lazy("Voorbereiding"),
        gettext_lazy("Zo bereid je je voor op {cursus}"),
        gettext_lazy(
            "Dag {voornaam},\n\nOp {volgende_dag} komen we samen, {plaats}. Kijk vooraf nog even bij je groep op "
            "Nestwerk: daar staat wat je kunt lezen of meebrengen."
        ),
    ),
    Text(
        "bedankt",
        gettext_lazy("Bedankt"),
        gettext_lazy("Dank je wel voor {groep}"),
        gettext_lazy(
            "Dag {voornaam},\n\nDank je wel voor je aandacht en je vragen. Wil je ons laten weten wat werkte "
            "en wat beter kan? Het formulier staat bij je groep op Nestwerk. Je antwoord is anoniem."
        ),
    ),
)


def check_text(text: str) -> None:
    """Raises CohortError (unknown_placeholder) naming the first word between braces that we do not know."""
    for word in PLACEHOLDER.findall(text):
        if word not in PLACEHOLDERS:
            raise CohortError(
                "unknown_placeholder",
                _("{%(word)s} kennen we niet. Kies uit: %(known)s.")
                % {"word": word[:30], "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)},
            )


def fill(text: str, facts: dict[str, str]) -> str:
    """The text with its placeholders filled in; once, so that a name with braces stays a name."""
    return PLACEHOLDER.sub(lambda found: facts.get(found.group(1), found.group(0)), text)


def facts_of(cohort: Cohort, person: User) -> dict[str, str]:
    """What the placeholders become for one person. One query."""
    coming = cohort.sessions.upcoming().first()
    start = timezone.localtime(coming.starts_at) if coming else None
    return {
        "voornaam": person.get_short_name(),
        "groep": cohort.name,
        "cursus": cohort.course.title,
        "volgende_dag": f"{start:%d/%m/%Y}, {start:%H.%M} u." if start else _("een dag die nog volgt"),
        "plaats": (coming.place or _("online")) if coming else _("op een plaats die nog volgt"),
    }


@transaction.atomic
def send_message(*, cohort_id: int, actor: User, subject: str, body: str, key: uuid.UUID) -> CohortMessage:
    """Send a text to every member, each the way they chose. The same key twice is sent once.

    Raises CohortError: unknown_placeholder, nobody (no members yet).
    """
    check_text(subject)
    check_text(body)
    cohort = Cohort.objects.select_related("course").get(pk=cohort_id)
    known = CohortMessage.objects.filter(key=key).first()
    if known is not None:
        return known
    members = list(Enrolment.objects.current().filter(cohort=cohort).values_list("person_id", flat=True))
    if not members:
        raise CohortError("nobody", _("Er is nog niemand ingeschreven. Bewaar je tekst als sjabloon."))
    try:
        with transaction.atomic():
            message = CohortMessage.objects.create(
                cohort=cohort, author=actor, subject=subject, body=body, recipients=len(members), key=key
            )
    except IntegrityError:
        return CohortMessage.objects.get(key=key)
    notify(
        kind=KIND,
        to=members,
        text=_("Een bericht van je begeleiding in %(group)s.") % {"group": cohort.name},
        path=f"/mijn/groepen/{cohort.pk}/",
        key=f"cohort-message:{message.pk}",
        template="lms/email/cohort_message",
        context={"message": message.pk, "path": f"/mijn/groepen/{cohort.pk}/"},
        maker=KIND,
    )
    record_audit(
        verb="cohort.message_sent",
        subject=ref(cohort),
        actor=actor,
        data={"message": message.pk, "recipients": len(members)},
    )
    return message


def save_template(*, actor: User, name: str, subject: str, body: str) -> MessageTemplate:
    """Keep a text for later, for all trainers; the same name replaces. Raises CohortError (unknown_placeholder)."""
    check_text(subject)
    check_text(body)
    template, _created = MessageTemplate.objects.update_or_create(
        name=name, defaults={"subject": subject, "body": body, "created_by": actor}
    )
    return template


def text_of(key: str) -> tuple[str, str] | None:
    """Subject and body of a text to begin from: a built-in one by key, or a kept one by number."""
    for text in BUILT_IN:
        if text.key == key:
            return str(text.subject), str(text.body)
    if key.isascii() and key.isdigit() and len(key) < 10:
        kept = MessageTemplate.objects.filter(pk=int(key)).first()
        return (kept.subject, kept.body) if kept else None
    return None


def message_extras(person: User, context: dict[str, Any]) -> MailExtras:
    """Subject and body for one person, filled in at delivery: the outbox holds the number of the message only."""
    message = CohortMessage.objects.select_related("cohort__course", "author").get(pk=context["message"])
    facts = facts_of(message.cohort, person)
    return MailExtras(
        context={
            "subject": fill(message.subject, facts),
            "body": fill(message.body, facts),
            "group": message.cohort.name,
            "author": message.author.get_full_name(),
        }
    )
