"""Addresses follow from the folder alone, whatever its name."""

import os

import dj_database_url
import pytest
from kombu.utils.url import url_to_parts
from redis.connection import parse_url

from careerhub.embedded import urls


@pytest.fixture(params=["var", "Mill River", "ü%41+&?"])
def folder(request, tmp_path):
    path = tmp_path.joinpath(request.param)
    path.mkdir()
    tmp_path.chmod(0o755)
    return path


def test_database_url_is_read_back_whole(folder):
    settings = dj_database_url.parse(urls.database_url(folder))

    assert settings["HOST"] == str(urls.socket_folder(folder))
    assert (settings["USER"], settings["NAME"], settings["PORT"]) == ("careerhub",) * 2 + (5432,)


def test_cache_url_is_read_back_whole(folder):
    assert parse_url(urls.cache_url(folder))["path"] == str(urls.valkey_socket(folder))


def test_broker_url_is_read_back_whole(folder):
    parts = url_to_parts(urls.broker_url(folder))

    assert "/" + parts.path.lstrip("/") == str(urls.valkey_socket(folder))


def test_sockets_of_a_deep_folder_move_where_their_path_fits(tmp_path):
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 6)

    assert len(os.fsencode(urls.postgres_socket(deep))) <= urls.LONGEST_SOCKET_PATH
    assert urls.socket_folder(deep) == urls.socket_folder(deep)
    assert urls.socket_folder(deep) != urls.socket_folder(deep / "other")


def test_length_is_counted_in_bytes():
    letters = "é" * 60

    assert urls.socket_folder(urls.Path("/tmp") / letters).name.startswith("careerhub-")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives its servers to another user")
def test_home_of_root_is_elsewhere_when_the_folder_is_closed(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    assert urls.home(closed / "var").parent == urls.HOMES_OF_ROOT
