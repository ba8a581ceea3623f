from people.models.api_client import ApiClient
from people.models.digest import DigestItem
from people.models.erasure import Erasure
from people.models.intake import ImportBatch, ImportRow
from people.models.merge import AccountMerge
from people.models.notice import NoticeChoice
from people.models.organisation import Organisation, Team, TeamMembership
from people.models.profession import BaseDegree, Profession
from people.models.profile import ProfessionalProfile
from people.models.region import MentalHealthNetwork, PrimaryCareZone, Province, ReferenceRegion
from people.models.role import RoleGrant
from people.models.user import User

__all__ = [
    "AccountMerge",
    "ApiClient",
    "BaseDegree",
    "DigestItem",
    "Erasure",
    "ImportBatch",
    "ImportRow",
    "MentalHealthNetwork",
    "NoticeChoice",
    "Organisation",
    "PrimaryCareZone",
    "Profession",
    "ProfessionalProfile",
    "Province",
    "ReferenceRegion",
    "RoleGrant",
    "Team",
    "TeamMembership",
    "User",
]
