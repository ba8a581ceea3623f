"""The living page of the design system at /beheer/stijl/: every component, drawn for real."""

import datetime as dt
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.icons import ICONS
from cms.look.drawings import illustrations

COLOURS = (
    "paper", "surface", "sunken", "ink", "ink-muted", "line", "hairline", "teal", "teal-soft", "apricot",
    "apricot-soft", "plum", "plum-soft", "success", "success-soft", "warning", "warning-soft", "danger",
    "danger-soft", "info", "info-soft", "deep",
)  # fmt: skip


class SampleForm(forms.Form):
    """One field of every kind that people meet here."""

    name = forms.CharField(label=gettext_lazy("Je naam"), help_text=gettext_lazy("Zoals op je diploma."))
    email = forms.EmailField(label=gettext_lazy("E-mailadres"))
    hours = forms.IntegerField(label=gettext_lazy("Aantal uren"), required=False)
    day = forms.DateField(label=gettext_lazy("Datum"), widget=forms.DateInput(attrs={"type": "date"}))
    profession = forms.ChoiceField(
        label=gettext_lazy("Beroep"),
        choices=[
            ("", "-"),
            ("childcare", gettext_lazy("Kinderbegeleider")),
            ("midwife", gettext_lazy("Vroedvrouw")),
        ],
    )
    form_of_exchange = forms.ChoiceField(
        label=gettext_lazy("Vorm"),
        widget=forms.RadioSelect,
        choices=[("i", gettext_lazy("Intervisie")), ("s", gettext_lazy("Supervisie"))],
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Talen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("nl", gettext_lazy("Nederlands")),
            ("fr", gettext_lazy("Frans")),
            ("en", gettext_lazy("Engels")),
        ],
    )
    password = forms.CharField(label=gettext_lazy("Wachtwoord"), widget=forms.PasswordInput)
    story = forms.CharField(label=gettext_lazy("Je motivatie"), required=False, widget=forms.Textarea)
    file = forms.FileField(
        label=gettext_lazy("Je polis"), help_text=gettext_lazy("PDF of foto, hoogstens 10 MB.")
    )
    agree = forms.BooleanField(label=gettext_lazy("Ik heb dit naar waarheid ingevuld"))


def _samples() -> dict[str, object]:
    now = timezone.now()
    criteria = [
        {"label": _("Basisdiploma"), "state": "met", "reason": _("Bachelor vroedkunde, nagekeken.")},
        {"label": _("Voortgezette opleiding"), "state": "met", "reason": _("12 van 12 uur.")},
        {
            "label": _("Permanente vorming"),
            "state": "pending",
            "reason": _("Drie van vier bijeenkomsten bevestigd."),
        },
        {"label": _("Verzekering"), "state": "expiring", "reason": _("Je polis loopt tot 31 december.")},
        {"label": _("Beroepsvereniging"), "state": "missing", "reason": _("Voeg je lidbewijs toe.")},
        {"label": _("Ervaring"), "state": "missing", "reason": _("Alleen nodig zonder basisdiploma.")},
    ]
    steps = [
        {"label": _("Verzamelen"), "state": "done", "note": _("klaar op 3 november")},
        {"label": _("Indienen"), "state": "done"},
        {"label": _("Lezen"), "state": "current", "note": _("twee lezers")},
        {"label": _("Beslissing"), "state": "todo"},
    ]
    timeline = [
        {"title": _("Dossier ingediend"), "when": now - dt.timedelta(days=9), "tone": "success"},
        {
            "title": _("Eerste lezer gaf een advies"),
            "when": now - dt.timedelta(days=4),
            "text": _("Anoniem."),
        },
        {"title": _("Wachten op de tweede lezer"), "when": _("nu"), "tone": "muted"},
    ]
    figures = [
        {
            "value": _("1 op 5"),
            "label": _("moeders heeft het psychisch moeilijk rond de geboorte"),
            "source": _("voorbeeld"),
        },
        {"value": "12 u.", "label": _("opleiding voor het basisniveau")},
        {"value": "60", "label": _("eerstelijnszones in Vlaanderen")},
    ]
    talk = [
        {
            "who": "begeleider",
            "text": _("Je ziet er moe uit vandaag. Hoe gaat het met jou?"),
            "note": _("Je vraagt naar haar, niet naar de baby."),
        },
        {"who": "ouder", "text": _("Ach, het gaat wel. Hij slaapt gewoon weinig.")},
        {"who": "begeleider", "text": _("Dat is zwaar. Wie helpt jou 's nachts?")},
    ]
    approach = [
        {"title": _("Kijk"), "text": _("Wat zie je precies, en hoe vaak?")},
        {"title": _("Deel"), "text": _("Vertel het aan een collega die het kind ook kent.")},
        {"title": _("Vraag"), "text": _("Open het gesprek met wat je zag, niet met wat je denkt.")},
    ]
    tabs = [
        {"label": _("Wachtrij"), "href": "#", "current": True, "count": 4},
        {"label": _("Gelezen"), "href": "#", "count": 12},
        {"label": _("Beslist"), "href": "#"},
    ]
    people = [
        SimpleNamespace(name="An Verstraete", lessons=4, state="done", hours=12.5),
        SimpleNamespace(name="Mehmet Aydın", lessons=2, state="current", hours=6),
        SimpleNamespace(name="Łucja De Backer", lessons=0, state="todo", hours=0),
    ]
    return {
        "criteria": criteria, "steps": steps, "timeline": timeline, "figures": figures, "talk": talk,
        "approach": approach, "tabs": tabs, "people": people, "now": now, "later": now + dt.timedelta(hours=3),
    }  # fmt: skip


def style(request: HttpRequest) -> HttpResponse:
    """Show every component. Wagtail lets only people in who may enter the admin."""
    wrong = SampleForm({"name": "", "email": "an@", "form_of_exchange": "i"}, auto_id="fout_%s")
    wrong.is_valid()
    messages.success(request, _("Zo ziet een melding eruit: je polis is bewaard."))
    context = {
        **_samples(),
        "form": SampleForm(),
        "wrong_form": wrong,
        "colours": COLOURS,
        "illustration_names": illustrations(),
        "icon_names": sorted(ICONS),
        "page_obj": Paginator(range(180), 10).page(7),
    }
    return render(request, "cms/style.html", context)
