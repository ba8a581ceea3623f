"""Header and footer of every page, drawn once for each shape they can have.

A header has few shapes: which menu items a person sees and which one is current. What is personal (name, address,
token) is put in afterwards, so nothing about anybody stays in the memory of the process.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.context_processors import DESKS, PUBLIC, desk_items_of, public_items
from cms.look.tags_marks import nest_avatar
from people.api import Role

SHORT_NAME = 18
_ADDRESSES = (*(item[1] for item in PUBLIC), *(item[1] for item in DESKS))


@dataclass(frozen=True, slots=True)
class _Who:
    """What is personal in a header; drawn with marks, filled in with words."""

    avatar: str
    short_name: str
    name: str
    email: str
    token: str


_MARKS = _Who(*(mark_safe(f"\x02{part}\x03") for part in _Who.__slots__))


def header(context: Context) -> SafeString:
    """The header of this page for this visitor. One query at most: the roles of somebody who is signed in."""
    request, user = context.get("request"), context.get("user")
    path = request.path if request else ""
    roles = user.roles if user is not None and user.is_authenticated else None
    drawn = _header(_here(path), roles, get_language())
    if roles is None or user is None:
        return mark_safe(drawn)
    who = _Who(
        avatar=nest_avatar(user.full_name, size="small"),
        short_name=_short(user.first_name or user.email),
        name=user.full_name,
        email=user.email,
        token=str(context.get("csrf_token", "")),
    )
    for part in _Who.__slots__:
        drawn = drawn.replace(getattr(_MARKS, part), conditional_escape(getattr(who, part)))
    return mark_safe(drawn)


def footer() -> SafeString:
    """The footer, which is the same for everybody."""
    return mark_safe(_footer(get_language()))


def _short(name: str) -> str:
    return name if len(name) <= SHORT_NAME else f"{name[: SHORT_NAME - 1]}…"


def _here(path: str) -> str:
    """The address of the menu item that this path belongs to, or nothing."""
    fitting = [href for href in _ADDRESSES if path.startswith(href)]
    return max(fitting, key=len, default="")


@lru_cache(maxsize=512)
def _header(path: str, roles: frozenset[Role] | None, language: str | None) -> str:
    """One shape of the header. `path`: that of the current menu item. `roles`: of who is signed in, else None."""
    context = {
        "nav_public": public_items(path),
        "nav_desks": desk_items_of(roles, path),
        "who": None if roles is None else _MARKS,
    }
    return get_template("cms/components/header.html").render(context)


@lru_cache(maxsize=8)
def _footer(language: str | None) -> str:
    return get_template("cms/components/footer.html").render({"nav_public": public_items("")})
