"""What a member takes along from a meeting: private words that no query for others ever reads."""

from django.db import transaction
from django.utils.translation import gettext as _

from lms.domain.private_texts import SavedText, keep_text, usable_text
from lms.exceptions import IntervisionError
from lms.models import GroupMember, LearningPoint, Meeting


def own_learning_point(*, meeting_id: int, person_id: int) -> SavedText:
    """The person's own words at a meeting, empty when there are none. One query."""
    kept = LearningPoint.objects.filter(meeting_id=meeting_id, person_id=person_id).first()
    return SavedText(kept.text, kept.revision) if kept else SavedText("", 0)


@transaction.atomic
def save_learning_point(*, meeting_id: int, person_id: int, text: str, revision: int) -> SavedText:
    """Keep one's own words; `revision` is what the form was opened with (0 for new). Nothing of it is audited.

    Raises IntervisionError (not_member on the day of the meeting), ReflectionError (too_long).
    """
    text = usable_text(text)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    members = GroupMember.objects.on(meeting.held_on).filter(group_id=meeting.group_id)
    if not members.filter(person_id=person_id).exists():
        raise IntervisionError("not_member", _("Je was op die dag geen lid van deze groep."))
    kept = LearningPoint.objects.filter(meeting=meeting, person_id=person_id).first()
    if kept is None:
        if not text:
            return SavedText("", 0)
        kept = LearningPoint(meeting=meeting, person_id=person_id, revision=0)
    return keep_text(kept, text=text, revision=revision)
