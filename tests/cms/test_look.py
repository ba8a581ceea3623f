"""The look's own promises: words of dates and numbers, components, known icons, equal dark values, small pages."""

import datetime as dt
import gzip
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from cms.context_processors import desk_items, public_items
from cms.icons import ICONS
from cms.look import formats
from cms.look.drawings import illustrations
from people.enums import Role
from tests.factories.people import UserFactory

ROOT = Path(__file__).resolve().parents[2]
NB = "\u00a0"


def draw(source: str, **context: object) -> str:
    """A template text rendered without a request."""
    return Template(source).render(Context(context))


def brussels(*parts: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime(*parts))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (lambda: dt.date(timezone.localdate().year, 11, 24), r"^[a-z]{2} 24 november$"),
        (lambda: dt.date(2020, 11, 24), r"^di 24 november 2020$"),
        (lambda: None, r"^$"),
    ],
)
def test_date_is_short_and_dutch(value, expected):
    assert re.match(expected, formats.as_date(value()))


def test_date_can_be_long():
    assert formats.as_date(dt.date(2026, 11, 24), "long") == "dinsdag 24 november 2026"


def test_moment_is_told_in_brussels_time():
    moment = dt.datetime(2020, 11, 24, 12, 30, tzinfo=dt.UTC)
    assert formats.as_datetime(moment) == f"di 24 november 2020, 13.30{NB}u."
    for language, words in (("en", "24 November 2020, 13:30"), ("fr", "24 novembre 2020, 13 h 30")):
        with override(language):
            assert formats.as_datetime(moment) == words


def test_period_on_one_day_names_the_day_once():
    words = formats.as_period(brussels(2020, 11, 24, 13, 30), brussels(2020, 11, 24, 16, 30))
    assert words == f"di 24 november 2020, 13.30 tot 16.30{NB}u."


def test_period_of_whole_days_names_no_hours():
    first, last = dt.date(2020, 11, 24), dt.date(2020, 12, 8)
    assert formats.as_period(first, last) == "di 24 november 2020 tot en met di 8 december 2020"
    assert formats.as_period(first, first) == "di 24 november 2020"


def test_period_over_two_years_names_both_also_when_one_is_this_year():
    year = dt.date.today().year
    first, last = dt.date(year, 1, 1), dt.date(year + 1, 12, 31)
    words = formats.as_period(first, last)
    assert f"1 januari {year} tot en met " in words and words.endswith(f"31 december {year + 1}")
    words = formats.as_period(dt.date(year - 1, 11, 28), dt.date(year, 11, 13))
    assert f"28 november {year - 1} tot en met " in words and words.endswith(f"13 november {year}")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, None, "1.234,5"),
        (12, None, "12"),
        (Decimal("6.0"), 1, "6,0"),
        (Decimal("0.10"), None, "0,1"),
        (0, None, "0"),
        (None, None, ""),
    ],
)
def test_number_has_a_comma(value, decimals, expected):
    assert formats.as_number(value, decimals) == expected


def test_percent_and_sizes():
    assert formats.as_percent(Decimal("0.825")) == f"82,5{NB}%"
    assert formats.as_filesize(2_400_000) == f"2,4{NB}MB"
    assert formats.as_filesize(840) == f"1{NB}kB"


@pytest.mark.parametrize(
    ("minutes", "expected"), [(45, "45 min"), (60, "1 uur"), (80, "1 uur 20 min"), (0, "0 min"), (None, "")]
)
def test_duration_in_hours_and_minutes(minutes, expected):
    assert formats.as_duration(minutes).replace(NB, " ") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("An Verstraete", "AV"), ("Noor", "N"), ("", "?"), ("Jean-Luc De Wit", "JW"), ("(x)", "?")],
)
def test_initials(name, expected):
    assert formats.initials(name) == expected


def test_markdown_drops_what_is_not_allowed():
    html = formats.as_markdown(
        '**vet** <script>alert(1)</script> [link](javascript:alert(1)) <b onclick="x">y</b>'
    )
    assert "<strong>vet</strong>" in html
    assert "script" not in html
    assert "onclick" not in html


def test_button_escapes_and_keeps_a_zero():
    html = draw('{% nest_button label name="n" value=0 %}', label="<Dien in>")
    assert "&lt;Dien in&gt;" in html
    assert 'value="0"' in html
    assert 'type="submit"' in html


def test_button_with_address_is_a_link():
    assert draw('{% nest_button "Ga" href="/mijn/" kind="quiet" %}').startswith(
        '<a class="button button--quiet" href="/mijn/"'
    )


def test_state_is_told_in_words():
    assert "Nog nodig" in draw('{% nest_state "missing" %}')
    assert "onbekend" in draw('{% nest_state "onbekend" %}')


