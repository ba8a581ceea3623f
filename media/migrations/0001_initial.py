import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ledger.api import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="H5PLibrary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("machine_name", models.CharField(max_length=255, verbose_name="machinenaam")),
                ("major", models.PositiveIntegerField()),
                ("minor", models.PositiveIntegerField()),
                ("patch", models.PositiveIntegerField()),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="titel")),
                ("content_hash", models.CharField(max_length=64, unique=True)),
                ("file_count", models.PositiveIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("scripts", models.JSONField(default=list)),
                ("styles", models.JSONField(default=list)),
                ("dependencies", models.JSONField(default=list)),
                ("storage_prefix", models.CharField(max_length=100, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Wacht op goedkeuring"),
                            ("approved", "Goedgekeurd"),
                            ("refused", "Geweigerd"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reden")),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("created", models.DateTimeField(auto_now_add=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "H5P-bibliotheek",
                "verbose_name_plural": "H5P-bibliotheken",
                "ordering": ["machine_name", "major", "minor", "patch"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("machine_name", "major", "minor", "patch"), name="media_library_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="media_library_approval_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningPackage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=255, verbose_name="titel")),
                ("created", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "leerpakket",
                "verbose_name_plural": "leerpakketten",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PackageVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="versie")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("h5p", "H5P"),
                            ("scorm12", "SCORM 1.2"),
                            ("scorm2004", "SCORM 2004"),
                            ("cmi5", "cmi5"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="titel")),
                ("language", models.CharField(blank=True, max_length=20, verbose_name="taal")),
                ("main_library", models.CharField(blank=True, max_length=280)),
                ("original_name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField(verbose_name="uitgepakte grootte")),
                ("file_count", models.PositiveIntegerField()),
                ("structure", models.JSONField(blank=True, default=dict)),
                ("csp_relaxations", models.JSONField(default=list)),
                ("remote_hosts", models.JSONField(default=list)),
                ("warnings", models.JSONField(default=list)),
                ("storage_prefix", models.CharField(max_length=100, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Wacht op goedkeuring"),
                            ("ready", "Klaar om te gebruiken"),
                            ("refused", "Geweigerd"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("created", models.DateTimeField(auto_now_add=True)),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="media.learningpackage",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pakketversie",
                "verbose_name_plural": "pakketversies",
                "ordering": ["package", "-number"],
            },
        ),
        migrations.CreateModel(
            name="ResumableUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("parts", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("created_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received__lte", models.F("size"))),
                        name="upload_not_longer_than_said",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("evidence", "Bewijsstuk"), ("letter", "Brief"), ("certificate", "Attest")],
                        max_length=20,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("mime", models.CharField(max_length=60)),
                ("size", models.PositiveBigIntegerField()),
                ("pages", models.PositiveIntegerField(default=1)),
                ("original_name", models.CharField(max_length=255, verbose_name="naam van het bestand")),
                ("storage_name", models.CharField(max_length=200, unique=True)),
                ("look", models.CharField(blank=True, default="", max_length=64)),
                ("words", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("created", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stored_files",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bestand",
                "verbose_name_plural": "bestanden",
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="FileLookBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("value", models.PositiveIntegerField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="look_bands",
                        to="media.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "value"], name="file_look_band")],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "place"), name="look_band_once_per_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionLibrary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "library",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version_links",
                        to="media.h5plibrary",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="library_links",
                        to="media.packageversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "library"), name="media_version_library_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="packageversion",
            name="libraries",
            field=models.ManyToManyField(
                related_name="versions", through="media.VersionLibrary", to="media.h5plibrary"
            ),
        ),
        migrations.AddConstraint(
            model_name="packageversion",
            constraint=models.UniqueConstraint(fields=("package", "number"), name="media_version_number"),
        ),
    ]
    operations = [CreateTogether(operations)]
