"""Reference data in the back office: organisations, teams, professions, degrees. No personal data."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from people.models import BaseDegree, Organisation, Profession, Team


class OrganisationViewSet(ModelViewSet):
    """Employers and partners."""

    model = Organisation
    icon = "home"
    form_fields = ("name", "slug", "kind", "region", "zone", "kbo_unit")
    list_display = ("name", "kind", "region")
    list_filter = ("kind", "region")
    search_fields = ("name",)
    inspect_view_enabled = False


class TeamViewSet(ModelViewSet):
    """Teams; who belongs to one is not edited here (that is personal data)."""

    model = Team
    icon = "group"
    form_fields = ("name", "slug", "kind", "organisation", "network")
    list_display = ("name", "kind", "organisation")
    list_filter = ("kind",)
    search_fields = ("name",)


class ProfessionViewSet(ModelViewSet):
    """Professional groups."""

    model = Profession
    icon = "user"
    form_fields = ("key", "name", "has_riziv", "order")
    list_display = ("name", "key", "has_riziv")


class BaseDegreeViewSet(ModelViewSet):
    """The table of degrees that count for criterion 1, with its dates."""

    model = BaseDegree
    icon = "doc-full"
    form_fields = ("name", "levels", "priority", "valid_from", "valid_until")
    list_display = ("name", "levels", "priority", "valid_from", "valid_until")
    list_filter = ("priority",)


class ReferenceDataGroup(ModelViewSetGroup):
    """One entry in the menu for all of it."""

    menu_label = _("Basisgegevens")
    menu_icon = "list-ul"
    menu_order = 700
    items = (OrganisationViewSet, TeamViewSet, ProfessionViewSet, BaseDegreeViewSet)


@hooks.register("register_admin_viewset")
def register_reference_data() -> ReferenceDataGroup:
    """Only people with the models' permissions see it: administrators."""
    return ReferenceDataGroup()
