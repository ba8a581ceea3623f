class PeopleError(Exception):
    """Something about a person, role or team that cannot be."""


class ErasureError(PeopleError):
    """A person who cannot be erased (now); the text names what has to be ended first."""


class MergeError(PeopleError):
    """Accounts that cannot be put together or taken apart."""


class RoleError(PeopleError):
    """A role that cannot be given or taken like this."""


class IntakeError(PeopleError):
    """A list of people that cannot be read or taken back; `code` is stable, `message` says what to do about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
