"""Addresses of one's own listing and of what others may read of it."""

from django.urls import URLPattern, path

from accreditation.views import hsds, listing_card, webhooks

social_map_urls: list[URLPattern] = [
    path("mijn/vermelding/", listing_card.listing, name="listing"),
    path("mijn/vermelding/plek/", listing_card.place, name="listing_place_add"),
    path("mijn/vermelding/plek/<int:pk>/", listing_card.place, name="listing_place"),
    path("mijn/vermelding/plek/<int:pk>/weg/", listing_card.place_remove, name="listing_place_remove"),
    path("mijn/vermelding/stop/", listing_card.stop, name="listing_stop"),
    path("netwerk/webhooks/", webhooks.endpoints, name="webhooks"),
    path("netwerk/webhooks/<int:pk>/", webhooks.endpoint, name="webhook"),
    path("netwerk/webhooks/<int:pk>/bewerken/", webhooks.edit, name="webhook_edit"),
    path("netwerk/webhooks/<int:pk>/test/", webhooks.test, name="webhook_test"),
    path("netwerk/webhooks/<int:pk>/geheim/", webhooks.rotate, name="webhook_rotate"),
    path("netwerk/webhooks/<int:pk>/schakel/", webhooks.switch, name="webhook_switch"),
    path("netwerk/webhooks/<int:pk>/opnieuw/", webhooks.resend, name="webhook_replay"),
    path("hsds/", hsds.about, name="hsds"),
    path("hsds/openapi.json", hsds.openapi, name="hsds_description"),
    path("hsds/services", hsds.services, name="hsds_services"),
    path("hsds/services/<uuid:key>", hsds.service, name="hsds_service"),
    path("hsds/organizations", hsds.organizations, name="hsds_organizations"),
    path("hsds/organizations/<uuid:key>", hsds.organization, name="hsds_organization"),
    path("hsds/service_at_locations", hsds.places, name="hsds_places"),
    path("hsds/service_at_locations/<uuid:key>", hsds.place, name="hsds_place"),
    path("hsds/taxonomies", hsds.taxonomies, name="hsds_taxonomies"),
    path("hsds/taxonomies/<uuid:key>", hsds.taxonomy, name="hsds_taxonomy"),
    path("hsds/taxonomy_terms", hsds.terms, name="hsds_terms"),
    path("hsds/taxonomy_terms/<uuid:key>", hsds.term, name="hsds_term"),
]
