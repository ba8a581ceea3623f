"""What content.json of an H5P package points at: files, other sites, libraries."""

import re
from typing import Any
from urllib.parse import urlsplit

_URL = re.compile(r"""(?:src|href|data|poster)\s*=\s*["']?\s*((?:https?:)?//[^"'\s>]+)""", re.IGNORECASE)
_LIBRARY = re.compile(r"^[$A-Za-z_][0-9A-Za-z_$.\-]{0,254} \d{1,5}\.\d{1,5}$")


def remote_hosts(content: Any) -> tuple[str, ...]:
    """Hosts of media that lie elsewhere: `path` of a media object, and addresses in src/poster inside HTML text.

    A plain link (`href`) is no media, but inside the sandbox it opens nothing either, so it is told as well.
    """
    hosts: set[str] = set()
    for key, text in _texts(content):
        if key in {"path", "url", "src"} and re.match(r"^(https?:)?//", text.strip(), re.IGNORECASE):
            hosts.add(_host(text.strip()))
        elif "<" in text:
            hosts.update(_host(match) for match in _URL.findall(text))
    return tuple(sorted(hosts - {""}))


_FETCHED = re.compile(
    r"""<(?:script|img|iframe|audio|video|source|embed|link)\b[^>]{0,500}?\b(?:src|href|poster)\s*=\s*["']?\s*"""
    r"""((?:https?:)?//[^"'\s>]+)""",
    re.IGNORECASE,
)


def fetched_hosts(page: str) -> tuple[str, ...]:
    """Hosts from which an HTML page fetches scripts, styles or media. A link to elsewhere is no fetch."""
    return tuple(sorted({_host(match) for match in _FETCHED.findall(page)} - {""}))


def used_libraries(content: Any) -> frozenset[str]:
    """Every "Machine.Name 1.2" that stands under a key `library`."""
    return frozenset(text for key, text in _texts(content) if key == "library" and _LIBRARY.match(text))


def local_paths(content: Any) -> frozenset[str]:
    """Files of the package that the content names (`path` of a media object that is no address)."""
    return frozenset(
        text.split("#", 1)[0]
        for key, text in _texts(content)
        if key == "path"
        and "//" not in text
        and not text.startswith(("data:", "../"))
        and re.search(r"\.\w+(#tmp)?$", text)
    )


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "://" in address else f"https:{address}").hostname or "").lower()
    except ValueError:
        return ""


def _texts(content: Any) -> list[tuple[str, str]]:
    """(key, text) of every string, without recursion. Texts in a list carry the list's key."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[str, Any]] = [("", content)]
    while stack:
        key, node = stack.pop()
        if isinstance(node, dict):
            stack.extend(node.items())
        elif isinstance(node, list):
            stack.extend((key, item) for item in node)
        elif isinstance(node, str):
            found.append((key, node))
    return found
