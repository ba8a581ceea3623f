"""Real people, organisations and teams for tests. Names are plainly invented."""

import factory
from factory.django import DjangoModelFactory

from people.enums import OrganisationKind, Role, TeamKind
from people.models import (
    Organisation,
    Profession,
    ProfessionalProfile,
    ReferenceRegion,
    RoleGrant,
    Team,
    TeamMembership,
    User,
)

PASSWORD = "een-lang-wachtwoord-voor-tests"


class UserFactory(DjangoModelFactory):
    """A person with an account and a confirmed address. `roles=[...]` gives roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.test")
    first_name = "Noor"
    last_name = factory.Sequence(lambda n: f"Twijgje{n}")

    @factory.post_generation
    def password(obj, create, extracted, **kwargs):
        obj.set_password(extracted or PASSWORD)
        if create:
            obj.save(update_fields=["password"])

    @factory.post_generation
    def roles(obj, create, extracted, **kwargs):
        from people.domain.roles import grant_role

        for role in extracted or ():
            grant_role(user=obj, role=role, granted_by=None)
        obj.__dict__.pop("roles", None)

    @factory.post_generation
    def confirmed(obj, create, extracted, **kwargs):
        from allauth.account.models import EmailAddress

        if create and extracted is not False:
            EmailAddress.objects.create(user=obj, email=obj.email, verified=True, primary=True)


def user_with(*roles: Role, **fields) -> User:
    """A person who holds the roles today."""
    return UserFactory(roles=roles, **fields)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.TRAINER


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Kinderopvang Het Nestje {n}")
    slug = factory.Sequence(lambda n: f"het-nestje-{n}")
    kind = OrganisationKind.CHILDCARE


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Mobiel team Takje {n}")
    slug = factory.Sequence(lambda n: f"team-takje-{n}")
    kind = TeamKind.MOBILE_CRISIS
    organisation = factory.SubFactory(OrganisationFactory)


class TeamMembershipFactory(DjangoModelFactory):
    class Meta:
        model = TeamMembership

    team = factory.SubFactory(TeamFactory)
    user = factory.SubFactory(UserFactory)


class ProfileFactory(DjangoModelFactory):
    """A filled-in profile: midwife in the region of Ghent, everything still private."""

    class Meta:
        model = ProfessionalProfile

    user = factory.SubFactory(UserFactory)
    profession = factory.LazyFunction(lambda: Profession.objects.get(key="midwife"))
    employer = factory.SubFactory(OrganisationFactory)
    region = factory.LazyFunction(lambda: ReferenceRegion.objects.get(slug="regio-gent"))
    languages = ["nl"]
    #: Counts only together with public_listing.
    public_feed = True
