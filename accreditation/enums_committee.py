"""Words of the committee's procedure and of the life of a recognition."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TieHint(TextChoices):
    """What may mean that a member knows the applicant. A hint is asked about, it never decides."""

    FAMILY_NAME = "family_name", _("dezelfde familienaam")
    ADDRESS = "address", _("dezelfde praktijk: telefoon of mailadres")


class DisagreementWay(TextChoices):
    """What happens when two readers say different things."""

    THIRD_READER = "third_reader", _("een derde lezer")
    MEETING = "meeting", _("de vergadering")


class AgendaReason(TextChoices):
    """Why a dossier is on the agenda of a meeting."""

    DISAGREEMENT = "disagreement", _("de lezers zijn het niet eens")
    APPEAL = "appeal", _("bezwaar")
    ASKED = "asked", _("een lid vraagt het")


class TransitionKind(TextChoices):
    """What people do to a recognition; what dates do is worked out at read time."""

    GRANTED = "granted", _("toegekend")
    REPLACED = "replaced", _("vervangen door een nieuwe")
    DEFERRED = "deferred", _("uitstel gegeven")
    SUSPENDED = "suspended", _("geschorst")
    LIFTED = "lifted", _("schorsing opgeheven")
    HEARD = "heard", _("voornemen tot intrekking")
    KEPT = "kept", _("voornemen ingetrokken, erkenning blijft")
    CONDITION_MET = "condition_met", _("voorwaarde in orde")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class DeferralReason(TextChoices):
    """Why renewing may wait."""

    PARENTAL_LEAVE = "parental_leave", _("ouderschaps- of bevallingsverlof")
    ILLNESS = "illness", _("ziekte")
    CARE = "care", _("zorg voor een naaste")


class SuspensionReason(TextChoices):
    """Why a recognition rests."""

    ENQUIRY = "enquiry", _("een melding wordt onderzocht")
    EVIDENCE = "evidence", _("een bewijsstuk wordt onderzocht")
    OWN_REQUEST = "own_request", _("op eigen vraag")


class WithdrawalGround(TextChoices):
    """Why a recognition ends. All but the person's own request go through the right to be heard."""

    OWN_REQUEST = "own_request", _("op eigen vraag")
    CRITERIA = "criteria", _("voldoet niet meer aan de criteria")
    FRAUD = "fraud", _("een bewijsstuk klopt niet")
    CONDUCT = "conduct", _("een ernstige klacht")
