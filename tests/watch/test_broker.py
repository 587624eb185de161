"""What becomes of a connection whose queue is killed."""

from contextlib import suppress

import kombu
import pytest

from careerhub import broker
from careerhub.celery import app
from careerhub.embedded import urls
from chaos.trouble import wipe


@pytest.fixture
def connection(valkey, var):
    """As a worker has it: a message in hand, an ear at the queue, and one for orders."""
    connection = kombu.Connection(urls.broker_url(var))
    tasks = kombu.Queue("tasks", channel=connection.default_channel)
    tasks.declare()
    with connection.Producer() as producer:
        producer.publish("a task", routing_key="tasks")
    assert tasks.get() is not None
    connection.default_channel.basic_consume("tasks", False, print, "worker")
    orders = kombu.Exchange("orders", type="fanout")
    ear = kombu.Queue("ear", exchange=orders, auto_delete=True, channel=connection.channel())
    ear.declare()
    ear.consume("orders", print)
    with suppress(TimeoutError):
        while True:
            connection.drain_events(timeout=0.2)
    return connection


def test_connection_closes_when_its_queue_was_killed(connection, valkey):
    """Celery first collects what it can, and then closes: the second must find nothing left."""
    valkey._server.kill()
    valkey._server.wait()

    connection.collect(socket_timeout=1)
    connection.close()

    assert not connection.connected


def test_whether_the_queue_answers(valkey, var, monkeypatch):
    monkeypatch.setattr(app.conf, "broker_write_url", urls.broker_url(var))
    assert broker.answers(app)

    valkey._server.kill()
    valkey._server.wait()
    assert not broker.answers(app)

    wipe(valkey)
    assert broker.answers(app)
