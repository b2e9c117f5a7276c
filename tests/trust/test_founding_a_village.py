"""A village is founded before anybody can ask; its administrator keeps the sign-in and opens nobody's page (K9)."""

import psycopg
import pytest
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Circle
from kring.trust.permissions import Permission
from kring.trust.usecases import links, villages

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])


def found(name: str = "Oude Haven", **changed: str) -> villages.Founded:
    facts = {
        "country": "NL", "timezone": "Europe/Amsterdam", "language": "nl", "phone": "071 000 00 00",
        "organisation": "Gemeente", "given_name": "Ada", "surname": "", "email": "ada@haven.example",
    }  # fmt: skip
    return villages.found(name, **(facts | changed), at=timezone.now())


def test_a_village_begins_with_a_desk_and_a_circle_of_its_own(owner: psycopg.Connection) -> None:
    made = found()
    kinds = owner.execute(
        "SELECT kind FROM trust_circle WHERE village_id = %s ORDER BY 1", [made.village.pk]
    ).fetchall()
    assert kinds == [("desk",), ("village",)]


def test_the_administrator_comes_in_by_the_invitation(owner: psycopg.Connection) -> None:
    made = found()
    opened = links.exchange(made.link.token, made.link.in_groups, "a device")
    assert opened is not None
    assert opened.person_id == made.administrator.pk
    with viewer.acting(made.administrator.pk) as ada:
        assert ada.can(Permission.ADMINISTER)
        assert [circle.kind for circle in Circle.objects.all()] == ["village"]


def test_a_village_is_founded_once(owner: psycopg.Connection) -> None:
    found()
    with pytest.raises(villages.VillageExists):
        found(email="else@haven.example")
    assert owner.execute("SELECT count(*) FROM trust_village WHERE slug = 'oude-haven'").fetchone() == (1,)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"country": "XX"}, villages.NoSuchCountry), ({"timezone": "Mars/Base"}, villages.NoSuchZone)],
)
def test_what_nobody_knows_is_refused(wrong: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        found(**wrong)


def test_after_founding_the_connection_is_itself_again() -> None:
    from django.db import connections

    found()
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("kring_migrator",)
