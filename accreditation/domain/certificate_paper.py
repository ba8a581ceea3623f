"""What stands on the paper, and how large, so that it fits on one page in both engines."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accreditation.domain.paper_facts import PaperFact, facts_of, long_day
from accreditation.domain.paper_words import Signatory, words_of
from accreditation.exceptions import RenderError
from accreditation.models import Certificate

FONTS = Path(settings.BASE_DIR) / "var" / "vendor" / "pdf"
ASSETS = Path(__file__).resolve().parent.parent / "static" / "accreditation" / "pdf"
READING, TITLES = "AtkinsonHyperlegibleNext-Regular.ttf", "Fraunces-Light.ttf"
#: Family name in the template, file, weight. Reading is the fallback for letters that Titles lacks.
FACES = (
    ("Nest Reading", READING, "normal"),
    ("Nest Reading", "AtkinsonHyperlegibleNext-Bold.ttf", "bold"),
    ("Nest Titles", TITLES, "normal"),
)
#: Sizes (points) from the most beautiful down, each with the number of lines that it may take.
NAME_SIZES = ((44, 1), (38, 1), (34, 2), (28, 2), (24, 2), (22, 3), (18, 4), (14, 6))
TITLE_SIZES = ((24, 1), (22, 2), (18, 3), (15, 4), (12, 6))
LINE_MM = 171.0
#: Room for name, the words between (11.5 mm with its margins) and title.
MIDDLE_MM = 76.0 - 11.5
QR_MASK = 3
NAME_LEADING, TITLE_LEADING = 1.12, 1.2
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Face:
    """A typeface file for the template."""

    family: str
    url: str
    weight: str


@dataclass(frozen=True)
class Paper:
    """Every text of the page, ready to print. The template escapes all of it."""

    heading: str
    holder_name: str
    name_font: str
    name_size: int
    title_font: str
    title_size: int
    says: str
    does: str
    title: str
    facts: tuple[PaperFact, ...]
    issued: str
    number_line: str
    check_line: str
    address: str
    qr: str
    qr_alt: str
    motto: str
    signatories: tuple[Signatory, ...]
    #: A picture as data URI; empty for none.
    logo: str
    lang: str
    issuer: str
    ground_url: str
    fonts: tuple[Face, ...]


def verify_url(code: str) -> str:
    """The full address of the verification page of a code."""
    return f"{settings.SITE_URL}/v/{code}/"


def folders() -> list[Path]:
    """The only folders that the page may read from; both hold public files alone."""
    return [FONTS, ASSETS]


def archival_css() -> str:
    """For WeasyPrint alone: the ground as decoration (PDF/UA), and pictures that are not smoothed (PDF/A)."""
    ground = (ASSETS / "page.svg").as_uri()
    return (
        f'@page {{ background: url("{ground}") 0 0 / 100% 100% no-repeat }} '
        ".ground { display: none } img { image-rendering: pixelated }"
    )


def paper_html(certificate: Certificate) -> str:
    """The page as HTML. Raises RenderError when a typeface is missing or lacks a letter."""
    with override(words_of(certificate).django_language):
        return render_to_string("accreditation/certificate/paper.html", {"paper": describe(certificate)})


def describe(certificate: Certificate) -> Paper:
    """Put the certificate in words. Raises RenderError, naming the letters, when a typeface lacks one."""
    url = verify_url(certificate.code)
    parts = urlsplit(url)
    words = words_of(certificate)
    issued_on = timezone.localdate(certificate.issued_at)
    name_face, title_face = _face_for(certificate.holder_name), _face_for(certificate.title)
    name_size, title_size = _sizes(certificate.holder_name, name_face, certificate.title, title_face)
    paper = Paper(
        heading=words.heading,
        holder_name=certificate.holder_name,
        name_font=_family(name_face),
        name_size=name_size,
        title_font=_family(title_face),
        title_size=title_size,
        says=words.says,
        does=words.does,
        title=certificate.title,
        facts=facts_of(certificate.kind, certificate.facts),
        issued=_("Uitgereikt door Nestwerk op %s") % long_day(issued_on),
        number_line=_number_line(certificate),
        check_line=_("Klopt dit papier vandaag nog? Scan de code of ga naar"),
        address=f"{parts.netloc}{parts.path.rstrip('/')}",
        # Any mask can be read; trying all eight for the prettiest costs as much as all other words.
        qr=segno.make(url, error="m", micro=False, mask=QR_MASK).png_data_uri(
            scale=5, border=1, dark="#1f2a33", light="#fffdf9"
        ),
        qr_alt=_("QR-code naar de controlepagina van dit document"),
        motto=words.motto,
        signatories=words.signatories,
        logo=words.logo,
        lang=words.language,
        issuer="Nestwerk",
        ground_url=(ASSETS / "page.svg").as_uri(),
        fonts=tuple(Face(family, (FONTS / file).as_uri(), weight) for family, file, weight in FACES),
    )
    _check_reading(paper)
    return paper


def _number_line(certificate: Certificate) -> str:
    if certificate.version == 1:
        return _("Nummer %s") % certificate.number
    return _("Nummer %(number)s · versie %(version)s") % {
        "number": certificate.number,
        "version": certificate.version,
    }


def _face_for(text: str) -> str:
    """The soft typeface, or the reading one when only that one has every letter. Raises RenderError naming letters."""
    if not missing_letters(text, TITLES):
        return TITLES
    if missing := missing_letters(text, READING):
        raise RenderError(_("Onze letters missen deze tekens: %s") % " ".join(missing))
    return READING


def _family(face: str) -> str:
    return next(family for family, file, _weight in FACES if file == face)


def _sizes(name: str, name_face: str, title: str, title_face: str) -> tuple[int, int]:
    """The largest sizes at which name and title fit above the facts. Raises RenderError when none does."""
    for name_size, name_most in NAME_SIZES:
        name_lines = lines_needed(name, name_face, name_size)
        if name_lines > name_most:
            continue
        for title_size, title_most in TITLE_SIZES:
            title_lines = lines_needed(title, title_face, title_size)
            height = MM_PER_POINT * (
                name_lines * name_size * NAME_LEADING + title_lines * title_size * TITLE_LEADING
            )
            if title_lines <= title_most and height <= MIDDLE_MM:
                return name_size, title_size
    raise RenderError(_("De naam of de titel is te lang voor het papier."))


def lines_needed(text: str, file: str, size: int) -> int:
    """How many lines of LINE_MM a text takes, breaking at spaces, and inside a word only when it must."""
    most = LINE_MM / (size * MM_PER_POINT) * 0.965
    widths = _widths(file)
    space = widths.get(" ", 0.3)
    lines, used = 1, 0.0
    for word in text.split():
        letters = [widths.get(letter, 1.0) for letter in word]
        if used and used + space + sum(letters) > most:
            lines, used = lines + 1, 0.0
        used += space if used else 0.0
        for letter in letters:
            if used + letter > most:
                lines, used = lines + 1, 0.0
            used += letter
    return lines


def _check_reading(paper: Paper) -> None:
    texts = "".join(part for fact in paper.facts for part in (fact.label, fact.value))
    texts += paper.heading + paper.says + paper.does + paper.motto
    texts += "".join(each.name + each.function for each in paper.signatories)
    if missing := missing_letters(texts, READING):
        raise RenderError(_("Onze letters missen deze tekens: %s") % " ".join(missing))


def missing_letters(text: str, file: str) -> list[str]:
    """The characters of the text that a typeface cannot draw; engines leave them out without a word."""
    known = _widths(file)
    return sorted({letter for letter in text if not letter.isspace() and letter not in known})


@lru_cache(maxsize=8)
def _widths(file: str) -> dict[str, float]:
    """Width of every letter that a typeface has, in ems."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(FONTS / file, lazy=True) as font:
            em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
            return {chr(point): advances[glyph][0] / em for point, glyph in font.getBestCmap().items()}
    except OSError as error:
        raise RenderError(_("Het lettertype %s ontbreekt: draai scripts/bundle_vendor.py.") % file) from error
