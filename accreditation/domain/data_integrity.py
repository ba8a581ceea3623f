"""Signing and checking JSON with `eddsa-rdfc-2022` (W3C VC Data Integrity, EdDSA Cryptosuites). Pure: no settings."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld

from accreditation.domain.credential_contexts import load_document
from accreditation.exceptions import CredentialError

ED25519_HEADER = b"\xed\x01"
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: One Ed25519 signature in base 58 is 86 to 88 letters; longer input is refused before any arithmetic.
LONGEST_MULTIBASE = 120


def base58(data: bytes) -> str:
    """Base 58 as Bitcoin writes it."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _ALPHABET[rest] + letters
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def from_base58(text: str) -> bytes:
    """The bytes of a base 58 text. Raises CredentialError for other letters or an unlikely length."""
    if len(text) > LONGEST_MULTIBASE or any(letter not in _ALPHABET for letter in text):
        raise CredentialError("not a base 58 text")
    number = 0
    for letter in text:
        number = number * 58 + _ALPHABET.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(key: Ed25519PublicKey) -> str:
    """The public key as Multikey, "z6Mk…"."""
    return "z" + base58(ED25519_HEADER + key.public_bytes_raw())


def from_multikey(text: str) -> Ed25519PublicKey:
    """The public key of a Multikey. Raises CredentialError when it is none."""
    data = from_base58(text.removeprefix("z"))
    if not text.startswith("z") or data[:2] != ED25519_HEADER or len(data) != 34:
        raise CredentialError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(data[2:])


def moment(at: datetime) -> str:
    """A moment as credentials write it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sign(
    document: dict[str, Any], *, key: Ed25519PrivateKey, verification_method: str, created: datetime
) -> dict[str, Any]:
    """The document with its proof in an array, as the Open Badges schema wants. Raises CredentialError."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": moment(created),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(_hash(document, options))
    return {**document, "proof": [{**options, "proofValue": "z" + base58(signature)}]}


def is_signed_by(signed: dict[str, Any], key: Ed25519PublicKey) -> bool:
    """Whether the first proof of the document is this key's over exactly this document.

    Raises CredentialError when the document has no proof of this kind or cannot be read.
    """
    proof = first_proof(signed)
    plain = {name: value for name, value in signed.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name not in ("proofValue", "@context")}
    signature = from_base58(str(proof.get("proofValue", "")).removeprefix("z"))
    try:
        key.verify(signature, _hash(plain, options))
    except InvalidSignature:
        return False
    return True


def first_proof(signed: dict[str, Any]) -> dict[str, Any]:
    """The first proof. Raises CredentialError when there is none of this cryptosuite and purpose."""
    proofs = signed.get("proof")
    proof = proofs[0] if isinstance(proofs, list) and proofs else proofs
    if (
        not isinstance(proof, dict)
        or proof.get("type") != "DataIntegrityProof"
        or proof.get("cryptosuite") != "eddsa-rdfc-2022"
        or proof.get("proofPurpose") != "assertionMethod"
    ):
        raise CredentialError("no eddsa-rdfc-2022 proof")
    return proof


def _hash(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    """Hash of the proof's options, then hash of the document, both canonical."""
    with_context = {"@context": document.get("@context"), **options}
    return _digest(with_context) + _digest(document)


def _digest(document: dict[str, Any]) -> bytes:
    try:
        canonical = jsonld.normalize(
            document,
            {
                "algorithm": "URDNA2015",
                "format": "application/n-quads",
                "documentLoader": load_document,
                "base": "",
            },
        )
    except CredentialError:
        raise
    except Exception as error:  # the processor raises many kinds for a document that is no JSON-LD
        raise CredentialError(f"the document cannot be read as JSON-LD ({type(error).__name__})") from error
    return hashlib.sha256(canonical.encode()).digest()
