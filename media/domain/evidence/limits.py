"""Bounds of an evidence file. A scanned diploma is under 5 MB; a phone's photo under 10 MB and 50 megapixels."""

MAX_BYTES = 25 * 1024 * 1024
SNIFF = 4 * 1024
MAX_PAGES = 300
#: Far below Pillow's own alarm (89 million).
MAX_PIXELS = 50_000_000
#: Longest side of a picture that we keep, in pixels: enough to read the small print of an A3 page.
KEEP_SIDE = 4_000
#: Of the child process that opens the file.
CHILD_MEMORY = 1024 * 1024 * 1024
CHILD_CPU_SECONDS = 25
CHILD_WALL_SECONDS = 40
#: Photos in one PDF, and sheets of a PDF with covered parts.
MAX_SHEETS = 40
#: Longest side of a sheet made by us, in pixels: A4 at 200 dots per inch.
SHEET_SIDE = 2_340
SHEETS_CPU_SECONDS = 60
SHEETS_WALL_SECONDS = 90
