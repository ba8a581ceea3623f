"""What the tests of cohort screens share."""

from django.test import Client


def signed_in(user) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    """What the answer says."""
    return response.content.decode()
