"""Every kind of block, drawn from stored data, and what authors are told when something misses."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from courses.api import get_lesson, publish_course
from courses.blocks import LessonStreamBlock
from tests.factories.courses import add_lesson, add_module, make_course, make_question

pytestmark = pytest.mark.django_db

RICH = '<p>Goed <b>zo</b><script>alert(1)</script><a href="javascript:alert(1)">x</a></p>'


def shown(kind, value):
    """The prepared HTML of one block in a published lesson."""
    course = make_course()
    add_lesson(add_module(course), "les", [{"type": kind, "value": value}])
    html = get_lesson(publish_course(course=course).version_id, "les").blocks[0].html
    assert "script" not in html
    assert " style=" not in html
    assert "onclick" not in html
    return html


def test_text():
    assert (
        shown("text", {"text": RICH})
        == '<div class="prose"><p>Goed <b>zo</b><a rel="noopener">x</a></p></div>\n'
    )


def test_callout():
    html = shown("callout", {"tone": "careful", "title": "Let <op>", "text": RICH})
    assert "callout--careful" in html
    assert "Let &lt;op&gt;" in html


def test_figures():
    html = shown(
        "figures", {"title": "Cijfers", "items": [{"value": "1 op 5", "label": "ouders", "source": "Bron"}]}
    )
    assert "1 op 5" in html


def test_one_in():
    html = shown("one_in", {"count": 1, "of": 5, "label": "moeders", "source": ""})
    assert "1 op 5" in html
    assert "<svg" in html


def test_steps():
    html = shown(
        "steps", {"title": "Zo", "items": [{"title": "Kijk", "text": RICH}, {"title": "Zeg", "text": ""}]}
    )
    assert "Kijk" in html
    assert "<b>zo</b>" in html


def test_dialogue():
    lines = [{"who": "ouder", "text": "<i>Het gaat niet.</i>", "note": ""},
             {"who": "begeleider", "text": "Vertel eens.", "note": "Je opent de deur."}]  # fmt: skip
    html = shown("dialogue", {"title": "Aan de deur", "lines": lines})
    assert "&lt;i&gt;Het gaat niet." in html
    assert "Je opent de deur." in html


def test_case_works_without_scripts():
    choices = [
        {"text": "Zwijgen", "fits": False, "response": RICH},
        {"text": "Vragen", "fits": True, "response": RICH},
    ]
    html = shown("case", {"title": "Lore", "text": RICH, "question": "Wat doe je?", "choices": choices,
                          "closing": "<p>Slot</p>", "key": "lore"})  # fmt: skip
    assert html.count("<details") == 3
    assert html.count("Dit past goed") == 1
    assert html.count("Kijk nog even verder") == 1


def test_image_has_words():
    image = Image.objects.create(title="Foto", file=get_test_image_file())
    html = shown("image", {"image": image.pk, "alt": 'Een "nest"', "caption": "Samen"})
    assert 'alt="Een &quot;nest&quot;"' in html
    assert "<figcaption>Samen" in html
    assert 'loading="lazy"' in html


def document(name):
    return Document.objects.create(title=name, file=ContentFile(b"inhoud", name=name))


def test_video_has_captions_and_transcript():
    film, captions = document("film.mp4"), document("film.vtt")
    html = shown("video", {"title": "Kijken", "video": film.pk, "captions": captions.pk,
                           "transcript": "<p>Uitgeschreven.</p>", "poster": None, "minutes": 3})  # fmt: skip
    address = f"/mijn/leren/bestand/{captions.pk}/film.vtt"
    track = f'<track kind="captions" srclang="nl" label="Nederlands" src="{address}" default>'
    assert track in html
    assert "Uitgeschreven." in html
    assert "Lees de uitgeschreven tekst" in html


def test_audio_has_captions_and_transcript():
    voice, captions = document("stem.webm"), document("stem.vtt")
    html = shown("audio", {"title": "Luister", "audio": voice.pk, "captions": captions.pk,
                           "transcript": "<p>Uitgeschreven.</p>", "minutes": 1, "key": "stem"})  # fmt: skip
    assert f'<source src="/mijn/leren/bestand/{voice.pk}/stem.webm" type="audio/webm">' in html
    assert "Uitgeschreven." in html


def test_download_of_a_handout_and_of_a_file():
    assert 'href="/handvatten/vroedvrouwen/"' in shown(
        "download", {"title": "Blad", "text": "", "document": None, "handout": "vroedvrouwen"}
    )


def test_download_of_a_file():
    paper = document("blad.pdf")
    assert f'href="{paper.url}" download' in shown(
        "download", {"title": "Blad", "text": "", "document": paper.pk, "handout": ""}
    )


def cleaned(kind, value, draft=False):
    block = LessonStreamBlock().child_blocks[kind]
    if draft:
        block.defer_required_validation()
    try:
        return block.clean(block.to_python(value))
    finally:
        if draft:
            block.restore_deferred_validation()


def test_stored_text_is_clean_already():
    assert cleaned("text", {"text": RICH})["text"].source == "<p>Goed <b>zo</b><a>x</a></p>"


@pytest.mark.parametrize(
    ("kind", "right"), [("single", ()), ("single", ("a", "b")), ("multiple", ())], ids=str
)  # fmt: skip
def test_question_without_its_right_answers_is_refused_but_kept_as_draft(kind, right):
    value = {
        "title": "Toets",
        "intro": "",
        "pass_mark": 80,
        "questions": [make_question("v", kind, right)],
        "key": "",
    }
    with pytest.raises(ValidationError):
        cleaned("check", value)
    cleaned("check", value, draft=True)


def test_video_refuses_other_files():
    film, captions = document("film.exe"), document("film.txt")
    value = {"title": "Film", "video": film.pk, "captions": captions.pk, "transcript": "<p>Tekst</p>", "poster": None,
             "minutes": None}  # fmt: skip
    with pytest.raises(ValidationError) as caught:
        cleaned("video", value)
    assert set(caught.value.block_errors) == {"video", "captions"}


def test_video_and_image_refuse_to_leave_people_out():
    film = document("film.mp4")
    with pytest.raises(ValidationError) as caught:
        cleaned("video", {"title": "Film", "video": film.pk, "captions": None, "transcript": "", "poster": None,
                          "minutes": None})  # fmt: skip
    assert set(caught.value.block_errors) == {"captions", "transcript"}
    image = Image.objects.create(title="Foto", file=get_test_image_file())
    with pytest.raises(ValidationError) as caught:
        cleaned("image", {"image": image.pk, "alt": "", "caption": ""})
    assert set(caught.value.block_errors) == {"alt"}


def test_key_must_be_a_plain_name():
    with pytest.raises(ValidationError):
        cleaned("reflection", {"prompt": "Wat?", "help": "", "key": "Niet Goed"})


def test_download_needs_something_to_download():
    value = {"title": "Blad", "text": "", "document": None, "handout": ""}
    with pytest.raises(ValidationError):
        cleaned("download", value)
    cleaned("download", value, draft=True)


def test_package_must_be_one_that_is_ready():
    with pytest.raises(ValidationError):
        cleaned("h5p", {"title": "Sorteer", "intro": "", "package": "onbekend", "key": ""})
