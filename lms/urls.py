from django.urls import path

from lms.urls_attendance import attendance_urls
from lms.urls_cohorts import cohort_urls
from lms.urls_network import network_urls
from lms.urls_planner import planner_urls
from lms.urls_seats import seat_urls
from lms.urls_xapi import xapi_urls
from lms.views import (
    cases,
    checks,
    enrol,
    learning,
    lesson_parts,
    offline,
    records,
    reflections,
    shared,
    units,
)

app_name = "lms"

LESSON = "mijn/leren/<slug:slug>/<slug:lesson>/"

learning_urls = [
    path("cursussen/<slug:slug>/inschrijven/", enrol.enrol, name="enrol"),
    path("mijn/leren/", learning.learning, name="learning"),
    path("mijn/leren/activiteit/verklaring/", records.statement, name="statement"),
    path("mijn/leren/activiteit/stand/", records.state, name="state"),
    path("mijn/leren/activiteit/open/", units.start, name="unit_start"),
    path("mijn/leren/activiteit/onderdelen/", units.states, name="unit_states"),
    path("mijn/leren/offline.js", offline.worker, name="offline_worker"),
    path("mijn/leren/zonder-verbinding/", offline.no_connection, name="no_connection"),
    path("mijn/leren/<slug:slug>/offline.json", offline.offline_list, name="offline_list"),
    path("mijn/leren/<slug:slug>/", learning.course, name="course"),
    path("mijn/leren/<slug:slug>/cijfer/", learning.review, name="review"),
    path("mijn/leren/<slug:slug>/uitschrijven/", enrol.withdraw, name="withdraw"),
    path(LESSON, learning.lesson, name="lesson"),
    path(f"{LESSON}klaar/", learning.lesson_done, name="lesson_done"),
    path(f"{LESSON}toets/<slug:check>/", checks.check, name="check"),
    path(f"{LESSON}toets/<slug:check>/antwoord/", checks.answer, name="answer"),
    path(f"{LESSON}toets/<slug:check>/begin/", checks.start, name="check_start"),
    path(f"{LESSON}casus/<slug:case>/", cases.case, name="case"),
    path(f"{LESSON}peiling/<slug:poll>/", lesson_parts.poll, name="poll"),
    path(f"{LESSON}fragment/<slug:media>/", lesson_parts.position, name="position"),
    path(f"{LESSON}notities/", lesson_parts.note, name="note"),
    path(f"{LESSON}reflectie/<slug:reflection>/", reflections.reflection, name="reflection"),
    path(f"{LESSON}reflectie/<slug:reflection>/delen/", lesson_parts.share, name="share"),
    path("begeleiding/reflecties/", shared.reflections, name="shared_reflections"),
]

urlpatterns = [
    *learning_urls,
    *attendance_urls,
    *cohort_urls,
    *seat_urls,
    *network_urls,
    *planner_urls,
    *xapi_urls,
]
