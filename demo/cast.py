"""Who plays in the demo: plainly invented people, organisations and teams. No name belongs to anybody."""

from dataclasses import dataclass

from people.enums import OrganisationKind, Role, TeamKind

FIRST_NAMES = (
    "Wilg", "Linde", "Hazel", "Merel", "Iris", "Viool", "Heide", "Vlier", "Roos", "Mees", "Kwik",
    "Dotter", "Zegge", "Varen", "Ruit", "Esdoorn", "Maan", "Tijm", "Anemoon", "Korianne", "Zilver",
    "Dauw", "Bries", "Lijster", "Sijs", "Vink", "Zwaluw", "Karekiet", "Winde", "Beuk", "Olm", "Spar",
    "Klaver", "Salie", "Munt", "Marjolein", "Akelei", "Kamille", "Duif", "Nevel", "Storm", "Regen",
    "Wolk", "Schemer", "Ochtend", "Pluim", "Veer", "Donsje", "Halm", "Korenbloem", "Papaver",
)  # fmt: skip
LAST_NAMES = (
    "Nestbouwer", "Vandetwijg", "Vogelzang", "Wolkenveld", "Morgendauw", "Lentehof", "Zachtegrond",
    "Warmoes", "Vandestilte", "Boomkruin", "Wiegeland", "Takkenbos", "Vanhetriet", "Zonnewende",
    "Schaduwpad", "Beekloop", "Windhoek", "Maanlicht", "Vanderhaag", "Kiezelpad", "Zandkorrel",
    "Halmveld", "Mosbank", "Dauwdruppel", "Vijverberg", "Vanonderdeboom", "Kastanjelaar", "Hemelboog",
    "Zomerwei", "Winterkoning",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """One of the accounts named on the sign-in page."""

    email: str
    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    profession: str
    organisation: str
    region: str


@dataclass(frozen=True)
class House:
    """An invented employer."""

    slug: str
    name: str
    kind: OrganisationKind
    region: str


@dataclass(frozen=True)
class Crew:
    """An invented team."""

    slug: str
    name: str
    kind: TeamKind
    organisation: str
    network: str


HOUSES = (
    House("takkennest", "Kinderopvang Takkennest", OrganisationKind.CHILDCARE, "regio-gent"),
    House("het-zachte-mos", "Kinderopvang Het Zachte Mos", OrganisationKind.CHILDCARE, "oost-brabant"),
    House("wiegelied", "Crèche Wiegelied", OrganisationKind.CHILDCARE, "regio-antwerpen"),
    House("zonnewijzer", "Groepsopvang Zonnewijzer", OrganisationKind.CHILDCARE, "limburg"),
    House(
        "vroedpraktijk-de-kring", "Vroedvrouwenpraktijk De Kring", OrganisationKind.PRIMARY_CARE, "regio-gent"
    ),
    House("vroedpraktijk-ochtend", "Vroedvrouwenpraktijk Ochtend", OrganisationKind.PRIMARY_CARE, "kempen"),
    House("huisartsen-het-plein", "Huisartsen Het Plein", OrganisationKind.PRIMARY_CARE, "waasland"),
    House("ziekenhuis-de-brug", "Ziekenhuis De Brug", OrganisationKind.HOSPITAL, "regio-antwerpen"),
    House("ggz-de-oever", "GGZ-centrum De Oever", OrganisationKind.MENTAL_HEALTH, "regio-brugge"),
    House("ggz-het-anker", "GGZ-centrum Het Anker", OrganisationKind.MENTAL_HEALTH, "oost-brabant"),
    House("kraamzorg-de-deken", "Kraamzorg De Deken", OrganisationKind.WELFARE, "halle-vilvoorde"),
    House("huis-van-de-buurt", "Huis van de Buurt", OrganisationKind.WELFARE, "rivierenland"),
)
CREWS = (
    Crew("mct-oever", "Mobiel crisisteam Oever", TeamKind.MOBILE_CRISIS, "ggz-de-oever", "PAKT"),
    Crew("mct-anker", "Mobiel crisisteam Anker", TeamKind.MOBILE_CRISIS, "ggz-het-anker", "Diletti"),
    Crew("mct-jong-oever", "Mobiel crisisteam Jong Oever", TeamKind.MOBILE_CRISIS, "ggz-de-oever", "RADAR"),
    Crew("mct-jong-anker", "Mobiel crisisteam Jong Anker", TeamKind.MOBILE_CRISIS, "ggz-het-anker", "Yuneco"),
    Crew("team-takkennest", "Team Takkennest", TeamKind.CHILDCARE, "takkennest", ""),
    Crew("team-wiegelied", "Team Wiegelied", TeamKind.CHILDCARE, "wiegelied", ""),
)
DOMAIN = "@demo.nestwerk.test"
ACCOUNTS = (
    Account("deelnemer", "Wilg", "Nestbouwer", (), "midwife", "vroedpraktijk-de-kring", "regio-gent"),
    Account(
        "trainer",
        "Linde",
        "Vogelzang",
        (Role.TRAINER,),
        "psychologist",
        "ziekenhuis-de-brug",
        "regio-antwerpen",
    ),
    Account(
        "teamcoordinator",
        "Hazel",
        "Takkenbos",
        (Role.TEAM_COORDINATOR,),
        "crisis_team_member",
        "ggz-de-oever",
        "regio-brugge",
    ),
    Account(
        "auteur", "Merel", "Lentehof", (Role.AUTHOR,), "psychologist", "huis-van-de-buurt", "rivierenland"
    ),
    Account(
        "lezer1", "Iris", "Boomkruin", (Role.COMMITTEE_MEMBER,), "midwife", "vroedpraktijk-ochtend", "kempen"
    ),
    Account(
        "lezer2",
        "Viool",
        "Beekloop",
        (Role.COMMITTEE_MEMBER,),
        "physician",
        "huisartsen-het-plein",
        "waasland",
    ),
    Account(
        "commissie",
        "Heide",
        "Maanlicht",
        (Role.COMMITTEE_MEMBER,),
        "psychologist",
        "kraamzorg-de-deken",
        "limburg",
    ),
    Account("netwerk", "Vlier", "Zonnewende", (Role.NETWORK_STAFF,), "social_worker", "", "oost-brabant"),
    Account(
        "beheer",
        "Roos",
        "Winterkoning",
        (Role.ADMINISTRATOR, Role.NETWORK_STAFF),
        "social_worker",
        "",
        "limburg",
    ),
)
# Everybody else, by profession and employer: the name follows from the place in the list.
CROWD = (
    ("childcare_worker", "takkennest", 8),
    ("childcare_worker", "het-zachte-mos", 5),
    ("childcare_worker", "wiegelied", 6),
    ("childcare_worker", "zonnewijzer", 3),
    ("midwife", "vroedpraktijk-de-kring", 2),
    ("midwife", "ziekenhuis-de-brug", 4),
    ("crisis_team_member", "ggz-de-oever", 9),
    ("crisis_team_member", "ggz-het-anker", 7),
    ("psychologist", "ziekenhuis-de-brug", 2),
    ("nurse", "ziekenhuis-de-brug", 3),
    ("maternity_carer", "huis-van-de-buurt", 2),
)
EMPLOYER_TEAMS = {
    "takkennest": ("team-takkennest",),
    "wiegelied": ("team-wiegelied",),
    "ggz-de-oever": ("mct-oever", "mct-jong-oever"),
    "ggz-het-anker": ("mct-anker", "mct-jong-anker"),
}
