from django.urls import path

from cms.views import contact, desk, health

app_name = "cms"

urlpatterns = [
    path("mijn/", desk.desk, name="desk"),
    path("contact/", contact.contact, name="contact"),
    path("gezond/live", health.live, name="live"),
    path("gezond/klaar", health.ready, name="ready"),
]
