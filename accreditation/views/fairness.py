"""How fairly the committee works: figures as pictures and as tables, small groups never shown."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accreditation.domain.fairness_rules import SMALLEST_CELL
from accreditation.domain.queries.fairness import OUTCOME_WORDS, fairness_report
from people.api import Role, SignedInRequest, role_required

PERIODS = {
    "jaar": (gettext_lazy("Dit jaar"), 0),
    "twee-jaar": (gettext_lazy("Dit en vorig jaar"), 1),
    "vijf-jaar": (gettext_lazy("De laatste vijf jaar"), 4),
}
#: Outcomes in one or two words, for the heads of tables.
SHORT = {outcome.value: words for outcome, words in OUTCOME_WORDS.items()}


@role_required(Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF)
@require_GET
def fairness(request: SignedInRequest) -> HttpResponse:
    """The report over a chosen period."""
    chosen = request.GET.get("periode", "")
    chosen = chosen if chosen in PERIODS else "twee-jaar"
    today = timezone.localdate()
    report = fairness_report(since=date(today.year - PERIODS[chosen][1], 1, 1), until=today)
    context = {
        "report": report,
        "periods": [(key, label) for key, (label, _years) in PERIODS.items()],
        "chosen": chosen,
        "outcomes": list(SHORT.items()),
        "smallest": SMALLEST_CELL,
    }
    return render(request, "accreditation/committee/fairness.html", context)
