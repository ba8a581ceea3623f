"""Show the issuer's keys, or revoke one."""

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accreditation.domain.credential_keys import revoke_key, signing_key
from accreditation.exceptions import CredentialError
from accreditation.models import CredentialKey


class Command(BaseCommand):
    """`manage.py credential_keys [--revoke KEY] [--json]`. A rotation is a new file at CREDENTIAL_KEY_FILE."""

    help = (
        "Toont de sleutels waarmee credentials ondertekend zijn. Een nieuwe neem je in gebruik door een ander bestand\n"
        "te noemen in CREDENTIAL_KEY_FILE; de oude blijft gepubliceerd. Trek een gestolen sleutel in:\n"
        "wat hij ondertekende telt niet meer tot het opnieuw ondertekend is.\n\n"
        "Voorbeeld: manage.py credential_keys --json\n"
        "           manage.py credential_keys --revoke z6Mk…\n"
        "Einde: 0 gelukt, 1 onbekende sleutel of geen bruikbaar bestand, 2 verkeerd gebruikt."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--revoke", metavar="KEY", help="trek deze sleutel in (z6Mk…)")
        parser.add_argument("--json", action="store_true", help="één JSON-document op standaarduitvoer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke when asked, then list."""
        try:
            in_use = "" if options["revoke"] else signing_key().row.multibase
            if options["revoke"]:
                revoke_key(multibase=options["revoke"])
        except CredentialError as error:
            raise CommandError(str(error), returncode=1) from error
        rows = [
            {
                "key": row.multibase,
                "in_use": row.multibase == in_use,
                "first_used_at": row.first_used_at.isoformat(),
                "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
            }
            for row in CredentialKey.objects.all()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            state = (
                "ingetrokken" if row["revoked_at"] else "in gebruik" if row["in_use"] else "eerder gebruikt"
            )
            self.stdout.write(f"{row['key']}  {state}")
