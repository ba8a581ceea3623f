"""Errors of the media floor. Each carries a code for machines and a Dutch message for people."""


class MediaError(Exception):
    """Base of every refusal on this floor.

    `code` is stable and meant for scripts; `message` is Dutch, says what happened and what to do about it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class PackageRefusedError(MediaError):
    """A learning package that we do not take in. `code` and `message` are those of the first problem found."""


class PackageNotPlayableError(MediaError):
    """A package version that exists but cannot be started now (waiting, refused, or of a kind without a player)."""


class LaunchTokenError(MediaError):
    """A launch token that is forged, damaged or past its time."""


class StatementError(MediaError):
    """A statement from a browser that does not have the form we accept."""


class EvidenceRefusedError(MediaError):
    """An uploaded file that we do not take in as evidence."""


class LibraryDecisionError(MediaError):
    """An approval or refusal of an H5P library that is not possible (any more)."""


class UploadError(MediaError):
    """A piece of an upload that does not fit, or an upload that is not there (any more)."""
