"""How Kring is set up. What differs from town to town comes from the environment; README lists the words."""

import os
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor

from kring.ground import addresses, keeping, places
from kring.settings.safety import *  # noqa: F403  what a browser is told and asked
from kring.settings.signing_in import *  # noqa: F403  accounts, second factors, passwords

HOME = Path(__file__).resolve().parents[1]
PLACE = places.here()
ADDRESSES = addresses.find(PLACE)

DEMO = os.environ.get("KRING_DEMO") == "1"
DEBUG = False
SECRET_KEY = keeping.derived(keeping.secret(PLACE), "django")
# Signs who asks, so that the database can believe it.
IDENTITY_KEY = keeping.derived(keeping.secret(PLACE), "identity").encode()
# Wrapped keys of confidences and sealed circles: never in the database, nor in the same backup.
KEYS_FOLDER = os.environ.get("KRING_KEYS") or PLACE.area / "keys"
# The seals of the journal, once more outside the database: one line for each batch.
SEALS_FILE = os.environ.get("KRING_SEALS") or PLACE.area / "seals" / "journal.txt"
# Sealed backups; a town lays them on another machine. Those of the keys lie apart and stay two weeks at most.
BACKUPS_FOLDER = os.environ.get("KRING_BACKUPS") or PLACE.area / "backups"
KEY_BACKUPS_FOLDER = os.environ.get("KRING_KEY_BACKUPS") or PLACE.area / "key-backups"
# Locked copies that a law makes us keep (decision 35).
KEPT_FOLDER = os.environ.get("KRING_KEPT") or PLACE.area / "kept"
# A copy of every line of the deletion ledger, outside the database: a restore replays it before it opens.
LEDGER = os.environ.get("KRING_LEDGER") or PLACE.keep / "forgotten.jsonl"
ALLOWED_HOSTS = os.environ.get("KRING_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in ("localhost", "*")]
# Where people find this village on the web: letters and codes carry it.
PUBLIC_ADDRESS = os.environ.get("KRING_ADDRESS", "").rstrip("/") or next(
    (f"https://{host}" for host in ALLOWED_HOSTS if host not in ("localhost", "127.0.0.1", "[::1]", "*")),
    f"http://localhost:{os.environ.get('PORT', '8000')}",
)

FIRST_PARTY_APPS = [
    name
    for name in (
        "kring.trust",
        "kring.messaging",
        "kring.network",
        "kring.intake",
        "kring.vision",
        "kring.confidences",
        "kring.wraparound",
        "kring.web",
        "kring.clock",
        "kring.commands",
        "kring.demo",
    )
    if (HOME / name.split(".")[1] / "apps.py").exists()
]
INSTALLED_APPS = [
    "django.contrib.auth",  # before ours: who signs in is written down by us
    *FIRST_PARTY_APPS,
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django_linear_migrations",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# From the outside in. What answers without knowing anybody comes first.
MIDDLEWARE = [
    "kring.web.middleware.Protection",
    "kring.web.middleware.AtTheTick",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kring.web.middleware.Language",
    "kring.web.middleware.PlainAddresses",
    "kring.web.middleware.OverALockedLine",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kring.web.middleware.WhoIsIn",
    "kring.web.middleware.Leaving",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kring.web.urls"
WSGI_APPLICATION = "kring.commands.wsgi.application"
FORM_RENDERER = "kring.web.design.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kring.web.context.page",
            ],
        },
    }
]

# The role that serves prepares its statements on the server, since planning a policy costs more than running it.
_asking: dict[str, Any] = {
    "server_side_binding": True,
    "prepare_threshold": 2,
    "options": "-c statement_timeout=2min -c idle_in_transaction_session_timeout=5min"
    # one plan for all viewers: planning a page's policies costs more than running them
    " -c plan_cache_mode=force_generic_plan",
}
_pool = {"min_size": 1, "max_size": int(os.environ.get("KRING_POOL", "8")), "timeout": 10}
DATABASES = {
    "default": ADDRESSES.runtime.django(pool=_pool, **_asking),
    "migrator": ADDRESSES.migrator.django(),
}
if ADDRESSES.clock:  # kring.clock.role: no page comes in this way
    DATABASES["clock"] = ADDRESSES.clock.django(**_asking)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all workers, so that a limit holds whichever of them answers.
CACHES = {
    "default": {
        "BACKEND": "kring.ground.plain_cache.PlainCache",
        "LOCATION": "ground_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nl", "Nederlands"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [HOME / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

STATIC_URL = "/static/"
STATIC_ROOT = PLACE.area / "static"
# Only what we built ourselves: nothing is served because a package happens to bring it.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [HOME / "web" / "static"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf"]
WHITENOISE_MANIFEST_STRICT = False
_collected = (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _collected
MEDIA_ROOT = PLACE.keep / "media"

EMAIL_HOST = os.environ.get("KRING_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("KRING_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("KRING_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KRING_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("KRING_MAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("KRING_MAIL_FROM", "Kring <kring@localhost>")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = PLACE.keep / "letters"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "kring.ground.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # a refused address may carry a link: it is counted by the page, not written in a log
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        # that somebody came in or did not, and never who
        "kring.doors": {"level": "INFO"},
    },
}
