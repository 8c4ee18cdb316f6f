"""Django's settings, from the environment (see `environment.py`)."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from lumbago.web.accounts.settings import APPS, account_settings
from lumbago.web.environment import read_environment

ENVIRONMENT = read_environment()
HERE = Path(__file__).parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "lumbago.web",
    "lumbago.web.accounts",
]
AUTH_USER_MODEL = "accounts.Account"
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # the outermost two reach redirects, styles and errors, too
    "lumbago.web.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "lumbago.web.middleware.compress",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lumbago.web.middleware.limit_writes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lumbago.web.middleware.plain_failures",
]
if ENVIRONMENT.accounts:
    INSTALLED_APPS += APPS
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.middleware.csrf.CsrfViewMiddleware") + 1,
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    )
    MIDDLEWARE += [
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",  # innermost: its exceptions are its answers
    ]
ACCOUNT_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
ROOT_URLCONF = "lumbago.web.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "lumbago.web.context.site",
                *(ACCOUNT_CONTEXT if ENVIRONMENT.accounts else ()),
            ],
            "builtins": ["lumbago.web.templatetags.lumbago"],
        },
    }
]

# One file in the user's data folder, or another database by one variable. IMMEDIATE: two tabs that
# save at once wait for each other instead of one of them failing.
CONNECTION_AGE_S = 600
DATABASES: dict[str, Any] = {
    # Requests share a few threads, each with its connection: a new one for every request took longer than
    # what is asked of it.
    "default": dj_database_url.parse(
        ENVIRONMENT.database, conn_max_age=CONNECTION_AGE_S, conn_health_checks=True
    )
    if ENVIRONMENT.database
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": CONNECTION_AGE_S,
        "NAME": ENVIRONMENT.data / "lumbago.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_COOKIE_NAME = "lumbago"
SESSION_COOKIE_AGE = 365 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "lumbago.web.views.failures.csrf"

# A message of 4,000 characters and a body chart fit many times over; few pages take a file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 800
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["lumbago.web.uploads.Refused"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
if ENVIRONMENT.accounts and ENVIRONMENT.accounts.provider:
    # The form that chooses to sign in there leads there.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        ENVIRONMENT.accounts.provider.origin
    )
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.public:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # A browser takes these names only over HTTPS and from this very host, not from a sister site.
    SESSION_COOKIE_NAME = "__Host-lumbago"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if ENVIRONMENT.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_DIRS = [
    ("anatomy", str(files("lumbago.anatomy") / "styles")),
]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"

# Answers must not reach a log: messages of exceptions may hold them, so only kind and place are kept.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "lumbago.web.logs.NoAnswers"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "uvicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "uvicorn.access": {"handlers": [], "propagate": False},  # no handler: it writes no lines
    },
}

WRITES_PER_MINUTE = ENVIRONMENT.writes_per_minute
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

if ENVIRONMENT.accounts:
    globals().update(account_settings(ENVIRONMENT.accounts, public=ENVIRONMENT.public))
