"""What a person wants to hear of, and how."""

from django.conf import settings
from django.db import models

from ledger.api import PersonalData
from people.enums import NoticeWay


class NoticeChoice(models.Model):
    """A choice for one kind of message; without a row the kind's own way holds. Never changed by an import."""

    personal_data = PersonalData(
        subject="person", purpose="Alleen sturen wat iemand wil", retention="Met het account", moves=False
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=NoticeWay.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="one_choice_per_kind"),)

    def __str__(self) -> str:
        return f"{self.person_id}:{self.kind}"
