"""How each Django widget is dressed: one decision for every form in the house."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "options"),
    (forms.RadioSelect, "options"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.SelectDateWidget, "multi"),
    (forms.MultiWidget, "multi"),
)


REQUIRED_LINE = gettext_lazy("Vul dit nog in.")
REQUIRED = {
    "options": gettext_lazy("Kies nog wat past."),
    "check": gettext_lazy("Vink dit aan om verder te gaan."),
    "file": gettext_lazy("Kies nog een bestand."),
}


@dataclass(frozen=True)
class Dressed:
    """What the field template needs."""

    field: BoundField
    shape: str
    control: SafeString
    label: object
    help: object
    errors: list[str]
    optional: bool
    id: str

    @property
    def described_by(self) -> str:
        """Ids of help and error, for a group that carries them itself."""
        ids = [f"{self.id}_helptext"] if self.help else []
        return " ".join(ids + ([f"{self.id}_error"] if self.errors else []))


def shape_of(widget: forms.Widget) -> str:
    """Which of the six layouts fits a widget."""
    return next((shape for kind, shape in SHAPES if isinstance(widget, kind)), "line")


def kind_errors(field: BoundField) -> Iterator[str]:
    """Errors of a field in words that say how to mend it, where Django only says that something is wrong."""
    shape = shape_of(field.field.widget)
    for error in field.errors.as_data():
        # The words of the field's class: a message that a form chose itself is kept.
        standard = [getattr(kind, "default_error_messages", {}) for kind in type(field.field).__mro__]
        is_default = any(error.message == words.get(error.code or "") for words in standard)
        if is_default and error.code == "required":
            yield str(REQUIRED.get(shape, REQUIRED_LINE))
        elif is_default and error.code == "invalid" and isinstance(field.field, forms.DateField):
            yield gettext("Schrijf de datum als dag/maand/jaar, zoals 24/11/2026.")
        elif error.code == "invalid" and isinstance(field.field, forms.EmailField):
            yield gettext("Dit lijkt geen e-mailadres. Schrijf het zoals naam@voorbeeld.be.")
        else:
            yield from map(str, error.messages)


def dress(
    field: BoundField, *, label: object = "", help_text: object = "", optional: bool | None = None
) -> Dressed:
    """Bind help and errors to the control and choose its layout."""
    widget = field.field.widget
    shape = shape_of(widget)
    shown_help = help_text or field.help_text
    shown_label = label or field.label
    errors = list(kind_errors(field))
    attrs: dict[str, str | bool] = {}
    if shape not in ("options", "multi"):
        own = [widget.attrs["aria-describedby"]] if widget.attrs.get("aria-describedby") else []
        ids = own + ([f"{field.auto_id}_helptext"] if shown_help else [])
        ids += [f"{field.auto_id}_error"] if errors else []
        if ids:
            attrs["aria-describedby"] = " ".join(ids)
    placeholder = str(widget.attrs.get("placeholder", ""))
    if placeholder.casefold() in (str(field.label).casefold(), str(shown_label).casefold()):
        # A placeholder that repeats the label vanishes while typing and helps nobody.
        attrs["placeholder"] = ""
    if optional is None:
        optional = not field.field.required and shape != "check" and not field.field.disabled
    return Dressed(
        field=field,
        shape=shape,
        control=field.as_widget(attrs=attrs),
        label=shown_label,
        help=shown_help,
        errors=errors,
        optional=optional,
        id=field.auto_id or field.html_name,
    )


@dataclass(frozen=True)
class SummaryLine:
    """One mistake in the summary, with the field it belongs to."""

    text: str
    label: str = ""
    href: str = ""

    @property
    def lead(self) -> str:
        """The label with what stands between it and the mistake: a question or sentence needs no colon."""
        return self.label if self.label.endswith((".", "?", "!", ":")) else f"{self.label}:"


def summary_lines(form: object) -> Iterator[SummaryLine]:
    """All mistakes of a form, a formset, or a list of these and of plain sentences, in the order of the page."""
    if isinstance(form, str):
        yield SummaryLine(form)
        return
    if isinstance(form, list | tuple):
        for part in form:
            yield from summary_lines(part)
        return
    if isinstance(form, forms.BaseFormSet):
        for error in form.non_form_errors():
            yield SummaryLine(str(error))
        for child in form.forms:
            yield from summary_lines(child)
        return
    if not isinstance(form, forms.BaseForm) or not form.is_bound:
        return
    for error in form.non_field_errors():
        yield SummaryLine(str(error))
    for field in form:
        for error in kind_errors(field):
            href = "" if field.is_hidden else f"#{field.auto_id or field.html_name}"
            yield SummaryLine(str(error), str(field.label), href)
