"""The child process that draws one page of a PDF as a picture. Knows nothing of Django.

Started by `evidence_pages.py` with `python -I`. Arguments: page number (from 1), widest side in pixels, memory in
bytes, CPU seconds. The PDF comes on standard input, the PNG goes to standard output.
"""

import io
import resource
import sys


def main(arguments: list[str]) -> int:
    number, side, memory, cpu = (int(item) for item in arguments[:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    # Without this, what somebody filled in on a form would be missing from the picture.
    document.init_forms()
    sheet = document[number - 1]
    width, height = sheet.get_size()
    scale = min(2.0, side / max(width, height, 1))
    out = io.BytesIO()
    sheet.render(scale=scale).to_pil().convert("RGB").save(out, format="PNG")
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
