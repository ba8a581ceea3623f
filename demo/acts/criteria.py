"""Act 6: the network thinks about its criteria, and a group of peers welcomes newcomers."""

import copy
from datetime import timedelta

from accreditation.domain.criteria_drafts import DraftContent, approve_draft, save_draft, start_draft
from accreditation.domain.criteria_sets import version_in_force
from accreditation.domain.what_if import run_what_if
from accreditation.enums import Transition
from accreditation.models import WhatIfRun
from demo.acts.people import by_account, crowd, today
from demo.clock import at, moment
from lms.domain.joining import ask_to_join, set_open
from lms.models import GroupMember, IntervisionGroup
from people.api import Role, User, grant_role

COLLEAGUE = "maternity_carer"


def think_ahead() -> None:
    """A stricter draft, worked out over everybody and approved by one colleague: `beheer` can be the second."""
    colleague = crowd(COLLEAGUE)[0]
    grant_role(user=colleague, role=Role.NETWORK_STAFF, granted_by=by_account("beheer"))
    with at(moment(-9)):
        draft = start_draft(level="basic", actor=colleague)
        rules = copy.deepcopy(draft.rules)
        education = next(c for c in rules["criteria"] if c["id"] == "permanent_education")
        education["rule"].update(hours="10", meetings=5)
        training = next(c for c in rules["criteria"] if c["id"] == "continued_training")
        training["rule"] = {
            "kind": "any_of",
            "rules": [
                training["rule"],
                {
                    "kind": "completed_courses",
                    "courses": [{"slug": "basiskennis-ppimh", "title": "Basiskennis (drie dagen)"}],
                    "at_least": 1,
                },
            ],
        }
        start = today().replace(day=1) + timedelta(days=130)
        content = DraftContent(
            rules=rules,
            valid_from=start.replace(day=1),
            note="Vijf keer samen in plaats van vier. Wie de driedaagse volgde, heeft genoeg opleiding.",
            transition=Transition.OPEN_DOSSIERS.value,
            transition_until=start.replace(day=1) + timedelta(days=180),
        )
        draft = save_draft(version_id=draft.pk, revision=draft.revision, actor=colleague, content=content)
        approve_draft(version_id=draft.pk, revision=draft.revision, actor=by_account("netwerk"))
    run = WhatIfRun.objects.create(
        version=draft,
        revision=draft.revision,
        base=version_in_force(level="basic", on=today()),
        on=today(),
        started_by=by_account("netwerk"),
        total=User.objects.filter(is_active=True).count(),
    )
    run_what_if(run.pk)


def welcome_newcomers() -> None:
    """A group with places left, and somebody who asks for one."""
    group = IntervisionGroup.objects.get(name="Intervisie Het Atelier")
    moderator = GroupMember.objects.get(group=group, is_moderator=True).person
    with at(moment(-6)):
        set_open(group_id=group.pk, actor=moderator, is_open=True)
    with at(moment(-2)):
        ask_to_join(group_id=group.pk, person=crowd("maternity_carer")[-1])
