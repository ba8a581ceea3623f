"""One choice for each kind of message."""

from django import forms

from people.domain.notices import choices_of, notice_kinds


class NoticesForm(forms.Form):
    """Built from the kinds that the floors named; the way that holds is chosen beforehand."""

    def __init__(self, *args: object, person_id: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        held = choices_of(person_id)
        for kind in notice_kinds():
            if len(kind.ways) == 1:
                continue
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.label,
                help_text=kind.help,
                choices=[(way.value, way.label) for way in kind.ways],
                widget=forms.RadioSelect,
                initial=held[kind.key].value,
            )
