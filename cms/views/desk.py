"""`/mijn/`: go on here, where you stand, what is next."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accreditation import api as accreditation
from accreditation.api import DeskProof
from lms import api as lms
from people.api import SignedInRequest, signed_in


@signed_in
def desk(request: SignedInRequest) -> HttpResponse:
    """The professional's desk; its queries do not grow with the courses."""
    person_id = request.user.pk
    learning = lms.desk_learning(person_id)
    context = {
        "learning": learning,
        "others": [course for course in learning.courses if course != learning.continue_with],
        "proof": _proof(accreditation.desk_proof(person_id), get_language() or ""),
    }
    return render(request, "cms/desk.html", context)


@lru_cache(maxsize=512)
def _proof(proof: DeskProof, language: str) -> SafeString:
    """The part about recognition, drawn once for the same facts in the same language: it is dear and seldom changes."""
    return render_to_string(
        "cms/_desk_proof.html", {"status": proof.status, "certificates": proof.certificates}
    )
