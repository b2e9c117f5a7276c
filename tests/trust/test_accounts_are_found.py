"""An account is found by who has it or by what Kring looks for; by hand-made SQL as nobody there is none."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circle.furnished import Furnished
from kring.clock import role
from kring.trust import identity, looking, viewer
from kring.trust.models import Account
from kring.trust.usecases import accounts, jobs
from kring.web.trust.adapters import MFAAdapter
from trust.by_hand import account_with_app
from trust.scenes import insert
from web.doorstep import browser

TABLES = ("trust_account", "mfa_authenticator", "account_emailaddress")
LOOKED_FOR = "SELECT set_config('kring.looked_for', %s, true)"


@pytest.fixture
def home(owner: psycopg.Connection) -> Furnished:
    made = Furnished(owner)
    made.ada = made.worker("Ada", "administrator", "Town hall")
    for person in (made.noor, made.naima, made.lotte, made.ada):
        account = account_with_app(owner, person, address(person))
        owner.execute(
            'INSERT INTO account_emailaddress (email, verified, "primary", user_id) VALUES (%s, true, true, %s)',
            [address(person), account],
        )
    return made


def address(person: UUID) -> str:
    return f"{person.hex}@linde.example"


def seen() -> tuple[int, ...]:
    """How many rows of each table the connection sees."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in TABLES)}")
        return cursor.fetchone()


def signed(kind: str, what: str, *, backend: int | None = None, at: float | None = None) -> str:
    mine = connection.connection.info.backend_pid
    key, now = settings.IDENTITY_KEY, at or time.time()
    return identity.sought(key, kind=kind, what=what, backend=backend or mine, at=now)


def made_up(person: UUID, account: UUID) -> Iterator[str]:
    """What somebody writes who knows the address, the numbers and how a search looks, and has no key of the server."""
    right = signed("address", address(person))
    yield from (
        "",
        "address",
        address(person),
        "%",
        "_",
        "NULL",
        str(account),
        f"{{{person}}}",
        right[:-1],
        right[:-64],
    )
    yield from (
        right.replace("address|", "address||"),
        f"{right[:-64]}{'0' * 64}",
        right.replace(address(person), "%"),
    )
    ends, proof = identity.vouched(
        settings.IDENTITY_KEY, subject=b"x", address=address(person), at=time.time()
    )
    yield from (f"sought|address|{connection.connection.info.backend_pid}|{ends}|{address(person)}|{proof}",
                f"town|78|{ends}|{address(person)}|{proof}")  # fmt: skip
    yield identity.signed(
        settings.IDENTITY_KEY, person=person, backend=connection.connection.info.backend_pid, at=time.time()
    )
    # Kring's own signature, of another connection, of a while ago, and under what finds nobody
    yield from (
        signed("address", address(person), backend=1),
        signed("address", address(person), at=time.time() - 61),
    )
    yield from (
        signed("address", what) for what in ("%", "_%", "", "NULL", address(person)[:-1], address(person)[1:])
    )
    yield from (
        signed("account", str(uuid4())),
        signed("persons", "{}"),
        signed("everybody", address(person)),
    )


def test_by_hand_nobody_finds_an_account_and_who_asks_finds_their_own(home: Furnished) -> None:
    account = accounts.of_person(home.noor).pk
    with transaction.atomic(), connection.cursor() as cursor:
        viewer.nobody()
        assert seen() == (0, 0, 0)
        for written in made_up(home.noor, account):
            cursor.execute(LOOKED_FOR, [written])
            assert seen() == (0, 0, 0), written
        cursor.execute("SELECT set_config('kring.identity', %s, true)", [signed("persons", str(home.noor))])
        assert seen() == (0, 0, 0), "a search is no identity"
    with role.for_a_while():
        assert seen() == (0, 0, 0), "the clock looks for one, as everybody does"
    for who in (home.noor, home.naima, home.lotte, home.ada):
        with viewer.acting(who):
            assert seen() == (1, 1, 1)
        with viewer.coming_in(who):
            assert seen() == (1, 1, 1)
    with transaction.atomic():
        viewer.identify(home.noor, scope=uuid4())
        assert seen() == (0, 0, 0), "by a link to one object"


