"""How a model says that it holds personal data: whose, what for, how long, and what becomes of it on erasure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class OnErasure(Enum):
    """What happens to a person's rows when the account is erased."""

    DELETE = "delete"
    #: The row stays, the named fields are emptied.
    BLANK = "blank"
    #: The row stays as it is: it points at an account that no longer says who it was.
    KEEP = "keep"


@dataclass(frozen=True)
class PersonalData:
    """The declaration, as `personal_data` on the model. Export and erasure are generated from it.

    `subject`: the lookup that leads to the person, such as "person" or "enrolment__person". `blanked`: fields and their
    empty values, for BLANK. `secret`: fields that an export leaves out. `why_kept`: the ground, for KEEP and BLANK.
    `moves`: whether a merge of duplicate accounts may hand the row to the other account.
    """

    subject: str
    purpose: str
    retention: str
    on_erasure: OnErasure = OnErasure.DELETE
    why_kept: str = ""
    blanked: Mapping[str, Any] = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    moves: bool = True

    def __post_init__(self) -> None:
        """A declaration that leaves a question open is no declaration."""
        if self.on_erasure is not OnErasure.DELETE and not self.why_kept:
            raise ValueError("say why the row is kept")
        if (self.on_erasure is OnErasure.BLANK) != bool(self.blanked):
            raise ValueError("name the fields to blank, for BLANK only")
