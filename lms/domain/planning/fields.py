"""Reading single fields of a planning question; every mistake is collected with its place."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _


class PlanningInputError(Exception):
    """The question cannot be read; `problems` are sentences with the place of each mistake."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class Reader:
    """Reads values and collects what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def say(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")

    def rows(self, data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        value = data.get(name) or []
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self.say(name, _("hier hoort een lijst van rijen met velden."))
            return []
        return value

    def text(self, row: Mapping[str, Any], name: str, where: str, default: str | None = None) -> str:
        value = row.get(name, default)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()[:160]
        self.say(f"{where}.{name}", _("vul dit in."))
        return ""

    def number(
        self,
        row: Mapping[str, Any],
        name: str,
        where: str,
        *,
        default: int | None = None,
        least: int = 0,
        most: int = 100_000,
    ) -> int:
        value = row.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.say(
            f"{where}.{name}",
            _("vul een geheel getal in van %(least)s tot %(most)s.") % {"least": least, "most": most},
        )
        return least

    def day(self, value: Any, where: str) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.say(where, _("schrijf een dag als 2027-01-31."))
            return date(2000, 1, 1)

    def dates(self, value: Any, where: str) -> frozenset[date]:
        """Single days, and ranges as {from, to}."""
        if value is None:
            return frozenset()
        if not isinstance(value, list):
            self.say(where, _("hier hoort een lijst van dagen."))
            return frozenset()
        found: set[date] = set()
        for item in value:
            if isinstance(item, Mapping):
                first, last = self.day(item.get("from"), where), self.day(item.get("to"), where)
                if last < first or (last - first).days > 3660:
                    self.say(where, _("het einde van een periode ligt niet na het begin."))
                    continue
                found |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
            else:
                found.add(self.day(item, where))
        return frozenset(found)

    def names(self, value: Any, where: str) -> tuple[str, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            self.say(where, _("hier hoort een lijst van namen."))
            return ()
        return tuple(str(item) for item in value)
