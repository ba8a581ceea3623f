"""Keys to sign with. Production names its own files; a development checkout and the demo make theirs, once.

The demo's certificate authority is home-made: PDF readers show its seal as intact, by an unknown issuer.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

AUTHORITY_DAYS, SEAL_DAYS = 3650, 1825


def development_credential_key(folder: Path) -> str:
    """Path of an Ed25519 key in PEM, made the first time."""
    path = folder / "credential_key.pem"
    if not path.exists():
        _write(path, Ed25519PrivateKey.generate())
    return str(path)


def development_seal(folder: Path) -> tuple[str, str]:
    """Paths of an EC P-256 key and of its certificate chain (seal, then authority), made the first time."""
    key_path, chain_path = folder / "seal_key.pem", folder / "seal_chain.pem"
    if not (key_path.exists() and chain_path.exists()):
        authority_key, seal_key = (
            ec.generate_private_key(ec.SECP256R1()),
            ec.generate_private_key(ec.SECP256R1()),
        )
        authority = _certificate(
            "Nestwerk demo-autoriteit", authority_key, None, authority_key, AUTHORITY_DAYS
        )
        seal = _certificate("Nestwerk demo-zegel", seal_key, authority, authority_key, SEAL_DAYS)
        chain = b"".join(each.public_bytes(serialization.Encoding.PEM) for each in (seal, authority))
        _write(key_path, seal_key)
        chain_path.write_bytes(chain)
    return str(key_path), str(chain_path)


def _write(path: Path, key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> None:
    """Keep a private key where only its owner can read it; two processes that start at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{id(key)}.new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    fresh.replace(path)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    signer: ec.EllipticCurvePrivateKey,
    days: int,
) -> x509.Certificate:
    """A certificate of the authority itself (no issuer) or of the seal that it vouches for."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Nestwerk"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    is_authority = issuer is None
    start = datetime(2020, 1, 1, tzinfo=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(datetime.now(UTC) + timedelta(days=days))
        .add_extension(
            x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True
        )
        .add_extension(_usage(is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    return builder.sign(signer, hashes.SHA256())


def _usage(is_authority: bool) -> x509.KeyUsage:
    """An authority signs certificates; a seal signs documents."""
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
