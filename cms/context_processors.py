"""What every template may know: the site, the menus that fit this person, and the demo's accounts."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from people.api import Role, User

Label = str | Promise

# Label, address, icon. Addresses are the site's published interface, so they stand here in full.
PUBLIC: tuple[tuple[Label, str, str], ...] = (
    (_("Cursussen"), "/cursussen/", "book-open"),
    (_("Agenda"), "/agenda/", "calendar-days"),
    (_("Handvatten"), "/handvatten/", "hand-helping"),
    (_("Zorgaanbod"), "/zorgaanbod/", "map-pin"),
)
DESKS: tuple[tuple[Label, str, str, frozenset[Role]], ...] = (
    (_("Mijn nest"), "/mijn/", "house", frozenset()),
    (_("Begeleiding"), "/begeleiding/", "users-round", frozenset({Role.TRAINER})),
    (_("Team"), "/team/", "users", frozenset({Role.TEAM_COORDINATOR})),
    (_("Commissie"), "/commissie/", "scale", frozenset({Role.COMMITTEE_MEMBER})),
    (_("Netwerk"), "/netwerk/", "network", frozenset({Role.NETWORK_STAFF})),
    (_("Beheer"), "/beheer/", "settings-2", frozenset({Role.AUTHOR, Role.ADMINISTRATOR})),
)


@dataclass(frozen=True)
class NavItem:
    """One link of a menu."""

    label: Label
    href: str
    icon: str
    current: bool


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo and what it shows."""

    email: str
    role: str
    shows: str


@cache
def _demo_accounts() -> tuple[DemoAccount, ...]:
    return tuple(DemoAccount(*row) for row in settings.DEMO_ACCOUNTS)


def _is_here(path: str, href: str) -> bool:
    return path.startswith(href)


def public_items(path: str) -> list[NavItem]:
    """The menu that everybody sees."""
    return [NavItem(label, href, icon, _is_here(path, href)) for label, href, icon in PUBLIC]


def desk_items(user: object, path: str) -> list[NavItem]:
    """The desks of a signed-in person; nothing for anybody else. Costs no query beyond the roles of the user."""
    return desk_items_of(user.roles if isinstance(user, User) and user.is_active else None, path)


def desk_items_of(held: frozenset[Role] | None, path: str) -> list[NavItem]:
    """The desks that these roles open; nothing for None, who is nobody."""
    if held is None:
        return []
    return [
        NavItem(label, href, icon, _is_here(path, href))
        for label, href, icon, roles in DESKS
        if not roles or roles & held
    ]


def site(request: HttpRequest) -> dict[str, object]:
    """Facts that every template may need; menus are worked out only when a template shows them."""
    path = request.path
    context: dict[str, object] = {
        "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "DEMO": settings.DEMO,
        "nav_public": SimpleLazyObject(lambda: public_items(path)),
        "nav_desks": SimpleLazyObject(lambda: desk_items(getattr(request, "user", None), path)),
    }
    if settings.DEMO:
        context |= {"demo_accounts": _demo_accounts(), "demo_password": settings.DEMO_PASSWORD}
    return context
