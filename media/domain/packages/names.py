"""Names of files inside a package. Ours is the only writer, and this is the only judge of where it may write."""

import re
import unicodedata

from django.utils.translation import gettext as _

from media.domain.packages.limits import MAX_NAME, MAX_PATH
from media.exceptions import PackageRefusedError

_DRIVE = re.compile(r"^[A-Za-z]:")


def safe_name(name: str) -> str:
    """The name in normal form (NFC), or PackageRefusedError.

    Codes: name_undecodable (control characters), name_traversal (absolute, drive, `..`, backslash), name_too_long.
    A folder keeps its slash at the end.
    """
    name = unicodedata.normalize("NFC", name)
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in name):
        raise PackageRefusedError(
            "name_undecodable",
            _("Een bestandsnaam in het pakket bevat onleesbare tekens. Geef dat bestand een gewone naam."),
        )
    if len(name) > MAX_PATH or any(len(part.encode()) > MAX_NAME for part in name.split("/")):
        raise PackageRefusedError(
            "name_too_long", _("De naam “%s…” is te lang. Kort de naam in.") % name[:60]
        )
    parts = name.removesuffix("/").split("/")
    unsafe = any(part in {"", ".", ".."} or part != part.rstrip(". ") for part in parts)
    if "\\" in name or name.startswith("/") or _DRIVE.match(name) or unsafe:
        raise PackageRefusedError(
            "name_traversal",
            _("Het bestand “%s” wijst naar een plaats buiten het pakket. Vraag de maker om een nieuw pakket.")
            % name[:120],
        )
    return name


def folded(name: str) -> str:
    """The name as a careless file system would see it; two names with the same fold are duplicates."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).removesuffix("/")


def extension(name: str) -> str:
    """The extension in lower case without a dot, "" where there is none."""
    last = name.rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[-1].lower() if "." in last else ""


def is_hidden(name: str) -> bool:
    """H5P leaves out every file or folder whose name starts with a dot or an underscore, and so do we."""
    return any(part.startswith((".", "_")) for part in name.split("/"))
