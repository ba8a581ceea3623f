from django.urls import path

from courses.views import recordings

app_name = "courses"

urlpatterns = [
    path("mijn/leren/bestand/<int:document>/<str:name>", recordings.recording, name="recording"),
]
