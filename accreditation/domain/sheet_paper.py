"""Sheets, lists and proofs of the lms floor as PDF, by the process that also makes certificates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accreditation.domain.certificate_paper import FACES, FONTS, Face, folders
from accreditation.domain.pdf_worker import worker
from accreditation.exceptions import RenderError
from courses.api import Sheet
from lms.api import PaperError


def make_sheets_pdf(course_title: str, sheets: Sequence[Sheet]) -> bytes:
    """A PDF with each sheet on a page of its own. Raises PaperError with words for the trainer."""
    context = {"course": course_title, "sheets": sheets}
    return print_page("accreditation/sheets_paper.html", context, settings.PDF_ENGINE)


def print_page(template: str, context: Mapping[str, Any], engine: str) -> bytes:
    """A PDF of a template, drawn by this engine. Raises PaperError with words for the person."""
    faces = tuple(Face(family, (FONTS / file).as_uri(), weight) for family, file, weight in FACES)
    html = render_to_string(template, {**context, "fonts": faces})
    try:
        return worker.render(html=html, engine=engine, roots=folders()).content
    except RenderError as error:
        raise PaperError(
            "print_failed", _("De PDF lukte niet. Druk de bladzijde af vanuit je browser.")
        ) from error
