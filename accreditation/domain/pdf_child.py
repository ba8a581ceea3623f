"""The process that turns HTML into PDF. It knows no settings, no database and no secrets, and reads two folders only.

It reads one JSON job per line from standard input and answers one JSON line each, until its input ends or nothing came
for a while. Job: `html`, `engine` ("auto", "weasyprint" or "xhtml2pdf"), `roots` (folders that the HTML may read from),
`archival_css` (added for WeasyPrint alone: what xhtml2pdf does not understand), `attachment` (the credential as text,
embedded in the file by WeasyPrint, as the archive's profile asks; xhtml2pdf cannot, so the seal adds it).
Answer: `pdf` (base64), `engine`, `pages`; or `error`, one line for the office.
"""

import base64
import contextlib
import copy
import io
import json
import logging
import os
import re
import resource
import select
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

MEMORY_BYTES = 1536 * 1024 * 1024
IDLE_SECONDS = 120.0
RENDER_SECONDS = 20
NOISY = ("xhtml2pdf", "reportlab", "svglib", "weasyprint", "PIL")
PANGO_MISSING = (
    "Pango is not on this machine, so there is no archival PDF: install libpango-1.0-0 and libpangoft2-1.0-0"
)

PDFUA = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


ATTACHMENT = "credential.json"
ATTACHMENT_MEANING = "Open Badges 3.0 credential"
ENGINES = ("weasyprint", "xhtml2pdf")


class EngineError(Exception):
    """The engine is missing, complained, or made something that is no certificate."""


class _Complaints(logging.Handler):
    """Collects warnings: an engine that warns left something out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage().splitlines()[0][:200])


@contextlib.contextmanager
def listening() -> Iterator[_Complaints]:
    """Hear what the engines log while the block runs."""
    heard = _Complaints()
    loggers = [logging.getLogger(name) for name in NOISY]
    for logger in loggers:
        logger.addHandler(heard)
    try:
        yield heard
    finally:
        for logger in loggers:
            logger.removeHandler(heard)


def has_pango() -> bool:
    """Whether WeasyPrint can be imported here; quiet when it cannot."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


#: A page that states every style it builds on says so, and spares the engine its own list of all elements.
PLAIN_MARK = '<html data-styles="own"'
PLAIN_STYLES = """
html { margin: 0; padding: 0; border: 1px none; display: inline; width: auto; height: auto; white-space: normal;
  font-weight: normal; color: #000000 }
h1, p, div, body { display: block }
"""


@lru_cache(maxsize=16)
def _drawn(svg: bytes, **options: Any) -> Any:
    from svglib.svglib import svg2rlg

    return svg2rlg(io.BytesIO(svg), **options)


def _drawing_of(source: io.BytesIO, **options: Any) -> Any:
    """A drawing of one's own: who gets it changes its size."""
    return copy.deepcopy(_drawn(source.getvalue(), **options))


@lru_cache(maxsize=1)
def _read_drawings_once() -> None:
    """The engine reads each SVG twice for each page, a sixth of the work; papers of one kind share theirs.

    It has no place of its own for this, so its reader of SVG is put in the shade. Without effect, should it be named
    otherwise one day: the tests say so.
    """
    from xhtml2pdf import xhtml2pdf_reportlab

    xhtml2pdf_reportlab.svg2rlg = _drawing_of


def with_xhtml2pdf(html: str, roots: list[Path]) -> bytes:
    """Plain PDF, everywhere. Untagged: it is not archival and says so nowhere."""
    from reportlab import rl_config
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    _read_drawings_once()
    policy = ResourceAccessPolicy.server(
        base_dir=roots[0], allow_remote=False, extra_roots=tuple(roots[1:]), max_render_seconds=RENDER_SECONDS
    )
    # Streams as bytes: writing them as text makes a file a quarter larger, and takes as long as all its letters.
    rl_config.useA85 = 0
    target = io.BytesIO()
    styles = PLAIN_STYLES if PLAIN_MARK in html else None
    status = pisa.CreatePDF(html, dest=target, encoding="utf-8", resource_policy=policy, default_css=styles)
    if status.err:
        raise EngineError("xhtml2pdf reported an error")
    return target.getvalue()


STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@lru_cache(maxsize=16)
def _closed_fetcher(allowed: tuple[Path, ...]) -> Any:
    """Reads files of these folders and data URIs, nothing else."""
    from weasyprint.urls import URLFetcher

    class ClosedFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "file":
                path = Path(unquote(parts.path)).resolve()
                if not any(path.is_relative_to(root) for root in allowed):
                    raise ValueError("outside the folders of the certificate")
            elif parts.scheme != "data":
                raise ValueError("only files of the certificate may be read")
            return super().fetch(url, headers)

    return ClosedFetcher(allowed_protocols={"file", "data"}, allow_redirects=False)


@lru_cache(maxsize=16)
def _ready_style(css: str, fetcher: Any) -> tuple[Any, Any]:
    """A style and its typefaces, read once: papers of one kind share them, and reading takes a third of a page."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    faces = FontConfiguration()
    return weasyprint.CSS(string=css, font_config=faces, url_fetcher=fetcher), faces


def with_weasyprint(html: str, roots: list[Path], css: str, attachment: str = "") -> bytes:
    """Archival PDF/A-3a with tags, marked as PDF/UA-1."""
    if not has_pango():
        raise EngineError(PANGO_MISSING)
    import weasyprint

    fetcher = _closed_fetcher(tuple(root.resolve() for root in roots))
    style = STYLE.search(html)
    ready, faces = _ready_style(style.group(1) if style else "", fetcher)
    page = weasyprint.HTML(string=STYLE.sub("", html, count=1), url_fetcher=fetcher)
    document = page.render(
        font_config=faces,
        stylesheets=[ready, weasyprint.CSS(string=css, font_config=faces, url_fetcher=fetcher)],
        pdf_variant="pdf/a-3a",
        pdf_tags=True,
    )
    if attachment:
        document.metadata.attachments = [
            weasyprint.Attachment(
                string=attachment, name=ATTACHMENT, description=ATTACHMENT_MEANING, relationship="Data"
            )
        ]
    plain = document.metadata.generate_rdf_metadata

    def marked(*arguments: Any) -> bytes:
        return bytes(plain(*arguments)).replace(b"</rdf:RDF>", PDFUA.encode() + b"</rdf:RDF>")

    document.metadata.generate_rdf_metadata = marked
    return bytes(document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True))


def render(
    html: str, engine: str, roots: list[Path], archival_css: str = "", attachment: str = ""
) -> dict[str, Any]:
    """Make one PDF of one page. Raises EngineError when anything at all was wrong with it."""
    chosen = engine if engine != "auto" else ("weasyprint" if has_pango() else "xhtml2pdf")
    if chosen not in ENGINES:
        raise EngineError(f"PDF_ENGINE must be auto, {' or '.join(ENGINES)}; it is {chosen[:40]!r}")
    with listening() as heard:
        pdf = (
            with_weasyprint(html, roots, archival_css, attachment)
            if chosen == "weasyprint"
            else with_xhtml2pdf(html, roots)
        )
    if heard.lines:
        raise EngineError(f"{chosen}: {heard.lines}")
    return {"pdf": base64.b64encode(pdf).decode("ascii"), "engine": chosen, "pages": page_count(pdf)}


def page_count(pdf: bytes) -> int:
    """How many pages the file has. Raises EngineError for something that is no PDF."""
    import pypdfium2

    if not pdf.startswith(b"%PDF-"):
        raise EngineError("the engine made an empty file")
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def answer(line: bytes) -> dict[str, Any]:
    """Do one job; whatever goes wrong becomes one line of text."""
    try:
        job = json.loads(line)
        roots = [Path(root) for root in job["roots"]]
        return render(job["html"], job["engine"], roots, job["archival_css"], job["attachment"])
    except EngineError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "the page needs too much memory"}
    except Exception as error:  # noqa: BLE001 - the process must live on and say what happened
        return {"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]}


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer jobs until the input ends or nothing came for IDLE_SECONDS."""
    while select.select([source], [], [], IDLE_SECONDS)[0]:
        line = source.readline()
        if not line:
            return
        target.write(json.dumps(answer(line)).encode("ascii") + b"\n")
        target.flush()


def main() -> None:
    """Close the process in, then serve."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    serve(sys.stdin.buffer, target)


if __name__ == "__main__":
    main()
