"""Forms and fields."""

from typing import Any

from django import template
from django.forms.boundfield import BoundField

from cms.look import fields

register = template.Library()


@register.inclusion_tag("cms/components/form.html")
def nest_form(form: Any, summary: bool = True) -> dict[str, object]:
    """Summary, hidden fields and every visible field of a form; the <form> tag itself is the caller's."""
    return {"form": form, "summary": summary}


@register.inclusion_tag("cms/components/field.html")
def nest_field(
    field: BoundField, label: str = "", help: str = "", optional: bool | None = None
) -> dict[str, object]:
    """One field with label, help and how to mend a mistake."""
    if not isinstance(field, BoundField):
        raise template.TemplateSyntaxError("nest_field wants a bound field, such as form.email")
    dressed = fields.dress(field, label=label, help_text=help, optional=optional)
    return {"it": dressed, "widget": field.field.widget, "max_bytes": getattr(field.field, "max_bytes", "")}


@register.inclusion_tag("cms/components/error_summary.html")
def nest_errors(form: Any) -> dict[str, object]:
    """All mistakes of a form or formset, each with a link to its field."""
    return {"lines": list(fields.summary_lines(form))}
