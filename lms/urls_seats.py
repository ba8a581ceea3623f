"""Addresses of seats, messages, evaluations and locations; part of the `lms` namespace."""

from django.urls import URLPattern, path

from lms.views import editions, enrol, list_seats, locations, messages, prepare, seats, trainer

seat_urls: list[URLPattern] = [
    path("begeleiding/groepen/<int:cohort_id>/verwijderen/", trainer.cohort_delete, name="cohort_delete"),
    path("begeleiding/groepen/<int:cohort_id>/deelnemers/", seats.member_add, name="member_add"),
    path(
        "begeleiding/groepen/<int:cohort_id>/deelnemers/<int:person_id>/weg/",
        seats.member_remove,
        name="member_remove",
    ),
    path("begeleiding/groepen/<int:cohort_id>/lijsten/", list_seats.lists, name="cohort_lists"),
    path(
        "begeleiding/groepen/<int:cohort_id>/lijsten/<int:list_id>/", list_seats.one_list, name="cohort_list"
    ),
    path("begeleiding/groepen/<int:cohort_id>/bericht/", messages.message, name="cohort_message"),
    path("begeleiding/sessies/<int:session_id>/voorbereiding/", prepare.prepare, name="prepare"),
    path("begeleiding/sessies/<int:session_id>/evaluatie/", prepare.evaluation, name="evaluation"),
    path(
        "begeleiding/sessies/<int:session_id>/evaluatie/vraag/", prepare.evaluation_ask, name="evaluation_ask"
    ),
    path(
        "begeleiding/cursussen/<slug:slug>/evaluaties/",
        prepare.evaluations_compare,
        name="evaluations_compare",
    ),
    path("netwerk/evaluatieformulieren/", prepare.evaluation_forms, name="evaluation_forms"),
    path("mijn/mening/<int:evaluation_id>/", prepare.opinion, name="opinion"),
    path("begeleiding/groepen/<int:cohort_id>/reeks/", editions.series_create, name="series_create"),
    path("begeleiding/sessies/<int:session_id>/reeks/", editions.series_change, name="series_change"),
    path("begeleiding/groepen/<int:cohort_id>/kopie/", editions.copy, name="cohort_copy"),
    path("begeleiding/sjablonen/<int:template_id>/", editions.from_template, name="from_template"),
    path("begeleiding/plaatsvraag/<int:request_id>/", seats.decide, name="seat_decide"),
    path("mijn/groepen/", seats.groups, name="my_groups"),
    path("mijn/groepen/materiaal/<int:material_id>/", prepare.material_file, name="material_file"),
    path("mijn/groepen/<int:cohort_id>/", seats.group, name="my_group"),
    path("mijn/groepen/<int:cohort_id>/doe/", seats.act, name="seat_act"),
    path("mijn/plaats/<str:token>/", seats.offer, name="seat_offer"),
    path("cursussen/<slug:slug>/groep-kiezen/", enrol.choose_group, name="choose_group"),
    path("locaties/<slug:slug>/", locations.location, name="location"),
    path("netwerk/locaties/", locations.locations, name="locations"),
    path("netwerk/locaties/<int:location_id>/", locations.location_edit, name="location_edit"),
]
