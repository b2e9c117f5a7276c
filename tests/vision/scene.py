"""A village with somebody who keeps its words, a teacher who does not, a mother, and the village next door."""

from dataclasses import dataclass
from uuid import UUID

import psycopg

from trust.scenes import Scene
from web.doorstep import Doorstep, build


@dataclass
class Guidepost:
    """Ada administers and Nora keeps the network; Tine teaches; Samira is a mother; Far lives next door."""

    door: Doorstep
    ada: UUID
    nora: UUID
    tine: UUID
    samira: UUID
    far: UUID

    @property
    def village(self) -> UUID:
        """The village of all but one."""
        return self.door.scene.village


def raised(owner: psycopg.Connection) -> Guidepost:
    """Everybody, committed."""
    door = build(owner)
    elsewhere = Scene(owner)
    return Guidepost(
        door=door,
        ada=door.ada,
        nora=door.scene.worker("Nora", "network", "Town"),
        tine=door.scene.worker("Tine", "teacher", "School"),
        samira=door.samira,
        far=elsewhere.worker("Far", "administrator", "Town"),
    )
