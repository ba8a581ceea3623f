"""A lesson as a learner will read it, for the preview in the back office."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courses.models import LessonPage


def preview_context(page: "LessonPage") -> dict[str, Any]:
    """Every block, drawn by its own template; interactive ones as a still picture of themselves."""
    parents = list(page.get_ancestors().specific()) if page.path else []
    return {
        "blocks": [child.render() for child in page.body],
        "sources": [child.value for child in page.sources],
        "module": parents[-1] if parents else None,
    }
