"""Addresses of the network's office for teams and intervision, and of days of the network; part of `lms`."""

from django.urls import URLPattern, path

from lms.views import network_desk, network_events

network_urls: list[URLPattern] = [
    path("netwerk/teams/", network_desk.teams, name="network_teams"),
    path("netwerk/teams/samen/", network_desk.teams_merge, name="teams_merge"),
    path("netwerk/intervisie/", network_desk.intervision, name="network_intervision"),
    path("netwerk/intervisie/steekproef/", network_desk.sample_draw, name="sample_draw"),
    path("netwerk/intervisie/steekproef/<int:check_id>/", network_desk.sample_outcome, name="sample_outcome"),
    path("netwerk/intervisie/regels/", network_desk.rules, name="exchange_rules"),
    path("netwerk/pool/", network_desk.pool, name="pool"),
    path("netwerk/pool/licentie/<int:licence_id>/stop/", network_desk.licence_end, name="licence_end"),
    path("netwerk/pool/<int:person_id>/", network_desk.expert, name="expert"),
    path("mijn/beschikbaar/", network_desk.my_availability, name="my_availability"),
    path("netwerkmomenten/", network_events.events, name="network_events"),
    path("netwerkmomenten/<int:event_id>/", network_events.event, name="network_event"),
    path("netwerkmomenten/<int:event_id>/plaats/", network_events.seat, name="network_event_seat"),
    path("netwerk/momenten/", network_events.desk, name="network_events_desk"),
    path("netwerk/momenten/<int:event_id>/", network_events.manage, name="network_event_manage"),
    path("netwerk/momenten/<int:event_id>/afgelasten/", network_events.cancel, name="network_event_cancel"),
]
