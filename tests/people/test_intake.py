"""Lists of people: read as they come, looked at row by row, brought in once, taken back as a whole."""

import io
import json
import tracemalloc

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.domain.intake.applying import apply_batch, undo_batch
from people.domain.intake.reading import rows_of, understand
from people.domain.intake.rows import clean_row
from people.domain.intake.staging import counts_of, stage_file
from people.domain.tables import RISKY, csv_lines, safe_cell
from people.enums import ImportFate, Role
from people.exceptions import IntakeError
from people.models import ImportBatch, ProfessionalProfile, TeamMembership, User
from tests.factories.people import ProfileFactory, TeamFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
HEAD = "e-mail;voornaam;achternaam;beroep\n"
PLAIN = HEAD + "lio@voorbeeld.test;Lio;Kiemé;\nmae@voorbeeld.test;Maë;Spruit;vroedvrouw\n"


def staged(text, *, encoding="utf-8", **more):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return stage_file(file=io.BytesIO(data), file_name="mensen.csv", actor=None, **more)


def fates(batch):
    return [(row.number, row.fate, row.code) for row in batch.rows.order_by("number")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_characters_and_delimiter_are_recognised(encoding, delimiter):
    text = "E-mail;Voornaam;Achternaam\nlio@voorbeeld.test;Zoë;Kiemé\n".replace(";", delimiter)
    file = io.BytesIO(text.encode(encoding))
    rows = list(rows_of(file, understand(file)))
    assert rows == [(2, {"email": "lio@voorbeeld.test", "first_name": "Zoë", "last_name": "Kiemé"})]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n  \n", "empty"),
        (HEAD.encode(), "header_only"),
        (b"e-mail|voornaam\nx@voorbeeld.test|Lio\n", "wrong_delimiter"),
        (b"voornaam;achternaam\nLio;Kiem\n", "no_email"),
        (b"e-mail;mail\nx@voorbeeld.test;y@voorbeeld.test\n", "column_twice"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "unreadable"),
    ],
)
def test_file_that_is_no_list_is_refused_as_a_whole(data, code, client):
    with pytest.raises(IntakeError) as refused:
        staged(data)
    assert refused.value.code == code and refused.value.message
    client.force_login(user_with(Role.NETWORK_STAFF))
    answer = client.post("/netwerk/lijsten/", {"file": io.BytesIO(data)})
    assert answer.status_code == 422
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"email": "", "last_name": "Kiem"}, "email_missing"),
        ({"email": "lio", "last_name": "Kiem"}, "email_wrong"),
        ({"email": "lio@voorbeeld.test", "last_name": ""}, "name_missing"),
        ({"email": "lio@voorbeeld.test", "last_name": "=SOM(A1)"}, "formula"),
        ({"email": "@lio@voorbeeld.test", "last_name": "Kiem"}, "formula"),
        ({"email": "lio@voorbeeld.test", "last_name": "x" * 81}, "too_long"),
        ({"email": "lio@voorbeeld.test", "last_name": "Ki\ufffdm"}, "unreadable"),
        (None, "too_many_cells"),
    ],
)
def test_row_that_cannot_be_says_why(cells, code):
    assert clean_row(cells).code == code


def test_every_row_has_its_fate():
    UserFactory(email="oud@voorbeeld.test", first_name="Oud", last_name="Takje")
    UserFactory(email="leeg@voorbeeld.test", first_name="", last_name="")
    UserFactory(email="weg@voorbeeld.test", is_active=False)
    UserFactory(email="ander@voorbeeld.test", first_name="Tim", last_name="Twijg")
    batch = staged(
        HEAD
        + "nieuw@voorbeeld.test;Nieuw;Blad;\n"
        + "NIEUW@voorbeeld.test;Nieuw;Blad;\n"
        + "OUD@voorbeeld.test;Oud;Takje;\n"
        + "leeg@voorbeeld.test;Lea;Leeg;\n"
        + "weg@voorbeeld.test;Weg;Weg;\n"
        + "tim@voorbeeld.test;Tim;Twijg;\n"
        + "pro@voorbeeld.test;Pro;Prof;astronaut\n"
        + '"cel@voorbeeld.test";"Jan ""Jef""";"van de\nBeek";\n'
        + "te@voorbeeld.test;veel;cellen;;meer\n"
    )
    assert fates(batch) == [
        (2, "create", ""),
        (3, "duplicate", "email_twice"),
        (4, "unchanged", ""),
        (5, "update", ""),
        (6, "refused", "account_closed"),
        (7, "duplicate", "same_name"),
        (8, "refused", "profession_unknown"),
        (9, "create", ""),
        (10, "refused", "too_many_cells"),
    ]
    assert batch.rows.get(number=9).values["last_name"] == "van de Beek"
    assert batch.rows.get(number=9).values["first_name"] == 'Jan "Jef"'


