import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import people.models.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BaseDegree",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="naam")),
                ("levels", models.CharField(max_length=80, verbose_name="niveau")),
                (
                    "priority",
                    models.CharField(
                        choices=[("short_term", "korte termijn"), ("long_term", "lange termijn")],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "basisopleiding",
                "verbose_name_plural": "basisopleidingen",
                "ordering": ("priority", "id"),
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.PositiveBigIntegerField(unique=True)),
                ("erased_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checklist", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("erased_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="MentalHealthNetwork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "target",
                    models.CharField(
                        choices=[("adult", "volwassenen"), ("children_young_people", "kinderen en jongeren")],
                        max_length=24,
                    ),
                ),
            ],
            options={
                "ordering": ("target", "name"),
            },
        ),
        migrations.CreateModel(
            name="PrimaryCareZone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "eerstelijnszone",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Profession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="naam")),
                ("has_riziv", models.BooleanField(default=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "beroepsgroep",
                "verbose_name_plural": "beroepsgroepen",
                "ordering": ("order", "name"),
            },
        ),
        migrations.CreateModel(
            name="Province",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mailadres")),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="voornaam")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="achternaam")),
                ("is_active", models.BooleanField(default=True, verbose_name="actief")),
                ("is_staff", models.BooleanField(default=False, verbose_name="mag in het beheer")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="lid sinds"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebruiker",
                "verbose_name_plural": "gebruikers",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_any_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("moved", models.JSONField(default=list)),
                ("stayed", models.JSONField(default=list)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_into_me",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_of_me",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
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
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("merged",),
                        name="account_merged_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True),
                        name="account_not_merged_with_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("text", models.CharField(max_length=300)),
                ("path", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateField(blank=True, null=True)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digest_items",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at", None), ("sent_on", None)),
                        fields=["person"],
                        name="digest_waiting",
                    ),
                    models.Index(fields=["person", "sent_on"], name="digest_sent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "nog niet ingelezen"),
                            ("done", "ingelezen"),
                            ("undone", "teruggedraaid"),
                        ],
                        default="preview",
                        max_length=10,
                    ),
                ),
                ("reading", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
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
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("create", "nieuw account"),
                            ("update", "vult iets aan"),
                            ("unchanged", "niets te doen"),
                            ("duplicate", "staat er al, of lijkt erop"),
                            ("refused", "kan niet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("values", models.JSONField(default=dict)),
                ("email_key", models.CharField(blank=True, max_length=254)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("is_applied", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="people.importbatch",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "indexes": [models.Index(fields=["batch", "fate"], name="import_rows_by_fate")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="import_row_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("email_key", ""), _negated=True),
                            models.Q(("fate", "refused"), _negated=True),
                            models.Q(("fate", "duplicate"), _negated=True),
                        ),
                        fields=("batch", "email_key"),
                        name="import_address_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("mail", "meteen, in een eigen mail"),
                            ("digest", "in de mail van de dag"),
                            ("none", "niet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind"), name="one_choice_per_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="naam")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("childcare", "kinderopvang"),
                            ("hospital", "ziekenhuis"),
                            ("primary_care", "eerstelijnspraktijk"),
                            ("mental_health", "geestelijke gezondheidszorg"),
                            ("welfare", "welzijnswerk"),
                            ("education", "onderwijs"),
                            ("other", "andere"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                (
                    "kbo_unit",
                    models.CharField(blank=True, max_length=10, verbose_name="vestigingsnummer KBO"),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="people.primarycarezone",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisatie",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ReferenceRegion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("slug", models.SlugField(unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "province",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regions",
                        to="people.province",
                    ),
                ),
            ],
            options={
                "verbose_name": "referentieregio",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ProfessionalProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "riziv_number",
                    people.models.fields.EncryptedTextField(
                        blank=True, default="", verbose_name="RIZIV-nummer"
                    ),
                ),
                ("languages", models.JSONField(default=list, verbose_name="talen")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoon voor gezinnen")),
                (
                    "public_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres voor gezinnen"),
                ),
                ("offer", models.CharField(blank=True, max_length=400, verbose_name="wat je aanbiedt")),
                (
                    "has_lived_experience",
                    models.BooleanField(default=False, verbose_name="ervaringsdeskundigheid"),
                ),
                (
                    "public_listing",
                    models.BooleanField(default=False, verbose_name="toon mij in het zorgaanbod"),
                ),
                (
                    "public_feed",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="geef mijn vermelding door aan andere lijsten",
                    ),
                ),
                (
                    "public_contact",
                    models.BooleanField(default=False, verbose_name="toon mijn contactgegevens"),
                ),
                ("public_employer", models.BooleanField(default=False, verbose_name="toon mijn organisatie")),
                ("public_languages", models.BooleanField(default=False, verbose_name="toon mijn talen")),
                ("public_region", models.BooleanField(default=False, verbose_name="toon mijn regio")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "base_degrees",
                    models.ManyToManyField(blank=True, related_name="profiles", to="people.basedegree"),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="people.organisation",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="people.profession",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="people.primarycarezone",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="people.referenceregion",
                    ),
                ),
            ],
            options={
                "verbose_name": "profiel",
            },
        ),
        migrations.AddField(
            model_name="primarycarezone",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="zones",
                to="people.referenceregion",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisations",
                to="people.referenceregion",
            ),
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("learner", "deelnemer"),
                            ("trainer", "trainer"),
                            ("team_coordinator", "teamcoördinator"),
                            ("author", "auteur"),
                            ("committee_member", "commissielid"),
                            ("network_staff", "netwerkmedewerker"),
                            ("administrator", "beheerder"),
                            ("api_client", "API-klant"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("user", "role"),
                        name="one_open_grant_per_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="grant_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="naam")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mobile_crisis", "mobiel crisisteam"),
                            ("childcare", "team kinderopvang"),
                            ("other", "ander team"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="people.team",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="people.mentalhealthnetwork",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None), ("ended_on__isnull", False), _connector="OR"
                        ),
                        name="merged_team_has_ended",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="importbatch",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.team",
            ),
        ),
        migrations.CreateModel(
            name="TeamMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_coordinator", models.BooleanField(default=False)),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="people.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("team", "user"),
                        name="one_open_membership_per_team",
                    )
                ],
            },
        ),
    ]
