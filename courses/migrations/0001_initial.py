import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from ledger.api import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("people", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentSource",
            fields=[
                ("slug", models.SlugField(max_length=255, primary_key=True, serialize=False)),
                ("content_hash", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "ingeladen inhoud",
                "verbose_name_plural": "ingeladen inhoud",
            },
        ),
        migrations.CreateModel(
            name="CourseIndexPage",
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
                ("lead", models.CharField(blank=True, max_length=300, verbose_name="inleiding")),
            ],
            options={
                "verbose_name": "cursusoverzicht",
                "verbose_name_plural": "cursusoverzichten",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="LessonPage",
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
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in één zin")),
                ("minutes", models.PositiveIntegerField(default=5, verbose_name="minuten")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 1),
                            ("callout", 5),
                            ("figures", 12),
                            ("one_in", 15),
                            ("steps", 20),
                            ("dialogue", 26),
                            ("image", 30),
                            ("video", 37),
                            ("audio", 40),
                            ("download", 44),
                            ("case", 53),
                            ("reflection", 56),
                            ("check", 105),
                            ("decision_case", 119),
                            ("poll", 125),
                            ("h5p", 127),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("courses.blocks.base.SafeRichTextBlock", (), {"label": "Tekst"}),
                            1: ("wagtail.blocks.StructBlock", [[("text", 0)]], {}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("tip", "tip"), ("careful", "let op"), ("core", "kern")],
                                    "label": "Toon",
                                },
                            ),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Titel", "max_length": 120}),
                            4: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"label": "Tekst", "short": True},
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("tone", 2), ("title", 3), ("text", 4)]], {}),
                            6: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Titel", "max_length": 120, "required": False},
                            ),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Zoals '1 op 5'.", "label": "Cijfer", "max_length": 40},
                            ),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Wat het betekent", "max_length": 200},
                            ),
                            9: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Bron", "max_length": 200, "required": False},
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("value", 7), ("label", 8), ("source", 9)]],
                                {"label": "Cijfer"},
                            ),
                            11: (
                                "wagtail.blocks.ListBlock",
                                (10,),
                                {"label": "Cijfers", "max_num": 6, "min_num": 1},
                            ),
                            12: ("wagtail.blocks.StructBlock", [[("title", 6), ("items", 11)]], {}),
                            13: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Hoeveel", "max_value": 100, "min_value": 1},
                            ),
                            14: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Op hoeveel", "max_value": 100, "min_value": 2},
                            ),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("count", 13), ("of", 14), ("label", 8), ("source", 9)]],
                                {},
                            ),
                            16: ("wagtail.blocks.CharBlock", (), {"label": "Titel", "max_length": 160}),
                            17: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"label": "Uitleg", "required": False, "short": True},
                            ),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 16), ("text", 17)]],
                                {"label": "Stap"},
                            ),
                            19: ("wagtail.blocks.ListBlock", (18,), {"label": "Stappen", "min_num": 2}),
                            20: ("wagtail.blocks.StructBlock", [[("title", 6), ("items", 19)]], {}),
                            21: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("ouder", "ouder"),
                                        ("begeleider", "begeleider"),
                                        ("collega", "collega"),
                                        ("leidinggevende", "leidinggevende"),
                                        ("huisarts", "huisarts"),
                                        ("zorgverlener", "zorgverlener"),
                                    ],
                                    "label": "Wie",
                                },
                            ),
                            22: ("wagtail.blocks.TextBlock", (), {"label": "Zegt", "rows": 2}),
                            23: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Waarom dit werkt", "required": False, "rows": 2},
                            ),
                            24: (
                                "wagtail.blocks.StructBlock",
                                [[("who", 21), ("text", 22), ("note", 23)]],
                                {"label": "Zin"},
                            ),
                            25: ("wagtail.blocks.ListBlock", (24,), {"label": "Gesprek", "min_num": 2}),
                            26: ("wagtail.blocks.StructBlock", [[("title", 6), ("lines", 25)]], {}),
                            27: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Beeld"}),
                            28: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Voor wie het beeld niet ziet. Beschrijf wat ertoe doet, niet 'foto van'.",
                                    "label": "Wat er te zien is",
                                    "max_length": 250,
                                },
                            ),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Onderschrift", "max_length": 250, "required": False},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 27), ("alt", 28), ("caption", 29)]],
                                {},
                            ),
                            31: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "Een .mp4 of .webm.", "label": "Film"},
                            ),
                            32: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "Een .vtt in het Nederlands.", "label": "Ondertitels"},
                            ),
                            33: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {
                                    "help_text": "Alles wat gezegd wordt en wat je ziet.",
                                    "label": "Uitgeschreven tekst",
                                },
                            ),
                            34: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "Startbeeld", "required": False},
                            ),
                            35: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Duur in minuten",
                                    "max_value": 120,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            36: ("courses.blocks.base.KeyBlock", (), {}),
                            37: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 3),
                                        ("video", 31),
                                        ("captions", 32),
                                        ("transcript", 33),
                                        ("poster", 34),
                                        ("minutes", 35),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            38: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "Een .mp3, .m4a, .ogg, .wav of .webm.", "label": "Opname"},
                            ),
                            39: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"help_text": "Alles wat gezegd wordt.", "label": "Uitgeschreven tekst"},
                            ),
                            40: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 3),
                                        ("audio", 38),
                                        ("captions", 32),
                                        ("transcript", 39),
                                        ("minutes", 35),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            41: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Uitleg", "max_length": 250, "required": False},
                            ),
                            42: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"label": "Bestand", "required": False},
                            ),
                            43: (
                                "wagtail.blocks.RegexBlock",
                                (),
                                {
                                    "error_messages": {
                                        "invalid": "Gebruik kleine letters, cijfers en streepjes."
                                    },
                                    "help_text": "Het laatste stuk van het adres, zoals 'vroedvrouwen'.",
                                    "label": "Of een handvat",
                                    "regex": "^[a-z0-9]+(?:-[a-z0-9]+)*\\Z",
                                    "required": False,
                                },
                            ),
                            44: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 3), ("text", 41), ("document", 42), ("handout", 43)]],
                                {},
                            ),
                            45: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"help_text": "Altijd verzonnen en onherkenbaar.", "label": "Situatie"},
                            ),
                            46: ("wagtail.blocks.CharBlock", (), {"label": "Vraag", "max_length": 250}),
                            47: ("wagtail.blocks.TextBlock", (), {"label": "Keuze", "rows": 2}),
                            48: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Dit past goed", "required": False},
                            ),
                            49: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"help_text": "Warm, nooit een verwijt.", "label": "Antwoord", "short": True},
                            ),
                            50: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 47), ("fits", 48), ("response", 49)]],
                                {"label": "Keuze"},
                            ),
                            51: (
                                "wagtail.blocks.ListBlock",
                                (50,),
                                {"label": "Keuzes", "max_num": 6, "min_num": 2},
                            ),
                            52: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"label": "Slot", "required": False},
                            ),
                            53: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 3),
                                        ("text", 45),
                                        ("question", 46),
                                        ("choices", 51),
                                        ("closing", 52),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            54: ("wagtail.blocks.TextBlock", (), {"label": "Vraag", "rows": 3}),
                            55: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Hulp om te beginnen", "required": False, "rows": 2},
                            ),
                            56: (
                                "wagtail.blocks.StructBlock",
                                [[("prompt", 54), ("help", 55), ("key", 36)]],
                                {},
                            ),
                            57: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Inleiding", "required": False, "rows": 2},
                            ),
                            58: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 80,
                                    "help_text": "In procent.",
                                    "label": "Geslaagd vanaf",
                                    "max_value": 100,
                                    "min_value": 1,
                                },
                            ),
                            59: ("wagtail.blocks.TextBlock", (), {"label": "Vraag", "rows": 2}),
                            60: ("wagtail.blocks.TextBlock", (), {"label": "Antwoord", "rows": 2}),
                            61: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Dit klopt", "required": False},
                            ),
                            62: ("wagtail.blocks.TextBlock", (), {"label": "Waarom (niet)", "rows": 2}),
                            63: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 60), ("correct", 61), ("feedback", 62), ("key", 36)]],
                                {"label": "Antwoord"},
                            ),
                            64: (
                                "wagtail.blocks.ListBlock",
                                (63,),
                                {"label": "Antwoorden", "max_num": 8, "min_num": 2},
                            ),
                            65: ("courses.blocks.questions.FeedbackBlock", (), {}),
                            66: ("courses.blocks.questions.PoolBlock", (), {}),
                            67: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("prompt", 59),
                                        ("options", 64),
                                        ("feedback", 65),
                                        ("pool", 66),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            68: ("wagtail.blocks.CharBlock", (), {"label": "Stap", "max_length": 200}),
                            69: (
                                "wagtail.blocks.ListBlock",
                                (68,),
                                {
                                    "help_text": "Schrijf ze zoals het hoort. De deelnemer krijgt ze door elkaar.",
                                    "label": "In de juiste volgorde",
                                    "max_num": 8,
                                    "min_num": 3,
                                },
                            ),
                            70: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("prompt", 59),
                                        ("items", 69),
                                        ("feedback", 65),
                                        ("pool", 66),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            71: ("wagtail.blocks.CharBlock", (), {"label": "Links", "max_length": 200}),
                            72: ("wagtail.blocks.CharBlock", (), {"label": "Hoort bij", "max_length": 200}),
                            73: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Waarom", "required": False, "rows": 2},
                            ),
                            74: (
                                "wagtail.blocks.StructBlock",
                                [[("left", 71), ("right", 72), ("feedback", 73)]],
                                {"label": "Paar"},
                            ),
                            75: (
                                "wagtail.blocks.ListBlock",
                                (74,),
                                {"label": "Paren", "max_num": 8, "min_num": 2},
                            ),
                            76: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Past nergens bij", "max_length": 200},
                            ),
                            77: (
                                "wagtail.blocks.ListBlock",
                                (76,),
                                {"default": [], "label": "Past nergens bij", "max_num": 4},
                            ),
                            78: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("prompt", 59),
                                        ("pairs", 75),
                                        ("extra", 77),
                                        ("feedback", 65),
                                        ("pool", 66),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            79: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Zet elk vak tussen accolades: 'Bel {nummer}.'",
                                    "label": "Tekst met vakken",
                                    "rows": 3,
                                },
                            ),
                            80: (
                                "courses.blocks.base.KeyBlock",
                                (),
                                {
                                    "help_text": "Zoals ze in de tekst staat: {week}.",
                                    "label": "Naam",
                                    "required": True,
                                },
                            ),
                            81: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Eén per regel. Hoofdletters, accenten en een punt op het einde maken niet uit.",
                                    "label": "Deze woorden kloppen",
                                    "required": False,
                                    "rows": 2,
                                },
                            ),
                            82: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 0,
                                    "help_text": "Letters die mogen verschillen.",
                                    "label": "Tikfouten",
                                    "max_value": 2,
                                    "min_value": 0,
                                },
                            ),
                            83: (
                                "wagtail.blocks.DecimalBlock",
                                (),
                                {
                                    "decimal_places": 4,
                                    "label": "Of dit getal klopt",
                                    "max_digits": 12,
                                    "required": False,
                                },
                            ),
                            84: (
                                "wagtail.blocks.DecimalBlock",
                                (),
                                {
                                    "decimal_places": 4,
                                    "help_text": "Naar boven en onder.",
                                    "label": "Marge",
                                    "max_digits": 12,
                                    "min_value": 0,
                                    "required": False,
                                },
                            ),
                            85: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("key", 80),
                                        ("accept", 81),
                                        ("typos", 82),
                                        ("number", 83),
                                        ("tolerance", 84),
                                        ("feedback", 73),
                                    ]
                                ],
                                {"label": "Vak"},
                            ),
                            86: (
                                "wagtail.blocks.ListBlock",
                                (85,),
                                {"label": "Vakken", "max_num": 8, "min_num": 1},
                            ),
                            87: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("prompt", 59),
                                        ("text", 79),
                                        ("gaps", 86),
                                        ("feedback", 65),
                                        ("pool", 66),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            88: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Wat er te zien is", "max_length": 250},
                            ),
                            89: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Er kunnen meer plekken kloppen", "required": False},
                            ),
                            90: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Wat daar te zien is", "max_length": 120},
                            ),
                            91: (
                                "wagtail.blocks.FloatBlock",
                                (),
                                {
                                    "help_text": "In procent.",
                                    "label": "Van links",
                                    "max_value": 100,
                                    "min_value": 0,
                                },
                            ),
                            92: (
                                "wagtail.blocks.FloatBlock",
                                (),
                                {
                                    "help_text": "In procent.",
                                    "label": "Van boven",
                                    "max_value": 100,
                                    "min_value": 0,
                                },
                            ),
                            93: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("label", 90),
                                        ("x", 91),
                                        ("y", 92),
                                        ("correct", 61),
                                        ("feedback", 62),
                                        ("key", 36),
                                    ]
                                ],
                                {"label": "Plek"},
                            ),
                            94: (
                                "wagtail.blocks.ListBlock",
                                (93,),
                                {"label": "Plekken", "max_num": 10, "min_num": 2},
                            ),
                            95: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("prompt", 59),
                                        ("image", 27),
                                        ("alt", 88),
                                        ("multiple", 89),
                                        ("spots", 94),
                                        ("feedback", 65),
                                        ("pool", 66),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            96: (
                                "wagtail.blocks.StreamBlock",
                                [
                                    [
                                        ("single", 67),
                                        ("multiple", 67),
                                        ("order", 70),
                                        ("match", 78),
                                        ("fill_in", 87),
                                        ("hotspot", 95),
                                    ]
                                ],
                                {"label": "Vragen", "min_num": 1},
                            ),
                            97: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Antwoorden door elkaar", "required": False},
                            ),
                            98: (
                                "courses.blocks.base.KeyBlock",
                                (),
                                {"help_text": "", "label": "Naam van de reeks", "required": True},
                            ),
                            99: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Zoveel vragen trekken", "max_value": 50, "min_value": 1},
                            ),
                            100: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 98), ("draw", 99)]],
                                {"label": "Reeks"},
                            ),
                            101: (
                                "wagtail.blocks.ListBlock",
                                (100,),
                                {
                                    "default": [],
                                    "help_text": "Iedereen krijgt dan andere vragen uit de reeks. Leeg: iedereen krijgt alle vragen.",
                                    "label": "Vragen trekken",
                                },
                            ),
                            102: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "help_text": "Leeg: geen grens.",
                                    "label": "Tijd in minuten",
                                    "max_value": 240,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            103: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "help_text": "Zijn ze op, dan begint na minstens een dag een nieuwe reeks. Leeg: zo vaak men wil.",
                                    "label": "Aantal pogingen",
                                    "max_value": 20,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            104: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Wachttijd na een poging, in minuten",
                                    "max_value": 10080,
                                    "min_value": 0,
                                    "required": False,
                                },
                            ),
                            105: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 3),
                                        ("intro", 57),
                                        ("pass_mark", 58),
                                        ("questions", 96),
                                        ("shuffle", 97),
                                        ("pools", 101),
                                        ("time_limit", 102),
                                        ("attempts", 103),
                                        ("wait_minutes", 104),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            106: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"label": "Inleiding", "required": False, "short": True},
                            ),
                            107: (
                                "courses.blocks.base.KeyBlock",
                                (),
                                {
                                    "help_text": "Kort, zoals 'aan-de-deur'.",
                                    "label": "Naam van de stap",
                                    "required": True,
                                },
                            ),
                            108: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Vraag", "max_length": 250, "required": False},
                            ),
                            109: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {
                                    "help_text": "Warm, nooit een verwijt.",
                                    "label": "Wat er dan gebeurt",
                                    "short": True,
                                },
                            ),
                            110: (
                                "courses.blocks.base.KeyBlock",
                                (),
                                {
                                    "help_text": "De naam van die stap.",
                                    "label": "Leidt naar stap",
                                    "required": True,
                                },
                            ),
                            111: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 47), ("fits", 48), ("response", 109), ("to", 110), ("key", 36)]],
                                {"label": "Keuze"},
                            ),
                            112: (
                                "wagtail.blocks.ListBlock",
                                (111,),
                                {"default": [], "label": "Keuzes", "max_num": 5},
                            ),
                            113: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("good", "dit loopt goed af"),
                                        ("fair", "dit kan nog beter"),
                                        ("poor", "hier blijft iemand alleen achter"),
                                    ],
                                    "help_text": "Kies alleen iets voor een einde; een einde heeft geen keuzes.",
                                    "label": "Hier eindigt de casus",
                                    "required": False,
                                },
                            ),
                            114: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("name", 107),
                                        ("text", 45),
                                        ("question", 108),
                                        ("choices", 112),
                                        ("end", 113),
                                    ]
                                ],
                                {"label": "Stap"},
                            ),
                            115: (
                                "wagtail.blocks.ListBlock",
                                (114,),
                                {
                                    "help_text": "De eerste is het begin. Elke weg moet op een einde uitkomen.",
                                    "label": "Stappen",
                                    "max_num": 40,
                                    "min_num": 2,
                                },
                            ),
                            116: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {"label": "Wat neem je mee", "required": False},
                            ),
                            117: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {
                                    "help_text": "Aan: dit moet goed aflopen om de cursus af te ronden.",
                                    "label": "Telt mee",
                                    "required": False,
                                },
                            ),
                            118: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "label": "Aantal pogingen",
                                    "max_value": 20,
                                    "min_value": 1,
                                    "required": False,
                                },
                            ),
                            119: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 3),
                                        ("intro", 106),
                                        ("steps", 115),
                                        ("closing", 116),
                                        ("counts", 117),
                                        ("attempts", 118),
                                        ("wait_minutes", 104),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            120: ("wagtail.blocks.CharBlock", (), {"label": "Antwoord", "max_length": 200}),
                            121: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 120), ("key", 36)]],
                                {"label": "Antwoord"},
                            ),
                            122: (
                                "wagtail.blocks.ListBlock",
                                (121,),
                                {"label": "Antwoorden", "max_num": 8, "min_num": 2},
                            ),
                            123: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Meer dan één antwoord mag", "required": False},
                            ),
                            124: (
                                "courses.blocks.base.SafeRichTextBlock",
                                (),
                                {
                                    "help_text": "Wat je erover wil zeggen.",
                                    "label": "Bij het resultaat",
                                    "required": False,
                                    "short": True,
                                },
                            ),
                            125: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("question", 46),
                                        ("options", 122),
                                        ("multiple", 123),
                                        ("closing", 124),
                                        ("key", 36),
                                    ]
                                ],
                                {},
                            ),
                            126: (
                                "courses.blocks.activities.PackageBlock",
                                (),
                                {
                                    "help_text": "Alleen pakketten die goedgekeurd zijn. Een nieuw pakket laad je op onder Leerpakketten.",
                                    "label": "Leerpakket",
                                },
                            ),
                            127: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 3), ("intro", 57), ("package", 126), ("key", 36)]],
                                {},
                            ),
                        },
                        verbose_name="inhoud",
                    ),
                ),
                (
                    "sources",
                    wagtail.fields.StreamField(
                        [("source", 3)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Titel", "max_length": 250}),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Uitgever", "max_length": 250, "required": False},
                            ),
                            2: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Jaar", "max_value": 2200, "min_value": 1800, "required": False},
                            ),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 0), ("publisher", 1), ("year", 2)]],
                                {},
                            ),
                        },
                        verbose_name="bronnen",
                    ),
                ),
            ],
            options={
                "verbose_name": "les",
                "verbose_name_plural": "lessen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ModulePage",
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
                ("goal", models.TextField(blank=True, max_length=600, verbose_name="leerdoel")),
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="inleiding")),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Laat 0 staan om de minuten van de lessen op te tellen.",
                        verbose_name="minuten",
                    ),
                ),
            ],
            options={
                "verbose_name": "module",
                "verbose_name_plural": "modules",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="VersionCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("check_id", models.CharField(max_length=60)),
                ("lesson_slug", models.SlugField(max_length=255)),
                ("public", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="CoursePage",
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
                ("subtitle", models.CharField(blank=True, max_length=200, verbose_name="ondertitel")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Eén of twee zinnen.",
                        max_length=600,
                        verbose_name="samenvatting",
                    ),
                ),
                ("audience", models.TextField(blank=True, max_length=1500, verbose_name="voor wie")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("orientation", "oriëntatie"),
                            ("basic", "basis"),
                            ("specialised", "gespecialiseerd"),
                        ],
                        default="orientation",
                        max_length=12,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("blended", "online en samen"),
                            ("in_person", "samen op een plek"),
                        ],
                        default="online",
                        max_length=10,
                        verbose_name="vorm",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Laat 0 staan om de minuten van de modules op te tellen.",
                        verbose_name="minuten online",
                    ),
                ),
                (
                    "days",
                    models.DecimalField(
                        decimal_places=1, default=0, max_digits=4, verbose_name="dagen samen"
                    ),
                ),
                (
                    "illustration",
                    models.SlugField(
                        blank=True,
                        help_text="Naam van een tekening van de stijlpagina.",
                        max_length=40,
                        verbose_name="tekening",
                    ),
                ),
                (
                    "goals",
                    wagtail.fields.StreamField(
                        [("goal", 0)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"icon": "tick", "label": "Doel", "max_length": 400},
                            )
                        },
                        verbose_name="wat je zult kunnen",
                    ),
                ),
                ("programme", wagtail.fields.RichTextField(blank=True, verbose_name="programma")),
                ("materials", wagtail.fields.RichTextField(blank=True, verbose_name="meebrengen en bronnen")),
                ("made_by", models.CharField(blank=True, max_length=200, verbose_name="gemaakt door")),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="nagekeken op")),
                ("review_due", models.DateField(blank=True, null=True, verbose_name="na te kijken voor")),
                ("complete_lessons", models.BooleanField(default=True, verbose_name="alle lessen doorlopen")),
                (
                    "complete_checks",
                    models.BooleanField(default=True, verbose_name="voor alle toetsen slagen"),
                ),
                (
                    "complete_activities",
                    models.BooleanField(
                        default=False,
                        help_text="De browser van de deelnemer meldt dat. Voor uren die tellen voor een erkenning is er ook een toets of een bijeenkomst nodig.",
                        verbose_name="alle oefeningen (leerpakketten) afwerken",
                    ),
                ),
                (
                    "complete_reflections",
                    models.PositiveSmallIntegerField(default=0, verbose_name="aantal reflecties"),
                ),
                (
                    "complete_attendance",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="aanwezigheid (%)",
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Laat leeg als de cursus niets kost. Een groep kan een eigen prijs hebben.",
                        max_digits=7,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="prijs in euro",
                    ),
                ),
                (
                    "continued_training_hours",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=5, verbose_name="uren voortgezette opleiding"
                    ),
                ),
                (
                    "permanent_education_hours",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=5, verbose_name="uren permanente vorming"
                    ),
                ),
                (
                    "prerequisites",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Wie deze cursus wil volgen, rondde eerst deze cursussen af, of volgt ze al.",
                        related_name="leads_to",
                        to="courses.coursepage",
                        verbose_name="eerst te volgen",
                    ),
                ),
                (
                    "professions",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="+", to="people.profession", verbose_name="beroepsgroepen"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        help_text="Alleen voor een cursus die maar in één regio loopt.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.referenceregion",
                        verbose_name="regio",
                    ),
                ),
            ],
            options={
                "verbose_name": "cursus",
                "verbose_name_plural": "cursussen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("complete_attendance__lte", 100)),
                        name="attendance_is_a_percentage",
                    )
                ],
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CourseAccreditation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "scheme",
                    models.CharField(
                        help_text="Wie kent de punten toe, en waarvoor.",
                        max_length=120,
                        verbose_name="regeling",
                    ),
                ),
                ("points", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="punten")),
                ("valid_from", models.DateField(verbose_name="geldig van")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot en met")),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.profession",
                        verbose_name="beroepsgroep",
                    ),
                ),
                (
                    "course",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accreditations",
                        to="courses.coursepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "accreditatie",
                "verbose_name_plural": "accreditaties",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("points__gt", 0)), name="accreditation_gives_points"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="accreditation_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("content_hash", models.CharField(max_length=64)),
                ("outline", models.JSONField()),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="courses.coursepage",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "cursusversie",
                "verbose_name_plural": "cursusversies",
                "ordering": ("course", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("course", "number"), name="course_version_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainerSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("slug", models.SlugField(max_length=60, verbose_name="adres")),
                (
                    "kind",
                    models.CharField(
                        choices=[("script", "voor de begeleiders"), ("material", "om af te drukken")],
                        default="material",
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titel")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="waarvoor")),
                ("body", wagtail.fields.RichTextField(verbose_name="tekst")),
                (
                    "course",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trainer_sheets",
                        to="courses.coursepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "blad voor begeleiders",
                "verbose_name_plural": "bladen voor begeleiders",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("course", "slug"), name="trainer_sheet_slug_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionCheckKey",
            fields=[
                (
                    "version_check",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="courses.versioncheck",
                    ),
                ),
                ("key", models.JSONField()),
            ],
            options={
                "verbose_name": "antwoordsleutel",
            },
        ),
        migrations.AddField(
            model_name="versioncheck",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="courses.courseversion"
            ),
        ),
        migrations.CreateModel(
            name="VersionLesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("slug", models.SlugField(max_length=255)),
                ("blocks", models.JSONField()),
                ("sources", models.JSONField(default=list)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="courses.courseversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "slug"), name="version_lesson_slug_once"),
                    models.UniqueConstraint(
                        fields=("version", "position"), name="version_lesson_position_once"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="versioncheck",
            constraint=models.UniqueConstraint(fields=("version", "check_id"), name="version_check_id_once"),
        ),
    ]
    operations = [CreateTogether(operations)]
