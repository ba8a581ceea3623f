"""Which e-mail addresses are a person's own."""

from allauth.account.models import EmailAddress

from people.models import User


def addresses_of(user_id: int) -> frozenset[str]:
    """All addresses of an account in lower case, confirmed or not."""
    found = {
        *User.objects.filter(pk=user_id).values_list("email", flat=True),
        *EmailAddress.objects.filter(user_id=user_id).values_list("email", flat=True),
    }
    return frozenset(address.lower() for address in found)


def person_or_none(user_id: int) -> User | None:
    """A person by number; None when there is none."""
    return User.objects.filter(pk=user_id).first()
