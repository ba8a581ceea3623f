"""One table: every address of ours, as every role. A new address without a row here fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Site

from courses.api import ensure_course_index
from courses.domain.author_group import ensure_author_rights
from people.api import Role
from tests.factories.people import UserFactory, user_with

ALL_ROLES = (
    Role.LEARNER,
    Role.TRAINER,
    Role.TEAM_COORDINATOR,
    Role.AUTHOR,
    Role.COMMITTEE_MEMBER,
    Role.NETWORK_STAFF,
    Role.ADMINISTRATOR,
)
PUBLIC, SIGNED_IN = "public", "signed in"
TRAINERS = {Role.TRAINER, Role.NETWORK_STAFF, Role.ADMINISTRATOR}
STAFF = {Role.NETWORK_STAFF}
PEOPLE_STAFF = {Role.NETWORK_STAFF, Role.ADMINISTRATOR}
COMMITTEE = {Role.COMMITTEE_MEMBER}
AUTHORS = {Role.AUTHOR, Role.ADMINISTRATOR}
REPORT_READERS = PEOPLE_STAFF | TRAINERS | AUTHORS | COMMITTEE | {Role.TEAM_COORDINATOR}
ADMINS = {Role.ADMINISTRATOR}

NO_UUID = "00000000-0000-0000-0000-000000000000"
# name, method, address, who gets in, what they get there. Objects do not exist: who gets in sees 404.
TABLE = [
    # media
    ("media_packages", "get", "/beheer/pakketten/", AUTHORS, 200),
    ("media_package_upload", "get", "/beheer/pakketten/nieuw/", AUTHORS, 200),
    ("media_package_confirm", "post", "/beheer/pakketten/bewaar/", AUTHORS, {302, 422}),
    ("media_libraries", "get", "/beheer/pakketten/bibliotheken/", AUTHORS, 200),
    ("media_library_decide", "post", "/beheer/pakketten/bibliotheken/999999/", ADMINS, 404),
    ("media_package", "get", "/beheer/pakketten/999999/", AUTHORS, 404),
    ("lms_package_uses", "get", "/beheer/pakketten/999999/gebruik/", AUTHORS, 404),
    ("cms:short_link", "get", "/q/bestaat-niet", PUBLIC, 404),
    ("cms:short_link_code", "get", "/q/bestaat-niet/qr.svg", PUBLIC, 404),
    ("cms_style", "get", "/beheer/stijl/", AUTHORS, 200),
    ("office_door", "get", "/beheer/login/", AUTHORS, 302),
    # people
    ("people:profile", "get", "/mijn/profiel/", SIGNED_IN, 200),
    ("people:notices", "get", "/mijn/berichten/", SIGNED_IN, 200),
    ("people:list", "get", "/netwerk/mensen/", PEOPLE_STAFF, 200),
    ("people:person", "get", "/netwerk/mensen/999999/", PEOPLE_STAFF, 404),
    ("people:end_role", "post", "/netwerk/mensen/999999/rol/trainer/stop/", ADMINS, 404),
    ("people:intakes", "get", "/netwerk/lijsten/", PEOPLE_STAFF, 200),
    ("people:intake", "get", "/netwerk/lijsten/999999/", PEOPLE_STAFF, 404),
    ("people:intake_apply", "post", "/netwerk/lijsten/999999/inlezen/", PEOPLE_STAFF, 404),
    ("people:intake_undo", "post", "/netwerk/lijsten/999999/terug/", PEOPLE_STAFF, 404),
    ("people:intake_rows", "get", "/netwerk/lijsten/999999/rijen.csv", PEOPLE_STAFF, 404),
    # learning
    ("lms:enrol", "get", "/cursussen/bestaat-niet/inschrijven/", SIGNED_IN, 404),
    ("lms:learning", "get", "/mijn/leren/", SIGNED_IN, 302),
    ("courses:recording", "get", "/mijn/leren/bestand/999999/film.webm", SIGNED_IN, 404),
    ("lms:statement", "post", "/mijn/leren/activiteit/verklaring/", SIGNED_IN, {400, 403}),
    ("lms:state", "post", "/mijn/leren/activiteit/stand/", SIGNED_IN, {400, 403}),
    ("lms:unit_start", "post", "/mijn/leren/activiteit/open/", SIGNED_IN, {400, 403}),
    ("lms:unit_states", "post", "/mijn/leren/activiteit/onderdelen/", SIGNED_IN, {400, 403}),
    # The record store knows no sessions: whoever has no token of a launch gets 401, in whatever role.
    ("lms:xapi_about", "get", "/xapi/about", PUBLIC, 200),
    ("lms:xapi_fetch", "post", "/xapi/cmi5/onbekend/", PUBLIC, 200),
    ("lms:xapi_statements", "get", "/xapi/statements", PUBLIC, 401),
    ("lms:xapi_state", "get", "/xapi/activities/state", PUBLIC, 401),
    ("lms:xapi_activity_profile", "get", "/xapi/activities/profile", PUBLIC, 401),
    ("lms:xapi_activities", "get", "/xapi/activities", PUBLIC, 401),
    ("lms:xapi_agent_profile", "get", "/xapi/agents/profile", PUBLIC, 401),
    ("lms:xapi_agents", "get", "/xapi/agents", PUBLIC, 401),
    ("lms:offline_worker", "get", "/mijn/leren/offline.js", PUBLIC, 200),
    ("lms:no_connection", "get", "/mijn/leren/zonder-verbinding/", PUBLIC, 200),
    ("lms:offline_list", "get", "/mijn/leren/bestaat-niet/offline.json", SIGNED_IN, 404),
    ("lms_item_checks", "get", "/beheer/toetsen/", AUTHORS, 200),
    ("lms_item_analysis", "get", "/beheer/toetsen/999999/toets/", AUTHORS, 404),
    ("lms:course", "get", "/mijn/leren/bestaat-niet/", SIGNED_IN, 404),
    ("lms:review", "post", "/mijn/leren/bestaat-niet/cijfer/", SIGNED_IN, 302),
    ("lms:withdraw", "post", "/mijn/leren/bestaat-niet/uitschrijven/", SIGNED_IN, 302),
    ("lms:lesson", "get", "/mijn/leren/bestaat-niet/les/", SIGNED_IN, 404),
    ("lms:lesson_done", "post", "/mijn/leren/bestaat-niet/les/klaar/", SIGNED_IN, 302),
    ("lms:check", "get", "/mijn/leren/bestaat-niet/les/toets/c/", SIGNED_IN, 404),
    ("lms:answer", "post", "/mijn/leren/bestaat-niet/les/toets/c/antwoord/", SIGNED_IN, 404),
    ("lms:check_start", "post", "/mijn/leren/bestaat-niet/les/toets/c/begin/", SIGNED_IN, 302),
    ("lms:case", "get", "/mijn/leren/bestaat-niet/les/casus/c/", SIGNED_IN, 404),
    ("lms:poll", "post", "/mijn/leren/bestaat-niet/les/peiling/p/", SIGNED_IN, 302),
    ("lms:position", "post", "/mijn/leren/bestaat-niet/les/fragment/f/", SIGNED_IN, {400, 404}),
    ("lms:note", "post", "/mijn/leren/bestaat-niet/les/notities/", SIGNED_IN, 302),
    ("lms:share", "post", "/mijn/leren/bestaat-niet/les/reflectie/r/delen/", SIGNED_IN, 302),
    ("lms:shared_reflections", "get", "/begeleiding/reflecties/", TRAINERS, 200),
    ("lms:reflection", "post", "/mijn/leren/bestaat-niet/les/reflectie/r/", SIGNED_IN, 302),
    # days with others
    ("lms:trainer_desk", "get", "/begeleiding/", TRAINERS, 200),
    ("lms:cohort_create", "get", "/begeleiding/groepen/nieuw/", TRAINERS, 200),
    ("lms:cohort", "get", "/begeleiding/groepen/999999/", TRAINERS, 404),
    ("lms:cohort_edit", "get", "/begeleiding/groepen/999999/bewerken/", TRAINERS, 404),
    ("lms:cohort_delete", "post", "/begeleiding/groepen/999999/verwijderen/", TRAINERS, 404),
    ("lms:cohort_message", "get", "/begeleiding/groepen/999999/bericht/", TRAINERS, 404),
    ("lms:prepare", "get", "/begeleiding/sessies/999999/voorbereiding/", TRAINERS, 404),
    ("lms:evaluation", "get", "/begeleiding/sessies/999999/evaluatie/", TRAINERS, 404),
    ("lms:evaluation_ask", "post", "/begeleiding/sessies/999999/evaluatie/vraag/", TRAINERS, 404),
    ("lms:evaluations_compare", "get", "/begeleiding/cursussen/bestaat-niet/evaluaties/", TRAINERS, 404),
    ("lms:evaluation_forms", "get", "/netwerk/evaluatieformulieren/", PEOPLE_STAFF, 200),
    ("lms:opinion", "get", "/mijn/mening/999999/", SIGNED_IN, 404),
    ("lms:series_create", "get", "/begeleiding/groepen/999999/reeks/", TRAINERS, 404),
    ("lms:series_change", "get", "/begeleiding/sessies/999999/reeks/", TRAINERS, 404),
    ("lms:cohort_copy", "get", "/begeleiding/groepen/999999/kopie/", TRAINERS, 404),
    ("lms:from_template", "get", "/begeleiding/sjablonen/999999/", TRAINERS, 404),
    ("lms:cohort_lists", "get", "/begeleiding/groepen/999999/lijsten/", PEOPLE_STAFF, 404),
    ("lms:cohort_list", "get", "/begeleiding/groepen/999999/lijsten/1/", PEOPLE_STAFF, 404),
    ("lms:member_add", "post", "/begeleiding/groepen/999999/deelnemers/", TRAINERS, 404),
    ("lms:member_remove", "post", "/begeleiding/groepen/999999/deelnemers/1/weg/", TRAINERS, 404),
    ("lms:seat_decide", "post", "/begeleiding/plaatsvraag/999999/", TRAINERS, 404),
    ("lms:my_groups", "get", "/mijn/groepen/", SIGNED_IN, 200),
    ("lms:my_group", "get", "/mijn/groepen/999999/", SIGNED_IN, 404),
    ("lms:material_file", "get", "/mijn/groepen/materiaal/999999/", SIGNED_IN, 404),
    ("lms:seat_act", "post", "/mijn/groepen/999999/doe/", SIGNED_IN, 404),
    ("lms:seat_offer", "get", "/mijn/plaats/verzonnen/", PUBLIC, 404),
    ("lms:choose_group", "get", "/cursussen/bestaat-niet/groep-kiezen/", SIGNED_IN, 404),
    ("lms:location", "get", "/locaties/bestaat-niet/", PUBLIC, 404),
    ("lms:locations", "get", "/netwerk/locaties/", PEOPLE_STAFF, 200),
    ("lms:location_edit", "get", "/netwerk/locaties/999999/", PEOPLE_STAFF, 404),
    ("lms:sheets", "get", "/begeleiding/groepen/999999/draaiboek/", TRAINERS, 404),
    ("lms:sheet", "get", "/begeleiding/groepen/999999/draaiboek/blad/", TRAINERS, 404),
    ("lms:sheet_pdf", "get", "/begeleiding/groepen/999999/draaiboek/alles.pdf", TRAINERS, 404),
    ("lms:session_create", "get", "/begeleiding/groepen/999999/sessies/nieuw/", TRAINERS, 404),
    ("lms:session", "get", "/begeleiding/sessies/999999/", TRAINERS, 404),
    ("lms:session_edit", "get", "/begeleiding/sessies/999999/bewerken/", TRAINERS, 404),
    ("lms:session_cancel", "post", "/begeleiding/sessies/999999/afgelasten/", TRAINERS, 404),
    ("lms:attendance_record", "post", "/begeleiding/sessies/999999/aanwezigheid/1/", TRAINERS, 404),
    ("lms:attendance_close", "post", "/begeleiding/sessies/999999/afsluiten/", TRAINERS, 404),
    ("lms:list_worker", "get", "/begeleiding/offline.js", PUBLIC, 200),
    ("lms:paper_pdf", "get", "/begeleiding/sessies/999999/lijst.pdf", TRAINERS, 404),
    ("lms:paper", "get", "/begeleiding/sessies/999999/papier/", TRAINERS, 404),
    ("lms:attendance_sync", "post", "/begeleiding/sessies/999999/meegenomen/", TRAINERS, 404),
    ("lms:moments", "get", "/begeleiding/sessies/999999/uren/1/", TRAINERS, 404),
    ("lms:registers", "get", "/netwerk/registers/", PEOPLE_STAFF, 200),
    ("lms:register_make", "post", "/netwerk/registers/onbekend/2026/10/", PEOPLE_STAFF, 302),
    ("lms:register_file", "get", "/netwerk/registers/bestand/999999/", PEOPLE_STAFF, 404),
    ("lms:register_fetch", "post", "/netwerk/registers/bestand/999999/ophalen/", PEOPLE_STAFF, 404),
    ("lms:session_approvals", "get", "/netwerk/registers/sessie/999999/", PEOPLE_STAFF, 404),
    ("lms:presence_rules", "get", "/netwerk/aanwezigheidsregels/", PEOPLE_STAFF, 200),
    ("lms:reports", "get", "/netwerk/rapporten/", REPORT_READERS, 200),
    ("lms:report", "get", "/netwerk/rapporten/trechter/", REPORT_READERS, 200),
    ("lms:report_people", "get", "/netwerk/rapporten/trechter/mensen/999999/0/", REPORT_READERS, 404),
    ("lms:points", "get", "/mijn/punten/", SIGNED_IN, 200),
    ("lms:points_cycle", "get", "/mijn/punten/periode/onbekend/", SIGNED_IN, 404),
    ("lms:points_proof", "get", "/mijn/punten/bewijs.pdf", SIGNED_IN, {200, 302}),
    ("lms:check_in_code", "get", "/aanwezig/code/", SIGNED_IN, 200),
    ("lms:attendance_correct", "get", "/begeleiding/sessies/999999/verbeteren/1/", TRAINERS, 404),
    ("lms:session_qr", "get", "/begeleiding/sessies/999999/qr/", TRAINERS, 404),
    ("lms:session_qr_code", "get", "/begeleiding/sessies/999999/qr/code/", TRAINERS, 404),
    ("lms:group_create", "get", "/begeleiding/intervisie/nieuw/", TRAINERS, 200),
    ("lms:checked_in", "get", "/aanwezig/sessie/999999/", SIGNED_IN, 404),
    ("lms:check_in", "get", "/aanwezig/verzonnen-code/", PUBLIC, 404),
    ("lms:intervision", "get", "/mijn/intervisie/", SIGNED_IN, 200),
    ("lms:kind_test", "get", "/mijn/intervisie/kies/", SIGNED_IN, 200),
    ("lms:group_finder", "get", "/mijn/intervisie/zoeken/", SIGNED_IN, 200),
    ("lms:group_ask", "post", "/mijn/intervisie/999999/vraag-plaats/", SIGNED_IN, 404),
    ("lms:agreement", "get", "/mijn/intervisie/999999/afspraken/", SIGNED_IN, 404),
    ("lms:group_life", "get", "/mijn/intervisie/999999/groep/", SIGNED_IN, 404),
    ("lms:group_moderator", "post", "/mijn/intervisie/999999/moderator/", SIGNED_IN, 404),
    ("lms:group_leave", "post", "/mijn/intervisie/999999/verlaten/", SIGNED_IN, 404),
    ("lms:learning_point", "post", "/mijn/intervisie/overleg/999999/leerpunt/", SIGNED_IN, 404),
    ("lms:group_open", "post", "/mijn/intervisie/999999/nieuwe-leden/", SIGNED_IN, 404),
    ("lms:join_voice", "post", "/mijn/intervisie/vraag/999999/", SIGNED_IN, 404),
    ("lms:meeting_create", "get", "/mijn/intervisie/999999/nieuw/", SIGNED_IN, 404),
    ("lms:meeting", "get", "/mijn/intervisie/overleg/999999/", SIGNED_IN, 404),
    ("lms:presence_claim", "post", "/mijn/intervisie/overleg/999999/ik-was-er/", SIGNED_IN, 404),
    ("lms:presence_confirm", "post", "/mijn/intervisie/overleg/999999/bevestig/1/", SIGNED_IN, 404),
    ("lms:meeting_cancel", "post", "/mijn/intervisie/overleg/999999/afgelasten/", SIGNED_IN, 404),
    ("lms:team", "get", "/team/", {Role.TEAM_COORDINATOR}, 200),
    ("lms:team_desk", "get", "/team/999999/", {Role.TEAM_COORDINATOR} | STAFF, 404),
    ("lms:team_sign_up", "get", "/team/999999/inschrijven/", {Role.TEAM_COORDINATOR} | STAFF, 404),
    ("lms:in_house", "get", "/team/999999/opleiden/", {Role.TEAM_COORDINATOR} | STAFF, 404),
    ("lms:duty_choose", "post", "/team/voorstel/999999/", {Role.TEAM_COORDINATOR} | STAFF, 404),
    ("lms:duty_release", "post", "/team/plicht/999999/vrij/", {Role.TEAM_COORDINATOR} | STAFF, 404),
    ("lms:network_teams", "get", "/netwerk/teams/", STAFF, 200),
    ("lms:teams_merge", "post", "/netwerk/teams/samen/", STAFF, 302),
    ("lms:network_intervision", "get", "/netwerk/intervisie/", STAFF, 200),
    ("lms:sample_draw", "post", "/netwerk/intervisie/steekproef/", STAFF, 302),
    ("lms:sample_outcome", "post", "/netwerk/intervisie/steekproef/999999/", STAFF, 404),
    ("lms:exchange_rules", "get", "/netwerk/intervisie/regels/", STAFF, 200),
    ("lms:pool", "get", "/netwerk/pool/", STAFF, 200),
    ("lms:licence_end", "post", "/netwerk/pool/licentie/999999/stop/", STAFF, 404),
    ("lms:expert", "get", "/netwerk/pool/999999/", STAFF, 404),
    ("lms:network_events", "get", "/netwerkmomenten/", PUBLIC, 200),
    ("lms:network_event", "get", "/netwerkmomenten/999999/", PUBLIC, 404),
    ("lms:network_event_seat", "post", "/netwerkmomenten/999999/plaats/", SIGNED_IN, 404),
    ("lms:network_events_desk", "get", "/netwerk/momenten/", STAFF, 200),
    ("lms:network_event_manage", "get", "/netwerk/momenten/999999/", STAFF, 404),
    ("lms:network_event_cancel", "post", "/netwerk/momenten/999999/afgelasten/", STAFF, 404),
    ("lms:my_availability", "get", "/mijn/beschikbaar/", SIGNED_IN, 404),
    ("lms:agenda", "get", "/mijn/agenda/", SIGNED_IN, 200),
    ("lms:agenda_renew", "post", "/mijn/agenda/nieuwe-link/", SIGNED_IN, 302),
    ("lms:agenda_feed", "get", "/mijn/agenda.ics", PUBLIC, 404),
    ("lms:public_feed", "get", "/agenda.ics", PUBLIC, 200),
    # planner
    ("lms:plans", "get", "/netwerk/plan/", PEOPLE_STAFF, 200),
    ("lms:plan_create", "get", "/netwerk/plan/nieuw/", PEOPLE_STAFF, 200),
    ("lms:plan", "get", "/netwerk/plan/999999/", PEOPLE_STAFF, 404),
    ("lms:plan_progress", "get", "/netwerk/plan/999999/stand/", PEOPLE_STAFF, 404),
    ("lms:plan_replan", "post", "/netwerk/plan/999999/herplan/", PEOPLE_STAFF, 404),
    ("lms:plan_stop", "post", "/netwerk/plan/999999/stop/", PEOPLE_STAFF, 404),
    ("lms:plan_compare", "get", "/netwerk/plan/999999/vergelijk/", PEOPLE_STAFF, 404),
    ("lms:plan_publish", "get", "/netwerk/plan/999999/publiceer/", PEOPLE_STAFF, 404),
    ("lms:plan_group", "get", "/netwerk/plan/999999/groep/x-01/", PEOPLE_STAFF, 404),
    ("lms:plan_group_check", "post", "/netwerk/plan/999999/groep/x-01/controle/", PEOPLE_STAFF, 404),
    ("lms:plan_back", "post", "/netwerk/plan/999999/versie/1/terug/", PEOPLE_STAFF, 404),
    ("lms:plan_export", "get", "/netwerk/plan/999999/versie/1/plan.xlsx", PEOPLE_STAFF, 404),
    # dossier
    ("accreditation:dossier", "get", "/mijn/dossier/", SIGNED_IN, 200),
    ("accreditation:dossier_route", "post", "/mijn/dossier/route/", SIGNED_IN, {302, 422}),
    ("accreditation:dossier_submit", "get", "/mijn/dossier/indienen/basic/", SIGNED_IN, {200, 302}),
    ("accreditation:dossier_withdraw", "post", "/mijn/dossier/terugnemen/basic/", SIGNED_IN, 302),
    ("accreditation:evidence_choose", "get", "/mijn/dossier/bewijs/", SIGNED_IN, 200),
    ("accreditation:evidence_add", "get", "/mijn/dossier/bewijs/nieuw/insurance/", SIGNED_IN, 200),
    ("accreditation:evidence", "get", "/mijn/dossier/bewijs/999999/", SIGNED_IN, 404),
    ("accreditation:evidence_replace", "get", "/mijn/dossier/bewijs/999999/vervangen/", SIGNED_IN, 404),
    ("accreditation:evidence_withdraw", "post", "/mijn/dossier/bewijs/999999/terugnemen/", SIGNED_IN, 404),
    ("accreditation:evidence_file", "get", "/mijn/dossier/bewijs/999999/bestand/", SIGNED_IN, 404),
    ("accreditation:evidence_page", "get", "/mijn/dossier/bewijs/999999/blad/1/", SIGNED_IN, 404),
    ("accreditation:network", "get", "/netwerk/", STAFF, 200),
    ("accreditation:evidence_queue", "get", "/netwerk/bewijsstukken/", STAFF, 200),
    ("accreditation:evidence_verify", "get", "/netwerk/bewijsstukken/999999/", STAFF, 404),
    # criteria
    ("accreditation:path", "get", "/mijn/dossier/pad/", SIGNED_IN, 200),
    ("accreditation:path_take", "post", "/mijn/dossier/pad/stap/", SIGNED_IN, 302),
    ("accreditation:path_wish", "post", "/mijn/dossier/pad/verwittig/", SIGNED_IN, 302),
    ("accreditation:criteria", "get", "/netwerk/criteria/", PEOPLE_STAFF, 200),
    ("accreditation:criteria_start", "post", "/netwerk/criteria/nieuw/", PEOPLE_STAFF, 302),
    ("accreditation:criteria_version", "get", "/netwerk/criteria/999999/", PEOPLE_STAFF, 404),
    ("accreditation:criteria_edit", "get", "/netwerk/criteria/999999/bewerken/", PEOPLE_STAFF, 404),
    ("accreditation:criteria_preview", "post", "/netwerk/criteria/999999/voorbeeld/", PEOPLE_STAFF, 404),
    ("accreditation:criteria_approve", "post", "/netwerk/criteria/999999/goedkeuren/", PEOPLE_STAFF, 404),
    ("accreditation:criteria_discard", "post", "/netwerk/criteria/999999/weggooien/", PEOPLE_STAFF, 404),
    ("accreditation:what_if", "get", "/netwerk/criteria/999999/wat-als/", PEOPLE_STAFF, 404),
    ("accreditation:what_if_start", "post", "/netwerk/criteria/999999/wat-als/start/", PEOPLE_STAFF, 404),
    ("accreditation:what_if_stop", "post", "/netwerk/criteria/999999/wat-als/stop/", PEOPLE_STAFF, 404),
    ("accreditation:what_if_progress", "get", "/netwerk/criteria/999999/wat-als/stand/", PEOPLE_STAFF, 404),
    # portfolio
    ("people:merge", "get", "/netwerk/mensen/999999/samenvoegen/", STAFF, 404),
    ("people:merges", "get", "/netwerk/samenvoegingen/", STAFF, 200),
    ("people:unmerge", "post", "/netwerk/samenvoegingen/999999/ongedaan/", STAFF, 404),
    ("accreditation:portfolio_download", "post", "/mijn/map/alles.zip", SIGNED_IN, 200),
    ("accreditation:portfolio", "get", "/mijn/map/", SIGNED_IN, 200),
    ("accreditation:access_log", "get", "/mijn/map/wie-keek/", SIGNED_IN, 200),
    ("accreditation:handed_in", "get", "/mijn/map/ingediend/999999/", SIGNED_IN, 404),
    ("accreditation:statements", "get", "/mijn/map/verklaringen/", SIGNED_IN, 200),
    ("accreditation:statement_ask", "get", "/mijn/map/verklaringen/vraag/insurance/", SIGNED_IN, 200),
    ("accreditation:statement_change", "post", "/mijn/map/verklaringen/999999/", SIGNED_IN, 302),
    ("accreditation:statement", "get", "/verklaring/verzonnen/", PUBLIC, 404),
    ("accreditation:upload_start", "post", "/mijn/dossier/bewijs/upload/", SIGNED_IN, 422),
    ("accreditation:upload_part", "get", f"/mijn/dossier/bewijs/upload/{NO_UUID}/", SIGNED_IN, 404),
    ("accreditation:upload_done", "post", f"/mijn/dossier/bewijs/upload/{NO_UUID}/klaar/", SIGNED_IN, 422),
    ("accreditation:photo_preview", "get", "/mijn/dossier/bewijs/fotos/blad/999999/", SIGNED_IN, 404),
    ("accreditation:photos", "get", "/mijn/dossier/bewijs/fotos/diploma/abc/", SIGNED_IN, 200),
    ("accreditation:evidence_redact", "get", "/mijn/dossier/bewijs/999999/afdekken/", SIGNED_IN, 404),
    ("accreditation:evidence_take", "post", "/netwerk/bewijsstukken/volgende/", STAFF, 302),
    ("accreditation:evidence_put_back", "post", "/netwerk/bewijsstukken/999999/terugleggen/", STAFF, 302),
    ("accreditation:labels", "get", "/netwerk/labels/", STAFF, 200),
    ("accreditation:label_end", "get", "/netwerk/labels/999999/stop/", STAFF, 404),
    # committee and recognition
    ("accreditation:committee", "get", "/commissie/", COMMITTEE, 200),
    ("accreditation:reading", "get", "/commissie/lezen/999999/", COMMITTEE, 404),
    ("accreditation:reading_step_aside", "post", "/commissie/lezen/999999/band/", COMMITTEE, 404),
    ("accreditation:reading_no_tie", "post", "/commissie/lezen/999999/geen-band/", COMMITTEE, 404),
    ("accreditation:deciding_no_tie", "post", "/commissie/beslissen/999999/geen-band/", COMMITTEE, 404),
    ("accreditation:deciding", "get", "/commissie/beslissen/999999/", COMMITTEE, 404),
    ("accreditation:deciding_step_aside", "post", "/commissie/beslissen/999999/band/", COMMITTEE, 404),
    ("accreditation:meetings", "get", "/commissie/vergaderingen/", COMMITTEE, 200),
    ("accreditation:meeting", "get", "/commissie/vergaderingen/999999/", COMMITTEE, 404),
    ("accreditation:meeting_open", "post", "/commissie/vergaderingen/999999/open/", COMMITTEE, 404),
    ("accreditation:meeting_room", "post", "/commissie/vergaderingen/999999/zaal/", COMMITTEE, 404),
    ("accreditation:meeting_close", "post", "/commissie/vergaderingen/999999/sluit/", COMMITTEE, 404),
    ("accreditation:minutes", "get", "/commissie/vergaderingen/999999/verslag.pdf", COMMITTEE, 404),
    ("accreditation:agenda_item", "get", "/commissie/vergaderingen/999999/punt/1/", COMMITTEE, 404),
    ("accreditation:item_adjourn", "post", "/commissie/vergaderingen/999999/punt/1/verdaag/", COMMITTEE, 404),
    ("accreditation:agenda_add", "post", "/commissie/agenda/999999/", COMMITTEE, 404),
    ("accreditation:batch", "get", "/commissie/samen-beslissen/", COMMITTEE, 200),
    ("accreditation:availability", "get", "/commissie/beschikbaarheid/", COMMITTEE, 200),
    ("accreditation:absence_remove", "post", "/commissie/beschikbaarheid/999999/weg/", COMMITTEE, 302),
    ("accreditation:fairness", "get", "/commissie/eerlijkheid/", COMMITTEE | STAFF, 200),
    ("accreditation:members", "get", "/netwerk/commissie/", STAFF, 200),
    ("accreditation:appeal", "get", "/mijn/erkenning/bezwaar/999999/", SIGNED_IN, 404),
    ("accreditation:recognitions", "get", "/netwerk/erkenningen/", STAFF, 200),
    ("accreditation:withdraw", "get", "/netwerk/erkenningen/999999/intrekken/", STAFF, 404),
    ("accreditation:recognition", "get", "/netwerk/erkenningen/999999/", STAFF, 404),
    ("accreditation:defer", "post", "/netwerk/erkenningen/999999/uitstel/", STAFF, 404),
    ("accreditation:suspend", "post", "/netwerk/erkenningen/999999/schorsen/", STAFF, 404),
    ("accreditation:lift", "post", "/netwerk/erkenningen/999999/opheffen/", STAFF, 404),
    ("accreditation:hear", "post", "/netwerk/erkenningen/999999/horen/", STAFF, 404),
    ("accreditation:keep", "post", "/netwerk/erkenningen/999999/behouden/", STAFF, 404),
    ("accreditation:condition_met", "post", "/netwerk/erkenningen/999999/voorwaarde/1/", STAFF, 404),
    ("accreditation:hearing_answer", "get", "/mijn/erkenning/antwoord/999999/", SIGNED_IN, 404),
    ("accreditation:renew", "get", "/mijn/erkenning/verlengen/basic/", SIGNED_IN, 404),
    ("accreditation:waiting", "get", "/netwerk/wachtende-dossiers/", STAFF, 200),
    ("accreditation:seek_readers", "post", "/netwerk/wachtende-dossiers/lezers/", STAFF, 302),
    ("accreditation:my_recognition", "get", "/mijn/erkenning/", SIGNED_IN, 200),
    ("accreditation:letter", "get", "/mijn/erkenning/brief/999999/", SIGNED_IN, 404),
    ("accreditation:issuing", "get", "/netwerk/getuigschriften/", STAFF, 200),
    ("accreditation:issue_prepare", "get", "/netwerk/getuigschriften/uitreiken/uren/", STAFF, 200),
    ("accreditation:issue_batch", "get", "/netwerk/getuigschriften/reeks/999999/", STAFF, 404),
    ("accreditation:issue_progress", "get", "/netwerk/getuigschriften/reeks/999999/stand/", STAFF, 404),
    ("accreditation:issue_zip", "post", "/netwerk/getuigschriften/reeks/999999/alles.zip", STAFF, 404),
    ("accreditation:issue_print", "post", "/netwerk/getuigschriften/reeks/999999/afdruk.pdf", STAFF, 404),
    ("accreditation:certificates", "get", "/mijn/getuigschriften/", SIGNED_IN, 200),
    ("accreditation:certificate_file", "get", "/mijn/getuigschriften/999999/certificaat.pdf", SIGNED_IN, 404),
    # the social map
    ("accreditation:listing", "get", "/mijn/vermelding/", SIGNED_IN, 200),
    ("accreditation:listing_place_add", "get", "/mijn/vermelding/plek/", SIGNED_IN, 200),
    ("accreditation:listing_place", "get", "/mijn/vermelding/plek/999999/", SIGNED_IN, 404),
    ("accreditation:listing_place_remove", "post", "/mijn/vermelding/plek/999999/weg/", SIGNED_IN, 302),
    ("accreditation:listing_stop", "post", "/mijn/vermelding/stop/", SIGNED_IN, 302),
    ("accreditation:webhooks", "get", "/netwerk/webhooks/", STAFF, 200),
    ("accreditation:webhook", "get", "/netwerk/webhooks/999999/", STAFF, 404),
    ("accreditation:webhook_edit", "get", "/netwerk/webhooks/999999/bewerken/", STAFF, 404),
    ("accreditation:webhook_test", "post", "/netwerk/webhooks/999999/test/", STAFF, 404),
    ("accreditation:webhook_rotate", "post", "/netwerk/webhooks/999999/geheim/", STAFF, 404),
    ("accreditation:webhook_switch", "post", "/netwerk/webhooks/999999/schakel/", STAFF, 404),
    ("accreditation:webhook_replay", "post", "/netwerk/webhooks/999999/opnieuw/", STAFF, 404),
    ("accreditation:hsds", "get", "/hsds/", PUBLIC, 200),
    ("accreditation:hsds_description", "get", "/hsds/openapi.json", PUBLIC, 200),
    ("accreditation:hsds_services", "get", "/hsds/services", PUBLIC, 200),
    ("accreditation:hsds_service", "get", f"/hsds/services/{NO_UUID}", PUBLIC, 404),
    ("accreditation:hsds_organizations", "get", "/hsds/organizations", PUBLIC, 200),
    ("accreditation:hsds_organization", "get", f"/hsds/organizations/{NO_UUID}", PUBLIC, 404),
    ("accreditation:hsds_places", "get", "/hsds/service_at_locations", PUBLIC, 200),
    ("accreditation:hsds_place", "get", f"/hsds/service_at_locations/{NO_UUID}", PUBLIC, 404),
    ("accreditation:hsds_taxonomies", "get", "/hsds/taxonomies", PUBLIC, 200),
    ("accreditation:hsds_taxonomy", "get", f"/hsds/taxonomies/{NO_UUID}", PUBLIC, 404),
    ("accreditation:hsds_terms", "get", "/hsds/taxonomy_terms", PUBLIC, 200),
    ("accreditation:hsds_term", "get", f"/hsds/taxonomy_terms/{NO_UUID}", PUBLIC, 404),
    # the public side of proof
    ("accreditation:verify_form", "get", "/v/", PUBLIC, 200),
    ("accreditation:verify", "get", "/v/2222-3333-4444-5555-6666/", PUBLIC, {302, 404}),
    ("accreditation:verified_file", "get", "/v/2222-3333-4444-5555-6666/certificaat.pdf", PUBLIC, 404),
    ("accreditation:verify_upload", "post", "/v/bestand/", PUBLIC, 422),
    ("accreditation:badge_png", "get", "/v/2222-3333-4444-5555/badge.png", PUBLIC, 404),
    ("accreditation:badge_svg", "get", "/v/2222-3333-4444-5555/badge.svg", PUBLIC, 404),
    ("accreditation:credential", "get", "/v/2222-3333-4444-5555/credential.json", PUBLIC, 404),
    ("accreditation:did", "get", "/.well-known/did.json", PUBLIC, 200),
    ("accreditation:status_list", "get", "/status/999", PUBLIC, 404),
    ("accreditation:status_list_jwt", "get", "/status/999.jwt", PUBLIC, 404),
    ("accreditation:ldes", "get", "/ldes/erkenningen", PUBLIC, 200),
    ("accreditation:ldes_terms", "get", "/ldes/erkenningen/termen", PUBLIC, 200),
    ("accreditation:ldes_page", "get", "/ldes/erkenningen/999999", PUBLIC, 404),
    ("accreditation:api_recognitions", "get", "/api/v1/recognitions", PUBLIC, 200),
    (
        "accreditation:api_recognition",
        "get",
        "/api/v1/recognitions/00000000-0000-0000-0000-000000000000",
        PUBLIC,
        404,
    ),
    ("accreditation:api_description", "get", "/api/v1/openapi.json", PUBLIC, 200),
    # site
    ("cms:desk", "get", "/mijn/", SIGNED_IN, 200),
    ("cms:contact", "get", "/contact/", PUBLIC, 200),
    ("cms:live", "get", "/gezond/live", PUBLIC, 200),
    ("cms:ready", "get", "/gezond/klaar", PUBLIC, 200),
]
OURS = ("accreditation", "cms", "courses", "lms", "media", "people")
BACK_OFFICE = "/beheer/"


def our_names(patterns, namespace=""):
    """Names of all addresses whose view is ours."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from our_names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and entry.lookup_str.split(".")[0] in OURS:
            yield f"{namespace}{entry.name}"


