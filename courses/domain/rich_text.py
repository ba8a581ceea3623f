"""Rich text through an allow-list: what an author may write is what a reader's browser gets, and nothing more."""

import markdown
import nh3
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

#: Wagtail editor features that give exactly the tags below.
EDITOR_FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link", "blockquote", "hr"]
SHORT_FEATURES = ["bold", "italic", "ul", "ol", "link"]

ALLOWED_TAGS = {
    "a",
    "b",
    "blockquote",
    "br",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "strong",
    "ul",
}
#: As Wagtail stores it: links to pages and documents are kept by number until they are shown.
STORED_ATTRIBUTES = {"a": {"href", "id", "linktype"}}
SHOWN_ATTRIBUTES = {"a": {"href"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}


def clean_stored(source: str) -> str:
    """Rich text as it may lie in the database: allow-listed tags, links by number or address."""
    return nh3.clean(
        source,
        tags=ALLOWED_TAGS,
        attributes=STORED_ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )


def shown_html(source: str) -> SafeString:
    """Stored rich text as HTML for a page: links looked up, then everything outside the allow-list removed."""
    cleaned = nh3.clean(
        expand_db_html(source),
        tags=ALLOWED_TAGS,
        attributes=SHOWN_ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(cleaned)  # cleaned by nh3 in the line above


def from_markdown(text: str) -> str:
    """Markdown of a content file as rich text for the database."""
    return clean_stored(markdown.markdown(text.strip(), extensions=["sane_lists"], output_format="html"))


def plain_text(source: str) -> str:
    """The words alone, for counting and searching."""
    return nh3.clean(source, tags=set()).strip()
