"""Who may do what on the lms floor. Predicates are safe for anonymous visitors and None."""

from django.contrib.auth.models import AnonymousUser

from lms.models import Cohort, Enrolment, GroupMember, Meeting, Session, SessionMaterial
from people.api import Role, User, has_role

AnyUser = User | AnonymousUser | None

STAFF = (Role.NETWORK_STAFF, Role.ADMINISTRATOR)


def is_training_staff(user: AnyUser) -> bool:
    """Whether the person sees every cohort: network staff and administrators."""
    return has_role(user, *STAFF)


def can_lead(user: AnyUser) -> bool:
    """Whether the person may make cohorts and has a trainer's desk."""
    return has_role(user, Role.TRAINER, *STAFF)


def can_manage_cohort(user: AnyUser, cohort: Cohort) -> bool:
    """Whether the person may see and change a cohort: staff, its maker, and the trainers of its sessions."""
    if is_training_staff(user):
        return True
    if not isinstance(user, User) or not has_role(user, Role.TRAINER):
        return False
    return (
        cohort.created_by_id == user.pk or Cohort.objects.manageable_by(user.pk).filter(pk=cohort.pk).exists()
    )


def can_lead_session(user: AnyUser, session: Session) -> bool:
    """Whether the person may keep the attendance list of a session; as for its cohort."""
    return can_manage_cohort(user, session.cohort)


def can_read_material(user: AnyUser, material: SessionMaterial) -> bool:
    """Whether the person may open the file of a material: who leads the cohort, and its members unless it is theirs."""
    if can_manage_cohort(user, material.cohort):
        return True
    return (
        isinstance(user, User)
        and not material.for_trainers
        and Enrolment.objects.current().filter(cohort_id=material.cohort_id, person=user).exists()
    )


def is_group_member(user: AnyUser, meeting: Meeting) -> bool:
    """Whether the person was a member of the group on the day of a meeting."""
    return (
        isinstance(user, User)
        and GroupMember.objects.on(meeting.held_on)
        .filter(group_id=meeting.group_id, person_id=user.pk)
        .exists()
    )


def can_see_item_analysis(user: AnyUser) -> bool:
    """Authors look at how their questions work; administrators may too. No names come with it."""
    return has_role(user, Role.AUTHOR, Role.ADMINISTRATOR)
