"""Every URL of the content origin (CONTENT_ORIGIN). Nothing of the site itself is reachable there."""

from django.urls import path

from media.views import content

urlpatterns = [
    path("p/<str:token>/player.html", content.player_page),
    path("p/<str:token>/terug.html", content.return_page),
    path("p/<str:token>/files/<path:name>", content.package_file),
    path("l/<str:content_hash>/<path:name>", content.library_file),
    path("speler/<str:version>/<path:name>", content.player_asset),
]
