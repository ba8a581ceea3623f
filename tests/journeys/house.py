"""Who plays in the main job, and where."""

from dataclasses import dataclass

from people.models import User

EMAIL, NAME = "wilg.nestbouwer@voorbeeld.test", "Wilg Nestbouwer"
COURSE, HALF_DAY = "kleine-signalen", "crisisteams-halve-dag"
BASE = f"/mijn/leren/{COURSE}/"


@dataclass
class House:
    """Everybody but the newcomer, as an installation has them before she comes."""

    trainer: User
    office: User
    tied: User
    members: list[User]
    peers: list[User]
