"""Addresses of certificates, verification, the stream and the API."""

from django.urls import URLPattern, path

from accreditation.views import api, certificates, credentials, issuing, ldes, verification

proof_urls: list[URLPattern] = [
    path("mijn/getuigschriften/", certificates.own_certificates, name="certificates"),
    path(
        "mijn/getuigschriften/<int:certificate_id>/certificaat.pdf",
        certificates.own_certificate_file,
        name="certificate_file",
    ),
    path("netwerk/getuigschriften/", issuing.start, name="issuing"),
    path("netwerk/getuigschriften/uitreiken/<slug:what>/", issuing.prepare, name="issue_prepare"),
    path("netwerk/getuigschriften/reeks/<int:pk>/", issuing.batch, name="issue_batch"),
    path("netwerk/getuigschriften/reeks/<int:pk>/stand/", issuing.progress, name="issue_progress"),
    path("netwerk/getuigschriften/reeks/<int:pk>/alles.zip", issuing.as_zip, name="issue_zip"),
    path("netwerk/getuigschriften/reeks/<int:pk>/afdruk.pdf", issuing.as_print, name="issue_print"),
    path("v/", verification.verify_form, name="verify_form"),
    path("v/bestand/", verification.verify_upload, name="verify_upload"),
    path("v/<str:code>/", verification.verify_code, name="verify"),
    path("v/<str:code>/certificaat.pdf", verification.verified_file, name="verified_file"),
    path("v/<str:code>/badge.png", verification.badge_png, name="badge_png"),
    path("v/<str:code>/badge.svg", verification.badge_svg, name="badge_svg"),
    path("v/<str:code>/credential.json", credentials.credential, name="credential"),
    path(".well-known/did.json", credentials.did, name="did"),
    path("status/<int:number>", credentials.status_list, name="status_list"),
    path("status/<int:number>.jwt", credentials.status_list_jwt, name="status_list_jwt"),
    path("ldes/erkenningen", ldes.stream, name="ldes"),
    path("ldes/erkenningen/termen", ldes.terms, name="ldes_terms"),
    path("ldes/erkenningen/<int:number>", ldes.page, name="ldes_page"),
    path("api/v1/recognitions", api.recognitions, name="api_recognitions"),
    path("api/v1/recognitions/<uuid:public_id>", api.recognition, name="api_recognition"),
    path("api/v1/openapi.json", api.openapi, name="api_description"),
]
