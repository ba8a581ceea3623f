import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import lms.models.duty
import lms.models.intervision
from ledger.api import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("courses", "0001_initial"),
        ("ledger", "0001_initial"),
        ("media", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closes_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="EvaluationForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="naam")),
                ("questions", models.JSONField(default=list)),
                ("is_active", models.BooleanField(default=True, verbose_name="in gebruik")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="naam")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("street", models.CharField(max_length=120, verbose_name="straat en nummer")),
                ("postcode", models.CharField(max_length=4, verbose_name="postcode")),
                ("municipality", models.CharField(max_length=80, verbose_name="gemeente")),
                ("map_url", models.URLField(blank=True, max_length=500, verbose_name="link naar de kaart")),
                ("step_free", models.BooleanField(default=False, verbose_name="zonder trappen bereikbaar")),
                ("accessible_toilet", models.BooleanField(default=False, verbose_name="aangepast toilet")),
                ("hearing_loop", models.BooleanField(default=False, verbose_name="ringleiding")),
                (
                    "lactation_room",
                    models.BooleanField(default=False, verbose_name="plek om te kolven of te voeden"),
                ),
                (
                    "accessibility",
                    models.TextField(blank=True, max_length=1000, verbose_name="toegankelijkheid in woorden"),
                ),
                (
                    "public_transport",
                    models.TextField(blank=True, max_length=1000, verbose_name="met het openbaar vervoer"),
                ),
                (
                    "parking",
                    models.TextField(blank=True, max_length=1000, verbose_name="met de fiets of de auto"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in gebruik")),
            ],
            options={
                "verbose_name": "locatie",
                "verbose_name_plural": "locaties",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(choices=[("present", "aanwezig"), ("absent", "afwezig")], max_length=8),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("list", "lijst van de trainer"),
                            ("qr", "QR-code"),
                            ("code", "code van het scherm"),
                            ("paper", "papieren lijst"),
                            ("offline", "toestel van de trainer, zonder verbinding"),
                            ("correction", "verbetering na afsluiten"),
                        ],
                        max_length=12,
                    ),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("device", models.CharField(blank=True, max_length=32)),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("sync_key", models.UUIDField(blank=True, null=True, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to=settings.AUTH_USER_MODEL,
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
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="lms.attendance",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam van de groep")),
                ("capacity", models.PositiveSmallIntegerField(default=20, verbose_name="aantal plaatsen")),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Laat leeg voor de prijs van de cursus.",
                        max_digits=7,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="prijs in euro",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="eerste dag")),
                ("ends_on", models.DateField(verbose_name="laatste dag")),
                ("is_public", models.BooleanField(default=True, verbose_name="staat in de agenda")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("open", "vrij: wie eerst komt, heeft een plaats"),
                            ("code", "met een code"),
                            ("approval", "na goedkeuring"),
                            ("team", "voor één team"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="hoe schrijft men zich in?",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="code")),
                (
                    "withdraw_until",
                    models.DateField(
                        blank=True,
                        help_text="Laat leeg: tot de dag voor de eerste bijeenkomst.",
                        null=True,
                        verbose_name="uitschrijven kan tot en met",
                    ),
                ),
                (
                    "offer_hours",
                    models.PositiveSmallIntegerField(
                        default=48,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(336),
                        ],
                        verbose_name="uren om te antwoorden op een aangeboden plaats",
                    ),
                ),
                ("preparation", models.TextField(blank=True, max_length=2000, verbose_name="voorbereiding")),
                ("costs", models.CharField(blank=True, max_length=200, verbose_name="wat is inbegrepen?")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="lms.cohort",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="courses.coursepage",
                        verbose_name="cursus",
                    ),
                ),
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
                (
                    "for_team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="people.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="people.referenceregion",
                        verbose_name="regio",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_house_cohorts",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "groep",
                "verbose_name_plural": "groepen",
                "ordering": ("starts_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "team"), _negated=True),
                            ("for_team__isnull", False),
                            _connector="OR",
                        ),
                        name="cohort_of_a_team_has_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "code"), _negated=True),
                            models.Q(("code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cohort_with_code_has_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gt", 0)), name="cohort_capacity_above_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="cohort_ends_on_or_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CohortMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="onderwerp")),
                ("body", models.TextField(max_length=4000, verbose_name="bericht")),
                ("recipients", models.PositiveIntegerField(default=0)),
                ("key", models.UUIDField(unique=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="lms.cohort"
                    ),
                ),
            ],
            options={
                "ordering": ("-sent_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="CohortTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("facts", models.JSONField(default=dict)),
                ("sessions", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="courses.coursepage",
                        verbose_name="cursus",
                    ),
                ),
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
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("course", "name"), name="cohort_template_name_per_course")
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enrolled_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="ingeschreven op"),
                ),
                ("last_lesson", models.CharField(blank=True, max_length=255)),
                ("last_opened_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True, verbose_name="afgerond op")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="uitgeschreven op"),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="lms.cohort",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courses.coursepage"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="courses.courseversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "inschrijving",
                "verbose_name_plural": "inschrijvingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "course"),
                        name="lms_one_open_enrolment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at", None), ("completed_at", None), _connector="OR"),
                        name="lms_completed_is_not_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courses.coursepage"
                    ),
                ),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review", to="lms.enrolment"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["course"], name="lms_reviews_of_course")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)),
                        name="lms_review_from_1_to_5",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("check_id", models.CharField(max_length=120)),
                ("number", models.PositiveIntegerField()),
                ("answers", models.JSONField(default=dict)),
                ("drawn", models.JSONField(default=list)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deadline", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("maximum", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("passed", models.BooleanField(default=False)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_attempts",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enrolment", "check_id", "number"), name="lms_attempt_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("submitted_at", None)),
                        fields=("enrolment", "check_id"),
                        name="lms_one_open_attempt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passed", False), ("percent", None), ("submitted_at", None)),
                            models.Q(("percent__isnull", False), ("submitted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="lms_attempt_marked_when_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lesson", models.CharField(max_length=255)),
                ("activity_id", models.CharField(max_length=120)),
                ("attempt", models.PositiveIntegerField(default=1)),
                ("state", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("first_ended_at", models.DateTimeField(blank=True, null=True)),
                ("scaled", models.FloatField(blank=True, null=True)),
                (
                    "package_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="media.packageversion",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activity_states",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "activity_id"), name="lms_state_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scaled", None),
                            models.Q(("scaled__gte", 0), ("scaled__lte", 1)),
                            _connector="OR",
                        ),
                        name="lms_state_scaled_between_0_and_1",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityDocument",
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
                            ("state", "stand van een onderdeel"),
                            ("activity", "profiel van een onderdeel"),
                            ("agent", "voorkeuren van een persoon"),
                        ],
                        max_length=16,
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("activity", models.CharField(blank=True, max_length=1000)),
                ("registration", models.UUIDField(blank=True, null=True)),
                ("name", models.CharField(max_length=500)),
                ("content_type", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("etag", models.CharField(max_length=64)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["registration", "activity"], name="lms_document_of_activity")
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("answers", models.JSONField(default=dict)),
                ("is_released", models.BooleanField(default=False)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="lms.evaluation",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="evaluation",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluations",
                to="lms.evaluationform",
            ),
        ),
        migrations.CreateModel(
            name="EvaluationVoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="lms.evaluation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("evaluation", "person"), name="one_voice_per_evaluation")
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertAbsence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField(verbose_name="eerste dag")),
                ("last_day", models.DateField(verbose_name="laatste dag")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expert_absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("first_day", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "first_day", "last_day"), name="expert_absence_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="expert_absence_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("half_days", models.JSONField(default=list)),
                ("most_per_month", models.PositiveSmallIntegerField(default=4)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expert_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(blank=True, related_name="+", to="people.referenceregion"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IntervisionGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="naam van de groep")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("closed_on", models.DateField(blank=True, editable=False, null=True)),
                ("open_since", models.DateField(blank=True, editable=False, null=True)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Nederlands"),
                            ("fr", "Frans"),
                            ("en", "Engels"),
                            ("de", "Duits"),
                            ("vgt", "Vlaamse Gebarentaal"),
                        ],
                        default="nl",
                        max_length=8,
                        verbose_name="taal",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("in_person", "ter plaatse"),
                            ("online", "online"),
                            ("both", "afwisselend ter plaatse en online"),
                        ],
                        default="in_person",
                        max_length=12,
                        verbose_name="vorm",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "elke maand"),
                            ("six_weeks", "om de zes weken"),
                            ("two_months", "om de twee maanden"),
                            ("quarterly", "elk kwartaal"),
                        ],
                        default="two_months",
                        max_length=12,
                        verbose_name="hoe vaak",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intervision_groups",
                        to="people.referenceregion",
                        verbose_name="regio",
                    ),
                ),
                (
                    "team",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intervision_group",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "intervisiegroep",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_moderator", models.BooleanField(default=False)),
                ("joined_on", models.DateField(default=django.utils.timezone.localdate)),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="lms.intervisiongroup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("group", "person"),
                        name="one_open_membership_per_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                        ),
                        name="member_leaves_after_joining",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupJoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("accepted", models.BooleanField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_join_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="join_requests",
                        to="lms.intervisiongroup",
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("group", "person"),
                        name="one_open_join_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(
                                ("accepted__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="join_request_decided_as_a_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement_signatures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="lms.intervisiongroup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "person", "version"), name="agreement_signed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IntervisionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True)),
                ("min_members", models.PositiveSmallIntegerField(default=4)),
                ("max_members", models.PositiveSmallIntegerField(default=8)),
                ("co_signers", models.PositiveSmallIntegerField(default=2)),
                ("moderator_suffices", models.BooleanField(default=True)),
                ("counted_kinds", models.JSONField(default=lms.models.intervision.default_counted_kinds)),
                ("agreement_required", models.BooleanField(default=True)),
                ("supervisor_required", models.BooleanField(default=True)),
                ("sample_percent", models.PositiveSmallIntegerField(default=5)),
                ("reciprocal_meetings", models.PositiveSmallIntegerField(default=3)),
                ("entry_days", models.PositiveSmallIntegerField(default=30)),
                ("last_entry_days", models.PositiveSmallIntegerField(default=365)),
            ],
            options={
                "ordering": ("-valid_from",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_members__gte", models.F("min_members")), ("min_members__gte", 2)
                        ),
                        name="intervision_rule_sizes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("co_signers__gte", 1)), name="intervision_rule_co_signers"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_entry_days__gte", models.F("entry_days"))),
                        name="intervision_rule_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("activity", "activiteit"),
                            ("check", "kennistoets"),
                            ("course", "cursus"),
                            ("presence", "aanwezigheid"),
                            ("void", "intrekking"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "attested_by",
                    models.CharField(
                        choices=[
                            ("browser", "gemeld door de browser"),
                            ("server", "vastgesteld door de server"),
                            ("person", "bevestigd door een persoon"),
                        ],
                        max_length=10,
                    ),
                ),
                ("verb", models.CharField(max_length=1000)),
                ("object_id", models.CharField(max_length=1000)),
                ("registration", models.UUIDField(blank=True, null=True)),
                ("result", models.JSONField(default=dict)),
                ("payload", models.JSONField(default=dict)),
                ("content_hash", models.CharField(max_length=64)),
                ("happened_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="lms.enrolment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="lms.learningrecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "leerspoor",
                "verbose_name_plural": "leersporen",
                "indexes": [models.Index(fields=["enrolment", "-stored_at"], name="lms_record_of_enrolment")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "course")),
                        fields=("enrolment",),
                        name="lms_course_completed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "void"), ("voids__isnull", False)),
                            models.Q(models.Q(("kind", "void"), _negated=True), ("voids", None)),
                            _connector="OR",
                        ),
                        name="lms_void_names_a_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lesson", models.CharField(max_length=255)),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="lms.enrolment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "lesson"), name="lms_note_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonProgress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lesson", models.CharField(max_length=255)),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lesson_progress",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "lesson"), name="lms_lesson_marked_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Licence",
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
                            ("supervisor", "supervisor"),
                            ("expert", "expert intervisie"),
                            ("in_house", "trainer in het eigen team"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="geldig vanaf"),
                ),
                ("valid_until", models.DateField(verbose_name="geldig tot en met")),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "valid_until", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("kind", "person", "valid_from"),
                        name="licence_once_per_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="licence_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MediaPosition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lesson", models.CharField(max_length=255)),
                ("media_id", models.CharField(max_length=120)),
                ("second", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="media_positions",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "media_id"), name="lms_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                            ("intervision", "intervisie"),
                            ("supervision", "supervisie"),
                            ("case", "casusoverleg"),
                            ("mdo", "MDO"),
                        ],
                        default="intervision",
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="datum")),
                ("starts_at", models.DateTimeField(verbose_name="begint")),
                ("minutes", models.PositiveSmallIntegerField(default=120, verbose_name="duur in minuten")),
                (
                    "form",
                    models.CharField(
                        choices=[("in_person", "ter plaatse"), ("online", "online")],
                        default="in_person",
                        max_length=12,
                        verbose_name="vorm",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("incident", "incidentmethode"),
                            ("gossip", "roddelmethode"),
                            ("balint", "balintmethode"),
                            ("solution", "oplossingsgericht"),
                            ("theme", "rond een thema"),
                            ("video", "met beeldmateriaal"),
                            ("free", "vrij gesprek"),
                        ],
                        max_length=12,
                        verbose_name="methode",
                    ),
                ),
                ("counts", models.BooleanField(default=True, editable=False)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("is_late_entry", models.BooleanField(default=False, editable=False)),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forgotten", "we vergaten het in te geven"),
                            ("illness", "de moderator was ziek of afwezig"),
                            ("no_access", "de groep had nog geen toegang tot Nestwerk"),
                            ("taken_over", "overgenomen uit een ander register"),
                        ],
                        max_length=20,
                        verbose_name="waarom nu pas",
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="lms.intervisiongroup",
                    ),
                ),
                (
                    "led_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_meetings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begeleid door",
                    ),
                ),
            ],
            options={
                "verbose_name": "overleg",
                "ordering": ("-starts_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("group", "starts_at"),
                        name="one_meeting_per_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 15), ("minutes__lte", 480)),
                        name="meeting_lasts_15_to_480_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_late_entry", False),
                            models.Q(("late_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="late_meeting_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="learning_points",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lms.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "person"), name="one_learning_point_per_member"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertBooking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("half", models.PositiveSmallIntegerField(choices=[(0, "voormiddag"), (1, "namiddag")])),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expert_bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="booking", to="lms.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("expert", "day", "half"),
                        name="expert_once_per_half_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drawn_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_order", "in orde"),
                            ("explained", "uitgelegd en in orde"),
                            ("not_held", "kan niet worden bevestigd"),
                        ],
                        max_length=12,
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_of_sample",
                        to="lms.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("drawn_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checked_by", None), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_check_as_a_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_late", models.BooleanField(default=False)),
                ("overlaps", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="lms.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_presences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person"), name="one_presence_per_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="naam")),
                ("subject", models.CharField(max_length=120, verbose_name="onderwerp")),
                ("body", models.TextField(max_length=4000, verbose_name="bericht")),
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
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="NetworkEvent",
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
                        choices=[("meeting", "netwerkontmoeting"), ("cases", "reeks casusbespreking")],
                        default="meeting",
                        max_length=8,
                        verbose_name="soort",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="titel")),
                ("starts_at", models.DateTimeField(verbose_name="begint")),
                ("ends_at", models.DateTimeField(verbose_name="eindigt")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="plaats")),
                (
                    "online_url",
                    models.URLField(blank=True, max_length=500, verbose_name="link om online deel te nemen"),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="aantal plaatsen"),
                ),
                (
                    "save_the_date",
                    models.BooleanField(default=False, verbose_name="alleen de dag staat vast"),
                ),
                (
                    "presentation_url",
                    models.URLField(blank=True, max_length=500, verbose_name="link naar de presentatie"),
                ),
                ("minutes", models.TextField(blank=True, verbose_name="verslag")),
                ("minutes_published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="network_events",
                        to="people.referenceregion",
                        verbose_name="regio",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="network_events",
                        to="people.primarycarezone",
                        verbose_name="zorgzone",
                    ),
                ),
            ],
            options={
                "verbose_name": "netwerkmoment",
                "ordering": ("starts_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="network_event_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "meeting"),
                            models.Q(("minutes", ""), ("minutes_published_at", None)),
                            _connector="OR",
                        ),
                        name="no_minutes_of_case_consultation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("title", "starts_at"),
                        name="network_event_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkEventSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_up_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("present", models.BooleanField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats_taken",
                        to="lms.networkevent",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="network_event_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
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
                "constraints": [
                    models.UniqueConstraint(fields=("event", "person"), name="one_seat_per_event")
                ],
            },
        ),
        migrations.CreateModel(
            name="PollVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("poll_id", models.CharField(max_length=120)),
                ("choices", models.JSONField(default=list)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courses.coursepage"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="poll_votes",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["course", "poll_id"], name="lms_votes_of_poll")],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "poll_id"), name="lms_vote_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PresenceConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "confirmed_by",
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
                        related_name="confirmations",
                        to="lms.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presence_confirmations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "person", "confirmed_by"), name="one_confirmation_per_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("person")), _negated=True),
                        name="nobody_confirms_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="naam")),
                ("question", models.JSONField()),
                ("courses", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "plan van een programma",
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("search", "berekend"),
                            ("replan", "herplande versie"),
                            ("hand", "met de hand verplaatst"),
                            ("back", "teruggezet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("question", models.JSONField()),
                ("result", models.JSONField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="lms.programmeplan",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "start zo"),
                            ("running", "bezig"),
                            ("done", "klaar"),
                            ("stopped", "gestopt"),
                            ("failed", "mislukt"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=12)),
                ("seconds", models.PositiveIntegerField(default=60)),
                ("cost", models.PositiveIntegerField(blank=True, null=True)),
                ("bound", models.PositiveIntegerField(blank=True, null=True)),
                ("best", models.JSONField(blank=True, null=True)),
                ("better", models.PositiveIntegerField(default=0)),
                ("obstacles", models.JSONField(default=list)),
                ("stop_requested", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="lms.planversion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="lms.planversion",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="lms.programmeplan",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("plan",),
                        name="one_open_run_per_plan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                (
                    "cohort",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_group",
                        to="lms.cohort",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published_groups",
                        to="lms.programmeplan",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("plan", "key"), name="group_published_once")],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lesson", models.CharField(max_length=255)),
                ("reflection_id", models.CharField(max_length=120)),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reflections",
                        to="lms.enrolment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "reflection_id"), name="lms_reflection_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReflectionShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prompt", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("shared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reflection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="lms.reflection",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("reflection", "trainer"),
                        name="lms_shared_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at", None), ("text", ""), _connector="OR"),
                        name="lms_taken_back_share_holds_no_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterCycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.SlugField(max_length=40)),
                ("starts_on", models.DateField(verbose_name="begin van je periode")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_cycles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "register"), name="one_cycle_per_register")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.SlugField(max_length=40)),
                ("number", models.PositiveIntegerField()),
                ("month", models.DateField()),
                ("rows", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("register", "number"), name="register_file_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.SlugField(max_length=40)),
                ("minutes", models.PositiveIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=6)),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lms.attendance"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="lms.registerline",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="lms.registerfile",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_lines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "attendance"), name="presence_once_per_register"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterReceipt",
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
                            ("made", "gemaakt"),
                            ("fetched", "opgehaald"),
                            ("sent", "verstuurd"),
                            ("received", "ontvangen door het register"),
                            ("refused", "geweigerd door het register"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="kenmerk")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="lms.registerfile",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RegisterRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120, verbose_name="register")),
                (
                    "unit",
                    models.CharField(
                        choices=[("hours", "uren"), ("points", "punten"), ("units", "eenheden")], max_length=8
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=1, max_digits=6)),
                ("period_years", models.PositiveSmallIntegerField()),
                ("max_per_hour", models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True)),
                (
                    "max_module_hours",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True),
                ),
                (
                    "ethics_per_year",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                ),
                ("peer_reviews_per_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("keep_proof_years", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("needs_approval", models.BooleanField(default=True)),
                (
                    "layout",
                    models.CharField(
                        choices=[("riziv", "RIZIV"), ("plain", "gewone lijst"), ("none", "geen bestand")],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("is_verified", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profession",
                        verbose_name="beroepsgroep",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "-valid_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("key", "valid_from"), name="one_register_rule_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="register_rule_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("period_years__gte", 1)),
                        name="register_rule_asks_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht op antwoord"),
                            ("approved", "goedgekeurd"),
                            ("declined", "geen plaats"),
                            ("taken_back", "teruggenomen"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seat_requests",
                        to="lms.cohort",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("cohort", "person"),
                        name="one_open_seat_request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="seat_request_decided_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="titel")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("in_person", "ter plaatse"),
                            ("online", "online"),
                            ("mixed", "ter plaatse en online"),
                        ],
                        default="in_person",
                        max_length=12,
                        verbose_name="vorm",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begint")),
                ("ends_at", models.DateTimeField(verbose_name="eindigt")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="plaats")),
                (
                    "online_url",
                    models.URLField(blank=True, max_length=500, verbose_name="link om online deel te nemen"),
                ),
                ("preparation", models.TextField(blank=True, max_length=2000, verbose_name="voorbereiding")),
                ("is_exception", models.BooleanField(default=False, editable=False)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="lms.cohort"
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="lms.location",
                        verbose_name="locatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijeenkomst",
                "verbose_name_plural": "bijeenkomsten",
                "ordering": ("starts_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told", models.PositiveIntegerField()),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("is_cancelled", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="lms.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "person"), name="one_invitation_per_session")
                ],
            },
        ),
        migrations.AddField(
            model_name="evaluation",
            name="session",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="evaluation", to="lms.session"
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="lms.session"
            ),
        ),
        migrations.CreateModel(
            name="SessionApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.SlugField(max_length=40, verbose_name="register")),
                (
                    "activity_number",
                    models.CharField(blank=True, max_length=30, verbose_name="activiteitnummer"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=1, max_digits=5, verbose_name="punten, uren of eenheden"
                    ),
                ),
                (
                    "is_ethics",
                    models.BooleanField(default=False, verbose_name="telt voor ethiek en economie"),
                ),
                (
                    "is_peer_review",
                    models.BooleanField(default=False, verbose_name="is een lokaal overleg (peer review)"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="lms.session",
                    ),
                ),
                (
                    "set_by",
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
                "ordering": ("register",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "register"), name="session_approved_once_per_register"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="approval_gives_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionMaterial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="titel")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("for_trainers", models.BooleanField(default=False, verbose_name="alleen voor trainers")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="lms.cohort"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="lms.session",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="SessionNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("room", "zaal en materiaal"),
                            ("timing", "tijd en ritme"),
                            ("content", "oefeningen en uitleg"),
                            ("online", "techniek online"),
                            ("next", "voor de volgende keer"),
                        ],
                        max_length=12,
                        verbose_name="waarover",
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="notitie")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="lms.session"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="SessionSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_on", models.DateField(verbose_name="eerste dag")),
                (
                    "every_weeks",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(26),
                        ],
                        verbose_name="om de hoeveel weken",
                    ),
                ),
                (
                    "times",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="hoeveel keer",
                    ),
                ),
                ("begins", models.TimeField(verbose_name="begint om")),
                ("ends", models.TimeField(verbose_name="eindigt om")),
                ("skipped", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="series", to="lms.cohort"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="series_ends_after_begin"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="series",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sessions",
                to="lms.sessionseries",
            ),
        ),
        migrations.CreateModel(
            name="SessionTrainer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="session_trainers",
                        to="lms.session",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="session_trainers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "trainer"), name="trainer_once_per_session")
                ],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="trainers",
            field=models.ManyToManyField(
                related_name="led_sessions",
                through="lms.SessionTrainer",
                to=settings.AUTH_USER_MODEL,
                verbose_name="trainers",
            ),
        ),
        migrations.CreateModel(
            name="TeamDutyRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True)),
                ("months", models.JSONField(default=lms.models.duty.default_months)),
                ("team_kinds", models.JSONField(default=lms.models.duty.default_team_kinds)),
                ("quorum_percent", models.PositiveSmallIntegerField(default=60)),
                ("tolerance_days", models.PositiveSmallIntegerField(default=21)),
                ("meeting_minutes", models.PositiveSmallIntegerField(default=120)),
                ("proposals", models.PositiveSmallIntegerField(default=3)),
                ("propose_days", models.PositiveSmallIntegerField(default=45)),
                ("member_days", models.PositiveSmallIntegerField(default=30)),
                ("coordinator_days", models.PositiveSmallIntegerField(default=14)),
                ("network_days", models.PositiveSmallIntegerField(default=0)),
                ("newcomer_days", models.PositiveSmallIntegerField(default=14)),
                ("licence_years", models.PositiveSmallIntegerField(default=2)),
                ("co_teachings", models.PositiveSmallIntegerField(default=1)),
                ("courses", models.ManyToManyField(blank=True, related_name="+", to="courses.coursepage")),
            ],
            options={
                "ordering": ("-valid_from",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quorum_percent__gte", 1), ("quorum_percent__lte", 100)),
                        name="duty_quorum_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meeting_minutes__gte", 15), ("meeting_minutes__lte", 480)),
                        name="duty_meeting_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamObligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.PositiveSmallIntegerField()),
                ("anchor_on", models.DateField()),
                ("due_on", models.DateField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "meeting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligation",
                        to="lms.meeting",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("team", "months"),
                        name="one_open_obligation_per_month",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DateProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("half", models.PositiveSmallIntegerField(choices=[(0, "voormiddag"), (1, "namiddag")])),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="lms.teamobligation",
                    ),
                ),
            ],
            options={
                "ordering": ("day", "half", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("obligation", "day", "half"), name="proposal_once_per_half_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitLaunch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("lesson", models.CharField(max_length=255)),
                ("activity_id", models.CharField(max_length=120)),
                ("attempt", models.PositiveIntegerField(default=1)),
                ("unit", models.PositiveIntegerField()),
                ("registration", models.UUIDField()),
                ("fetch_key", models.CharField(max_length=64, unique=True)),
                ("auth_key", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("launched_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("initialized_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("passed_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("terminated_at", models.DateTimeField(blank=True, null=True)),
                ("abandoned_at", models.DateTimeField(blank=True, null=True)),
                ("scaled", models.FloatField(blank=True, null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unit_launches",
                        to="lms.enrolment",
                    ),
                ),
                (
                    "package_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="media.packageversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["registration", "unit"], name="lms_launch_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scaled", None),
                            models.Q(("scaled__gte", 0), ("scaled__lte", 1)),
                            _connector="OR",
                        ),
                        name="lms_launch_scaled_between_0_and_1",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("abandoned_at", None), ("terminated_at", None)),
                        fields=("registration", "unit"),
                        name="lms_one_open_launch_per_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitingEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht"),
                            ("offered", "kreeg een plaats aangeboden"),
                            ("accepted", "nam de plaats"),
                            ("declined", "nam de plaats niet"),
                            ("expired", "antwoordde niet op tijd"),
                            ("left", "ging van de lijst"),
                            ("stopped", "de groep begon"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("offer_until", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waiting_entries",
                        to="lms.cohort",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "offered"))),
                        fields=["cohort", "state"],
                        name="waiting_entries_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "offered"))),
                        fields=("cohort", "person"),
                        name="one_open_waiting_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "offered"), _negated=True),
                            models.Q(("offer_until__isnull", False), ("offered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="waiting_offer_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceRule",
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
                            ("in_person", "ter plaatse"),
                            ("online", "online"),
                            ("mixed", "ter plaatse en online"),
                        ],
                        max_length=12,
                        verbose_name="vorm",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="geldig vanaf")),
                (
                    "min_share",
                    models.PositiveSmallIntegerField(
                        default=80, verbose_name="minstens aanwezig (% van de tijd)"
                    ),
                ),
                (
                    "late_minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="te laat na (minuten)"),
                ),
                (
                    "early_minutes",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="te vroeg weg vanaf (minuten voor het einde)"
                    ),
                ),
                (
                    "asks_check_out",
                    models.BooleanField(default=False, verbose_name="vraagt ook om af te melden"),
                ),
                (
                    "set_by",
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
                "ordering": ("kind", "-valid_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "valid_from"), name="one_attendance_rule_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("min_share__gte", 1), ("min_share__lte", 100)),
                        name="attendance_rule_is_a_percentage",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(fields=["person", "session"], name="attendance_person_session"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces", None)),
                fields=("session", "person"),
                name="one_first_attendance",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("method__in", ("qr", "code")),
                        ("recorded_by", models.F("person")),
                        ("state", "present"),
                    ),
                    models.Q(
                        models.Q(("method__in", ("qr", "code")), _negated=True),
                        models.Q(("recorded_by", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="attendance_not_recorded_for_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "correction"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="attendance_correction_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arrived_at", None),
                    ("left_at", None),
                    ("left_at__gte", models.F("arrived_at")),
                    _connector="OR",
                ),
                name="attendance_left_after_arrival",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "present"), models.Q(("arrived_at", None), ("left_at", None)), _connector="OR"
                ),
                name="attendance_absent_has_no_moments",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["starts_at"], name="session_starts_at"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="session_closed_by_somebody",
            ),
        ),
    ]
    operations = [CreateTogether(operations)]
