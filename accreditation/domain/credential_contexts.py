"""The JSON-LD contexts that credentials use: an allow-list of files with known digests. Nothing is ever fetched."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from accreditation.exceptions import CredentialError

FOLDER = Path(settings.BASE_DIR) / "var" / "vendor" / "contexts"
VC_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
#: Address, file (made by scripts/bundle_vendor.py from locked packages), SHA-256 of its JSON in sorted compact form.
PINNED = {
    VC_V2: ("credentials-v2.json", "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf"),
    OPEN_BADGES: (
        "open-badges-v3.0.3.json",
        "c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99",
    ),
}


@lru_cache(maxsize=8)
def pinned_context(url: str) -> dict[str, Any]:
    """The context at an address. Raises CredentialError for an address that is not allowed or a file that changed."""
    if url not in PINNED:
        raise CredentialError(f"The context {url[:200]!r} is not on the list of known contexts.")
    name, expected = PINNED[url]
    try:
        context: dict[str, Any] = json.loads((FOLDER / name).read_bytes())
    except OSError as error:
        raise CredentialError(f"{name} is missing: run scripts/bundle_vendor.py") from error
    canonical = json.dumps(context, sort_keys=True, separators=(",", ":")).encode("ascii")
    if hashlib.sha256(canonical).hexdigest() != expected:
        raise CredentialError(f"{name} is not the context that was pinned")
    return context


def load_document(url: str, _options: object = None) -> dict[str, Any]:
    """Document loader for PyLD. Raises CredentialError outside the list."""
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": pinned_context(url),
    }