def test_what_was_typed_or_shown_finds_this_one_reads_it_and_writes_nothing(home: Furnished) -> None:
    noor = accounts.of_person(home.noor)
    ways: list[AbstractContextManager[None]] = [
        looking.by_address(f" {address(home.noor).upper()} "), looking.by_account(noor.pk), looking.by_persons([home.noor])
    ]  # fmt: skip
    for way in ways:
        with way, connection.cursor() as cursor:
            assert seen() == (1, 1, 1)
            assert Account.objects.get() == noor
            cursor.execute("UPDATE trust_account SET password = 'mine', last_login = now()")
            assert cursor.rowcount == 0
            cursor.execute("UPDATE mfa_authenticator SET data = '{}'")
            assert cursor.rowcount == 0
        assert seen() == (0, 0, 0)
    for nothing in (
        looking.by_address("%"),
        looking.by_address("\0"),
        looking.by_account(None),
        looking.by_persons([]),
    ):
        with nothing:
            assert seen() == (0, 0, 0)
    with looking.by_account(noor.pk):
        with looking.by_persons([home.naima, home.lotte]):
            assert seen() == (2, 2, 2)
        assert Account.objects.get() == noor, "one search stands within another"


def test_whoever_is_nobody_yet_is_asked_for_the_second_factor_all_the_same(home: Furnished) -> None:
    noor = accounts.of_person(home.noor)
    with transaction.atomic():
        viewer.nobody()
        assert MFAAdapter().is_mfa_enabled(noor)
        assert not Authenticator.objects.exists()


def test_a_session_brings_its_account_whole_and_in_one_statement(
    home: Furnished, owner: psycopg.Connection
) -> None:
    client = browser(owner, home.noor)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/account/")
    assert answer.status_code == 200
    user = answer.wsgi_request.user
    assert (user.person_id, user.email, user.get_deferred_fields()) == (home.noor, address(home.noor), set())
    assert sum("trust.live_session" in one["sql"] or "trust_account" in one["sql"] for one in asked) == 1
    owner.execute("UPDATE trust_account SET is_active = false WHERE person_id = %s", [home.noor])
    assert client.get("/account/").status_code == 302


def test_by_a_key_one_made_up_nobody_is_shown_what_hangs_on_a_number_one_knows(
    home: Furnished, owner: psycopg.Connection
) -> None:
    noor, device = accounts.of_person(home.noor).pk, uuid4()
    soon = timezone.now() + timedelta(hours=1)
    insert(
        owner, "trust_shareddevice", id=device, person_id=home.noor, purpose="Hall", since=timezone.now(), until=soon
    )  # fmt: skip
    kept = "SELECT trust.keep_session(%s, 'x', %s, %s, '', %s, true)"
    with transaction.atomic(), connection.cursor() as cursor:
        for number, (account, shared) in enumerate(((str(noor), None), (None, str(device)), ("", None))):
            cursor.execute(kept, [f"mine-{number}", soon, account, shared])
            assert cursor.fetchone() == (False,), (account, shared)
        for number, wrong in enumerate((signed("address", address(home.noor)), signed("shared", str(noor)))):
            cursor.execute(kept, [f"else-{number}", soon, wrong, None])
            assert cursor.fetchone() == (False,), wrong
        cursor.execute(kept, ["nobodys", soon, None, None])
        cursor.execute("SELECT person_id, email, password FROM trust.live_session('nobodys')")
        assert cursor.fetchone() == (None, None, None)


def test_an_address_that_is_known_is_asked_for_as_one_that_is_not(
    home: Furnished, owner: psycopg.Connection
) -> None:
    owner.execute(
        "UPDATE account_emailaddress SET verified = false"
    )  # as it is where nobody confirms an address

    def asked(typed: str) -> list[str]:
        with CaptureQueriesContext(connection) as statements:
            answer = browser().post("/sign-in/", {"login": typed, "password": "not the right one"})
        assert answer.status_code == 200
        return [one["sql"].split("'")[0].split("_x")[0].split(' "s')[0] for one in statements]

    assert asked(address(home.noor)) == asked("nobody@linde.example")


def test_the_administrator_hears_who_came_in_and_nothing_else_of_accounts(
    home: Furnished, owner: psycopg.Connection
) -> None:
    came_in = [home.noor, home.lotte, home.naima]
    owner.execute("UPDATE trust_account SET last_login = now() WHERE person_id = ANY(%s)", [came_in])
    with viewer.acting(home.ada) as ada:
        assert jobs.who_came_in(by=ada) == {home.noor, home.lotte}, "a mother has no work here"
        assert seen() == (1, 1, 1)
    for who in (home.lotte, home.noor, None):
        with viewer.acting(who) if who else nullcontext(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM trust.colleagues_who_came_in()")
            assert cursor.fetchone() == (0,)
