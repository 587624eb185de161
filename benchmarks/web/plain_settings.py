"""Django as `startproject` leaves it: its middleware, and a connection for each request."""

import os
from pathlib import Path

from careerhub.settings import AUTH_USER_MODEL, DATABASES, INSTALLED_APPS, SECRET_KEY, USE_TZ

__all__ = ["AUTH_USER_MODEL", "INSTALLED_APPS", "SECRET_KEY", "USE_TZ"]

DATABASES = {
    "default": DATABASES["default"]
    | {"NAME": os.environ["BENCH_DATABASE"], "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "benchmarks.web.plain_urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # The app of the log-in insists on it.
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
