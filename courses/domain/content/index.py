"""The catalogue page below the site's home."""

from wagtail.models import Page, Site

from courses.models import CourseIndexPage

INDEX_SLUG = "cursussen"


def ensure_course_index(parent: Page | None = None) -> CourseIndexPage:
    """The catalogue; made below `parent` (by default the home of the default site) when it is not there yet."""
    existing: CourseIndexPage | None = CourseIndexPage.objects.first()
    if existing is not None:
        return existing
    home = parent or Site.objects.get(is_default_site=True).root_page
    page = CourseIndexPage(
        title="Cursussen",
        slug=INDEX_SLUG,
        lead="Kies wat bij je werk past. Online in je eigen tempo, of samen in een groep.",
        show_in_menus=True,
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page
