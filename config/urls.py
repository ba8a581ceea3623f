"""Every URL of the site's own origin. The content origin has config/content_urls.py."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import office

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.permission_denied"
handler404 = "cms.views.errors.page_not_found"
handler500 = "cms.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    # What is asked most comes first: an address is compared with each pattern before its own.
    path("", include("cms.urls")),
    path("", include("lms.urls")),
    # Before Wagtail's own sign-in page, which knows no second factor and no limit on tries.
    path("beheer/login/", office.door, name="office_door"),
    path("beheer/documenten/", include(wagtaildocs_urls)),
    path("beheer/", include(wagtailadmin_urls)),
    path("account/", include("allauth.urls")),
    path("", include("people.urls")),
    path("", include("media.urls")),
    path("", include("courses.urls")),
    path("", include("accreditation.urls")),
]

if settings.DEVELOPMENT_MEDIA:
    from django.views.static import serve

    # Not django.conf.urls.static: that one does nothing without DEBUG, and the demo runs without it.
    urlpatterns += [
        path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})
    ]

urlpatterns += [path("", include(wagtail_urls))]
