"""Reads of what-if runs."""

from django.db.models import QuerySet

from accreditation.enums import WhatIfVerdict
from accreditation.models import CriteriaVersion, WhatIfChange, WhatIfRun


def latest_run(version: CriteriaVersion) -> WhatIfRun | None:
    """The newest run of a draft. One query."""
    return WhatIfRun.objects.filter(version=version).select_related("base").first()


def changes_of(
    run: WhatIfRun, *, verdict: str = "", profession_id: int = 0, region_id: int = 0
) -> QuerySet[WhatIfChange]:
    """Who a run found, those with most at stake first; 0 and "" mean everybody. One query for each page."""
    rows = WhatIfChange.objects.filter(run=run)
    if verdict in WhatIfVerdict.values:
        rows = rows.filter(verdict=verdict)
    if profession_id:
        rows = rows.filter(profession_id=profession_id)
    if region_id:
        rows = rows.filter(region_id=region_id)
    return rows.select_related("person", "profession", "region").order_by(
        "-is_recognised", "-has_dossier", "person__last_name", "person__first_name", "pk"
    )
