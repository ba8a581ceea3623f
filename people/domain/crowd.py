"""Many invented professionals at once, for scale tests. The same number gives the same people."""

from itertools import islice

from django.db import transaction
from django.utils import timezone

from people.models import Profession, ProfessionalProfile, ReferenceRegion, User

FIRST_NAMES = ("Noor", "Sam", "Lien", "Jef", "Mila", "Wout", "Fien", "Bas", "Roos", "Tuur")
BATCH = 2_000


@transaction.atomic
def add_professionals(count: int) -> list[int]:
    """Add `count` professionals with a profile; nobody can sign in as one of them. Returns their ids in order.

    Raises IntegrityError when they are there already: this fills an empty database.
    """
    professions = list(Profession.objects.order_by("pk").values_list("pk", flat=True))
    regions = list(ReferenceRegion.objects.order_by("pk").values_list("pk", flat=True))
    joined = timezone.now()
    users = (
        User(
            email=f"schaal{number}@schaal.nestwerk.test",
            first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
            last_name=f"Schaal {number}",
            password="!",  # noqa: S106  (matches nothing that anybody can type)
            date_joined=joined,
        )
        for number in range(1, count + 1)
    )
    ids: list[int] = []
    while batch := list(islice(users, BATCH)):
        made = User.objects.bulk_create(batch)
        ids += [user.pk for user in made]
        ProfessionalProfile.objects.bulk_create(
            ProfessionalProfile(
                user=user,
                profession_id=professions[user.pk % len(professions)] if professions else None,
                region_id=regions[user.pk % len(regions)] if regions else None,
            )
            for user in made
        )
    return ids
