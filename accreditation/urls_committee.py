"""Addresses of the committee's meetings, availability, appeals and fairness."""

from django.urls import path

from accreditation.views import appeals, availability, fairness, meetings

committee_life_urls = [
    path("commissie/vergaderingen/", meetings.meeting_list, name="meetings"),
    path("commissie/vergaderingen/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("commissie/vergaderingen/<int:meeting_id>/open/", meetings.meeting_open, name="meeting_open"),
    path("commissie/vergaderingen/<int:meeting_id>/zaal/", meetings.meeting_room, name="meeting_room"),
    path("commissie/vergaderingen/<int:meeting_id>/sluit/", meetings.meeting_close, name="meeting_close"),
    path("commissie/vergaderingen/<int:meeting_id>/verslag.pdf", meetings.minutes, name="minutes"),
    path(
        "commissie/vergaderingen/<int:meeting_id>/punt/<int:item_id>/",
        meetings.agenda_item,
        name="agenda_item",
    ),
    path(
        "commissie/vergaderingen/<int:meeting_id>/punt/<int:item_id>/verdaag/",
        meetings.item_adjourn,
        name="item_adjourn",
    ),
    path("commissie/agenda/<int:round_id>/", meetings.agenda_add, name="agenda_add"),
    path("commissie/samen-beslissen/", meetings.batch, name="batch"),
    path("commissie/beschikbaarheid/", availability.availability, name="availability"),
    path(
        "commissie/beschikbaarheid/<int:absence_id>/weg/",
        availability.absence_remove,
        name="absence_remove",
    ),
    path("commissie/eerlijkheid/", fairness.fairness, name="fairness"),
    path("netwerk/commissie/", availability.members, name="members"),
    path("mijn/erkenning/bezwaar/<int:letter_id>/", appeals.appeal, name="appeal"),
]
