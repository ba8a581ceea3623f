"""One POST to a stranger's address: no private network, no redirect, one deadline for everything."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.exceptions import WebhookError

#: Seconds from the first packet to the status line; a slow receiver costs no more than this.
DEADLINE = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Target:
    """A checked address, with the one IP address that is spoken to."""

    host: str
    port: int
    path: str
    is_tls: bool
    ip: str


@dataclass(frozen=True)
class WireAnswer:
    """Status line of the receiver, or what stood in the way."""

    status_code: int | None
    milliseconds: int
    detail: str = ""


def read_target(url: str) -> Target:
    """Check an address and look up where it leads. Raises WebhookError when it is not one that we speak to.

    Every address that the name has must be public; the one that was checked is the one that is called, so that a name
    that answers differently a moment later gains nothing.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise WebhookError(_("Dit adres kunnen we niet lezen."), field="url") from error
    host = (parts.hostname or "").rstrip(".").lower()
    is_allowed_private = host in settings.WEBHOOK_PRIVATE_HOSTS
    if parts.scheme != "https" and not (parts.scheme == "http" and is_allowed_private):
        raise WebhookError(_("Het adres moet met https:// beginnen."), field="url")
    if not host or parts.username or parts.password or parts.fragment:
        raise WebhookError(_("Geef een adres zonder gebruikersnaam, wachtwoord of #."), field="url")
    if not url.strip().isascii() or any(letter.isspace() for letter in url.strip()):
        raise WebhookError(_("Het adres mag geen spaties of bijzondere tekens bevatten."), field="url")
    is_tls = parts.scheme == "https"
    port = port or (443 if is_tls else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, path, is_tls, _lookup(host, port, is_allowed_private=is_allowed_private))


def is_public(address: _Address) -> bool:
    """Whether an address belongs to the open internet, also when it is wrapped in another kind of address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address in _NAT64 or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast


#: The first that fits says it; what fits nothing keeps its own name.
_REASONS: tuple[tuple[type[Exception], Promise], ...] = (
    (ConnectionRefusedError, gettext_lazy("de server weigert de verbinding")),
    (ConnectionError, gettext_lazy("de verbinding brak af")),
    (TimeoutError, gettext_lazy("geen antwoord binnen de tijd")),
    (ssl.SSLCertVerificationError, gettext_lazy("het certificaat van de server klopt niet")),
    (ssl.SSLError, gettext_lazy("een beveiligde verbinding lukt niet")),
    (http.client.HTTPException, gettext_lazy("wat terugkwam, is geen antwoord")),
)


def _reason(error: Exception) -> str:
    """What went wrong, for the office."""
    return next((str(words) for kind, words in _REASONS if isinstance(error, kind)), type(error).__name__)


def post(
    target: Target, *, body: bytes, headers: Mapping[str, str], deadline: float = DEADLINE
) -> WireAnswer:
    """Send one message and read the status line; never raises. What follows the status line is not read."""
    began = time.monotonic()
    status: int | None = None
    detail = ""
    try:
        with _connected(target, deadline=deadline) as connection:
            connection.request("POST", target.path, body=body, headers=dict(headers))
            status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        # OSError covers refused, reset, timed out and TLS; HTTPException an answer that is none.
        detail = _reason(error)
    return WireAnswer(status, int((time.monotonic() - began) * 1000), detail)


def _lookup(host: str, port: int, *, is_allowed_private: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookError(_("We vinden dit adres niet op het internet."), field="url") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses:
        raise WebhookError(_("We vinden dit adres niet op het internet."), field="url")
    if not is_allowed_private and not all(is_public(ipaddress.ip_address(each)) for each in addresses):
        raise WebhookError(
            _("Dit adres ligt in een afgeschermd netwerk. Daar sturen we niets naartoe."), field="url"
        )
    return addresses[0]


@contextmanager
def _connected(target: Target, *, deadline: float) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut when the deadline comes, however slowly the other side drips."""
    held: list[socket.socket] = []
    timer = threading.Timer(deadline, _cut, args=(held,))
    timer.daemon = True
    timer.start()
    try:
        plain = socket.create_connection((target.ip, target.port), timeout=deadline)
        held.append(plain)
        if target.is_tls:
            context = ssl.create_default_context()
            held[0] = context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
            held[0].do_handshake()  # type: ignore[attr-defined]  # it is an SSLSocket here
        connection = http.client.HTTPConnection(target.host, target.port, timeout=deadline)
        connection.default_port = 443 if target.is_tls else 80  # what the Host header leaves out
        connection.sock = held[0]
        yield connection
    finally:
        timer.cancel()
        for sock in held:
            with suppress(OSError):
                sock.close()


def _cut(held: list[socket.socket]) -> None:
    for sock in held:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
