"""A zip file of a stranger, read with counted bytes. Nothing here writes to disk and nothing trusts a declared size."""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from django.utils.translation import gettext as _

from media.domain.packages import limits
from media.domain.packages.names import extension, folded, safe_name
from media.exceptions import PackageRefusedError

_END_RECORD = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x1 | 0x40 | 0x2000


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive under its safe name."""

    name: str
    info: zipfile.ZipInfo


class PackageArchive:
    """The files of a package, each checked on name and form when the archive opens, on content when it is read.

    Raises PackageRefusedError on opening: too_large, not_zip, too_many_files, unsafe_link, encrypted, compression,
    nested_archive, name_*, duplicate_name, overlapping.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._total = 0
        _check_envelope(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except UnicodeDecodeError as error:
            raise PackageRefusedError(
                "name_undecodable",
                _(
                    "Een bestandsnaam in het pakket is niet leesbaar. Maak het pakket opnieuw met gewone namen."
                ),
            ) from error
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise _not_zip() from error
        self.members = self._read_members()

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> "PackageArchive":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def stream(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one file, counted while they come.

        Raises PackageRefusedError: ratio, unpacked_too_large, corrupt, nested_archive.
        """
        member = self.members[name]
        count = 0
        allowed = max(limits.RATIO_FLOOR, member.info.compress_size * limits.MAX_RATIO)
        try:
            with self._zip.open(member.info) as source:
                while chunk := source.read(limits.CHUNK):
                    if count == 0:
                        _refuse_disguised_archive(name, chunk)
                    count += len(chunk)
                    self._total += len(chunk)
                    if count > allowed:
                        raise PackageRefusedError("ratio", _bomb_message(name))
                    if self._total > limits.MAX_UNPACKED:
                        raise PackageRefusedError(
                            "unpacked_too_large",
                            _(
                                "Uitgepakt is dit pakket groter dan 500 MB. Verklein de video’s en probeer opnieuw."
                            ),
                        )
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            OSError,
        ) as error:
            raise PackageRefusedError(
                "corrupt",
                _("Het bestand “%s” in het pakket is beschadigd. Download of bewaar het pakket opnieuw.")
                % name,
            ) from error

    def read(self, name: str, *, limit: int = limits.MAX_JSON) -> bytes:
        """The whole of a small file. Raises PackageRefusedError file_too_large beside those of `stream`."""
        parts: list[bytes] = []
        size = 0
        for chunk in self.stream(name):
            size += len(chunk)
            if size > limit:
                raise PackageRefusedError(
                    "file_too_large", _("Het bestand “%s” is te groot om te lezen.") % name
                )
            parts.append(chunk)
        return b"".join(parts)

    def verify(self) -> tuple[int, dict[str, str]]:
        """Read everything once. Returns the unpacked size and the SHA-256 of every file."""
        self._total = 0
        hashes: dict[str, str] = {}
        for name in self.members:
            digest = hashlib.sha256()
            for chunk in self.stream(name):
                digest.update(chunk)
            hashes[name] = digest.hexdigest()
        return self._total, hashes

    def restart_count(self) -> None:
        """Begin a second pass over the files with a fresh byte count."""
        self._total = 0

    def _read_members(self) -> dict[str, Member]:
        infos = self._zip.infolist()
        if sum(not info.is_dir() for info in infos) > limits.MAX_FILES:
            raise PackageRefusedError(
                "too_many_files",
                _("Dit pakket telt meer dan 5.000 bestanden. Vraag de maker om een kleiner pakket."),
            )
        _check_overlap(infos)
        members: dict[str, Member] = {}
        seen: dict[str, bool] = {}
        for info in infos:
            name = safe_name(_decoded_name(info))
            _check_entry(info, name)
            fold = folded(name)
            if fold in seen and not (info.is_dir() and seen[fold]):
                raise _duplicate(name)
            seen[fold] = info.is_dir()
            if not info.is_dir():
                members[name] = Member(name, info)
        _check_file_as_folder(seen)
        return members


def _check_envelope(file: IO[bytes]) -> None:
    """Size, first bytes and table of contents, before any library reads the file."""
    file.seek(0, 2)
    size = file.tell()
    if size > limits.MAX_UPLOAD:
        raise PackageRefusedError(
            "too_large", _("Dit bestand is groter dan 250 MB. Verklein de video’s en probeer opnieuw.")
        )
    file.seek(0)
    if size == 0:
        raise PackageRefusedError(
            "empty", _("Dit bestand is leeg (0 bytes). Download of bewaar het pakket opnieuw.")
        )
    if file.read(4) != b"PK\x03\x04":
        raise _not_zip()
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise _not_zip()
    _magic, _disk, _start, _here, entries, directory, _offset, _comment = _END_RECORD.unpack_from(tail, at)
    if directory > limits.MAX_DIRECTORY or (entries == 0xFFFF and directory == 0xFFFFFFFF):
        raise PackageRefusedError(
            "too_many_files",
            _("Dit pakket telt meer dan 5.000 bestanden. Vraag de maker om een kleiner pakket."),
        )
    file.seek(0)


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: many zip programs write UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _check_entry(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise PackageRefusedError(
            "encrypted", _("Dit pakket is met een wachtwoord beveiligd. Lever het aan zonder wachtwoord.")
        )
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR} or (kind == stat.S_IFDIR and not info.is_dir()):
        raise PackageRefusedError(
            "unsafe_link",
            _("“%s” is een verwijzing en geen gewoon bestand. Maak het pakket opnieuw zonder verwijzingen.")
            % name,
        )
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise PackageRefusedError(
            "compression",
            _("Dit pakket is op een ongewone manier ingepakt. Maak het opnieuw als gewone zip."),
        )
    if extension(name) in limits.ARCHIVE_EXTENSIONS and not info.is_dir():
        raise PackageRefusedError("nested_archive", _nested_message(name))
    if info.file_size > limits.MAX_UNPACKED:
        raise PackageRefusedError("ratio", _bomb_message(name))


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """Two entries may not share bytes: that is how a small file unpacks into petabytes."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for first, second in pairwise(ordered):
        if first.header_offset + 30 + first.compress_size > second.header_offset:
            raise PackageRefusedError(
                "overlapping",
                _(
                    "In dit pakket delen bestanden dezelfde bytes. Zo’n pakket nemen we niet aan. Maak het opnieuw."
                ),
            )


def _check_file_as_folder(seen: dict[str, bool]) -> None:
    for fold in seen:
        parts = fold.split("/")
        for depth in range(1, len(parts)):
            parent = "/".join(parts[:depth])
            if seen.get(parent) is False:
                raise _duplicate(parent)


def _refuse_disguised_archive(name: str, start: bytes) -> None:
    if start.startswith(limits.ARCHIVE_MAGIC) and extension(name) not in limits.OFFICE_EXTENSIONS:
        raise PackageRefusedError("nested_archive", _nested_message(name))


def _nested_message(name: str) -> str:
    return (
        _("In dit pakket zit nog een ingepakt bestand (“%s”). Pak dat eerst uit en maak het pakket opnieuw.")
        % name
    )


def _bomb_message(name: str) -> str:
    return (
        _("Het bestand “%s” groeit bij het uitpakken meer dan honderd keer. Zo’n pakket nemen we niet aan.")
        % name
    )


def _duplicate(name: str) -> PackageRefusedError:
    return PackageRefusedError(
        "duplicate_name", _("De naam “%s” komt twee keer voor in het pakket. Maak het pakket opnieuw.") % name
    )


def _not_zip() -> PackageRefusedError:
    return PackageRefusedError(
        "not_zip",
        _("Dit is geen leesbaar pakket (geen zip). Download of bewaar het pakket opnieuw als .h5p of .zip."),
    )
