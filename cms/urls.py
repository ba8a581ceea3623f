from django.urls import path, re_path

from cms.views import contact, desk, health, short_links

app_name = "cms"

urlpatterns = [
    path("mijn/", desk.desk, name="desk"),
    path("contact/", contact.contact, name="contact"),
    path("gezond/live", health.live, name="live"),
    path("gezond/klaar", health.ready, name="ready"),
    re_path(r"^q/(?P<slug>[-\w]+)/?$", short_links.follow, name="short_link"),
    path("q/<slug:slug>/qr.svg", short_links.code, name="short_link_code"),
]
