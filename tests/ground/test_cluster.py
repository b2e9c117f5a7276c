"""The embedded database: it survives a hard end, believes no pid file, and opens nothing to others."""

import os
import pwd
import signal
import stat
import subprocess
import threading
import time
from pathlib import Path

import psycopg
import pytest

from kring.ground import keeping, places, postmaster
from kring.ground.cluster import Cluster
from kring.ground.places import Place
from kring.ground.refusals import Refusal

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over to another user")


@pytest.fixture
def cluster(place: Place) -> Cluster:
    cluster = Cluster(place)
    cluster.start()
    return cluster


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        return connection.execute(question).fetchone()[0]


def pid_of(cluster: Cluster) -> int:
    return int((cluster.place.data / "postmaster.pid").read_text().split("\n")[0])


def kill_hard(cluster: Cluster) -> None:
    """As when the plug is pulled: the server has no chance to say anything."""
    os.kill(pid_of(cluster), signal.SIGKILL)


def test_it_listens_on_a_socket_only_and_asks_for_a_password(cluster: Cluster) -> None:
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert ask(cluster, "SHOW data_checksums") == "on"
    assert ask(cluster, "SHOW fsync") == "on"
    assert ask(cluster, "SHOW full_page_writes") == "on"
    methods = "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"
    assert ask(cluster, methods) == "scram-sha-256"
    assert str(ask(cluster, "SELECT rolpassword FROM pg_authid WHERE rolname = 'owner'")).startswith(
        "SCRAM-SHA-256$"
    )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.conninfo(password="guess"))


def test_words_sort_the_same_on_every_machine(cluster: Cluster) -> None:
    if cluster.engine.version < 17:
        pytest.skip("older servers sort by the plain C order")
    row = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'postgres'"
    assert ask(cluster, row) == "bC.UTF-8"


def test_a_second_start_finds_it_running_and_a_restart_is_quick(cluster: Cluster) -> None:
    assert cluster.start() is False
    cluster.stop()
    assert cluster.alive() is False
    begun = time.monotonic()
    assert cluster.start() is True
    assert time.monotonic() - begun < 3


def test_stopping_twice_is_harmless(cluster: Cluster) -> None:
    cluster.stop()
    cluster.stop()
    assert not cluster.alive()


def test_no_committed_row_is_lost_when_it_is_killed_under_load(cluster: Cluster) -> None:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int PRIMARY KEY)")
    acknowledged: list[int] = []

    def write(start: int) -> None:
        with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
            for number in range(start, start + 100_000):
                try:
                    connection.execute("INSERT INTO kept VALUES (%s)", [number])
                except psycopg.Error:
                    return
                acknowledged.append(number)

    writers = [threading.Thread(target=write, args=[start]) for start in (0, 1_000_000, 2_000_000)]
    for writer in writers:
        writer.start()
    time.sleep(0.8)
    kill_hard(cluster)
    for writer in writers:
        writer.join(20)
    assert cluster.start() is True
    with psycopg.connect(cluster.conninfo()) as connection:
        found = {number for (number,) in connection.execute("SELECT number FROM kept")}
    assert len(acknowledged) > 20
    assert set(acknowledged) <= found


def test_a_pid_file_left_behind_does_not_stop_it_when_the_pid_is_used_by_another_program(
    cluster: Cluster,
) -> None:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    pid_file = cluster.place.data / "postmaster.pid"
    before = pid_file.read_text().split("\n")
    kill_hard(cluster)
    stranger = subprocess.Popen(["sleep", "60"], user=cluster.place.os_user)
    try:
        time.sleep(0.3)
        pid_file.write_text("\n".join([str(stranger.pid), *before[1:]]))
        assert cluster.start() is True
        assert stranger.poll() is None
        assert ask(cluster, "SELECT number FROM kept") == 7
    finally:
        stranger.kill()
        stranger.wait()


def test_the_pid_of_another_database_server_is_not_ours(cluster: Cluster, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "postmaster.pid").write_text(f"{pid_of(cluster)}\n")
    assert postmaster.running(cluster.place.data)
    assert not postmaster.running(other)


