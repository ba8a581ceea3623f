"""What we hold about one person, as plain data, generated from the declarations."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from people.domain.data_classes import data_classes

MOST_ROWS = 20_000


def exported_data(user_id: int) -> list[dict[str, Any]]:
    """One entry per data class that holds something: model, purpose, retention, rows. Two queries per class at most.

    Secrets (password, keys, hashes of codes) are left out. Values are those of JSON.
    """
    found = []
    for one in data_classes():
        rows = list(one.rows_of(user_id).order_by("pk")[:MOST_ROWS])
        if not rows:
            continue
        names = [field for field in one.model._meta.concrete_fields if field.name not in one.data.secret]
        found.append(
            {
                "model": one.label,
                "purpose": one.data.purpose,
                "retention": one.data.retention,
                "rows": [{field.attname: getattr(row, field.attname) for field in names} for row in rows],
            }
        )
    plain: list[dict[str, Any]] = json.loads(json.dumps(found, cls=_Encoder))
    return plain


class _Encoder(DjangoJSONEncoder):
    """Anything that JSON does not know becomes text."""

    def default(self, o: Any) -> Any:
        """Days, decimals and ids by Django; the rest by its own words."""
        try:
            return super().default(o)
        except TypeError:
            return str(o)
