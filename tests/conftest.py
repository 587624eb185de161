"""The people who meet every rule, and the browser that meets every page."""

import os
import secrets
import shutil
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from playwright.sync_api import expect

from accounts.models import Role
from alumni.models import Term
from tests.doorkeeper import Doorkeeper
from tests.factories import CaseloadFactory, UserFactory
from tests.mailrooms import Mailroom, hearing

# Playwright's sync API runs an event loop in the thread of the test; the ORM calls there are ours.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A machine that is busy with other things is slow, and not wrong.
expect.set_options(timeout=30_000)

REPOSITORY = Path(__file__).resolve().parent.parent
# Real lists that nobody here wrote; they lie beside the project where they are to be had.
REAL_DATA = REPOSITORY.parent / "shared" / "data"

# What takes longest: browsers, colleges of their own, and the whole of something again and again.
# Begun last, one process would be at it alone.
FIRST = {
    "browser", "story", "benchmarks", "embedded", "chaos",
    "test_every_door.py", "test_demo.py", "test_importing_files.py",
}  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: FIRST.isdisjoint(item.path.parts))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The first words of the vocabulary go: tests that empty all tables would take them anyhow."""
    with django_db_blocker.unblock():
        Term.objects.all().delete()


@pytest.fixture(autouse=True)
def _database(db):
    """Every test may use the database; each gets its own transaction."""


@pytest.fixture(scope="session")
def doorkeeper():
    return Doorkeeper()


@pytest.fixture(autouse=True)
def _last_requests(_database, doorkeeper):
    """What a page says as it closes is answered before the tables are emptied for the next test,
    or not at all: its rows would lock a table, or be found by that test."""
    doorkeeper.open()
    yield
    doorkeeper.close()


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """Rows that a fixture of a module makes on top of this one are made once, and every test of
    the module begins with them: its own transaction lies inside of this one, and goes before it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_when_asked_for():
    """Else the first page of each client, one in most tests, waits until all of them are found."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def _mail_folder(settings, tmp_path):
    """Each test has a mail folder of its own."""
    settings.MAIL_FOLDER = tmp_path / "mail"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    """What one test puts up, no other finds."""
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def _counted_tries(settings):
    """Whom one test turns away for trying too often, no other does: all come from one address."""
    counters = {**settings.CACHES["default"], "KEY_PREFIX": secrets.token_hex(8)}
    settings.CACHES = {**settings.CACHES, "default": counters}


@pytest.fixture
def student():
    return UserFactory(name="Maya Oyelaran", email="maya@example.edu")


@pytest.fixture
def other_student():
    return UserFactory(name="Ben Kowalski", email="ben@example.edu")


@pytest.fixture
def advisor(student):
    advisor = UserFactory(name="Ruth Halloran", email="ruth@example.edu", role=Role.ADVISOR)
    CaseloadFactory(advisor=advisor, student=student)
    return advisor


@pytest.fixture
def other_advisor():
    return UserFactory(name="Noel Park", email="noel@example.edu", role=Role.ADVISOR)


@pytest.fixture
def staff():
    return UserFactory(name="Jo Petrakis", email="jo@example.edu", role=Role.STAFF)


@pytest.fixture
def administrator():
    return UserFactory(
        name="Ada Quist", email="ada@example.edu", role=Role.ADMINISTRATOR, is_superuser=True
    )


@pytest.fixture
def use(settings):
    """Send mail to a port of this machine, and wait for each answer so long."""

    def use(port, *, timeout=5):
        settings.EMAIL_BACKEND = "core.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_TIMEOUT = timeout

    return use


@pytest.fixture(params=[(), ("250-PIPELINING",)], ids=["turn by turn", "at once"])
def mailroom(use, request):
    handler = Mailroom(extensions=request.param)
    with hearing(handler) as port:
        use(port)
        yield handler


@pytest.fixture
def real_data():
    if not REAL_DATA.is_dir():
        pytest.skip("the folder of real lists is not beside the project")
    return REAL_DATA


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    """The machine's own Chromium, or the one that playwright installed for itself."""
    chromium = find_chromium()
    if chromium is None and not Path(playwright.chromium.executable_path).exists():
        if os.environ.get("CAREERHUB_REQUIRE_BROWSER"):
            pytest.fail("No Chromium found, and CAREERHUB_REQUIRE_BROWSER is set.")
        pytest.skip("No Chromium found. Install your system's package `chromium`.")
    quiet = ["--disable-gpu", "--disable-quic", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
    return {
        **browser_type_launch_args,
        **({"executable_path": chromium} if chromium else {}),
        "args": [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet,
    }
