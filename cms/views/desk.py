"""`/mijn/`: go on here, where you stand, what is next."""

from django.http import HttpResponse
from django.shortcuts import render

from accreditation import api as accreditation
from lms import api as lms
from people.api import SignedInRequest, signed_in


@signed_in
def desk(request: SignedInRequest) -> HttpResponse:
    """The professional's desk; its queries do not grow with the courses."""
    person_id = request.user.pk
    learning = lms.desk_learning(person_id)
    proof = accreditation.desk_proof(person_id)
    context = {
        "learning": learning,
        "others": [course for course in learning.courses if course != learning.continue_with],
        "status": proof.status,
        "certificates": proof.certificates,
    }
    return render(request, "cms/desk.html", context)
