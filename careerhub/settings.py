"""Every difference between machines comes from the environment, never from a branch on a name.

The names are listed in docs/running.md. Without DATABASE_URL and REDIS_URL the servers that
./bin/careerhub starts are used, and that alone is what EMBEDDED means.
"""

import os
from email.headerregistry import Address
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from careerhub import rounds
from careerhub.embedded import urls as embedded

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("CAREERHUB_VAR", "") or BASE_DIR / "var").absolute()
EMBEDDED = not env.str("DATABASE_URL", "")

DEBUG = env.bool("DEBUG", False)
# A key for a demo on one's own machine; a real server must bring its own.
SECRET_KEY = (
    env.str("SECRET_KEY", "demo-on-this-machine-only") if EMBEDDED else env.str("SECRET_KEY")
)
# A health check on the machine itself asks by number.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", ["localhost", "[::1]"]), "127.0.0.1"]
SITE_URL = env.str("SITE_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")
INSTITUTION = env.str("INSTITUTION", "Mill River College")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
    "core",
    "accounts",
    "alumni",
    "contacts",
    "letters",
    "interviews",
    "records",
    "reminders",
    "insights",
    "roster",
    "advising",
    "reports",
    "careerhub",
]

MIDDLEWARE = [
    # First, so that it sees every answer and the whole time.
    "careerhub.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view needs a log-in unless it says @login_not_required.
    "accounts.middleware.LogInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Times are shown in the zone of whoever reads them.
    "accounts.middleware.LocalTimeMiddleware",
]

ROOT_URLCONF = "careerhub.urls"
WSGI_APPLICATION = "careerhub.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "careerhub.frame.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "core.templatetags.icons",
                "core.templatetags.ui",
            ],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", "" if not EMBEDDED else embedded.database_url(VAR))
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL or embedded.cache_url(VAR),
    }
}

# Redis carries door-bells only: what is owed stands in PostgreSQL (docs/adr/0002).
CELERY_BROKER_URL = REDIS_URL or embedded.broker_url(VAR)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redelivery after a worker's death: 18 seconds with these, two minutes without.
CELERY_BROKER_TRANSPORT_OPTIONS = {"unacked_restore_interval": 5, "unacked_restore_throttle": 1}
CELERY_TASK_TIME_LIMIT = 3600
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULER = "careerhub.beat:CappedScheduler"
CELERY_BEAT_SCHEDULE = rounds.SCHEDULE
# Beat turns so often at least, whatever it rings: its watchdog waits for that.
CELERY_BEAT_MAX_LOOP_INTERVAL = 5

# Without EMAIL_URL in the embedded default, mail lands in var/mail/.
EMAIL_URL = env.str("EMAIL_URL", "" if EMBEDDED else "smtp://localhost:25")
MAIL_PAGE = not EMAIL_URL
MAIL_FOLDER = VAR / "mail"
if MAIL_PAGE:
    EMAIL_BACKEND = "careerhub.embedded.mail.MailFolderBackend"
elif EMAIL_URL.partition("://")[0] in ("smtp", "submission", "smtps"):
    vars().update(env.dj_email_url("EMAIL_URL", EMAIL_URL))
    EMAIL_BACKEND = "core.smtp.Backend"
else:
    # Other schemes would be taken for plain SMTP, and the password would travel in clear text.
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, submission:// or smtps://.")
EMAIL_TIMEOUT = 10
# What a mail service reports about bounces: ANYMAIL_WEBHOOK_SECRET, and a key that it may ask for.
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): value
    for name, value in os.environ.items()
    if name.startswith("ANYMAIL_")
}
# The name of a college may hold a comma.
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL",
    str(Address(f"{INSTITUTION} Career Office", addr_spec="careers@localhost")),
)

AUTH_USER_MODEL = "accounts.User"
# An e-mail is unique whatever its case: the constraint user_email_once says it, not the field.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.OfficeAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
# The office makes the accounts and knows the addresses.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True

LANGUAGE_CODE = "en-us"
USE_TZ = True
TIME_ZONE = "UTC"
# The zone of the college: what a new account starts with.
OFFICE_TIME_ZONE = env.str("OFFICE_TIME_ZONE", "America/New_York")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Résumés: served by a view that asks who wants to read them, never by their address.
MEDIA_ROOT = VAR / "uploads"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if SITE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# What a Prometheus server says to read /metrics; without it there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

# An alumni list of 100,000 people has about 20 MB.
UPLOAD_MAX_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Lines for people in a terminal, an object of JSON each for what collects the logs of a server.
LOG_FORMAT = env.str(
    "LOG_FORMAT", "line" if EMBEDDED else "json", validate=validate.OneOf(["line", "json"])
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # No log holds what people wrote, nor a link that opens something (core/logs.py).
    "formatters": {
        "line": {"()": "core.logs.WordlessFormatter"},
        "json": {"()": "core.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handlers say the same once more, and mail it to administrators.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # In a terminal the pages one opens oneself are noise.
        "careerhub.request": {"level": "WARNING" if LOG_FORMAT == "line" else "INFO"},
    },
}
