"""What an installation needs, part by part."""

import json

import pytest
from django.core.management import call_command

from cms.domain.doctor import PARTS, examine

pytestmark = pytest.mark.django_db


def finding(part):
    return next(found for found in examine() if found.part == part)


def test_every_part_is_named_once_and_printed_as_json(capsys):
    try:
        call_command("doctor", "--json")
    except SystemExit as stop:  # a part that this machine lacks
        assert stop.code == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["part"] for one in told] == [part for part, _look, _fix in PARTS]
    assert all(one["detail"] and (one["ok"] or one["fix"]) for one in told)


def test_readable_copies_are_not_in_order_in_production(settings):
    settings.BACKUP_RECIPIENTS = []
    assert finding("backups").ok
    settings.DEVELOPMENT = False
    found = finding("backups")
    assert (found.ok, found.detail) == (False, "copies would be readable")
    assert "backup_key" in found.fix
    settings.BACKUP_RECIPIENTS = ["age1ch92v87ue6nzytm47mrt8d5mmhyrx7hgah5hd06yg77vv525wv5st2rle0"]
    assert finding("backups").detail == "encrypted for 1 key(s)"
    settings.BACKUP_RECIPIENTS = ["age1nee"]
    assert "age1nee" in finding("backups").detail