def test_ring_has_six_arcs_and_a_list():
    criteria = [
        {"label": f"C{n}", "state": state}
        for n, state in enumerate(["met"] * 3 + ["pending", "missing", "expiring"])
    ]
    html = draw("{% nest_ring criteria %}", criteria=criteria)
    assert html.count("ring__arc ") == 6
    assert html.count("<li") == 6
    assert "4 van 6" in html


def test_dots_are_not_drawn_above_a_hundred():
    assert draw('{% nest_dots count=1 of=5 label="x" %}').count("<circle") == 5
    assert draw('{% nest_dots count=1 of=1000 label="x" %}').count("<circle") == 0
    assert "1 op 1.000" in draw('{% nest_dots count=1 of=1000 label="x" %}')


def test_pagination_keeps_the_filters():
    request = RequestFactory().get("/cursussen/", {"beroep": "vroedvrouw", "bladzijde": "2"})
    html = Template("{% nest_pagination page %}").render(
        Context({"request": request, "page": Paginator(range(30), 10).page(2)})
    )
    assert "?beroep=vroedvrouw&amp;bladzijde=3" in html
    assert html.count('aria-current="page"') == 1


class EveryWidget(forms.Form):
    text = forms.CharField(help_text="Hulp")
    agree = forms.BooleanField()
    choice = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    file = forms.FileField()
    moment = forms.SplitDateTimeField()
    secret = forms.CharField(widget=forms.PasswordInput)
    token = forms.CharField(widget=forms.HiddenInput)


def test_form_points_from_help_and_error_to_the_field():
    html = draw("{% nest_form form %}", form=EveryWidget({}))
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_text"' in html
    assert "Vul dit nog in." in html
    assert "Vink dit aan om verder te gaan." in html
    assert "Kies nog een bestand." in html
    assert html.count("(hoeft niet)") == 1
    assert html.count('type="hidden"') == 1


def test_form_without_mistakes_has_no_summary():
    assert "error-summary" not in draw("{% nest_form form %}", form=EveryWidget())


def test_dark_values_are_the_same_in_both_places():
    text = (ROOT / "cms/css/00_tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(
        r':root(?::not\(\[data-theme="light"\]\)|\[data-theme="dark"\]) \{([^}]*--paper[^}]*)\}', text
    )
    values = [re.findall(r"(--[\w-]+):\s*([^;]+);", block) for block in blocks]
    assert len(values) == 2
    assert values[0] == values[1]


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_have_enough_contrast(theme):
    text = (ROOT / "cms/css/00_tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    if theme == "dark":
        colours |= dict(
            re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", dark.split(':root[data-theme="dark"]')[0])
        )
    grounds = ("paper", "surface", "sunken")
    pairs = [(ink, ground, 4.5) for ink in ("ink", "ink-muted", "teal", "danger") for ground in grounds]
    pairs += [
        (tone, f"{tone}-soft", 4.5)
        for tone in ("teal", "apricot", "plum", "success", "warning", "danger", "info")
    ]
    pairs += [
        ("ink", f"{tone}-soft", 7)
        for tone in ("teal", "apricot", "plum", "success", "warning", "danger", "info")
    ]
    pairs += [
        ("on-teal", "teal", 4.5),
        ("on-danger", "danger", 4.5),
        ("on-deep", "deep", 7),
        ("on-deep-muted", "deep", 4.5),
    ]
    pairs += [("line", ground, 3) for ground in grounds]
    weak = {
        (a, b): round(_contrast(colours[a], colours[b]), 2)
        for a, b, least in pairs
        if _contrast(colours[a], colours[b]) < least
    }
    assert weak == {}


def _templates() -> list[Path]:
    return [
        file
        for file in ROOT.glob("*/templates/**/*")
        if file.suffix in (".html", ".txt") and "node_modules" not in file.parts
    ]


def test_every_icon_in_a_template_is_in_the_sprite():
    used = {}
    for file in _templates():
        text = file.read_text(encoding="utf-8")
        for name in re.findall(r'{% nest_(?:icon "([^"]+)"|[^%]*?\bicon="([^"]+)")', text):
            used.setdefault(name[0] or name[1], file.relative_to(ROOT))
    assert {name: str(file) for name, file in used.items() if name not in ICONS} == {}


def test_every_illustration_in_a_template_exists():
    known = set(illustrations())
    used = {}
    for file in _templates():
        for name in re.findall(
            r'(?:nest_illustration |illustration=)"([^"]+)"', file.read_text(encoding="utf-8")
        ):
            used.setdefault(name, str(file.relative_to(ROOT)))
    assert {name: file for name, file in used.items() if name not in known} == {}


def test_no_template_has_inline_style_or_script():
    """The content security policy forbids both; e-mail and paper (an @page rule) know no policy."""
    found = []
    for file in _templates():
        text = file.read_text(encoding="utf-8")
        if "/email/" in str(file) or "@page" in text or file.suffix != ".html":
            continue
        if re.search(r"\sstyle=[\"']|<style|\son(click|change|submit|load)=|<script>|javascript:", text):
            found.append(str(file.relative_to(ROOT)))
    assert found == []


def test_style_sheet_is_small():
    sheet = ROOT / "var" / "vendor" / "nest.css"
    if not sheet.is_file():
        pytest.skip("var/vendor is not built: run scripts/bundle_vendor.py")
    assert len(gzip.compress(sheet.read_bytes())) < 20_000


def test_first_page_is_light():
    vendor = ROOT / "var" / "vendor"
    if not vendor.is_dir():
        pytest.skip("var/vendor is not built: run scripts/bundle_vendor.py")
    packed = sum(
        len(gzip.compress((vendor / name).read_bytes())) for name in ("nest.css", "nest.js", "icons.svg")
    )
    fonts = sum(
        (vendor / "fonts" / name).stat().st_size for name in ("atkinson-latin.woff2", "fraunces-latin.woff2")
    )
    assert packed + fonts < 120_000


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36 Edg/140",
            "Edge op Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari op iPhone",
        ),
        ("curl/8", "Een onbekend toestel"),
        ("", "Een onbekend toestel"),
    ],
)
def test_device_in_words(agent, words):
    assert formats.as_device(agent) == words


