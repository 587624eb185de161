"""Both servers start, stop, and start again after the worst end they can have."""

import os
import shutil
import signal
import subprocess

import psycopg
import pytest

from careerhub.embedded import lock, urls
from careerhub.embedded.postgres import Postgres, memory_for_pages
from careerhub.embedded.process import ServerFailed
from careerhub.embedded.servers import servers
from careerhub.embedded.valkey import Valkey


@pytest.fixture
def postgres(owned_var):
    server = Postgres(owned_var)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def valkey(owned_var):
    server = Valkey(owned_var)
    server.start()
    yield server
    server.stop()


def query(var, sql):
    with psycopg.connect(urls.database_url(var)) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def test_postgres_has_what_the_migrations_ask_for(postgres, var):
    wanted = "('pg_trgm', 'unaccent', 'btree_gist', 'citext')"

    assert query(var, f"SELECT count(*) FROM pg_available_extensions WHERE name IN {wanted}") == 4
    assert query(var, "SHOW fsync") == "on"
    assert query(var, "SHOW timezone") == "UTC"


def test_postgres_keeps_letters_that_are_not_ascii_in_trigrams(postgres, var):
    """With the C locale, a search for Édouard would find nobody."""
    query(var, "CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert query(var, "SELECT cardinality(show_trgm('É'))") > 0
    assert query(var, "SELECT lower('ÉRIC')") == "éric"


def test_postgres_listens_on_no_port(postgres, var):
    assert query(var, "SHOW listen_addresses") == ""


def test_postgres_comes_back_after_a_kill(postgres, var):
    query(var, "CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(postgres._server.pid, signal.SIGKILL)
    postgres._server.wait()

    second = Postgres(var)
    second.start()
    kept = query(var, "SELECT n FROM kept")
    second.stop()

    assert kept == 7


def test_postgres_stops_one_that_lost_its_supervisor(postgres, var):
    second = Postgres(var)
    second.start()

    assert not postgres.is_running()
    assert query(var, "SELECT 1") == 1
    second.stop()


def test_postgres_leaves_a_stranger_alone_who_has_its_old_pid(owned_var):
    server = Postgres(owned_var)
    # Of the same user, or the kernel would protect it.
    user = server.user.pw_uid if server.user else None
    stranger = subprocess.Popen(["sleep", "60"], user=user, cwd="/")
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{stranger.pid}\n{server.data}\n")

    server.start()

    assert server.is_running()
    assert stranger.poll() is None
    server.stop()
    stranger.kill()
    stranger.wait()


def test_postgres_says_what_is_wrong(owned_var, monkeypatch):
    server = Postgres(owned_var)
    server.settings = {"no_such_setting": "1"}

    with pytest.raises(
        ServerFailed, match='unrecognized configuration parameter "no_such_setting"'
    ):
        server.start(seconds=1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps the data elsewhere")
def test_data_that_root_keeps_elsewhere_goes_with_the_folder(tmp_path):
    var = tmp_path / "closed" / "var"
    var.parent.mkdir(mode=0o700)
    with lock.owning(var), servers(var):
        query(var, "CREATE TABLE of_the_first_time ()")
    shutil.rmtree(var)

    with lock.owning(var), servers(var):
        left = query(var, "SELECT to_regclass('of_the_first_time')")

    assert left is None
    shutil.rmtree(urls.home(var))


def test_valkey_stops_one_that_lost_its_supervisor(valkey, var):
    second = Valkey(var)
    second.start()

    assert valkey._server.wait(5) == 0
    assert second.is_running()
    second.stop()


def test_valkey_keeps_its_messages_after_a_kill(valkey, var):
    from redis import Redis

    Redis.from_url(urls.cache_url(var)).set("kept", "7")
    Redis.from_url(urls.cache_url(var)).execute_command("WAITAOF", 1, 0, 2000)
    os.kill(valkey._server.pid, signal.SIGKILL)
    valkey._server.wait()

    second = Valkey(var)
    second.start()
    kept = Redis.from_url(urls.cache_url(var)).get("kept")
    second.stop()

    assert kept == b"7"


@pytest.mark.parametrize(
    ("gigabytes", "given"), [(0.25, "128MB"), (2, "512MB"), (4, "1024MB"), (24, "1024MB")]
)
def test_server_takes_a_quarter_of_the_memory_and_a_gigabyte_at_most(monkeypatch, gigabytes, given):
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gigabytes * (1 << 30)) // 4096}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__)

    assert memory_for_pages() == given
