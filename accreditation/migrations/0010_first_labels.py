from django.db import migrations

LABELS = (
    (
        "bfhi",
        "Baby-Friendly Hospital Initiative (BFHI)",
        "WHO en UNICEF, in België via het Federaal Borstvoedingscomité",
        "Zorg rond geboorte, hechting en voeding in een materniteit of neonatale dienst.",
        False,
        True,
    ),
    (
        "nidcap",
        "NIDCAP",
        "NIDCAP Federation International",
        "Ontwikkelingsgerichte zorg voor te vroeg geboren en zieke baby's en hun ouders.",
        True,
        True,
    ),
    (
        "imh-e",
        "Infant Mental Health Endorsement (IMH-E)",
        "Alliance for the Advancement of Infant Mental Health",
        "Kennis en reflectieve praktijk in de zorg voor baby's, peuters en hun ouders.",
        True,
        False,
    ),
)


def forwards(apps, editor):
    scheme = apps.get_model("accreditation", "LabelScheme")
    for key, name, issuer, about, people, organisations in LABELS:
        scheme.objects.get_or_create(
            key=key,
            defaults={
                "name": name,
                "issuer": issuer,
                "about": about,
                "for_people": people,
                "for_organisations": organisations,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0009_frozen_credentials")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False),
    ]
