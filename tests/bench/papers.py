"""Certificates: the bare engine beside the product (words, drawing, seal), in one process and in two at once.

The bare engine draws the same page again and again in one process, without a seal. The product describes the
certificate, draws it in its closed child with the credential inside, and seals it. The ratio is of processor seconds
per page, all processes together: on a busy machine clocks on the wall measure the neighbours. Both speeds per second
stand beside it. Memory is that of the drawing process after the first and after the last page.

Example: .venv/bin/python -m tests.bench.papers --papers 60
"""

import argparse
import io
import json
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

#: Our speed with words and seal, in parts of the engine's own.
AIM = 0.8


@dataclass(frozen=True)
class Speed:
    """Pages per second on the clock, processor seconds per page, and memory in MiB of the drawing process."""

    rate: float
    cpu: float
    first_memory: float = 0.0
    last_memory: float = 0.0


@dataclass(frozen=True)
class PaperSpeed:
    """One engine: alone, in the product, and in two processes at once."""

    engine: str
    bare: Speed
    product: Speed
    two: tuple[Speed, Speed]

    @property
    def ratio(self) -> float:
        """The product's speed in parts of the bare engine's, by processor time; the aim is 0.8 or more."""
        return self.bare.cpu / self.product.cpu

    @property
    def linear(self) -> float:
        """Processor time per page with two processes beside that of one: 1 is linear."""
        return sum(each.cpu for each in self.two) / 2 / self.product.cpu


def _ready() -> None:
    os.environ.setdefault("NESTWERK_TESTING", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _certificate():
    """One that is in no database."""
    from django.utils import timezone

    from accreditation.models import Certificate

    return Certificate(
        number="NW-2026-000001",
        code="7K3M-9PQA-2X4T-8RWD",
        kind="course",
        holder_name="Zoë Łukasiewicz-D’Hondt",
        title="Kleine signalen, grote steun",
        facts={"completed_on": "2026-11-20", "hours": "2.5"},
        issued_at=timezone.now(),
    )


def _cpu() -> float:
    """Processor seconds of this process and of its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def bare(engine: str, papers: int) -> Speed:
    """The engine alone, called as its own documentation shows, on the same page."""
    _ready()
    from accreditation.domain import certificate_paper

    html, css = certificate_paper.paper_html(_certificate()), certificate_paper.archival_css()
    draw = _weasyprint if engine == "weasyprint" else _xhtml2pdf
    draw(html, css)
    started, before = time.perf_counter(), _cpu()
    for _ in range(papers):
        draw(html, css)
    return Speed(papers / (time.perf_counter() - started), (_cpu() - before) / papers)


def _weasyprint(html: str, css: str) -> None:
    import weasyprint

    page = weasyprint.HTML(string=html)
    page.write_pdf(stylesheets=[weasyprint.CSS(string=css)], pdf_variant="pdf/a-3a", pdf_tags=True)


def _xhtml2pdf(html: str, css: str) -> None:
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    from accreditation.domain.certificate_paper import folders

    first, *others = folders()
    policy = ResourceAccessPolicy.server(base_dir=first, allow_remote=False, extra_roots=tuple(others))
    pisa.CreatePDF(html, dest=io.BytesIO(), encoding="utf-8", resource_policy=policy)


def product(engine: str, papers: int) -> Speed:
    """The product, from the facts of a certificate to a sealed file; the drawing process is warm, as a worker's is."""
    _ready()
    from accreditation.domain import certificate_paper
    from accreditation.domain.pdf_worker import PdfWorker
    from accreditation.domain.sealing import seal

    drawer, attachment = PdfWorker(), json.dumps({"id": "x" * 2500})

    def one() -> bytes:
        made = drawer.render(
            html=certificate_paper.paper_html(_certificate()),
            engine=engine,
            roots=certificate_paper.folders(),
            archival_css=certificate_paper.archival_css(),
            attachment=attachment,
        )
        return seal(made.content, "" if made.attached else attachment)

    one()
    pid = drawer._process.pid
    first, warm = _memory(pid), _cpu_of(pid)
    started, before = time.perf_counter(), _cpu()
    for _ in range(papers):
        one()
    rate = papers / (time.perf_counter() - started)
    last = _memory(drawer._process.pid) if drawer._process else first
    drawer.stop()
    return Speed(rate, (_cpu() - before - warm) / papers, first, last)


def _cpu_of(pid: int) -> float:
    """Processor seconds of a running process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def measure(engine: str, papers: int) -> PaperSpeed:
    """All figures of one engine, each in processes of their own."""
    with ProcessPoolExecutor(max_workers=1) as pool:
        alone = pool.submit(bare, engine, papers).result()
    with ProcessPoolExecutor(max_workers=1) as pool:
        ours = pool.submit(product, engine, papers).result()
    with ProcessPoolExecutor(max_workers=2) as pool:
        first, second = [pool.submit(product, engine, papers) for _ in range(2)]
        two = (first.result(), second.result())
    return PaperSpeed(engine, alone, ours, two)


def table(papers: int) -> str:
    """The figures of every engine on this machine, as lines of text."""
    from accreditation.domain.pdf_child import has_pango

    engines = ["weasyprint", "xhtml2pdf"] if has_pango() else ["xhtml2pdf"]
    lines = [
        "certificates    bare ms  product ms  ratio (aim 0.80)  two at once  bare/s  product/s  two/s  memory MiB"
    ]
    for engine in engines:
        found = measure(engine, papers)
        ours = found.product
        lines.append(
            f"{engine:<15} {found.bare.cpu * 1000:>7.0f} {ours.cpu * 1000:>11.0f} {found.ratio:>17.2f}"
            f" {found.linear:>12.2f} {found.bare.rate:>7.1f} {ours.rate:>10.1f}"
            f" {sum(each.rate for each in found.two):>6.1f}  {ours.first_memory:.0f} -> {ours.last_memory:.0f}"
            + ("" if found.ratio >= AIM else "  NOT REACHED")
        )
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--papers", type=int, default=40, help="pages per measurement")
    sys.stdout.write(table(parser.parse_args().papers) + "\n")
