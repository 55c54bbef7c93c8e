"""Django's settings, from the one Environment. The role decides the URLs and the middleware."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg.conninfo
from django.utils.translation import gettext_lazy as _

from guichet.config.environment import Environment
from guichet.config.keys import client_secret, secret_key
from guichet.platform import embedded, masking

ENVIRONMENT = Environment.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
IS_PORTAL = ENVIRONMENT.role == "portal"
IS_CSAM = ENVIRONMENT.role == "csam"

DEBUG = False
SECRET_KEY = secret_key(ENVIRONMENT)
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CLIENT_SECRET = client_secret(ENVIRONMENT, key=SECRET_KEY)

# Applications, lowest layer first; the demonstration exists in simulation only.
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "guichet.platform",
    "guichet.audit",
    "guichet.registers.persons",
    "guichet.registers.enterprises",
    "guichet.registers.employments",
    "guichet.registers.works",
    "guichet.registers.postings",
    "guichet.registers.arrangements",
    "guichet.registers.exchanges",
    "guichet.registers.loading",
    "guichet.access",
    "guichet.access.identification",
    "guichet.access.roles",
    "guichet.access.mandates",
    "guichet.access.chaman",
    "guichet.access.webhooks",
    "guichet.access.privacy",
    "guichet.access.counter",
    "guichet.csam.provider",
    "guichet.csam.codes",
    "guichet.csam.keys",
    "guichet.csam.eid",
    "guichet.csam.outside",
    "guichet.documents",
    "guichet.documents.attachments",
    "guichet.ebox",
    "guichet.eservices.presence",
    "guichet.eservices.presence.kiosk",
    "guichet.eservices.dimona",
    "guichet.eservices.interim",
    "guichet.eservices.works",
    "guichet.eservices.limosa",
    "guichet.eservices.temporary_unemployment.cards",
    "guichet.eservices.career_break",
    "guichet.eservices.career_break.files",
    "guichet.eservices.career_break.retries",
    "guichet.eservices.career_break.notices",
    "guichet.eservices.career_break.office",
    "guichet.eservices.career_break.worker",
    "guichet.eservices.career_break.credit",
    "guichet.eservices.career_break.recovery",
    "guichet.eservices.temporary_unemployment",
    "guichet.eservices.temporary_unemployment.crisis",
    "guichet.eservices.temporary_unemployment.library",
    "guichet.eservices.temporary_unemployment.messages",
    "guichet.eservices.temporary_unemployment.office",
    "guichet.backoffice.desk",
    "guichet.backoffice.identification",
    "guichet.backoffice.enterprises",
    "guichet.backoffice.inspection",
    "guichet.backoffice.corrections",
    "guichet.backoffice.career_breaks",
    "guichet.backoffice.crisis",
    "guichet.backoffice.periods",
    "guichet.backoffice.temporary_unemployment",
]
if ENVIRONMENT.simulation:
    INSTALLED_APPS.append("guichet.demo")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

PORTAL_MIDDLEWARE = [
    "guichet.platform.tracing.TraceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guichet.platform.headers.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "guichet.access.sessions.ActingMiddleware",
    "guichet.access.privacy.middleware.TermsMiddleware",
    "guichet.access.counter.middleware.NoticesMiddleware",
    "guichet.eservices.temporary_unemployment.crisis.middleware.CrisisMiddleware",
    "guichet.platform.readonly.ReadOnlyGuardMiddleware",
]
# A process with so many pages of a service at once, the oldest running for so many seconds, sends
# whoever comes then to the queue: two of its eight threads stay for the others.
QUEUE_AT_ONCE = 6
QUEUE_PATIENCE = 3.0
# The sign-in provider has its own origin, cookies and sessions; nobody acts there.
CSAM_MIDDLEWARE = [
    name
    for name in PORTAL_MIDDLEWARE
    if not name.startswith(("guichet.access.", "guichet.eservices."))
]
# Machines send tokens, never cookies: no session and no form protection there.
SERVICES_MIDDLEWARE = [
    "guichet.platform.tracing.TraceMiddleware",
    "guichet.platform.readonly.ReadOnlyGuardMiddleware",
]
MIDDLEWARE = PORTAL_MIDDLEWARE if IS_PORTAL else CSAM_MIDDLEWARE if IS_CSAM else SERVICES_MIDDLEWARE
ROOT_URLCONF = (
    "guichet.config.urls_portal"
    if IS_PORTAL
    else "guichet.config.urls_csam"
    if IS_CSAM
    else "guichet.config.urls_services"
)
# The paths of the services are the official ones, without a final slash.
APPEND_SLASH = IS_PORTAL or IS_CSAM
WSGI_APPLICATION = "guichet.config.wsgi.application"


# Under ASGI every request has a thread of its own, and a connection kept by a thread would never
# be found again: the services take theirs from a pool. The others keep one for each thread.
_POOL: Mapping[str, Any] = {"min_size": 1, "max_size": 8, "timeout": 5, "max_idle": 60}
_KEPT_SECONDS = 60


def _database(url: str) -> dict[str, Any]:
    """Django's form of a ``postgresql://`` address; what Django has no name for is an option."""
    parts: dict[str, Any] = dict(psycopg.conninfo.conninfo_to_dict(url))
    is_pooled = ENVIRONMENT.role == "services"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", embedded.DATABASE),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts | {"pool": dict(_POOL)} if is_pooled else parts,
        "CONN_MAX_AGE": 0 if is_pooled else _KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASE_URL = ENVIRONMENT.database_url or embedded.url(var=ENVIRONMENT.var)
# The trail of look-ups and refusals has its own connection: it stays when a request is undone.
DATABASES = {"default": _database(DATABASE_URL), "audit": _database(DATABASE_URL)}
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [REPOSITORY / "locale"]
FORMAT_MODULE_PATH = ["guichet.config.formats"]
LANGUAGE_COOKIE_NAME = "guichet_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(folder for folder in PACKAGE.rglob("templates") if folder.is_dir()),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "guichet.platform.pages.environment",
            "context_processors": ["guichet.platform.pages.context"],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "guichet.platform.storage.Storage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Cookies ignore ports: the names keep the roles on one host apart.
ORIGIN = ENVIRONMENT.csam_url if IS_CSAM else ENVIRONMENT.url
IS_SECURE = ORIGIN.startswith("https://")
SESSION_ENGINE = (
    "django.contrib.sessions.backends.db" if IS_CSAM else "guichet.access.identification.store"
)
SESSION_COOKIE_NAME = "guichet_csam" if IS_CSAM else "guichet_portal"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_NAME = "guichet_csam_csrf" if IS_CSAM else "guichet_csrf"
CSRF_FAILURE_VIEW = "guichet.platform.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ORIGIN]
# In a signed cookie: a page that has nothing to say asks no table.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SILENCED_SYSTEM_CHECKS: list[str] = []
FILE_UPLOAD_HANDLERS = ["guichet.platform.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# Every record is masked when it is made, whatever handler will write it.
masking.install()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level.upper()},
    # "Not found" and "forbidden" repeat the path; a path may hold a number of a person.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
    },
}
