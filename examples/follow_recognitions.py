"""Keep a directory of recognised professionals in step, from the event stream alone.

Needs Python 3.11 and rdflib (`pip install rdflib`). Everything is kept in one JSON file, so that it can be stopped and
started at any moment:

    python follow_recognitions.py https://example.org/ldes/erkenningen directory.json            # once
    python follow_recognitions.py https://example.org/ldes/erkenningen directory.json --every 60 # and go on

What it does, and what every consumer should do:
1. read the pages of the stream in order, from the one where it stopped;
2. of each recognition keep only the highest version;
3. where that version says "valid", read name and contact again at the address of the recognition;
4. where it says anything else, or that address answers 404, forget the entry at once;
5. forget what has passed its last day, also when no version said so yet.
"""

import argparse
import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from rdflib import DCTERMS, Graph, Namespace, URIRef

TREE = Namespace("https://w3id.org/tree#")
SCHEMA = Namespace("https://schema.org/")
TIMEOUT = 30


def fetch(url: str, accept: str) -> bytes | None:
    """The body, or None for 404."""
    if not url.startswith(("https://", "http://")):
        raise ValueError(url)
    try:
        with urlopen(Request(url, headers={"Accept": accept}), timeout=TIMEOUT) as answer:  # noqa: S310 - checked above
            body: bytes = answer.read()
            return body
    except HTTPError as error:
        if error.code == 404:
            return None
        raise


def graph_of(url: str) -> Graph:
    """One document of the stream."""
    body = fetch(url, "text/turtle")
    if body is None:
        raise LookupError(url)
    return Graph().parse(data=body, format="turtle", publicID=url)


def read_page(stream: str, page: str, known: dict[str, Any]) -> tuple[set[str], str]:
    """Take in one page: which recognitions have a newer version now, and the page that follows (or "")."""
    graph = graph_of(page)
    changed = set()
    for member in graph.objects(URIRef(stream), TREE.member):
        thing = str(graph.value(member, DCTERMS.isVersionOf))
        version = int(str(graph.value(member, SCHEMA.version)))
        if version <= known.get(thing, {}).get("version", 0):
            continue
        status = graph.value(member, URIRef(f"{stream}/termen#status"))
        known[thing] = {
            "version": version,
            "status": str(status).rpartition("#")[2],
            "until": str(graph.value(member, SCHEMA.validThrough) or ""),
        }
        changed.add(thing)
    following = next((str(node) for node in graph.objects(None, TREE.node)), "")
    return changed, following


def catch_up(stream: str, state: dict[str, Any]) -> int:
    """Read what is new and bring the directory in step; returns how many entries changed."""
    if not state["page"]:
        state["page"] = str(graph_of(stream).value(URIRef(stream), TREE.view))
    changed: set[str] = set()
    page = state["page"]
    while page:
        state["page"] = page
        found, page = read_page(stream, page, state["known"])
        changed |= found
    for thing in changed:
        is_valid = state["known"][thing]["status"] == "valid"
        body = fetch(thing, "application/json") if is_valid else None
        if body is None:
            state["directory"].pop(thing, None)
        else:
            state["directory"][thing] = json.loads(body)["recognition"]
    today = datetime.now(UTC).date()
    for thing in [
        key for key, entry in state["directory"].items() if date.fromisoformat(entry["valid_until"]) < today
    ]:
        del state["directory"][thing]
    return len(changed)


def main() -> None:
    """Run once, or again and again."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stream", help="address of the event stream")
    parser.add_argument("file", type=Path, help="where the directory is kept")
    parser.add_argument("--every", type=float, default=0, metavar="SECONDS")
    asked = parser.parse_args()
    state = {"page": "", "known": {}, "directory": {}}
    if asked.file.exists():
        state = json.loads(asked.file.read_text(encoding="utf-8"))
    while True:
        count = catch_up(asked.stream, state)
        draft = asked.file.with_suffix(".draft")
        draft.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(asked.file)
        print(f"{count} changed, {len(state['directory'])} listed", flush=True)
        if not asked.every:
            return
        time.sleep(asked.every)


if __name__ == "__main__":
    main()
