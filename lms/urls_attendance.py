"""Addresses of presence and what follows from it; part of the `lms` namespace."""

from django.urls import URLPattern, path

from lms.views import checkin, lists, points, registers, reports

attendance_urls: list[URLPattern] = [
    path("begeleiding/offline.js", lists.worker, name="list_worker"),
    path("begeleiding/sessies/<int:session_id>/lijst.pdf", lists.paper_pdf, name="paper_pdf"),
    path("begeleiding/sessies/<int:session_id>/papier/", lists.paper, name="paper"),
    path("begeleiding/sessies/<int:session_id>/meegenomen/", lists.sync, name="attendance_sync"),
    path("begeleiding/sessies/<int:session_id>/uren/<int:person_id>/", lists.moments, name="moments"),
    path("netwerk/registers/", registers.registers, name="registers"),
    path("netwerk/registers/<slug:register>/<int:year>/<int:month>/", registers.make, name="register_make"),
    path("netwerk/registers/bestand/<int:file_id>/", registers.file, name="register_file"),
    path("netwerk/registers/bestand/<int:file_id>/ophalen/", registers.fetch, name="register_fetch"),
    path("netwerk/registers/sessie/<int:session_id>/", registers.approvals, name="session_approvals"),
    path("netwerk/aanwezigheidsregels/", registers.rules, name="presence_rules"),
    path("netwerk/rapporten/", reports.reports, name="reports"),
    path("netwerk/rapporten/<slug:slug>/", reports.report, name="report"),
    path(
        "netwerk/rapporten/<slug:slug>/mensen/<slug:key>/<int:column>/", reports.people, name="report_people"
    ),
    path("mijn/punten/", points.points, name="points"),
    path("mijn/punten/periode/<slug:register>/", points.cycle, name="points_cycle"),
    path("mijn/punten/bewijs.pdf", points.proof, name="points_proof"),
    path("aanwezig/code/", checkin.by_code, name="check_in_code"),
]
