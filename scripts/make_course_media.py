#!/usr/bin/env python
"""Draw, film and sound the recordings of "Kleine signalen": all of it made here, nothing of others.

Run from the root of the repository, after `make setup-dev`, when a drawing or a text below changes:

    .venv/bin/python scripts/make_course_media.py

Drawings come from the Chromium that the tests use (CHROMIUM names another one), film and sound from ffmpeg, which
this script alone needs (`apt-get install ffmpeg`). The sound is made of tones that rise and fall in the pace of a slow
breath. The results lie in courses/content/kleine-signalen/media/ and are committed: nobody needs this script to run the
product.
"""

import base64
import io
import math
import os
import struct
import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "courses" / "content" / "kleine-signalen" / "media"
SOURCES = ROOT / "scripts" / "course_media"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FFMPEG = ("ffmpeg", "-loglevel", "error", "-y")
RATE = 22050
SECONDS, FPS, POSTER_AT = 50, 12, 11
#: Seconds of one breath in and one breath out, and how often.
IN, OUT, BREATHS = 4, 6, 5


def draw(page: Page, name: str, width: int, height: int) -> None:
    """A drawing of ours (SVG) as a small WebP."""
    page.set_viewport_size({"width": width, "height": height})
    svg = (SOURCES / f"{name}.svg").read_text(encoding="utf-8")
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{width}px}}</style>{svg}")
    image = Image.open(io.BytesIO(page.screenshot()))
    image.save(TARGET / f"{name}.webp", quality=82, method=6)


def film(page: Page, name: str) -> None:
    """An animation of ours, drawn frame by frame by the browser and put together as H.264, which every phone plays."""
    page.goto((SOURCES / f"{name}.html").as_uri())
    frames = (base64.b64decode(page.evaluate("t => still(t)", n / FPS)) for n in range(SECONDS * FPS))
    options = (
        f"-f image2pipe -framerate {FPS} -c:v png -i - -c:v libx264 -preset veryslow -crf 30 -pix_fmt yuv420p"
    )
    with subprocess.Popen(
        [*FFMPEG, *options.split(), "-movflags", "+faststart", TARGET / f"{name}.mp4"], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None  # noqa: S101 - for mypy
        for frame in frames:
            process.stdin.write(frame)
    poster = Image.open(io.BytesIO(base64.b64decode(page.evaluate("t => still(t)", POSTER_AT))))
    poster.convert("RGB").save(TARGET / f"{name}.webp", quality=80, method=6)


def breath(name: str) -> None:
    """A warm tone that swells for a breath in and sinks for a breath out, as MP3."""
    samples = bytearray()
    phase = 0.0
    for number in range(BREATHS * (IN + OUT) * RATE):
        moment = (number / RATE) % (IN + OUT)
        going_in = moment < IN
        share = moment / IN if going_in else (moment - IN) / OUT
        level = math.sin(math.pi * share / 2) if going_in else math.cos(math.pi * share / 2)
        pitch = 147 + 49 * level
        phase += 2 * math.pi * pitch / RATE
        edge = min(1.0, number / RATE, BREATHS * (IN + OUT) - number / RATE)
        wave_form = math.sin(phase) + 0.35 * math.sin(2 * phase) + 0.15 * math.sin(3 * phase)
        samples += struct.pack("<h", int(9000 * edge * (0.12 + 0.88 * level) * wave_form / 1.5))
    options = f"-f s16le -ar {RATE} -ac 1 -i - -c:a libmp3lame -b:a 48k"
    subprocess.run([*FFMPEG, *options.split(), TARGET / f"{name}.mp3"], input=bytes(samples), check=True)


def main() -> None:
    """Everything anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    breath("adem-mee")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        draw(page, "leefgroep", 900, 560)
        film(page, "kom-maar")
        browser.close()
    for file in sorted(TARGET.iterdir()):
        print(f"{file.name}: {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
