"""Who may do what with packages. Safe for anonymous visitors and None."""

from people.api import AnyUser, Role, has_role, is_administrator


def can_upload_packages(user: AnyUser) -> bool:
    """Authors bring learning packages; administrators may too."""
    return has_role(user, Role.AUTHOR, Role.ADMINISTRATOR)


def can_decide_on_libraries(user: AnyUser) -> bool:
    """Foreign code comes in by an administrator's word only."""
    return is_administrator(user)
