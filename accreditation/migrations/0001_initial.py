import uuid

import django.db.models.deletion
import django.utils.timezone
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

from ledger.api import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("media", "0001_initial"),
        ("people", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="LabelScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="naam")),
                ("issuer", models.CharField(max_length=160, verbose_name="wie reikt het uit")),
                ("about", models.CharField(max_length=300, verbose_name="waarover")),
                ("for_people", models.BooleanField(default=True)),
                ("for_organisations", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Rubric",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True)),
                ("lines", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("-valid_from",),
            },
        ),
        migrations.CreateModel(
            name="RunningNumber",
            fields=[
                ("series", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("code", models.CharField(max_length=19, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "getuigschrift van een cursus"),
                            ("attendance", "bewijs van aanwezigheid"),
                            ("intervision", "uren intervisie en supervisie"),
                            ("trainer", "licentie van trainer"),
                            ("recognition", "erkenning"),
                        ],
                        max_length=12,
                    ),
                ),
                ("holder_name", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("facts", models.JSONField(default=dict)),
                ("entitlement_key", models.CharField(max_length=120)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revocation_reason", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("file_engine", models.CharField(blank=True, max_length=20)),
                ("render_error", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="accreditation.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "getuigschrift",
                "verbose_name_plural": "getuigschriften",
                "ordering": ("-issued_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CertificateTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "getuigschrift van een cursus"),
                            ("attendance", "bewijs van aanwezigheid"),
                            ("intervision", "uren intervisie en supervisie"),
                            ("trainer", "licentie van trainer"),
                            ("recognition", "erkenning"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("fr", "Frans"), ("en", "Engels")],
                        default="nl",
                        max_length=2,
                        verbose_name="taal",
                    ),
                ),
                ("heading", models.CharField(max_length=60, verbose_name="kop")),
                (
                    "says",
                    models.CharField(
                        help_text="Bijvoorbeeld: Nestwerk verklaart dat",
                        max_length=90,
                        verbose_name="voor de naam",
                    ),
                ),
                (
                    "does",
                    models.CharField(
                        help_text="Bijvoorbeeld: deze opleiding heeft afgerond:",
                        max_length=90,
                        verbose_name="na de naam",
                    ),
                ),
                ("motto", models.CharField(blank=True, max_length=90, verbose_name="zin onder het logo")),
                ("signatory_1", models.CharField(blank=True, max_length=40, verbose_name="wie tekent")),
                ("function_1", models.CharField(blank=True, max_length=50, verbose_name="functie")),
                ("signatory_2", models.CharField(blank=True, max_length=40, verbose_name="wie tekent mee")),
                ("function_2", models.CharField(blank=True, max_length=50, verbose_name="functie")),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        help_text="Een beeld met doorzichtige of witte rand; het komt links te staan, 48 mm breed.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="logo",
                    ),
                ),
            ],
            options={
                "verbose_name": "sjabloon van een getuigschrift",
                "verbose_name_plural": "sjablonen van getuigschriften",
                "ordering": ("kind", "language"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "language"), name="one_template_per_kind_and_language"
                    )
                ],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="CommitteeMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begint op")),
                ("place", models.CharField(max_length=200, verbose_name="waar")),
                ("quorum", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.JSONField(blank=True, null=True)),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quorum__gte", 2)), name="meeting_quorum_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("opened_at__isnull", False), _connector="OR"
                        ),
                        name="closed_meeting_was_open",
                    ),
                    models.UniqueConstraint(fields=("starts_at",), name="one_meeting_at_a_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrived_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="accreditation.committeemeeting",
                    ),
                ),
            ],
            options={
                "ordering": ("arrived_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("meeting", "member"),
                        name="in_the_room_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CredentialKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("multibase", models.CharField(max_length=64, unique=True)),
                ("first_used_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("first_used_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None),
                            ("revoked_at__gte", models.F("first_used_at")),
                            _connector="OR",
                        ),
                        name="credential_key_revoked_after_use",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.JSONField()),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="accreditation.certificate",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="accreditation.credentialkey",
                    ),
                ),
            ],
            options={
                "ordering": ("-signed_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("certificate", "key"), name="credential_once_per_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="CriteriaVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("basic", "perinatale mentale basiszorgverlener"),
                            ("specialised", "gespecialiseerde perinatale hulpverlener"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("rules", models.JSONField()),
                ("is_proposal", models.BooleanField(default=False)),
                ("writer_ids", models.JSONField(default=list)),
                ("note", models.TextField(blank=True, verbose_name="waarom")),
                (
                    "transition",
                    models.CharField(
                        choices=[
                            ("at_once", "De nieuwe criteria gelden meteen, ook voor wie bezig is."),
                            ("handed_in", "Wie al indiende, houdt de vorige criteria tot de beslissing."),
                            (
                                "open_dossiers",
                                "Wie al een dossier open had, mag nog een tijd met de vorige criteria.",
                            ),
                        ],
                        default="at_once",
                        max_length=14,
                    ),
                ),
                ("transition_until", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "approved_by_first",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by_second",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("level", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("level", "number"), name="criteria_number_once_per_level"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at", None)),
                        fields=("level",),
                        name="one_criteria_draft_per_level",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at__isnull", False)),
                        fields=("level", "valid_from"),
                        name="criteria_versions_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at", None),
                            ("is_proposal", True),
                            models.Q(
                                ("approved_by_first__isnull", False),
                                ("approved_by_second__isnull", False),
                                models.Q(
                                    ("approved_by_first", models.F("approved_by_second")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="criteria_approved_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author", None),
                            models.Q(
                                models.Q(
                                    ("approved_by_first", None),
                                    models.Q(("approved_by_first", models.F("author")), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("approved_by_second", None),
                                    models.Q(("approved_by_second", models.F("author")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="criteria_not_approved_by_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("transition", "open_dossiers"),
                                ("transition_until__gte", models.F("valid_from")),
                            ),
                            models.Q(
                                models.Q(("transition", "open_dossiers"), _negated=True),
                                ("transition_until", None),
                            ),
                            _connector="OR",
                        ),
                        name="criteria_transition_has_its_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "erkenning toekennen"),
                            ("conditional", "erkenning toekennen met voorwaarden"),
                            ("refused", "erkenning niet toekennen"),
                            ("more_information", "meer informatie vragen"),
                        ],
                        max_length=16,
                        verbose_name="beslissing",
                    ),
                ),
                ("reason_codes", models.JSONField(default=list, verbose_name="redenen")),
                ("text", models.TextField(verbose_name="motivering")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-decided_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=300, verbose_name="voorwaarde")),
                ("due_on", models.DateField(verbose_name="ten laatste op")),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="accreditation.decision",
                    ),
                ),
            ],
            options={
                "ordering": ("decision_id", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "position"), name="condition_place_in_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_at", None), ("met_by", None)),
                            models.Q(("met_at__isnull", False), ("met_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="met_condition_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("basic", "perinatale mentale basiszorgverlener"),
                            ("specialised", "gespecialiseerde perinatale hulpverlener"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("degree", "met een diploma uit de lijst"),
                            ("experience", "via je ervaring"),
                        ],
                        default="degree",
                        max_length=12,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("collecting", "je verzamelt"),
                            ("submitted", "ingediend"),
                            ("reading", "wordt gelezen"),
                            ("more_information", "we vragen nog iets"),
                            ("granted", "erkenning toegekend"),
                            ("refused", "erkenning niet toegekend"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        db_index=True,
                        default="collecting",
                        max_length=18,
                    ),
                ),
                ("stage_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ["granted", "refused", "withdrawn"]), _negated=True),
                        fields=("person", "level"),
                        name="one_open_dossier_per_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(models.Q(("stage", "withdrawn"), _negated=True), ("withdrawn_at", None)),
                            _connector="OR",
                        ),
                        name="dossier_withdrawn_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("employer", "dezelfde organisatie"),
                            ("team", "hetzelfde team"),
                            ("cohort", "samen een cursus gevolgd"),
                            ("intervision", "dezelfde intervisiegroep"),
                            ("trainer", "trainer en deelnemer van een cursus"),
                            ("supervisor", "supervisor of ondertekenaar van een verklaring"),
                            ("declared", "door het commissielid gemeld"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="uitleg")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts_of_interest",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="accreditation.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("dossier_id", "member_id", "ground"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "member", "ground"), name="conflict_once_per_ground"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("submitted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("snapshot", models.JSONField()),
                ("snapshot_hash", models.CharField(max_length=64)),
                (
                    "criteria_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="accreditation.criteriaversion",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="accreditation.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("dossier_id", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "number"), name="round_number_once_per_dossier"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disagreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("third_reader", "een derde lezer"), ("meeting", "de vergadering")],
                        max_length=12,
                    ),
                ),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disagreement",
                        to="accreditation.dossierround",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="round",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="accreditation.dossierround",
            ),
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="waarom je het er niet mee eens bent")),
                ("lodged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decide_by", models.DateField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="accreditation.decision",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="accreditation.dossierround",
                    ),
                ),
            ],
            options={
                "ordering": ("lodged_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("disagreement", "de lezers zijn het niet eens"),
                            ("appeal", "bezwaar"),
                            ("asked", "een lid vraagt het"),
                        ],
                        max_length=12,
                    ),
                ),
                ("adjourned_at", models.DateTimeField(blank=True, null=True)),
                ("in_room", models.JSONField(default=list)),
                ("left_room", models.JSONField(default=list)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="accreditation.committeemeeting",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_item",
                        to="accreditation.decision",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="accreditation.dossierround",
                    ),
                ),
            ],
            options={
                "ordering": ("meeting_id", "position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "round"), name="round_once_per_agenda")
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("diploma", "diploma"),
                            ("course", "cursus op Nestwerk"),
                            ("training", "opleiding elders"),
                            ("meeting", "intervisie of supervisie op Nestwerk"),
                            ("statement", "intervisie of supervisie elders"),
                            ("insurance", "beroepsaansprakelijkheid"),
                            ("membership", "lidmaatschap van een beroepsvereniging"),
                            ("experience", "verklaring over je ervaring"),
                            ("lived_experience", "ervaringsdeskundigheid"),
                            ("register", "inschrijving in een ander register"),
                            ("label", "kwaliteitslabel"),
                        ],
                        max_length=20,
                    ),
                ),
                ("criterion_ids", models.JSONField(default=list)),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("facts", models.JSONField(default=dict)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "wordt nagekeken"),
                            ("verified", "nagekeken en goed"),
                            ("refused", "telt niet mee"),
                            ("needs_more", "we vragen nog iets"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=12,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("upload", "door jou toegevoegd"),
                            ("course", "vanzelf, uit een cursus"),
                            ("meeting", "vanzelf, uit intervisie of supervisie"),
                            ("attested", "bevestigd door iemand anders"),
                        ],
                        default="upload",
                        max_length=8,
                    ),
                ),
                ("origin_ref", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="uitleg")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="media.storedfile",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="accreditation.evidence",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="accreditation.evidence",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bewijsstuk",
                "verbose_name_plural": "bewijsstukken",
                "ordering": ("-created_at", "-id"),
                "indexes": [models.Index(fields=["status", "created_at"], name="evidence_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "origin_ref"), name="evidence_origin_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="evidence_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            models.Q(("verified_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_not_verified_by_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=12)),
                (
                    "thing",
                    models.CharField(
                        choices=[
                            ("facts", "Facts"),
                            ("pages", "Pages"),
                            ("file", "File"),
                            ("export", "Export"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accesses",
                        to="accreditation.evidence",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_accesses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-first_at", "-id"),
                "indexes": [models.Index(fields=["owner", "first_at"], name="evidence_access_owner")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("evidence", "reader", "thing", "on"), name="evidence_access_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(db_index=True)),
                (
                    "colleague",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claim",
                        to="accreditation.evidence",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidencePhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField()),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("crop", models.JSONField(default=list)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_photo",
                        to="media.storedfile",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_photos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "indexes": [models.Index(fields=["owner", "token"], name="evidence_photo_form")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("turn__in", (0, 90, 180, 270))), name="evidence_photo_turn"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "getuigschrift van een cursus"),
                            ("attendance", "bewijs van aanwezigheid"),
                            ("intervision", "uren intervisie en supervisie"),
                            ("trainer", "licentie van trainer"),
                            ("recognition", "erkenning"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2)),
                ("about", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=32)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "digest", "language"), name="a_preview_is_issued_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entitlement_key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=200)),
                ("facts", models.JSONField(default=dict)),
                ("refused", models.CharField(blank=True, max_length=300)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="accreditation.issuebatch",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.certificate",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate_lines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("batch_id", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "entitlement_key"), name="issue_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("certificate", None), ("refused", ""), _connector="OR"),
                        name="issue_line_has_one_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("offers", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listing_card",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListingWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listing_words",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="geldig van")),
                ("valid_until", models.DateField(verbose_name="geldig tot en met")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="people.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisation_labels",
                        to="accreditation.labelscheme",
                    ),
                ),
            ],
            options={
                "ordering": ("organisation", "scheme", "-valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="label_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("scheme", "organisation", "valid_from"),
                        name="label_once_per_organisation_and_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_reason", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ended_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ended_label_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaceRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True)),
                ("study_minutes_a_week", models.PositiveSmallIntegerField(default=120)),
                ("meeting_weeks", models.PositiveSmallIntegerField(default=8)),
                ("meeting_minutes", models.PositiveSmallIntegerField(default=120)),
                ("horizon_months", models.PositiveSmallIntegerField(default=18)),
            ],
            options={
                "ordering": ("-valid_from",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("meeting_minutes__gte", 15),
                            ("meeting_weeks__gte", 1),
                            ("study_minutes_a_week__gte", 1),
                        ),
                        name="pace_rule_above_zero",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PathWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("basic", "perinatale mentale basiszorgverlener"),
                            ("specialised", "gespecialiseerde perinatale hulpverlener"),
                        ],
                        max_length=12,
                    ),
                ),
                ("criterion_id", models.CharField(max_length=50)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="path_wishes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("person", "level", "criterion_id"),
                        name="one_open_path_wish",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticePlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="naam van de plek")),
                ("street", models.CharField(blank=True, max_length=120, verbose_name="straat en nummer")),
                ("postal_code", models.CharField(blank=True, max_length=4, verbose_name="postcode")),
                ("municipality", models.CharField(max_length=80, verbose_name="gemeente")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoon")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "kbo_unit",
                    models.CharField(
                        blank=True, db_index=True, max_length=10, verbose_name="vestigingsnummer KBO"
                    ),
                ),
                (
                    "sociale_kaart_id",
                    models.CharField(
                        blank=True, db_index=True, max_length=40, verbose_name="nummer in de Sociale Kaart"
                    ),
                ),
                ("is_listed", models.BooleanField(default=False, verbose_name="toon deze plek")),
                ("show_address", models.BooleanField(default=False, verbose_name="toon straat en nummer")),
                (
                    "show_contact",
                    models.BooleanField(default=False, verbose_name="toon telefoon, e-mail en website"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.referenceregion",
                        verbose_name="regio",
                    ),
                ),
            ],
            options={
                "ordering": ("created_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_listed", True),
                            models.Q(("show_address", False), ("show_contact", False)),
                            _connector="OR",
                        ),
                        name="hidden_place_shows_nothing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True)),
                ("validity_years", models.PositiveSmallIntegerField(default=5)),
                ("renewal_months_before", models.PositiveSmallIntegerField(default=6)),
                ("grace_months_after", models.PositiveSmallIntegerField(default=3)),
                ("reading_days", models.PositiveSmallIntegerField(default=21)),
                ("decision_days", models.PositiveSmallIntegerField(default=60)),
                ("appeal_days", models.PositiveSmallIntegerField(default=30)),
                ("appeal_decision_days", models.PositiveSmallIntegerField(default=45)),
                ("appeal_panel", models.PositiveSmallIntegerField(default=3)),
                ("quorum", models.PositiveSmallIntegerField(default=3)),
                (
                    "disagreement",
                    models.CharField(
                        choices=[("third_reader", "een derde lezer"), ("meeting", "de vergadering")],
                        default="third_reader",
                        max_length=12,
                    ),
                ),
                ("hearing_days", models.PositiveSmallIntegerField(default=21)),
                ("deferral_months", models.PositiveSmallIntegerField(default=12)),
            ],
            options={
                "ordering": ("-valid_from",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision_days__gte", 1), ("reading_days__gte", 1), ("validity_years__gte", 1)
                        ),
                        name="procedure_rule_periods",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("appeal_panel__gte", 2), ("quorum__gte", 2)),
                        name="procedure_rule_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReaderAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("assigned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "release_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conflict", "belangenconflict"),
                            ("mandate", "mandaat is afgelopen"),
                            ("withdrawn", "dossier is ingetrokken"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reader_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="accreditation.dossierround",
                    ),
                ),
            ],
            options={
                "ordering": ("assigned_at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("round", "reader"), name="reader_once_per_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("release_reason", ""), ("released_at", None)),
                            models.Q(
                                ("released_at__isnull", False),
                                models.Q(("release_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="released_assignment_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "erkenning toekennen"),
                            ("conditional", "erkenning toekennen met voorwaarden"),
                            ("refused", "erkenning niet toekennen"),
                            ("more_information", "meer informatie vragen"),
                        ],
                        max_length=16,
                        verbose_name="advies",
                    ),
                ),
                ("reason_codes", models.JSONField(default=list, verbose_name="redenen")),
                ("text", models.TextField(verbose_name="motivering")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion",
                        to="accreditation.readerassignment",
                    ),
                ),
            ],
            options={
                "ordering": ("given_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="ReadingDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("notes", models.JSONField(default=dict)),
                ("checked", models.JSONField(default=list)),
                ("scores", models.JSONField(default=dict)),
                ("typed", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="accreditation.readerassignment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadingLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at_most", models.PositiveSmallIntegerField()),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_limit",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("at_most__lte", 50)), name="reading_limit_at_most_50"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("basic", "perinatale mentale basiszorgverlener"),
                            ("specialised", "gespecialiseerde perinatale hulpverlener"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("renewal_from", models.DateField()),
                ("grace_until", models.DateField()),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ("suspended_from", models.DateField(blank=True, null=True)),
                ("suspended_until", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawal_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognition",
                        to="accreditation.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from", "-id"),
                "indexes": [models.Index(fields=["valid_until"], name="recognition_valid_until")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None), ("withdrawn_at", None)),
                        fields=("person", "level"),
                        name="one_standing_recognition_per_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grace_until__gte", models.F("valid_until")),
                            ("renewal_from__lte", models.F("valid_until")),
                            ("valid_until__gte", models.F("valid_from")),
                        ),
                        name="recognition_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawal_reason", ""), ("withdrawn_at", None), ("withdrawn_by", None)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_recognition_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("is_announced", models.BooleanField(default=False)),
                ("shown_digest", models.CharField(blank=True, max_length=64)),
                ("riziv_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("changed_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "recognition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="accreditation.recognition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "beslissing over je aanvraag"),
                            ("withdrawal", "intrekking van je erkenning"),
                            ("deferral", "uitstel van je verlenging"),
                            ("suspension", "schorsing van je erkenning"),
                            ("lifting", "einde van een schorsing"),
                            ("hearing", "voornemen om je erkenning in te trekken"),
                            ("hearing_end", "je erkenning blijft"),
                            ("condition", "voorwaarde in orde"),
                            ("appeal", "ontvangst van je bezwaar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=60, null=True)),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="accreditation.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recognition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal_letter",
                        to="accreditation.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ("-sent_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decision__isnull", False), ("kind", "decision"), ("recognition", None)
                            ),
                            models.Q(
                                ("decision", None), ("kind", "withdrawal"), ("recognition__isnull", False)
                            ),
                            models.Q(
                                models.Q(("kind__in", ["decision", "withdrawal"]), _negated=True),
                                ("decision", None),
                                ("recognition", None),
                                ("subject__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="letter_is_about_one_thing",
                    ),
                    models.UniqueConstraint(fields=("kind", "subject"), name="one_letter_per_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ground", models.CharField(max_length=12)),
                ("reason", models.TextField(verbose_name="waarom")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("respond_by", models.DateField()),
                ("response", models.TextField(blank=True, verbose_name="jouw antwoord")),
                ("responded_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="accreditation.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ("-opened_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("recognition",),
                        name="one_open_hearing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("responded_at", None), ("response", "")),
                            models.Q(
                                ("responded_at__isnull", False), models.Q(("response", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="hearing_response_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn", False), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="withdrawn_hearing_is_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedEvent",
            fields=[
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("payload", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feed_events",
                        to="accreditation.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ("sequence",),
                "constraints": [
                    models.UniqueConstraint(fields=("recognition", "version"), name="feed_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionTransition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("granted", "toegekend"),
                            ("replaced", "vervangen door een nieuwe"),
                            ("deferred", "uitstel gegeven"),
                            ("suspended", "geschorst"),
                            ("lifted", "schorsing opgeheven"),
                            ("heard", "voornemen tot intrekking"),
                            ("kept", "voornemen ingetrokken, erkenning blijft"),
                            ("condition_met", "voorwaarde in orde"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        max_length=14,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="accreditation.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["heard", "kept", "condition_met"]), _negated=True),
                        fields=("recognition", "version"),
                        name="one_transition_per_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpinionDetail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scores", models.JSONField(default=dict)),
                ("conditions", models.JSONField(default=list)),
                (
                    "opinion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="detail",
                        to="accreditation.opinion",
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.rubric",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatementRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("diploma", "diploma"),
                            ("course", "cursus op Nestwerk"),
                            ("training", "opleiding elders"),
                            ("meeting", "intervisie of supervisie op Nestwerk"),
                            ("statement", "intervisie of supervisie elders"),
                            ("insurance", "beroepsaansprakelijkheid"),
                            ("membership", "lidmaatschap van een beroepsvereniging"),
                            ("experience", "verklaring over je ervaring"),
                            ("lived_experience", "ervaringsdeskundigheid"),
                            ("register", "inschrijving in een ander register"),
                            ("label", "kwaliteitslabel"),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked", models.JSONField(default=dict)),
                ("recipient_name", models.CharField(max_length=120)),
                ("recipient_email", models.EmailField(blank=True, max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_until", models.DateTimeField(blank=True, null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("codes_sent", models.PositiveSmallIntegerField(default=0)),
                ("answer", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "evidence",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_request",
                        to="accreditation.evidence",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "indexes": [models.Index(fields=["person", "created_at"], name="statement_request_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("evidence", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("cancelled_at", None),
                                ("declined_at", None),
                                ("evidence__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="statement_answered_has_evidence",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_place",
                        to="accreditation.certificate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("block", "position"), name="status_place_taken_once"),
                    models.CheckConstraint(
                        condition=models.Q(("position__lt", 131072)), name="status_place_within_list"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("words", models.JSONField()),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="accreditation.certificatetemplate",
                    ),
                ),
            ],
            options={
                "ordering": ("template_id", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="template_version_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="template_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="accreditation.templateversion",
            ),
        ),
        migrations.CreateModel(
            name="TieQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hint", models.CharField(max_length=12)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tie_questions",
                        to="accreditation.dossier",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tie_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "member", "hint"), name="tie_question_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="partner")),
                ("url", models.CharField(max_length=500, verbose_name="adres")),
                ("sealed_secret", models.TextField()),
                ("former_secret", models.TextField(blank=True)),
                ("former_until", models.DateTimeField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("stopped_reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("last_success_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("is_revocation", models.BooleanField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("given_up_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="accreditation.feedevent",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="accreditation.webhookendpoint",
                    ),
                ),
            ],
            options={
                "ordering": ("event_id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("delivered_at__isnull", True), ("given_up_at__isnull", True)),
                        fields=["endpoint", "event"],
                        name="webhook_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "event"), name="webhook_version_once_per_endpoint"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.UUIDField()),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("delivered", "aangekomen"),
                            ("refused", "geweigerd"),
                            ("no_answer", "geen antwoord"),
                            ("blocked", "adres niet toegelaten"),
                        ],
                        max_length=12,
                    ),
                ),
                ("status_code", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                ("detail", models.CharField(blank=True, max_length=200)),
                (
                    "delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="accreditation.webhookdelivery",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="accreditation.webhookendpoint",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="WhatIfRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "begint zo"),
                            ("running", "is bezig"),
                            ("done", "is klaar"),
                            ("stopped", "is gestopt"),
                            ("failed", "is mislukt"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("beat_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("summary", models.JSONField(default=dict)),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.criteriaversion",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="what_if_runs",
                        to="accreditation.criteriaversion",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("waiting", "running"))),
                        fields=("version",),
                        name="one_what_if_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WhatIfChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("gains", "komt in orde"), ("loses", "is niet meer in orde")], max_length=6
                    ),
                ),
                ("is_recognised", models.BooleanField(default=False)),
                ("has_dossier", models.BooleanField(default=False)),
                ("criterion_ids", models.JSONField(default=list)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.profession",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.referenceregion",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="accreditation.whatifrun",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("run", "person"), name="what_if_once_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="WithdrawalAppeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="accreditation.appeal",
                    ),
                ),
                (
                    "recognition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal_appeal",
                        to="accreditation.recognition",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("first_day", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="absence_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("member", "first_day", "last_day"), name="absence_once"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("entitlement_key", "version"), name="certificate_version_once_per_entitlement"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_by", None),
                    models.Q(("superseded_by", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="certificate_does_not_replace_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file_name", ""), ("file_sha256", "")),
                    models.Q(
                        models.Q(("file_name", ""), _negated=True),
                        models.Q(("file_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="certificate_file_has_hash",
            ),
        ),
    ]
    operations = [CreateTogether(operations)]