def test_list_is_brought_in_once_and_joins_the_team():
    team = TeamFactory()
    batch = staged(PLAIN, team=team)
    for _time in range(2):
        apply_batch(batch_id=batch.pk, actor=None)
    person = User.objects.get(email="mae@voorbeeld.test")
    assert not person.has_usable_password() and person.roles == {Role.LEARNER}
    assert person.profile.profession.key == "midwife"
    assert EmailAddress.objects.get(user=person).verified is False
    assert TeamMembership.objects.filter(team=team, valid_until=None).count() == 2
    assert fates(staged(PLAIN, team=team)) == [(2, "unchanged", ""), (3, "unchanged", "")]


def test_list_fills_only_what_is_empty_and_keeps_every_consent():
    profile = ProfileFactory(
        user__email="mae@voorbeeld.test", user__first_name="Mia", public_listing=True, employer=None
    )
    batch = staged(PLAIN)
    apply_batch(batch_id=batch.pk, actor=None)
    profile.refresh_from_db()
    assert (profile.user.first_name, profile.public_listing) == ("Mia", True)
    assert batch.rows.get(number=3).code == "name_differs"


def test_undo_takes_back_what_nobody_used_or_changed():
    blank = UserFactory(email="leeg@voorbeeld.test", first_name="", last_name="")
    changed = UserFactory(email="zelf@voorbeeld.test", first_name="", last_name="")
    team = TeamFactory()
    batch = staged(
        PLAIN + "leeg@voorbeeld.test;Lea;Leeg;\nzelf@voorbeeld.test;Zelf;Zuil;\n",
        team=team,
    )
    apply_batch(batch_id=batch.pk, actor=None)
    User.objects.filter(pk=changed.pk).update(last_name="Zelfgekozen")
    used = User.objects.get(email="lio@voorbeeld.test")
    used.set_password("iets-wat-lang-genoeg-is")
    used.save()
    undone = undo_batch(batch_id=batch.pk, actor=None)
    assert (undone.removed, undone.kept) == (1, 1)
    blank.refresh_from_db(), changed.refresh_from_db()
    assert (blank.first_name, blank.last_name) == ("", "")
    assert (changed.first_name, changed.last_name) == ("", "Zelfgekozen")
    assert User.objects.filter(email="lio@voorbeeld.test").exists()
    assert not User.objects.filter(email="mae@voorbeeld.test").exists()
    assert not TeamMembership.objects.filter(team=team, user__in=[blank, changed]).exists()
    assert undo_batch(batch_id=batch.pk, actor=None).removed == 0


def test_undo_keeps_an_account_that_others_point_at():
    batch = staged(PLAIN)
    apply_batch(batch_id=batch.pk, actor=None)
    from tests.factories.lms_cohorts import CohortFactory, enrolled

    enrolled(CohortFactory(), person=User.objects.get(email="lio@voorbeeld.test"))
    undone = undo_batch(batch_id=batch.pk, actor=None)
    assert (undone.removed, undone.kept) == (1, 1)


