"""Act 1: who is who."""

from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from demo.cast import ACCOUNTS, CREWS, CROWD, DOMAIN, EMPLOYER_TEAMS, FIRST_NAMES, HOUSES, LAST_NAMES
from people.domain.roles import grant_role
from people.models import (
    BaseDegree,
    MentalHealthNetwork,
    Organisation,
    Profession,
    ProfessionalProfile,
    ReferenceRegion,
    Team,
    TeamMembership,
    User,
)

DEGREES = {
    "midwife": "Vroedkunde",
    "nurse": "Verpleegkunde",
    "psychologist": "Klinische psychologie",
    "physician": "Geneeskunde: gynaecologen, pediaters, huisartsen, psychiaters, neonatologen, fertiliteitsartsen",
    "maternity_carer": "Zorgkundige (kraamverzorgende, kinderverzorgende)",
    "social_worker": "Sociaal werk",
}


def make_organisations() -> None:
    """Twelve organisations and six teams."""
    regions = {region.slug: region for region in ReferenceRegion.objects.all()}
    for house in HOUSES:
        Organisation.objects.update_or_create(
            slug=house.slug,
            defaults={"name": house.name, "kind": house.kind, "region": regions[house.region]},
        )
    for crew in CREWS:
        Team.objects.update_or_create(
            slug=crew.slug,
            defaults={
                "name": crew.name,
                "kind": crew.kind,
                "organisation": Organisation.objects.get(slug=crew.organisation),
                "network": MentalHealthNetwork.objects.filter(name=crew.network).first(),
            },
        )


def make_people() -> None:
    """The nine accounts with their roles, and some fifty others who cannot sign in."""
    password = make_password(settings.DEMO_PASSWORD)
    for account in ACCOUNTS:
        user = _person(account.email, account.first_name, account.last_name, password)
        _profile(user, account.profession, account.organisation, account.region)
        for role in account.roles:
            grant_role(user=user, role=role, granted_by=None)
    number = 0
    for profession, organisation, count in CROWD:
        teams = EMPLOYER_TEAMS.get(organisation, ())
        for place in range(count):
            first = FIRST_NAMES[(number + len(ACCOUNTS)) % len(FIRST_NAMES)]
            last = LAST_NAMES[(number * 7 + 3) % len(LAST_NAMES)]
            user = _person(f"persoon{number + 1}", first, last, "!")
            _profile(user, profession, organisation, "")
            if teams:
                team = Team.objects.get(slug=teams[place % len(teams)])
                TeamMembership.objects.get_or_create(team=team, user=user, valid_until=None)
            number += 1
    coordinator = by_account("teamcoordinator")
    for slug in ("mct-oever", "mct-jong-oever"):
        TeamMembership.objects.get_or_create(
            team=Team.objects.get(slug=slug),
            user=coordinator,
            valid_until=None,
            defaults={"is_coordinator": True},
        )


def _person(local: str, first: str, last: str, password: str) -> User:
    email = local + DOMAIN
    user, made = User.objects.get_or_create(
        email=email, defaults={"first_name": first, "last_name": last, "password": password}
    )
    if made:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _profile(user: User, profession: str, organisation: str, region: str) -> None:
    employer = Organisation.objects.filter(slug=organisation).first()
    place = ReferenceRegion.objects.get(slug=region) if region else (employer.region if employer else None)
    profile, _ = ProfessionalProfile.objects.update_or_create(
        user=user,
        defaults={
            "profession": Profession.objects.get(key=profession),
            "employer": employer,
            "region": place,
            "languages": ["nl", "fr"] if user.pk % 3 == 0 else ["nl"],
        },
    )
    if profession in DEGREES:
        profile.base_degrees.set([BaseDegree.objects.get(name=DEGREES[profession])])


def by_account(local: str) -> User:
    """One of the named accounts."""
    return User.objects.get(email=local + DOMAIN)


def crowd(profession: str, organisation: str = "") -> list[User]:
    """The others of a profession, in a fixed order."""
    found = User.objects.filter(email__startswith="persoon", profile__profession__key=profession)
    if organisation:
        found = found.filter(profile__employer__slug=organisation)
    return list(found.order_by("id"))


def today() -> date:
    """Today in Flanders."""
    return timezone.localdate()
