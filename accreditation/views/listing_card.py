"""One's own entry in the list of care: what one offers, where, and who may see it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.domain.listing_card import (
    MOST_PLACES,
    PLACE_FIELDS,
    choose_offers,
    remove_place,
    save_place,
    withdraw_listing,
)
from accreditation.domain.queries.own_listing import own_listing
from accreditation.exceptions import ListingError
from accreditation.forms.listing_card import OffersForm, PlaceForm
from accreditation.models import PracticePlace
from people.api import SignedInRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def listing(request: SignedInRequest) -> HttpResponse:
    """What stands where now, and what one offers."""
    own = own_listing(request.user)
    form = OffersForm(request.POST or None, initial={"offers": list(own.offer_keys)})
    if request.method == "POST":
        # No box ticked sends nothing but the token: that is an answer too.
        form = OffersForm(request.POST)
        if form.is_valid():
            choose_offers(person=request.user, offers=form.cleaned_data["offers"])
            messages.success(request, _("Bewaard. Zo staat het nu in je vermelding."))
            return redirect("accreditation:listing")
    context = {"own": own, "form": form, "most_places": MOST_PLACES}
    return render(request, "accreditation/listing/own.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def place(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """Add a place, or change one's own."""
    row = PracticePlace.objects.filter(person=request.user, pk=pk).first() if pk is not None else None
    if pk is not None and row is None:
        raise Http404
    form = PlaceForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in PLACE_FIELDS}
        try:
            save_place(person=request.user, place_id=pk, fields=fields)
        except ListingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Je plek is bewaard."))
            return redirect("accreditation:listing")
    context = {"form": form, "place": row}
    return render(request, "accreditation/listing/place.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def place_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget one's own place; somebody else's is nobody's."""
    if remove_place(person=request.user, place_id=pk):
        messages.success(request, _("De plek is weg, ook uit de lijsten die ons volgen."))
    return redirect("accreditation:listing")


@require_POST
@signed_in
def stop(request: SignedInRequest) -> HttpResponse:
    """Off every list, at once."""
    withdraw_listing(person=request.user)
    messages.success(request, _("Je staat nergens meer vermeld. Lijsten die ons volgen, horen het meteen."))
    return redirect("accreditation:listing")
