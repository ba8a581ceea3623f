"""The periods and numbers of the procedure, as dated data."""

from datetime import date

from django.utils.translation import gettext as _

from accreditation.exceptions import RecognitionError
from accreditation.models import ProcedureRule


def procedure_rule(on: date) -> ProcedureRule:
    """The rule in force on a day. Raises RecognitionError before the first rule."""
    rule = ProcedureRule.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    if rule is None:
        raise RecognitionError(_("Voor die datum zijn er nog geen termijnen vastgelegd."))
    return rule
