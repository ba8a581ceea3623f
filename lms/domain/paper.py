"""Sheets and lists as a PDF. The floor that knows how to print registers here; this floor never imports it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courses.api import Sheet
from lms.exceptions import PaperError

PaperMaker = Callable[[str, Sequence[Sheet]], bytes]
_makers: list[PaperMaker] = []


def register_paper_maker(maker: PaperMaker) -> None:
    """Name who makes a PDF of a course's title and its sheets. It raises PaperError when it cannot."""
    if maker not in _makers:
        _makers.append(maker)


def sheets_as_pdf(course_title: str, sheets: Sequence[Sheet]) -> bytes:
    """One file, each sheet on a page of its own. Raises PaperError."""
    for maker in _makers:
        return maker(course_title, sheets)
    raise PaperError("no_printer", _("Een PDF maken lukt nu niet. Druk de bladzijde af vanuit je browser."))


#: (template, context, engine) to a PDF.
Printer = Callable[[str, Mapping[str, Any], str], bytes]
_printers: list[Printer] = []


def register_printer(printer: Printer) -> None:
    """Name who makes a PDF of a template. It raises PaperError when it cannot."""
    if printer not in _printers:
        _printers.append(printer)


def print_template(template: str, context: Mapping[str, Any], *, engine: str = "xhtml2pdf") -> bytes:
    """A PDF of one of our templates, with the house's typefaces as `fonts`. Raises PaperError."""
    for printer in _printers:
        return printer(template, context, engine)
    raise PaperError("no_printer", _("Een PDF maken lukt nu niet. Druk de bladzijde af vanuit je browser."))
