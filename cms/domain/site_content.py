"""The site's own pages from courses/content: texts that authors change afterwards in the admin."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from cms.look.formats import as_markdown
from cms.models import AgendaPage, CarePage, HandoutIndexPage, HandoutPage, HomePage, TextPage
from people.api import profession_by_key

CONTENT = Path(settings.BASE_DIR) / "courses" / "content"
REVIEWED_ON = date(2026, 10, 15)
DOORS = {"learn": "/cursussen/", "care": "/zorgaanbod/", "quality": "/erkenning/"}


@transaction.atomic
def load_site() -> HomePage:
    """Make the pages that are missing; what authors changed since stays as it is. May run again."""
    texts = yaml.safe_load((CONTENT / "site.yaml").read_text(encoding="utf-8"))
    home = HomePage.objects.first() or _make_home(texts["home"])
    _text(home, slug="over", texts=texts["about"], illustration="hero")
    _text(home, slug="erkenning", texts=texts["quality"], illustration="quality")
    _text(home, slug="privacy", texts=texts["privacy"])
    _text(home, slug="toegankelijkheid", texts=texts["accessibility"])
    _agenda(home, texts["agenda"])
    _care(home, texts["care"])
    _handouts(home, texts["handouts"])
    return home


def _make_home(texts: dict[str, Any]) -> HomePage:
    """The home page takes the place of Wagtail's welcome page; the site points at it."""
    root = Page.get_first_root_node()
    if root is None:
        raise RuntimeError("the page tree has no root; run `manage.py migrate` first")
    before = Page.objects.filter(slug="home", depth=2).first()
    if before is not None:
        before.slug = "voorheen"
        before.save(update_fields=["slug"])
    doors = [
        (
            "door",
            {
                "title": door["title"],
                "text": door["text"],
                "link_label": door["link_label"],
                "href": DOORS[door["key"]],
                "illustration": door["key"],
            },
        )
        for door in texts["doors"]
    ]
    home = root.add_child(
        instance=HomePage(
            title="Nestwerk", slug="home", sentence=texts["title"], lead=texts["lead"].strip(), doors=doors
        )
    )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": settings.SITE_HOST, "port": 80, "site_name": "Nestwerk"},
    )
    home = HomePage.objects.get(pk=home.pk)
    if before is not None:
        # What was made before the home page was there (courses) moves below it; Wagtail's welcome page goes.
        for child in Page.objects.child_of(Page.objects.get(pk=before.pk)):
            child.move(HomePage.objects.get(pk=home.pk), pos="last-child")
        Page.objects.get(pk=before.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _child(home: HomePage, slug: str) -> bool:
    return Page.objects.child_of(home).filter(slug=slug).exists()


def _add(parent: Page, page: Page) -> None:
    parent = Page.objects.get(pk=parent.pk)
    parent.add_child(instance=page)
    page.save_revision().publish()


def _text(home: HomePage, *, slug: str, texts: dict[str, Any], illustration: str = "") -> None:
    if not _child(home, slug):
        body = str(as_markdown(texts["markdown"]))
        page = TextPage(
            title=texts["title"], slug=slug, lead=texts["lead"], body=body, illustration=illustration
        )
        _add(home, page)


def _agenda(home: HomePage, texts: dict[str, Any]) -> None:
    if not _child(home, "agenda"):
        body = str(as_markdown(texts["markdown"]))
        _add(
            home,
            AgendaPage(
                title=texts["title"], slug="agenda", lead=texts["lead"], body=body, empty=texts["empty"]
            ),
        )


def _care(home: HomePage, texts: dict[str, Any]) -> None:
    if _child(home, "zorgaanbod"):
        return
    page = CarePage(
        title=texts["title"],
        slug="zorgaanbod",
        lead=texts["lead"].strip(),
        urgent_title=texts["urgent"]["title"],
        urgent=str(as_markdown(texts["urgent"]["markdown"])),
        help_lines=[("line", line) for line in texts["urgent"]["numbers"]],
        families_title=texts["families"]["title"],
        families=str(as_markdown(texts["families"]["markdown"])),
        referrers_title=texts["referrers"]["title"],
        referrers=str(as_markdown(texts["referrers"]["markdown"])),
        empty=texts["empty"].strip(),
        note=texts["note"].strip(),
    )
    _add(home, page)


def _handouts(home: HomePage, texts: dict[str, Any]) -> None:
    if not _child(home, "handvatten"):
        body = str(as_markdown(texts["markdown"]))
        _add(home, HandoutIndexPage(title=texts["title"], slug="handvatten", lead=texts["lead"], body=body))
    index = HandoutIndexPage.objects.child_of(home).get(slug="handvatten")
    for path in sorted((CONTENT / "handouts").glob("*.yaml")):
        handout = yaml.safe_load(path.read_text(encoding="utf-8"))
        if HandoutPage.objects.child_of(index).filter(slug=handout["slug"]).exists():
            continue
        sources = [
            ", ".join(str(source[key]) for key in ("publisher", "title", "year") if source.get(key))
            for source in handout.get("sources", [])
        ]
        page = HandoutPage(
            title=handout["title"],
            slug=handout["slug"],
            summary=handout["summary"],
            body=str(as_markdown(handout["markdown"])),
            profession_id=profession_by_key(handout["profession"]),
            sources="\n".join(sources),
            reviewed_on=REVIEWED_ON,
        )
        _add(index, page)
