"""CareerHub as it is served, on the scratch database, with a page of one line beside it."""

import os

from careerhub.settings import *  # noqa: F403 - the very same
from careerhub.settings import DATABASES, STORAGES

DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
ROOT_URLCONF = "benchmarks.web.urls"
# The names of static files without their hashes, which a server has collected and we have not.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
