"""Publishing a template freezes its words; the next certificate of that kind is printed with them."""

import io
import re
from typing import Any

from django.db import models, transaction
from PIL import Image

from accreditation.domain.paper_words import PLACEHOLDERS, data_uri
from accreditation.exceptions import CertificateError
from accreditation.models import CertificateTemplate, TemplateVersion
from ledger.api import record_audit, ref, wait_for_turn

LOGO_SIZE = (560, 280)
_IN_BRACES = re.compile(r"\{[^{}]*\}")


def unknown_placeholders(text: str) -> list[str]:
    """Words in braces that nothing would be filled in for."""
    return [found for found in _IN_BRACES.findall(text) if found[1:-1] not in PLACEHOLDERS]


def words_of_template(template: CertificateTemplate) -> dict[str, Any]:
    """The template's words in the form that a version keeps."""
    signatories = (
        (template.signatory_1, template.function_1),
        (template.signatory_2, template.function_2),
    )
    return {
        "language": template.language,
        "heading": template.heading,
        "says": template.says,
        "does": template.does,
        "motto": template.motto,
        "signatories": [{"name": name, "function": function} for name, function in signatories if name],
        "logo": logo_of(template),
    }


def logo_of(template: CertificateTemplate) -> str:
    """The logo on the colour of the paper, small, without transparency (PDF/A), as data URI; empty for none."""
    if template.logo is None:
        return ""
    try:
        with template.logo.open_file() as file, Image.open(file) as image:
            image.load()
            picture = image.convert("RGBA")
    except (OSError, ValueError) as error:
        raise CertificateError("het logo kan niet gelezen worden") from error
    picture.thumbnail(LOGO_SIZE)
    ground = Image.new("RGB", picture.size, "#fbf1e4")
    ground.paste(picture, mask=picture.getchannel("A"))
    target = io.BytesIO()
    ground.save(target, "PNG")
    return data_uri(target.getvalue())


@transaction.atomic
def freeze_template(*, template: CertificateTemplate, actor: models.Model | None = None) -> TemplateVersion:
    """Keep the words as a new version; the same words again make none."""
    wait_for_turn()
    words = words_of_template(template)
    newest = TemplateVersion.objects.filter(template=template).order_by("-number").first()
    if newest is not None and newest.words == words:
        return newest
    version = TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        words=words,
        published_by=actor,  # type: ignore[misc]  # the actor of a publication is a user
    )
    record_audit(
        verb="certificate_template.published",
        subject=ref(version),
        actor=actor,
        data={"kind": template.kind, "language": template.language, "number": version.number},
    )
    return version


def version_for(*, kind: str, language: str = "nl") -> TemplateVersion | None:
    """The words in force for a kind of certificate; None while nobody published a template (or took it offline)."""
    return (
        TemplateVersion.objects.filter(template__kind=kind, template__language=language, template__live=True)
        .order_by("-number")
        .first()
    )
