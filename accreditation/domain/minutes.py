"""The minutes of a meeting as PDF, without what the reader may not know: a tied member's dossiers are left out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accreditation.domain.certificate_paper import FACES, FONTS, Face, folders
from accreditation.domain.conflicts import tied_members
from accreditation.domain.pdf_worker import worker
from accreditation.enums import Level, Outcome, ReasonCode
from accreditation.enums_committee import AgendaReason
from accreditation.exceptions import CommitteeError
from accreditation.models import CommitteeMeeting, Dossier
from people.api import User


@dataclass(frozen=True)
class MinutesItem:
    """One item in words. `closed`: the reader left the room for it, so nothing of it is told."""

    position: int
    closed: bool
    applicant: str = ""
    level: str = ""
    why: str = ""
    outcome: str = ""
    reasons: tuple[str, ...] = ()
    text: str = ""
    conditions: tuple[tuple[str, date], ...] = ()
    in_room: str = ""
    left_room: str = ""


@dataclass(frozen=True)
class Minutes:
    """The minutes in words, for one reader."""

    starts_at: datetime
    place: str
    quorum: int
    opened_at: datetime | None
    closed_at: datetime | None
    present: tuple[tuple[str, datetime, datetime | None], ...]
    items: tuple[MinutesItem, ...]


def minutes_for(meeting: CommitteeMeeting, *, viewer: User) -> Minutes:
    """What one member may read. Raises CommitteeError while the meeting is not closed. Ten queries at most."""
    kept = meeting.minutes
    if kept is None:
        raise CommitteeError(_("Het verslag is er zodra de vergadering is afgesloten."))
    dossiers = list(Dossier.objects.filter(pk__in=[item["dossier"] for item in kept["items"]]))
    tied = tied_members(dossiers, [viewer.pk])
    ids = {row["member"] for row in kept["present"]}
    for item in kept["items"]:
        ids |= {item["applicant"], *item["in_room"], *item["left_room"]}
    names = {one.pk: one.full_name or one.email for one in User.objects.filter(pk__in=ids)}
    return Minutes(
        starts_at=meeting.starts_at,
        place=meeting.place,
        quorum=kept["quorum"],
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        present=tuple(
            (
                names.get(row["member"], "-"),
                _moment(row["from"]),
                _moment(row["until"]) if row["until"] else None,
            )
            for row in kept["present"]
        ),
        items=tuple(
            _item(item, names, closed=viewer.pk in tied.get(item["dossier"], ())) for item in kept["items"]
        ),
    )


def _moment(text: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(text))


def _item(item: dict[str, Any], names: dict[int, str], *, closed: bool) -> MinutesItem:
    if closed:
        return MinutesItem(position=item["position"], closed=True)
    made = item["decision"] or {}
    return MinutesItem(
        position=item["position"],
        closed=False,
        applicant=names.get(item["applicant"], "-"),
        level=str(Level(item["level"]).label),
        why=str(AgendaReason(item["reason"]).label),
        outcome=str(Outcome(made["outcome"]).label) if made else "",
        reasons=tuple(str(ReasonCode(code).label) for code in made.get("reasons", ())),
        text=made.get("text", ""),
        conditions=tuple((text, date.fromisoformat(due)) for text, due in made.get("conditions", ())),
        in_room=", ".join(names.get(one, "-") for one in item["in_room"]),
        left_room=", ".join(names.get(one, "-") for one in item["left_room"]),
    )


def minutes_pdf(minutes: Minutes) -> bytes:
    """The minutes on paper. Raises RenderError when the engine fails."""
    fonts = tuple(Face(family, (FONTS / file).as_uri(), weight) for family, file, weight in FACES)
    with override(settings.LANGUAGE_CODE):
        html = render_to_string(
            "accreditation/committee/minutes_paper.html", {"minutes": minutes, "fonts": fonts}
        )
    return worker.render(html=html, engine=settings.PDF_ENGINE, roots=folders()).content
