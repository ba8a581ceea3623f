import pytest

from courses.domain.rich_text import clean_stored, from_markdown, shown_html
from courses.templatetags.course_text import course_days, course_goal, deeper_headings

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">klik</a>',
    '<a href="data:text/html,<script>alert(1)</script>">klik</a>',
    '<p onclick="alert(1)" style="position:fixed">hallo</p>',
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=//kwaad.example></iframe>",
    "<style>*{display:none}</style>",
    '<form action="//kwaad.example"><input name=wachtwoord></form>',
    '<a href="vbscript:x">a</a><math><mi xlink:href="javascript:alert(1)">b</mi></math>',
    '<embed embedtype="media" url="javascript:alert(1)"/>',
]
FORBIDDEN = ("script", "onerror", "onclick", "javascript:", "data:", "style", "<svg", "<iframe", "<form", "<img",
             "<embed", "vbscript")  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_is_disarmed(source):
    for cleaned in (clean_stored(source), shown_html(source), from_markdown(source)):
        assert not [word for word in FORBIDDEN if word in cleaned.lower()]


def test_markdown_becomes_plain_blocks():
    assert from_markdown("## Kijk\n\nEen **baby** die\n\n- huilt\n- lacht\n") == (
        "<h2>Kijk</h2>\n<p>Een <strong>baby</strong> die</p>\n<ul>\n<li>huilt</li>\n<li>lacht</li>\n</ul>"
    )


def test_stored_text_keeps_links_by_number():
    assert clean_stored('<a linktype="page" id="3">lees</a>') == '<a linktype="page" id="3">lees</a>'


@pytest.mark.django_db
def test_shown_text_marks_links_out():
    shown = shown_html('<a href="https://www.kindengezin.be/">site</a>')
    assert shown == '<a href="https://www.kindengezin.be/" rel="noopener">site</a>'


def test_headings_go_one_level_down():
    assert deeper_headings("<h2>a</h2><h3>b</h3>") == "<h3>a</h3><h4>b</h4>"


def test_goal_drops_its_fixed_opening():
    assert course_goal("Na deze cursus kun je over signalen praten.") == "Over signalen praten."
    assert course_goal("Praten over signalen.") == "Praten over signalen."


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, ""), (None, ""), ("0.5", "een halve dag"), (1, "één dag"), ("3.0", "3 dagen"), ("1.5", "1,5 dagen")],
)
def test_days_in_words(days, words):
    assert course_days(days) == words
