"""The face of the people floor for all floors above."""

from people.domain.account_mail import queue_account_mail
from people.domain.api_clients import create_api_client, find_api_client
from people.domain.crowd import add_professionals
from people.domain.digest import DigestLine, add_lines_to_digest, add_to_digest, drop_from_digest
from people.domain.erasure import (
    Erased,
    ErasureLine,
    Replay,
    erase_person,
    known_erasures,
    register_erasure_guard,
    register_erasure_step,
    rehearse_erasure,
    replay_erasures,
)
from people.domain.export_data import exported_data
from people.domain.mail import MailExtras, queue_mail, register_mail_maker
from people.domain.notices import NoticeKind, notify, register_notice_kind, ways_of
from people.domain.profiles import set_publications
from people.domain.queries.addresses import addresses_of, person_or_none
from people.domain.queries.imports import ImportFact, people_of_import, recent_imports
from people.domain.queries.organisations import employer_of, network_points, organisation_names
from people.domain.queries.professionals import (
    ProfessionalFact,
    Whereabouts,
    count_professionals,
    profession_names,
    professionals_after,
    professions_of,
    region_names,
    whereabouts_of,
)
from people.domain.queries.reference import (
    base_degree_names,
    is_region,
    own_profession,
    profession_by_key,
    region_list,
)
from people.domain.queries.register_numbers import (
    RegisterNumber,
    people_of_profession,
    register_numbers,
)
from people.domain.queries.teams import (
    TeamFact,
    TeamPeriod,
    holders_of,
    is_coordinator_of,
    team_members,
    team_periods,
    teams_of_kinds,
    whose_teams,
)
from people.domain.riziv import format_riziv
from people.domain.roles import AUTHORS_GROUP, end_role, grant_role
from people.domain.row_stamps import kept_by_rows
from people.domain.tables import csv_lines, safe_cell
from people.domain.teams import merge_teams
from people.enums import NoticeWay, Role, language_name
from people.exceptions import PeopleError
from people.models import ReferenceRegion, Team, User
from people.rules import (
    AnyUser,
    has_role,
    is_administrator,
    is_author,
    is_committee_member,
    is_network_staff,
    is_signed_in,
    is_team_coordinator,
    is_trainer,
)
from people.signals import import_undoing
from people.views.access import SignedInRequest, View, role_required, signed_in
from people.views.freshness import freshly_signed_in

__all__ = [
    "AUTHORS_GROUP",
    "AnyUser",
    "DigestLine",
    "Erased",
    "ErasureLine",
    "ImportFact",
    "MailExtras",
    "NoticeKind",
    "NoticeWay",
    "PeopleError",
    "ProfessionalFact",
    "ReferenceRegion",
    "RegisterNumber",
    "Replay",
    "Role",
    "SignedInRequest",
    "Team",
    "TeamFact",
    "TeamPeriod",
    "User",
    "View",
    "Whereabouts",
    "add_lines_to_digest",
    "add_professionals",
    "add_to_digest",
    "addresses_of",
    "base_degree_names",
    "count_professionals",
    "create_api_client",
    "csv_lines",
    "drop_from_digest",
    "employer_of",
    "end_role",
    "erase_person",
    "exported_data",
    "find_api_client",
    "format_riziv",
    "freshly_signed_in",
    "grant_role",
    "has_role",
    "holders_of",
    "import_undoing",
    "is_administrator",
    "is_author",
    "is_committee_member",
    "is_coordinator_of",
    "is_network_staff",
    "is_region",
    "is_signed_in",
    "is_team_coordinator",
    "is_trainer",
    "kept_by_rows",
    "known_erasures",
    "language_name",
    "merge_teams",
    "network_points",
    "notify",
    "organisation_names",
    "own_profession",
    "people_of_import",
    "people_of_profession",
    "person_or_none",
    "profession_by_key",
    "profession_names",
    "professionals_after",
    "professions_of",
    "queue_account_mail",
    "queue_mail",
    "recent_imports",
    "region_list",
    "region_names",
    "register_erasure_guard",
    "register_erasure_step",
    "register_mail_maker",
    "register_notice_kind",
    "register_numbers",
    "rehearse_erasure",
    "replay_erasures",
    "role_required",
    "safe_cell",
    "set_publications",
    "signed_in",
    "team_members",
    "team_periods",
    "teams_of_kinds",
    "ways_of",
    "whereabouts_of",
    "whose_teams",
]