@pytest.mark.django_db
def test_password_rules_speak_as_the_house_does(client):
    text = client.get("/account/signup/").content.decode()
    assert "Neem minstens 10 tekens." in text
    assert "Uw wachtwoord" not in text


def test_menu_of_nobody_has_no_desks():
    assert desk_items(None, "/") == []
    assert [item.href for item in public_items("/cursussen/x/") if item.current] == ["/cursussen/"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "desks"),
    [
        ([], ["/mijn/"]),
        ([Role.TRAINER], ["/mijn/", "/begeleiding/"]),
        ([Role.TEAM_COORDINATOR], ["/mijn/", "/team/"]),
        ([Role.COMMITTEE_MEMBER], ["/mijn/", "/commissie/"]),
        ([Role.NETWORK_STAFF], ["/mijn/", "/netwerk/"]),
        ([Role.AUTHOR], ["/mijn/", "/beheer/"]),
        ([Role.ADMINISTRATOR], ["/mijn/", "/beheer/"]),
    ],
)
def test_menu_shows_only_the_desks_of_the_roles(roles, desks):
    assert [item.href for item in desk_items(UserFactory(roles=roles), "/mijn/")] == desks


@pytest.mark.django_db
def test_signed_in_header_costs_only_session_user_and_roles(client, django_assert_num_queries):
    client.force_login(UserFactory(roles=[Role.TRAINER]))
    client.get("/account/2fa/")
    with django_assert_num_queries(2):
        # The session lies in the cache; one query for the user, one for the roles.
        response = client.get("/account/logout/")
    assert "/begeleiding/" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_demo_accounts_never_show_outside_the_demo(client, settings, path):
    settings.DEMO = False
    assert settings.DEMO_PASSWORD not in client.get(path).content.decode()


@pytest.mark.django_db
def test_error_page_needs_no_database(client, django_assert_num_queries):
    from cms.views.errors import server_error

    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/mijn/"))
    assert response.status_code == 500
    assert "dat ligt aan ons" in response.content.decode()


@pytest.mark.django_db
def test_style_page_is_only_for_the_admin(client):
    assert client.get("/beheer/stijl/").status_code == 302
    client.force_login(UserFactory())
    assert client.get("/beheer/stijl/").status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_password_mail_is_in_dutch_and_wears_the_house(known):
    from django.template.loader import render_to_string

    name = "password_reset_key" if known else "unknown_account"
    context = {
        "password_reset_url": "https://nest.test/k/",
        "signup_url": "https://nest.test/s/",
        "SITE_URL": "https://nest.test",
    }
    text = render_to_string(f"account/email/{name}_message.txt", context)
    assert text.strip().startswith("Dag,")
    assert "https://nest.test/" in text
    if known:
        html = render_to_string(f"account/email/{name}_message.html", context)
        assert "Kies een wachtwoord" in html
        assert "https://nest.test/k/" in html


@pytest.mark.django_db
def test_header_is_drawn_once_and_personal_every_time(client):
    names = [
        ("An & Co", "an@voorbeeld.test"),
        ("Bo <b>", "bo@voorbeeld.test"),
        ("", "zonder-naam-en-lang@voorbeeld.test"),
    ]
    for name, email in names:
        client.force_login(UserFactory(first_name=name, last_name="", email=email))
        text = client.get("/mijn/").content.decode()
        assert escape(email) in text
        assert f"<span>{escape(name or 'zonder-naam-en-la…')}</span>" in text
        assert not [other for _name, other in names if other != email and other in text]
        assert "\x02" not in text
