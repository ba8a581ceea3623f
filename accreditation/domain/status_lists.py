"""The status lists (W3C Bitstring Status List 1.0): one bit per credential, worked out when somebody asks.

Block 0 is /status/1 (revocation) and /status/2 (suspension), block 1 is /status/3 and /status/4, and so on.
"""

import base64
import gzip
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from accreditation.domain.certificates import next_number
from accreditation.domain.credential_contexts import VC_V2
from accreditation.domain.credential_keys import SigningKey, issuer_did, signing_key
from accreditation.domain.data_integrity import moment, sign
from accreditation.domain.queries.lapses import lapses_on
from accreditation.domain.recognition_rules import row_dates, status_on
from accreditation.enums import CertificateKind, RecognitionStatus
from accreditation.exceptions import CredentialError
from accreditation.models import Certificate, Recognition, StatusPlace

#: The least that the standard allows, so that a look at a list tells little about anybody.
LIST_SIZE = 131_072
#: A block is closed at this many places, so that a free place is found in few tries.
PLACES_PER_BLOCK = 100_000
#: How long a verifier may keep a list, and after how long it must not believe it any more.
TTL = timedelta(minutes=5)
BELIEVED = timedelta(hours=24)
#: A signed list is made anew after this long even when no bit changed.
RENEWED = timedelta(hours=1)
PURPOSES = ("revocation", "suspension")
MAX_LISTS = 2_000


@dataclass(frozen=True)
class Marked:
    """The bits that are set in both lists of a block."""

    revoked: frozenset[int]
    suspended: frozenset[int]


def place_of(certificate: Certificate) -> StatusPlace:
    """The certificate's place, drawn at random the first time. Call it inside a transaction."""
    standing = StatusPlace.objects.filter(certificate=certificate).first()
    if standing is not None:
        return standing
    block = (next_number("status") - 1) // PLACES_PER_BLOCK
    for _try in range(200):
        try:
            with transaction.atomic():
                return StatusPlace.objects.create(
                    certificate=certificate, block=block, position=secrets.randbelow(LIST_SIZE)
                )
        except IntegrityError:
            standing = StatusPlace.objects.filter(certificate=certificate).first()
            if standing is not None:
                return standing
    raise CredentialError("no free place was found in the status list")


def list_number(block: int, purpose: str) -> int:
    """The number in /status/<n>."""
    return 2 * block + PURPOSES.index(purpose) + 1


def list_url(number: int) -> str:
    """The address of a list."""
    return f"{settings.SITE_URL}/status/{number}"


def entries(place: StatusPlace) -> list[dict[str, str]]:
    """What a credential says about where its status is to be found."""
    found = []
    for purpose in PURPOSES:
        url = list_url(list_number(place.block, purpose))
        found.append(
            {
                "id": f"{url}#{place.position}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(place.position),
                "statusListCredential": url,
            }
        )
    return found


def marked_in(block: int, *, now: datetime) -> Marked:
    """The bits of a block at a moment, in at most six queries however many credentials it holds."""
    today = timezone.localdate(now)
    places = StatusPlace.objects.filter(block=block)
    gone = set(
        places.exclude(certificate__revoked_at=None, certificate__superseded_by=None).values_list(
            "position", flat=True
        )
    )
    granted = dict(
        places.filter(certificate__kind=CertificateKind.RECOGNITION).values_list(
            "certificate__entitlement_key", "position"
        )
    )
    rows = list(Recognition.objects.all()) if granted else []
    lapses = lapses_on(rows, today) if rows else {}
    worth: dict[RecognitionStatus, list[Recognition]] = {}
    for row in rows:
        worth.setdefault(status_on(row_dates(row), today, lapses[row.pk]).status, []).append(row)
    for status in (RecognitionStatus.WITHDRAWN, RecognitionStatus.REPLACED):
        gone.update(_positions(worth.get(status, []), granted))
    suspended = {
        position
        for status in (RecognitionStatus.SUSPENDED, RecognitionStatus.INTERRUPTED)
        for position in _positions(worth.get(status, []), granted)
    }
    return Marked(revoked=frozenset(gone), suspended=frozenset(suspended - gone))


def _positions(rows: list[Recognition], granted: dict[str, int]) -> list[int]:
    keys = (f"recognition:{row.pk}" for row in rows)
    return [granted[key] for key in keys if key in granted]


def encode_list(positions: frozenset[int]) -> str:
    """The bits as the standard writes them: gzip, then base64url after a `u`. Position 0 is the leftmost bit."""
    bits = bytearray(LIST_SIZE // 8)
    for position in positions:
        bits[position // 8] |= 0x80 >> (position % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def is_marked(encoded: str, position: int) -> bool:
    """Whether a bit is set in an encoded list. Raises CredentialError outside it, or when it is no list."""
    try:
        text = encoded.removeprefix("u")
        bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, OSError, EOFError) as error:
        raise CredentialError("not an encoded status list") from error
    if not 0 <= position < len(bits) * 8:
        raise CredentialError(f"place {position} is outside the status list of {len(bits) * 8}")
    return bool(bits[position // 8] & (0x80 >> (position % 8)))


def exists(number: int) -> bool:
    """Whether a list with this number can be asked for: blocks with credentials, and always the first one."""
    if not 1 <= number <= MAX_LISTS:
        return False
    return number <= 2 or StatusPlace.objects.filter(block=(number - 1) // 2).exists()


def status_list(number: int) -> dict[str, Any]:
    """The signed list as a credential with a Data Integrity proof. Raises CredentialError without a usable key."""
    key, encoded, now = _current(number)
    return _kept(
        f"json:{key.row.multibase}:{number}",
        encoded,
        lambda: sign(
            _document(number, encoded, now), key=key.private, verification_method=key.address, created=now
        ),
    )


def status_list_jwt(number: int) -> str:
    """The same list as a JWT-VC (`vc+jwt`, EdDSA). Raises CredentialError without a usable key."""
    key, encoded, now = _current(number)
    return _kept(
        f"jwt:{key.row.multibase}:{number}", encoded, lambda: _as_jwt(_document(number, encoded, now), key)
    )


def _current(number: int) -> tuple[SigningKey, str, datetime]:
    now = timezone.now()
    marked = marked_in((number - 1) // 2, now=now)
    purpose = PURPOSES[(number - 1) % 2]
    return signing_key(), encode_list(marked.revoked if purpose == "revocation" else marked.suspended), now


def _kept(name: str, encoded: str, make: Any) -> Any:
    """The signed form, from the cache as long as no bit changed; a broken cache only costs a signature."""
    digest = hashlib.sha256(f"{settings.SITE_URL} {encoded}".encode()).hexdigest()
    address = f"status:{name}:{digest}"
    try:
        found = cache.get(address)
    except Exception:  # noqa: BLE001 - whatever the cache's fault is, a verifier must get an answer
        return make()
    if found is None:
        found = make()
        cache.set(address, found, RENEWED.total_seconds())
    return found


def _document(number: int, encoded: str, now: datetime) -> dict[str, Any]:
    url = list_url(number)
    return {
        "@context": [VC_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did(),
        "validFrom": moment(now),
        "validUntil": moment(now + BELIEVED),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSES[(number - 1) % 2],
            "encodedList": encoded,
            "ttl": int(TTL.total_seconds() * 1000),
        },
    }


def _as_jwt(document: dict[str, Any], key: SigningKey) -> str:
    head = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": key.address}
    body = {**document, "iss": document["issuer"], "sub": document["credentialSubject"]["id"]}
    signed = ".".join(_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (head, body))
    return f"{signed}.{_base64url(key.private.sign(signed.encode('ascii')))}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
