import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("people", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=600, verbose_name="inleiding")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="tekst")),
                (
                    "empty",
                    models.TextField(blank=True, max_length=300, verbose_name="als er niets gepland is"),
                ),
            ],
            options={
                "verbose_name": "agenda",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CarePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=600, verbose_name="inleiding")),
                ("urgent_title", models.CharField(blank=True, max_length=80, verbose_name="titel dringend")),
                ("urgent", wagtail.fields.RichTextField(blank=True, verbose_name="als het dringend is")),
                (
                    "help_lines",
                    wagtail.fields.StreamField(
                        [("line", 3)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "nummer", "max_length": 20}),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "naam", "max_length": 60}),
                            2: ("wagtail.blocks.CharBlock", (), {"label": "uitleg", "max_length": 240}),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("number", 0), ("label", 1), ("text", 2)]],
                                {},
                            ),
                        },
                        verbose_name="nummers",
                    ),
                ),
                (
                    "families_title",
                    models.CharField(blank=True, max_length=80, verbose_name="titel voor ouders"),
                ),
                ("families", wagtail.fields.RichTextField(blank=True, verbose_name="voor ouders")),
                (
                    "referrers_title",
                    models.CharField(blank=True, max_length=80, verbose_name="titel voor verwijzers"),
                ),
                ("referrers", wagtail.fields.RichTextField(blank=True, verbose_name="voor verwijzers")),
                (
                    "empty",
                    models.TextField(blank=True, max_length=400, verbose_name="als er niemand gevonden is"),
                ),
                ("note", models.TextField(blank=True, max_length=400, verbose_name="noot onderaan")),
            ],
            options={
                "verbose_name": "zorgaanbod",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HandoutIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=600, verbose_name="inleiding")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="tekst")),
            ],
            options={
                "verbose_name": "overzicht van handvatten",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("sentence", models.CharField(max_length=240, verbose_name="wat dit is, in één zin")),
                ("lead", models.TextField(blank=True, max_length=600, verbose_name="inleiding")),
                (
                    "doors",
                    wagtail.fields.StreamField(
                        [("door", 5)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "titel", "max_length": 60}),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "tekst", "max_length": 240}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "woorden op de knop", "max_length": 40},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Begint met /",
                                    "label": "adres op deze site",
                                    "max_length": 200,
                                },
                            ),
                            4: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "tekening", "max_length": 40, "required": False},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 0),
                                        ("text", 1),
                                        ("link_label", 2),
                                        ("href", 3),
                                        ("illustration", 4),
                                    ]
                                ],
                                {},
                            ),
                        },
                        verbose_name="deuren",
                    ),
                ),
            ],
            options={
                "verbose_name": "startpagina",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="TextPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=600, verbose_name="inleiding")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="tekst")),
                ("illustration", models.CharField(blank=True, max_length=40, verbose_name="tekening")),
            ],
            options={
                "verbose_name": "tekstpagina",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HandoutPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("summary", models.TextField(max_length=400, verbose_name="samenvatting")),
                ("body", wagtail.fields.RichTextField(verbose_name="tekst")),
                (
                    "sources",
                    models.TextField(blank=True, help_text="Eén bron per regel.", verbose_name="bronnen"),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="nagekeken op")),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profession",
                        verbose_name="beroepsgroep",
                    ),
                ),
            ],
            options={
                "verbose_name": "handvat",
            },
            bases=("wagtailcore.page",),
        ),
    ]