def test_two_starts_at_once_take_turns(place: Place) -> None:
    started: list[bool] = []
    threads = [threading.Thread(target=lambda: started.append(Cluster(place).start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(started) == [False, False, False, True]


def test_the_last_one_to_leave_stops_it(place: Place) -> None:
    first, second = Cluster(place), Cluster(place)
    with first.held() as started:
        assert started
        with second.held() as started_again:
            assert not started_again
        assert first.alive()
    assert not first.alive()


def test_a_wrong_password_is_said_in_one_sentence(cluster: Cluster) -> None:
    (cluster.place.keep / "owner").write_text("x" * 43)
    with pytest.raises(Refusal, match=r"^The password in .* is not the database's; put the file back\.$"):
        cluster.start()


def test_a_damaged_keep_is_said_in_one_sentence(place: Place) -> None:
    place.keep.mkdir(parents=True)
    (place.keep / "secret").write_text("")
    with pytest.raises(Refusal, match="is empty or damaged; put it back from a backup"):
        keeping.secret(place)


def test_a_folder_that_holds_something_else_is_left_alone(place: Place) -> None:
    place.data.mkdir(parents=True)
    (place.data / "letter").write_text("mine")
    with pytest.raises(Refusal, match="holds something else than a database"):
        Cluster(place).start()
    assert (place.data / "letter").read_text() == "mine"


def test_data_of_another_version_is_said_in_one_sentence(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.place.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal, match=r"is of PostgreSQL 9, but \d+ is installed"):
        cluster.start()


def test_a_full_disk_is_said_in_one_sentence(place: Place) -> None:
    place.area.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(place.area)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with pytest.raises(Refusal, match=r"^The disk is full; make room at .* and start again\.$"):
            Cluster(place).start()
    finally:
        subprocess.run(["umount", str(place.area)], check=True)


def test_a_full_disk_later_on_is_said_too(place: Place) -> None:
    said = 'FATAL:  could not write to file "pg_wal/xlogtemp.7": No space left on device'
    assert (
        str(postmaster.refusal(said, place))
        == f"The disk is full; make room at {place.area} and start again."
    )


def test_a_path_too_long_for_a_socket_gets_a_short_one(place: Place) -> None:
    long = places.at(place.area / ("long" * 25))
    cluster = Cluster(long)
    try:
        assert cluster.start()
        assert len(os.fsencode(long.run / places.SOCKET_NAME)) <= places.LONGEST_SOCKET_PATH
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.destroy()
        long.run.rmdir()


def test_no_short_path_anywhere_is_said_in_one_sentence(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/tmp/" + "long" * 30)
    with pytest.raises(Refusal, match="is too long for a database socket"):
        _ = places.at(place.area / ("long" * 25)).run


def test_only_its_owner_reads_what_is_kept(cluster: Cluster) -> None:
    keeping.secret(cluster.place)
    for path in (cluster.place.keep / "owner", cluster.place.keep / "secret"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (cluster.place.keep, cluster.place.data, cluster.place.run):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not list(cluster.place.run.glob("first-password"))


@as_root
def test_root_hands_over_to_an_unprivileged_user_and_opens_no_parent_folder(place: Place) -> None:
    parents = [Path("/"), Path("/var"), Path("/var/lib"), Path.home(), Path(pytest.__file__).parent]
    before = [path.stat().st_mode for path in parents]
    cluster = Cluster(place)
    cluster.start()
    owner = pwd.getpwuid(Path(f"/proc/{pid_of(cluster)}").stat().st_uid).pw_name
    assert owner == place.os_user != "root"
    assert [path.stat().st_mode for path in parents] == before
    assert pwd.getpwuid((place.keep / "owner").stat().st_uid).pw_name == "root"


@as_root
def test_the_unprivileged_user_cannot_change_the_programs_it_runs(cluster: Cluster) -> None:
    program = Path(cluster.engine.program("postgres"))
    command = ["test", "-w", str(program)]
    assert subprocess.run(command, user=cluster.place.os_user, extra_groups=[]).returncode != 0


def test_its_log_holds_nothing_that_a_statement_held(cluster: Cluster) -> None:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE told (words text PRIMARY KEY, number int CHECK (number > 0))")
        for statement in (
            "INSERT INTO told VALUES ('my-secret-story', -1)",
            "SELECT 'my-secret-story'::int",
            "SELECT my-secret-story",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    cluster.stop()
    assert "secret-story" not in cluster.place.log.read_text()
