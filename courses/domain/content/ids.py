"""Ids of stream data that stay the same at every load."""

import uuid
from typing import Any

Data = dict[str, Any]
NAMESPACE = uuid.UUID("6f0f9a1e-6a0e-4d0e-9d5e-5c8f4f1f2b10")


def stream_id(*parts: object) -> str:
    """The same id for the same place, at every load."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def items(values: list[Any], here: str) -> list[Data]:
    """The items of a list block."""
    return [
        {"type": "item", "value": value, "id": stream_id(here, number)}
        for number, value in enumerate(values, start=1)
    ]
