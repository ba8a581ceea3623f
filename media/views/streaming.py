"""One file as an answer: content type by allow-list, byte ranges, long caching, small text compressed."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import compress_string

from media.domain.packages.limits import CHUNK
from media.domain.packages.names import extension

IMMUTABLE = "public, max-age=31536000, immutable"
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
#: What a package that is a site of its own may show besides; anywhere else these are downloads.
SITE_TYPES = {
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "xhtml": "application/xhtml+xml",
    "xml": "text/xml; charset=utf-8",
    "xsl": "text/xml; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "m4v": "video/mp4",
    "ogv": "video/ogg",
    "oga": "audio/ogg",
    "aac": "audio/aac",
    "srt": "text/plain; charset=utf-8",
    "properties": "text/plain; charset=utf-8",
}
#: Everything else goes out as a download of unknown kind.
CONTENT_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "xml": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
}
_COMPRESSIBLE = frozenset({"js", "css", "json", "svg", "vtt", "txt", "html", "htm", "xml", "mjs"})
_MOST_COMPRESSED = 2 * 1024 * 1024
_RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")


def file_response(
    request: HttpRequest, content: IO[bytes], *, name: str, caching: str, site_policy: str = ""
) -> HttpResponseBase:
    """Answer with an open binary file and close it afterwards. Understands one byte range (video on a phone).

    `site_policy` is the content security policy of a package that is a site of its own; only there a page is a page.
    """
    size = _size(content)
    kind = extension(name)
    wanted = read_range(request.headers.get("Range", ""), size)
    response: HttpResponseBase
    if wanted == "unsatisfiable":
        content.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    elif isinstance(wanted, tuple):
        first, last = wanted
        response = StreamingHttpResponse(_part(content, first, last), status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    elif kind in _COMPRESSIBLE and size <= _MOST_COMPRESSED:
        response = _text_response(request, content)
    else:
        response = StreamingHttpResponse(_part(content, 0, size - 1))
        response["Content-Length"] = str(size)
    types = CONTENT_TYPES | SITE_TYPES if site_policy else CONTENT_TYPES
    response["Content-Type"] = types.get(kind, "application/octet-stream")
    if kind not in types:
        response["Content-Disposition"] = "attachment"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = site_policy or FILE_POLICY
    return response


def read_range(header: str, size: int) -> tuple[int, int] | str | None:
    """First and last byte (both included), None for no or an unknown range, "unsatisfiable" for one past the end."""
    match = _RANGE.match(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if not start:
        length = min(int(end), size)
        return (size - length, size - 1) if length else "unsatisfiable"
    first = int(start)
    last = min(int(end), size - 1) if end else size - 1
    if first >= size:
        return "unsatisfiable"
    return (first, last) if first <= last else None


def _text_response(request: HttpRequest, content: IO[bytes]) -> HttpResponse:
    with content:
        data = content.read()
    zipped = len(data) > 1_000 and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(compress_string(data) if zipped else data)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Content-Length"] = str(len(response.content))
    return response


def _size(content: IO[bytes]) -> int:
    content.seek(0, 2)
    size = content.tell()
    content.seek(0)
    return size


def _part(content: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with content:
        content.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
