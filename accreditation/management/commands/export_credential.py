"""Print the signed credential of a certificate."""

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accreditation.domain.codes import read_code
from accreditation.domain.credentials import ensure_credential
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate


class Command(BaseCommand):
    """`manage.py export_credential CODE [--json]`: an Open Badges 3.0 credential on standard output."""

    help = (
        "Schrijft het ondertekende credential (Open Badges 3.0, W3C VC 2.0) van een getuigschrift of erkenning uit.\n"
        "Ondertekent het als dat nog niet gebeurd was.\n\n"
        "Voorbeeld: manage.py export_credential 7K3M-9PQA-2X4T-8RWD > credential.json\n"
        "Einde: 0 uitgeschreven, 1 onbekende code of geen sleutel, 2 verkeerd gebruikt."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "code", metavar="CODE", help="code op het papier; kleine letters en spaties mogen"
        )
        parser.add_argument("--json", action="store_true", help="op één regel")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, sign when needed, print."""
        code = read_code(options["code"])
        certificate = Certificate.objects.filter(code=code).first() if code else None
        if certificate is None:
            raise CommandError(
                f"Er is geen getuigschrift met deze code: {options['code'][:64]}", returncode=1
            )
        try:
            credential = ensure_credential(certificate_id=certificate.pk)
        except CertificateError as error:
            raise CommandError(str(error), returncode=1) from error
        indent = None if options["json"] else 2
        self.stdout.write(json.dumps(credential.document, ensure_ascii=False, indent=indent))
