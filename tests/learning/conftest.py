import pytest

from trust.scenes import LONG_AGO, insert
from wraparound.home import Home


class Learning(Home):
    """The family El Amrani with the own pages of both girls: Samira (14) decides herself, Yara (8) does not yet."""

    def __init__(self, owner):
        super().__init__(owner)
        owner.execute("UPDATE trust_birth SET circle_id = %s", [self.circle])
        self.own = {}
        for child in (self.samira, self.yara):
            self.own[child] = insert(
                owner, "trust_circle", village_id=self.village, family_id=self.family, kind="own", name="",
                subject_id=child, safety=False, secrecy=False, opened_at=LONG_AGO,
            )  # fmt: skip
            self.seat(self.own[child], child, role="child", ground="own choice")
        self.mila = self.worker("Mila", "worker", "Kompas", bound=True)
        self.seat(
            self.circle, self.mila, role="professional", job_id=self.jobs[self.mila], relation="screener"
        )
        self.stranger = self.worker("Stan", "worker", "Club")


@pytest.fixture
def home(owner):
    return Learning(owner)
