"""The bench itself: who we are in a test, and that nothing stays behind."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection


def whoami() -> tuple[str, bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()


@pytest.mark.django_db
def test_a_test_is_the_role_that_serves() -> None:
    assert whoami() == ("kring_runtime", False, False)


@pytest.mark.parametrize("round", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_in_the_next(round: int) -> None:
    assert cache.get("a") is None
    cache.set("a", "b")


@pytest.mark.parametrize("round", [1, 2])
def test_what_the_owner_writes_is_seen_and_gone_in_the_next(owner, round: int) -> None:
    assert not Group.objects.exists()
    owner.execute("INSERT INTO auth_group (name) VALUES ('a')")
    assert Group.objects.count() == 1


@pytest.mark.parametrize("round", [1, 2])
def test_what_was_there_before_comes_back(owner, round: int) -> None:
    assert ContentType.objects.exists()
    owner.execute("TRUNCATE django_content_type CASCADE")


@pytest.mark.django_db
def test_the_role_that_serves_cannot_rewrite_the_list_of_migrations() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('django_migrations', 'INSERT, UPDATE, DELETE, TRUNCATE')")
        assert cursor.fetchone() == (False,)
