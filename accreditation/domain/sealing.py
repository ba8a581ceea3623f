"""The seal on a PDF: a PAdES signature (ETSI EN 319 142) that certifies the file and allows no change at all."""

import asyncio
import io
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from asn1crypto import tsp, x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.keys import load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import signers
from pyhanko.sign.attributes import (
    CMSAttributeProvider,
    SignedAttributeProviderSpec,
    SigningCertificateV2Provider,
)
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError, as_signing_certificate_v2
from pyhanko_certvalidator.registry import SimpleCertificateStore

from accreditation.domain.pdf_child import ATTACHMENT, ATTACHMENT_MEANING
from accreditation.exceptions import SealError

FIELD = "Zegel"
#: Bytes for signature and attributes beside the certificates: ten times what they take.
ATTRIBUTES = 4096
T = TypeVar("T")
# pyHanko writes a line per file and explains wrong keys in a log; our error says which setting to mend.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class SealFiles:
    """Which files hold key and chain, and when they changed: a renewed certificate is picked up without a restart."""

    key: str
    chain: str
    changed: tuple[int, int]


class _OwnCertificate(SigningCertificateV2Provider):
    """Which certificate signs (RFC 5035), written once: writing it anew took most of the time of a seal."""

    def __init__(self, certificate: x509.Certificate) -> None:
        super().__init__(certificate)
        self._written = as_signing_certificate_v2(certificate).dump()

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        """Read back without its parts, so that it goes into the seal as it is."""
        return tsp.SigningCertificateV2.load(self._written)


class _SealAttributes(SignedAttributeProviderSpec):
    """What a PAdES baseline signature signs beside the file's digest: the certificate, and no time of its own."""

    def __init__(self, certificate: x509.Certificate) -> None:
        self._certificate = _OwnCertificate(certificate)

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterable[CMSAttributeProvider]:
        """The same provider for every file."""
        return [self._certificate]


def seal(content: bytes, attachment: str = "") -> bytes:
    """The same PDF with the seal added, and the credential with it where the engine could not embed that itself.

    Raises SealError when the key is gone or wrong: no file goes out unsealed.
    """
    by = signer()
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name="Nestwerk",
        location=settings.SITE_URL,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        if attachment:
            _attach(writer, attachment)
        sealed = outside_loops(
            lambda: signers.sign_pdf(
                writer, metadata, signer=by, bytes_reserved=_room_for_the_seal(), in_place=False
            )
        )
    except (SigningError, PdfError, OSError, ValueError) as error:
        raise SealError(f"the seal failed: {type(error).__name__}") from error
    return bytes(sealed.getvalue())


def _attach(writer: IncrementalPdfFileWriter, attachment: str) -> None:
    held = EmbeddedFileObject.from_file_data(writer, attachment.encode(), mime_type="application/json")
    embed_file(
        writer,
        FileSpec(
            file_spec_string=ATTACHMENT,
            file_name=ATTACHMENT,
            embedded_data=held,
            description=ATTACHMENT_MEANING,
            af_relationship=pdf_name("/Data"),
        ),
    )


def _room_for_the_seal() -> int | None:
    """Hexadecimal digits kept free in the file. Known for our own key; None lets pyHanko sign once more to find out.

    The chain in PEM is a third longer than what goes in; the rest is the signature and its attributes.
    """
    if settings.SIGNING_SIGNER:
        return None
    return 2 * (Path(settings.SIGNING_CERT_FILE).stat().st_size + ATTRIBUTES)


def outside_loops(work: Callable[[], T]) -> T:
    """Do the work where no event loop runs: pyHanko starts one of its own and cannot within another."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def signer() -> signers.Signer:
    """Who signs: the callable of SIGNING_SIGNER (a remote or hardware signer), else the key in SIGNING_KEY_FILE.

    Raises SealError naming the setting that must be mended.
    """
    if settings.SIGNING_SIGNER:
        try:
            made: signers.Signer = import_string(settings.SIGNING_SIGNER)()
        except Exception as error:
            raise SealError(f"SIGNING_SIGNER gave no signer: {type(error).__name__}") from error
        return made
    key, chain = settings.SIGNING_KEY_FILE, settings.SIGNING_CERT_FILE
    if not key or not chain:
        raise SealError("SIGNING_KEY_FILE and SIGNING_CERT_FILE are not set: no certificate can be sealed")
    try:
        changed = (Path(key).stat().st_mtime_ns, Path(chain).stat().st_mtime_ns)
    except OSError as error:
        raise SealError(f"the key or certificate of the seal is gone: {error.filename}") from error
    return _from_files(SealFiles(key=key, chain=chain, changed=changed))


@lru_cache(maxsize=4)
def _from_files(files: SealFiles) -> signers.Signer:
    try:
        key = load_private_key_from_pemder(files.key, passphrase=None)
        certificates = list(load_certs_from_pemder([files.chain]))  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise SealError(
            "SIGNING_KEY_FILE or SIGNING_CERT_FILE holds no PEM key without password, or no certificate"
        ) from error
    if not certificates or certificates[0].public_key.dump() != public_half(files.key):
        raise SealError("the first certificate of SIGNING_CERT_FILE does not belong to SIGNING_KEY_FILE")
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(certificates)
    # Who checks brings the root along: a root inside the file would vouch for itself.
    made = signers.SimpleSigner(
        signing_cert=certificates[0], signing_key=key, cert_registry=store, embed_roots=False
    )
    made.signed_attr_prov_spec = _SealAttributes(certificates[0])
    return made


def public_half(path: str) -> bytes:
    """The public key that belongs to a private key in PEM, as DER."""
    key = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def seal_certificate() -> bytes:
    """The certificate of the seal (DER), to recognise our own seal by. Raises SealError."""
    certificate = signer().signing_cert
    if certificate is None:
        raise SealError("the signer has no certificate")
    return bytes(certificate.dump())
