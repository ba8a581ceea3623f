"""Handing a task to the broker, which may be away."""

import logging
from typing import Any

logger = logging.getLogger("nestwerk.broker")


def hand_over(task: Any, *arguments: object) -> bool:
    """Put a Celery task in the queue; False when the broker does not take it, and nothing is raised."""
    try:
        task.delay(*arguments)
    except Exception:  # noqa: BLE001 - whatever the broker's library raises means the same: not now
        logger.warning("broker not reachable; %s is not handed over", task.name)
        return False
    return True
