"""Addresses of cohorts, attendance, intervision, team and agenda; part of the `lms` namespace."""

from django.urls import URLPattern, path

from lms.views import (
    agenda,
    checkin,
    group_life,
    intervision,
    joining,
    sheets,
    team,
    team_desk,
    trainer,
)

cohort_urls: list[URLPattern] = [
    path("begeleiding/", trainer.desk, name="trainer_desk"),
    path("begeleiding/groepen/nieuw/", trainer.cohort_create, name="cohort_create"),
    path("begeleiding/groepen/<int:cohort_id>/", trainer.cohort, name="cohort"),
    path("begeleiding/groepen/<int:cohort_id>/bewerken/", trainer.cohort_edit, name="cohort_edit"),
    path("begeleiding/groepen/<int:cohort_id>/draaiboek/", sheets.sheets, name="sheets"),
    path("begeleiding/groepen/<int:cohort_id>/draaiboek/<slug:slug>/", sheets.sheet, name="sheet"),
    path("begeleiding/groepen/<int:cohort_id>/draaiboek/<slug:slug>.pdf", sheets.sheet_pdf, name="sheet_pdf"),
    path("begeleiding/groepen/<int:cohort_id>/sessies/nieuw/", trainer.session_create, name="session_create"),
    path("begeleiding/sessies/<int:session_id>/", trainer.session, name="session"),
    path("begeleiding/sessies/<int:session_id>/bewerken/", trainer.session_edit, name="session_edit"),
    path("begeleiding/sessies/<int:session_id>/afgelasten/", trainer.session_cancel, name="session_cancel"),
    path(
        "begeleiding/sessies/<int:session_id>/aanwezigheid/<int:person_id>/",
        trainer.attendance_record,
        name="attendance_record",
    ),
    path(
        "begeleiding/sessies/<int:session_id>/afsluiten/", trainer.attendance_close, name="attendance_close"
    ),
    path(
        "begeleiding/sessies/<int:session_id>/verbeteren/<int:person_id>/",
        trainer.attendance_correct,
        name="attendance_correct",
    ),
    path("begeleiding/sessies/<int:session_id>/qr/", checkin.qr, name="session_qr"),
    path("begeleiding/sessies/<int:session_id>/qr/code/", checkin.qr_code, name="session_qr_code"),
    path("begeleiding/intervisie/nieuw/", intervision.group_create, name="group_create"),
    path("aanwezig/sessie/<int:session_id>/", checkin.checked_in, name="checked_in"),
    path("aanwezig/<str:token>/", checkin.check_in, name="check_in"),
    path("mijn/intervisie/", intervision.groups, name="intervision"),
    path("mijn/intervisie/kies/", group_life.kind_test, name="kind_test"),
    path("mijn/intervisie/zoeken/", group_life.finder, name="group_finder"),
    path("mijn/intervisie/<int:group_id>/vraag-plaats/", group_life.group_ask, name="group_ask"),
    path("mijn/intervisie/<int:group_id>/afspraken/", group_life.agreement, name="agreement"),
    path("mijn/intervisie/<int:group_id>/groep/", group_life.group_life, name="group_life"),
    path("mijn/intervisie/<int:group_id>/moderator/", group_life.group_moderator, name="group_moderator"),
    path("mijn/intervisie/<int:group_id>/verlaten/", group_life.group_leave, name="group_leave"),
    path(
        "mijn/intervisie/overleg/<int:meeting_id>/leerpunt/",
        intervision.learning_point,
        name="learning_point",
    ),
    path("mijn/intervisie/<int:group_id>/nieuwe-leden/", joining.group_open, name="group_open"),
    path("mijn/intervisie/vraag/<int:request_id>/", joining.join_voice, name="join_voice"),
    path("mijn/intervisie/<int:group_id>/nieuw/", intervision.meeting_create, name="meeting_create"),
    path("mijn/intervisie/overleg/<int:meeting_id>/", intervision.meeting, name="meeting"),
    path(
        "mijn/intervisie/overleg/<int:meeting_id>/ik-was-er/",
        intervision.presence_claim,
        name="presence_claim",
    ),
    path(
        "mijn/intervisie/overleg/<int:meeting_id>/bevestig/<int:person_id>/",
        intervision.presence_confirm,
        name="presence_confirm",
    ),
    path(
        "mijn/intervisie/overleg/<int:meeting_id>/afgelasten/",
        intervision.meeting_cancel,
        name="meeting_cancel",
    ),
    path("team/", team.team, name="team"),
    path("team/<int:team_id>/", team_desk.desk, name="team_desk"),
    path("team/<int:team_id>/inschrijven/", team_desk.sign_up, name="team_sign_up"),
    path("team/<int:team_id>/opleiden/", team_desk.in_house, name="in_house"),
    path("team/voorstel/<int:proposal_id>/", team_desk.choose, name="duty_choose"),
    path("team/plicht/<int:obligation_id>/vrij/", team_desk.release, name="duty_release"),
    path("mijn/agenda/", agenda.agenda, name="agenda"),
    path("mijn/agenda/nieuwe-link/", agenda.agenda_renew, name="agenda_renew"),
    path("mijn/agenda.ics", agenda.agenda_feed, name="agenda_feed"),
    path("agenda.ics", agenda.public_feed, name="public_feed"),
]
