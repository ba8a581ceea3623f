"""Addresses of the accreditation floor, part by part."""

from django.urls import URLPattern, path

from accreditation.urls_committee import committee_life_urls
from accreditation.urls_criteria import criteria_urls
from accreditation.urls_portfolio import portfolio_urls
from accreditation.urls_proof import proof_urls
from accreditation.urls_social_map import social_map_urls
from accreditation.views import (
    committee,
    committee_desk,
    dossier,
    evidence,
    network,
    recognition_life,
    recognitions,
    renewal,
    verify,
)

app_name = "accreditation"

dossier_urls = [
    path("mijn/dossier/", dossier.checklist, name="dossier"),
    path("mijn/dossier/route/", dossier.route, name="dossier_route"),
    path("mijn/dossier/indienen/<slug:level>/", dossier.submit, name="dossier_submit"),
    path("mijn/dossier/terugnemen/<slug:level>/", dossier.withdraw, name="dossier_withdraw"),
    path("mijn/dossier/bewijs/", evidence.choose_kind, name="evidence_choose"),
    path("mijn/dossier/bewijs/nieuw/<slug:kind>/", evidence.add, name="evidence_add"),
    path("mijn/dossier/bewijs/<int:pk>/", evidence.detail, name="evidence"),
    path("mijn/dossier/bewijs/<int:pk>/vervangen/", evidence.replace, name="evidence_replace"),
    path("mijn/dossier/bewijs/<int:pk>/terugnemen/", evidence.withdraw, name="evidence_withdraw"),
    path("mijn/dossier/bewijs/<int:pk>/bestand/", evidence.file, name="evidence_file"),
    path("mijn/dossier/bewijs/<int:pk>/blad/<int:number>/", evidence.page, name="evidence_page"),
]
network_urls = [
    path("netwerk/", network.start, name="network"),
    path("netwerk/bewijsstukken/", verify.queue, name="evidence_queue"),
    path("netwerk/bewijsstukken/<int:pk>/", verify.verify, name="evidence_verify"),
]

committee_urls = [
    path("commissie/", committee.queue, name="committee"),
    path("commissie/lezen/<int:assignment_id>/", committee_desk.reading, name="reading"),
    path(
        "commissie/lezen/<int:assignment_id>/band/",
        committee_desk.reading_step_aside,
        name="reading_step_aside",
    ),
    path(
        "commissie/lezen/<int:assignment_id>/geen-band/",
        committee_desk.reading_no_tie,
        name="reading_no_tie",
    ),
    path("commissie/beslissen/<int:round_id>/", committee.deciding, name="deciding"),
    path("commissie/beslissen/<int:round_id>/geen-band/", committee.deciding_no_tie, name="deciding_no_tie"),
    path(
        "commissie/beslissen/<int:round_id>/band/", committee.deciding_step_aside, name="deciding_step_aside"
    ),
]
recognition_urls = [
    path("netwerk/erkenningen/", recognitions.recognitions, name="recognitions"),
    path("netwerk/erkenningen/<int:recognition_id>/intrekken/", recognitions.withdraw, name="withdraw"),
    path("netwerk/erkenningen/<int:recognition_id>/", recognition_life.detail, name="recognition"),
    path("netwerk/erkenningen/<int:recognition_id>/uitstel/", recognition_life.defer, name="defer"),
    path("netwerk/erkenningen/<int:recognition_id>/schorsen/", recognition_life.suspend, name="suspend"),
    path("netwerk/erkenningen/<int:recognition_id>/opheffen/", recognition_life.lift, name="lift"),
    path("netwerk/erkenningen/<int:recognition_id>/horen/", recognition_life.hear, name="hear"),
    path("netwerk/erkenningen/<int:recognition_id>/behouden/", recognition_life.keep, name="keep"),
    path(
        "netwerk/erkenningen/<int:recognition_id>/voorwaarde/<int:condition_id>/",
        recognition_life.condition_met,
        name="condition_met",
    ),
    path("mijn/erkenning/antwoord/<int:hearing_id>/", recognition_life.answer, name="hearing_answer"),
    path("mijn/erkenning/verlengen/<slug:level>/", renewal.renew, name="renew"),
    path("netwerk/wachtende-dossiers/", recognitions.waiting, name="waiting"),
    path("netwerk/wachtende-dossiers/lezers/", recognitions.seek_readers, name="seek_readers"),
    path("mijn/erkenning/", recognitions.my_recognition, name="my_recognition"),
    path("mijn/erkenning/brief/<int:letter_id>/", recognitions.letter, name="letter"),
]

urlpatterns: list[URLPattern] = [
    *dossier_urls,
    *network_urls,
    *committee_urls,
    *committee_life_urls,
    *recognition_urls,
    *criteria_urls,
    *portfolio_urls,
    *proof_urls,
    *social_map_urls,
]
