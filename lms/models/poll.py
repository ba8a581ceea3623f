from django.db import models
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class PollVote(models.Model):
    """What somebody chose in a poll. The group sees counts, never who chose what.

    Purpose: show the group's answers. Retention: with the enrolment.
    """

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="De groep tonen wat ze antwoordde",
        retention="Met het account",
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="poll_votes")
    #: The course, kept here so that counting a group needs no join.
    course = models.ForeignKey("courses.CoursePage", on_delete=models.PROTECT, related_name="+")
    poll_id = models.CharField(max_length=120)
    #: Option ids.
    choices = models.JSONField(default=list)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enrolment", "poll_id"), name="lms_vote_once"),)
        indexes = (models.Index(fields=("course", "poll_id"), name="lms_votes_of_poll"),)

    def __str__(self) -> str:
        return self.poll_id
