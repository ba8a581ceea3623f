"""Addresses of the portfolio: everything about evidence that is not the dossier itself."""

from django.urls import URLPattern, path

from accreditation.views import labels, photos, portfolio, redact, statements, uploads, verify

_PHOTOS = "mijn/dossier/bewijs/fotos/"

portfolio_urls: list[URLPattern] = [
    path("mijn/map/", portfolio.portfolio, name="portfolio"),
    path("mijn/map/alles.zip", portfolio.download, name="portfolio_download"),
    path("mijn/map/wie-keek/", portfolio.access_log, name="access_log"),
    path("mijn/map/ingediend/<int:round_id>/", portfolio.handed_in, name="handed_in"),
    path("mijn/map/verklaringen/", statements.statements, name="statements"),
    path("mijn/map/verklaringen/vraag/<slug:kind>/", statements.ask, name="statement_ask"),
    path("mijn/map/verklaringen/<int:pk>/", statements.change, name="statement_change"),
    path("verklaring/<str:token>/", statements.answer, name="statement"),
    path("mijn/dossier/bewijs/upload/", uploads.start, name="upload_start"),
    path("mijn/dossier/bewijs/upload/<uuid:upload_id>/", uploads.part, name="upload_part"),
    path("mijn/dossier/bewijs/upload/<uuid:upload_id>/klaar/", uploads.done, name="upload_done"),
    path(f"{_PHOTOS}blad/<int:photo_id>/", photos.preview, name="photo_preview"),
    path(f"{_PHOTOS}<slug:kind>/<slug:token>/", photos.photos, name="photos"),
    path("mijn/dossier/bewijs/<int:pk>/afdekken/", redact.redact, name="evidence_redact"),
    path("netwerk/bewijsstukken/volgende/", verify.take, name="evidence_take"),
    path("netwerk/bewijsstukken/<int:pk>/terugleggen/", verify.put_back, name="evidence_put_back"),
    path("netwerk/labels/", labels.labels, name="labels"),
    path("netwerk/labels/<int:pk>/stop/", labels.end, name="label_end"),
]
