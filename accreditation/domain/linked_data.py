"""The stream as Linked Data: an LDES of recognition versions in TREE pages that link forward."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from accreditation.domain.feed import PAGE_SIZE
from accreditation.enums import FeedStatus, Level
from accreditation.models import FeedEvent, RunningNumber

LDES = Namespace("https://w3id.org/ldes#")
TREE = Namespace("https://w3id.org/tree#")
SCHEMA = Namespace("https://schema.org/")
#: Everything since this moment is kept in the stream, for ever.
KEPT_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
CONTEXT = {
    "ldes": str(LDES),
    "tree": str(TREE),
    "dcterms": str(DCTERMS),
    "schema": str(SCHEMA),
    "xsd": str(XSD),
}


def stream_url() -> str:
    """Address of the stream itself."""
    return f"{settings.SITE_URL}/ldes/erkenningen"


def page_url(number: int) -> str:
    """Address of one page; the first has number 1."""
    return f"{stream_url()}/{number}"


def terms_url() -> str:
    """Address of the words that the stream uses; every word is a fragment of it."""
    return f"{stream_url()}/termen"


def last_page() -> int:
    """The number of the newest page; one query. Full pages before it never change."""
    last = RunningNumber.objects.filter(series="feed").values_list("value", flat=True).first() or 0
    return last // PAGE_SIZE + 1


def stream_graph() -> Graph:
    """What the stream is, what it keeps, and where to begin. Costs no query."""
    graph = _graph()
    stream, view, policy = URIRef(stream_url()), URIRef(page_url(1)), BNode()
    graph.add((stream, RDF.type, LDES.EventStream))
    graph.add((stream, DCTERMS.title, Literal("Erkenningen in perinatale mentale gezondheid", lang="nl")))
    graph.add((stream, LDES.timestampPath, DCTERMS.created))
    graph.add((stream, LDES.versionOfPath, DCTERMS.isVersionOf))
    graph.add((stream, TREE.shape, URIRef(f"{terms_url()}#RecognitionShape")))
    graph.add((stream, TREE.view, view))
    graph.add((view, RDF.type, TREE.Node))
    graph.add((view, LDES.retentionPolicy, policy))
    graph.add((policy, RDF.type, LDES.PointInTimePolicy))
    graph.add((policy, LDES.pointInTime, Literal(KEPT_SINCE.isoformat(), datatype=XSD.dateTime)))
    return graph


def page_graph(number: int, events: list[FeedEvent]) -> Graph:
    """One page; a full one points at the next and is the same for ever."""
    graph = stream_graph()
    stream, page = URIRef(stream_url()), URIRef(page_url(number))
    graph.add((stream, TREE.view, page))
    graph.add((page, RDF.type, TREE.Node))
    for event in events:
        _add_member(graph, stream, event)
    if len(events) == PAGE_SIZE:
        relation, newest = BNode(), events[-1].at
        graph.add((page, TREE.relation, relation))
        graph.add((relation, RDF.type, TREE.GreaterThanOrEqualToRelation))
        graph.add((relation, TREE.node, URIRef(page_url(number + 1))))
        graph.add((relation, TREE.path, DCTERMS.created))
        graph.add((relation, TREE.value, _moment(newest)))
    return graph


def page_events(number: int) -> list[FeedEvent]:
    """The versions on a page, in order. One query; sequence numbers have no gaps."""
    first = (number - 1) * PAGE_SIZE
    return list(FeedEvent.objects.filter(sequence__gt=first, sequence__lte=first + PAGE_SIZE))


@cache
def terms_graph() -> Graph:
    """The words of the stream with their meaning, and the shape of a member (SHACL)."""
    graph = _graph()
    for name, meaning in {
        "Recognition": "Een versie van een erkenning, zoals die op dat moment was.",
        "level": "Het niveau van de erkenning.",
        "status": "Wat deze versie over de erkenning zegt.",
    }.items():
        graph.add((_term(name), RDFS.comment, Literal(meaning, lang="nl")))
    graph.add((_term("Recognition"), RDF.type, OWL.Class))
    for name in ("level", "status"):
        graph.add((_term(name), RDF.type, OWL.ObjectProperty))
    for choice in (*Level, *FeedStatus):
        graph.add((_term(choice.value), RDFS.label, Literal(str(choice.label), lang="nl")))
    _add_shape(graph)
    return graph


def as_turtle(graph: Graph) -> str:
    """The graph for people and machines."""
    return graph.serialize(format="turtle")


def as_json_ld(graph: Graph) -> str:
    """The same graph in JSON-LD."""
    return graph.serialize(format="json-ld", context=CONTEXT, auto_compact=False)


def _add_member(graph: Graph, stream: URIRef, event: FeedEvent) -> None:
    payload: dict[str, Any] = event.payload
    thing = URIRef(f"{settings.SITE_URL}/api/v1/recognitions/{payload['id']}")
    member = URIRef(f"{stream_url()}/versie/{payload['id']}/{event.version}")
    graph.add((stream, TREE.member, member))
    graph.add((member, RDF.type, _term("Recognition")))
    graph.add((member, DCTERMS.isVersionOf, thing))
    graph.add((member, DCTERMS.created, _moment(event.at)))
    graph.add((member, SCHEMA.version, Literal(event.version)))
    graph.add((member, _term("status"), _term(payload["status"])))
    if "level" in payload:
        graph.add((member, _term("level"), _term(payload["level"])))
        graph.add((member, SCHEMA.validFrom, Literal(payload["valid_from"], datatype=XSD.date)))
        graph.add((member, SCHEMA.validThrough, Literal(payload["valid_until"], datatype=XSD.date)))


def _add_shape(graph: Graph) -> None:
    shape = _term("RecognitionShape")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetClass, _term("Recognition")))
    for path, minimum, datatype in (
        (DCTERMS.isVersionOf, 1, None),
        (DCTERMS.created, 1, XSD.dateTime),
        (SCHEMA.version, 1, XSD.integer),
        (_term("status"), 1, None),
        (_term("level"), 0, None),
        (SCHEMA.validFrom, 0, XSD.date),
        (SCHEMA.validThrough, 0, XSD.date),
    ):
        rule = BNode()
        graph.add((shape, SH.property, rule))
        graph.add((rule, SH.path, path))
        graph.add((rule, SH.minCount, Literal(minimum)))
        graph.add((rule, SH.maxCount, Literal(1)))
        if datatype is not None:
            graph.add((rule, SH.datatype, datatype))
        else:
            graph.add((rule, SH.nodeKind, SH.IRI))
        if path == _term("status"):
            allowed = BNode()
            Collection(graph, allowed, [_term(status.value) for status in FeedStatus])
            graph.add((rule, SH["in"], allowed))


def _term(name: str) -> URIRef:
    return URIRef(f"{terms_url()}#{name}")


def _moment(moment: datetime) -> Literal:
    return Literal(moment.astimezone(UTC).isoformat(), datatype=XSD.dateTime)


def _graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, address in CONTEXT.items():
        graph.bind(prefix, address)
    graph.bind("rdfs", RDFS)
    graph.bind("sh", SH)
    graph.bind("owl", OWL)
    graph.bind("nest", f"{terms_url()}#")
    return graph
