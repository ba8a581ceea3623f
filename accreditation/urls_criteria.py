"""Addresses of the criteria: their versions, what a change would do, and the nearest way forward."""

from django.urls import path

from accreditation.views import criteria, what_if
from accreditation.views import path as path_views

criteria_urls = [
    path("mijn/dossier/pad/", path_views.path, name="path"),
    path("mijn/dossier/pad/stap/", path_views.take, name="path_take"),
    path("mijn/dossier/pad/verwittig/", path_views.wish, name="path_wish"),
    path("netwerk/criteria/", criteria.versions, name="criteria"),
    path("netwerk/criteria/nieuw/", criteria.start, name="criteria_start"),
    path("netwerk/criteria/<int:pk>/", criteria.version, name="criteria_version"),
    path("netwerk/criteria/<int:pk>/bewerken/", criteria.edit, name="criteria_edit"),
    path("netwerk/criteria/<int:pk>/voorbeeld/", criteria.preview, name="criteria_preview"),
    path("netwerk/criteria/<int:pk>/goedkeuren/", criteria.approve, name="criteria_approve"),
    path("netwerk/criteria/<int:pk>/weggooien/", criteria.discard, name="criteria_discard"),
    path("netwerk/criteria/<int:pk>/wat-als/", what_if.what_if, name="what_if"),
    path("netwerk/criteria/<int:pk>/wat-als/start/", what_if.start, name="what_if_start"),
    path("netwerk/criteria/<int:pk>/wat-als/stop/", what_if.stop, name="what_if_stop"),
    path("netwerk/criteria/<int:pk>/wat-als/stand/", what_if.progress, name="what_if_progress"),
]