def test_commands_print_one_document(tmp_path, capsys):
    path = tmp_path / "mensen.csv"
    path.write_text(PLAIN + "fout;Fout;Fout;\nLIO@voorbeeld.test;Lio;Kiemé;\n", encoding="utf-8")
    call_command("import_people", str(path), "--dry-run", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["created"], said["import"]) == (2, None) and ImportBatch.objects.count() == 0
    assert [(one["row"], one["code"]) for one in said["refused"]] == [(4, "email_wrong")]
    assert [(one["row"], one["code"]) for one in said["duplicates"]] == [(5, "email_twice")]
    call_command("import_people", str(path), "--json")
    said = json.loads(capsys.readouterr().out)
    call_command("undo_import", str(said["import"]), "--json")
    assert json.loads(capsys.readouterr().out)["removed"] == 2
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        call_command("import_people", str(path), "--json")
    assert left.value.code == 1
    assert json.loads(capsys.readouterr().out)["refused"][0]["code"] == "header_only"


def test_screen_shows_fates_brings_in_and_takes_back(client):
    client.force_login(user_with(Role.NETWORK_STAFF))
    answer = client.post("/netwerk/lijsten/", {"file": io.BytesIO(PLAIN.encode())})
    batch = ImportBatch.objects.get()
    assert answer["Location"] == f"/netwerk/lijsten/{batch.pk}/"
    assert b"lio@voorbeeld.test" in client.get(answer["Location"]).content
    client.post(f"{answer['Location']}inlezen/", {"invite": "on"})
    assert User.objects.filter(email="lio@voorbeeld.test").exists()
    assert b"lio@voorbeeld.test" in client.get(f"{answer['Location']}?rijen=create").content
    client.post(f"{answer['Location']}terug/")
    assert not User.objects.filter(email="lio@voorbeeld.test").exists()


@pytest.mark.parametrize("rows", [1, 60])
def test_preview_page_asks_the_same_whatever_the_length(client, rows, django_assert_num_queries):
    client.force_login(user_with(Role.NETWORK_STAFF))
    batch = staged(HEAD + "".join(f"p{number}@voorbeeld.test;Lio;Kiem{number};\n" for number in range(rows)))
    client.get(f"/netwerk/lijsten/{batch.pk}/")
    with django_assert_num_queries(6):
        assert client.get(f"/netwerk/lijsten/{batch.pk}/").status_code == 200


@pytest.mark.anywhere
def test_memory_does_not_grow_with_the_list():
    def peak(rows):
        text = HEAD + "".join(
            f"q{rows}-{number}@voorbeeld.test;Lio;Kiem{number};\n" for number in range(rows)
        )
        file = io.BytesIO(text.encode())
        tracemalloc.start()
        batch = stage_file(file=file, file_name="lang.csv", actor=None)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert counts_of(batch)[ImportFate.CREATE] == rows
        return top

    peak(1_000)
    short, long = peak(2_000), peak(8_000)
    assert long < short * 1.25


@given(st.text(min_size=0, max_size=20))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_no_cell_of_an_export_is_a_formula(text):
    cell = safe_cell(text)
    assert not cell.lstrip(" ").startswith(RISKY)
    assert cell in (text, f"'{text}")


def test_export_is_a_table_that_dutch_spreadsheets_open():
    lines = "".join(csv_lines(["naam", "aantal"], [["=1+1", 3], ["Jan; Jef", None]]))
    assert lines == '\ufeffnaam;aantal\r\n\'=1+1;3\r\n"Jan; Jef";\r\n'


@given(
    st.lists(
        st.tuples(
            st.emails().filter(str.isascii).filter(lambda email: len(email) < 200),
            st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30),
        ),
        max_size=5,
    ),
    st.sampled_from([",", ";", "\t"]),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_is_read_back(people, delimiter):
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(["e-mail", "naam"])
    writer.writerow(["eerste@voorbeeld.test", "Eerste"])
    writer.writerows(people)
    file = io.BytesIO(buffer.getvalue().encode())
    rows = [cells for _number, cells in rows_of(file, understand(file))]
    assert [(row["email"], row["last_name"]) for row in rows[1:]] == people


def test_profile_filled_by_a_list_is_announced_once():
    UserFactory(email="mae@voorbeeld.test", first_name="Maë", last_name="Spruit")
    batch = staged(PLAIN)
    apply_batch(batch_id=batch.pk, actor=None)
    assert ProfessionalProfile.objects.get(user__email="mae@voorbeeld.test").profession.key == "midwife"
    assert batch.rows.get(number=3).is_applied
