"""Bounds of a learning package. Real packages (measured): 1,694 files, 10 MB unpacked, 12:1 per file."""

MAX_FILES = 5_000
MAX_UNPACKED = 500 * 1024 * 1024
MAX_UPLOAD = 250 * 1024 * 1024
#: Unpacked bytes per packed byte of one file; files below the floor are too small to do harm.
MAX_RATIO = 100
RATIO_FLOOR = 100 * 1024
#: The table of contents of a zip of 5,000 files with long names; more is an attack on memory.
MAX_DIRECTORY = 4 * 1024 * 1024
MAX_PATH = 500
MAX_NAME = 200
MAX_JSON = 10 * 1024 * 1024
MAX_MANIFEST = 2 * 1024 * 1024
MAX_JSON_DEPTH = 60
MAX_NUMBER_DIGITS = 40
CHUNK = 64 * 1024

#: H5P's whitelist for content.
CONTENT_EXTENSIONS = frozenset(
    [
        "json",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "eot",
        "ttf",
        "woff",
        "woff2",
        "otf",
        "webm",
        "mp4",
        "ogg",
        "mp3",
        "m4a",
        "wav",
        "txt",
        "pdf",
        "rtf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "odp",
        "csv",
        "diff",
        "patch",
        "md",
        "textile",
        "vtt",
        "webvtt",
        "gltf",
        "glb",
    ]
)
#: What libraries may have on top.
LIBRARY_EXTENSIONS = CONTENT_EXTENSIONS | frozenset({"js", "css", "svg", "xml"})
#: Left-overs that real libraries carry and that a browser never needs: neither refused nor stored.
SKIPPED_LIBRARY_EXTENSIONS = frozenset({"", "swf", "map", "ts", "scss", "less", "yml", "yaml", "lock"})
#: Office files are zip files by nature; anything else that starts like an archive is one in disguise.
OFFICE_EXTENSIONS = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
ARCHIVE_EXTENSIONS = frozenset(
    ["zip", "h5p", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "jar", "war", "apk", "iso", "cab"]
)
ARCHIVE_MAGIC = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
)

#: The H5P core that h5p-standalone 3.8 carries; a library that asks for a newer one cannot run.
CORE_API = (1, 28)

#: Libraries that need a wider content security policy, decided at import.
UNSAFE_EVAL_LIBRARIES = frozenset({"EmbeddedJS"})