def test_every_address_has_its_row():
    names = set(our_names(get_resolver().url_patterns))
    assert names - {row[0] for row in TABLE} == set()
    assert {row[0] for row in TABLE} - names == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *ALL_ROLES])
def test_every_address_as_each_role(client, role):
    ensure_author_rights(ensure_course_index(Site.objects.get(is_default_site=True).root_page))
    if role is not None:
        client.force_login(UserFactory() if role == Role.LEARNER else user_with(role))
    wrong = []
    for name, method, address, who, found in TABLE:
        response = getattr(client, method)(address)
        problem = _problem(response, address, role, who, found)
        if problem:
            wrong.append(f"{name} {method} {address}: {problem}")
    assert not wrong, "\n" + "\n".join(wrong)


def _problem(response, address, role, who, found):
    """What is wrong with an answer; an empty text when it is right."""
    expected = found if isinstance(found, set) else {found}
    status = response.status_code
    if who == PUBLIC or (role is not None and (who == SIGNED_IN or role in who)):
        return "" if status in expected else f"{status}, expected {sorted(expected)}"
    doors = ("/account/login/", "/beheer/login/")
    to_sign_in = status == 302 and response["Location"].startswith(doors)
    if role is None:
        return "" if to_sign_in or status == 401 else f"{status} for somebody who is not signed in"
    if address.startswith(BACK_OFFICE):
        # Wagtail sends whoever may not be there back to its own front door or to the sign-in page.
        return "" if status in (302, 403) else f"{status} in the back office"
    return "" if status == 403 else f"{status}, expected 403"
