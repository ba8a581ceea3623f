"""The alarm before a month's attendance is due at a register: once for each stage, in the office's daily mail."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.domain.register_files import WARN_DAYS, months_of_registers
from people.api import Role, User, add_to_digest

PATH = "/netwerk/registers/"


def warn_of_due_files() -> int:
    """Tell the office what must be reported soon, or is late. Safe to repeat: a line is written once per stage."""
    today = timezone.localdate()
    staff = list(
        User.objects.filter(
            Q(role_grants__valid_until=None) | Q(role_grants__valid_until__gte=today),
            is_active=True,
            role_grants__role=Role.NETWORK_STAFF,
            role_grants__valid_from__lte=today,
        )
        .distinct()
        .values_list("pk", flat=True)
    )
    told = 0
    for one in months_of_registers():
        if not one.has_deadline:
            continue
        days = (one.due - today).days
        stage = "late" if days < 0 else next((str(limit) for limit in sorted(WARN_DAYS) if days <= limit), "")
        if not stage:
            continue
        facts = {"register": one.rule.name, "count": len(one.waiting), "day": f"{one.due:%d/%m/%Y}"}
        text = (
            _("%(register)s: %(count)s aanwezigheden moesten voor %(day)s gemeld zijn.")
            if days < 0
            else _("%(register)s: meld %(count)s aanwezigheden ten laatste op %(day)s.")
        ) % facts
        for person_id in staff:
            key = f"register:{one.rule.key}:{one.month:%Y-%m}:{stage}:{person_id}"
            add_to_digest(to_user_id=person_id, text=text, path=PATH, key=key)
        told += 1
    return told
