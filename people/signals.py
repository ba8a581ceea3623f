"""What the people floor announces, inside the transaction. Signals never decide."""

from django.dispatch import Signal

# user_id: int, fields: tuple[str, ...]
profile_changed = Signal()
# user_id: int, role: str
role_ended = Signal()
# list_id: int, actor: User | None. Before the accounts of a list go: what was done with the list goes first.
import_undoing = Signal()
