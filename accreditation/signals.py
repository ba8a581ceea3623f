"""What the dossier announces, inside the transaction. A receiver that raises undoes the step."""

from django.dispatch import Signal

#: Sent with `round_id` (DossierRound) when a round was handed in.
dossier_submitted = Signal()
#: Sent with `dossier_id` when the professional takes the dossier back.
dossier_withdrawn = Signal()
