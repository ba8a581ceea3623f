"""Settings of every installation; what differs comes from the environment (see config/environment.py)."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from config.accounts import *
from config.address import CONTENT_HOST, CONTENT_ORIGIN, CONTENT_SUBDOMAINS, HTTPS, SITE_HOST, SITE_URL
from config.editing import *
from config.environment import (
    BASE_DIR,
    DEBUG,
    DEMO,
    DEVELOPMENT,
    TESTING,
    VAR_DIR,
    development_secret,
    env,
    require_production_settings,
)
from config.keys import development_credential_key, development_seal
from config.schedule import CELERY_BEAT_SCHEDULE

if not DEVELOPMENT:
    require_production_settings()

SECRET_KEY = env.str("SECRET_KEY", default="") or development_secret("secret_key")
FIELD_ENCRYPTION_KEY = env.str("FIELD_ENCRYPTION_KEY", default="") or development_secret(
    "field_encryption_key"
)
ALLOWED_HOSTS = [
    *env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"]),
    CONTENT_HOST,
    f".{CONTENT_HOST}",
]

INSTALLED_APPS = [
    "ledger",
    "people",
    "media",
    "courses",
    "lms",
    "accreditation",
    "cms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

if DEMO or TESTING:
    INSTALLED_APPS.insert(0, "demo")

MIDDLEWARE = [
    "media.middleware.ContentOriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.PublicPageCacheMiddleware",
    "cms.middleware.OddInputMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
CONTENT_URLCONF = "config.content_urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": (
                [
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ]
                if DEBUG
                else [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            "django.template.loaders.filesystem.Loader",
                            "django.template.loaders.app_directories.Loader",
                        ],
                    )
                ]
            ),
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "cms.templatetags.nest"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- storage of rows ---------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'nestwerk.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits for its turn at BEGIN instead of failing half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Our own thin layer over django.db.backends.postgresql, see there.
    DATABASES["default"]["ENGINE"] = "config.postgresql"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A hung database must not hang the web process (fault 8): 8 s is under the proxy's 10 s.
    STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", default=60_000 if TESTING else 8_000)  # milliseconds
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        # A line that was cut answers nothing, also no time-out of the database itself.
        "tcp_user_timeout": STATEMENT_TIMEOUT,  # milliseconds
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        # A reply that stays away: our own clock, a little later than the database's.
        "reply_timeout": STATEMENT_TIMEOUT / 1000 + 0.5,  # seconds
        "options": f"-c statement_timeout={STATEMENT_TIMEOUT}",
    }
    # The database plans a statement once per connection instead of at every request (a fifth of a lesson's time). Off
    # behind a pooler that hands out connections per transaction and knows no prepared statements.
    if env.bool("PREPARED_STATEMENTS", default=True):
        DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {
            # Our own thin layer: the site goes on while Redis is away (fault 4), and does not wait for it.
            "BACKEND": "config.redis_cache.PatientRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "nest",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "nestwerk"}
    )
}

# Public keys (age or ssh) that copies of the site are encrypted for; production refuses a readable copy unasked.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])

# Hosts of webhook receivers that may be private: for trying things out on one machine, never in production.
WEBHOOK_PRIVATE_HOSTS = env.list("WEBHOOK_PRIVATE_HOSTS", default=[]) if DEVELOPMENT else []

# --- tasks: embedded by default, Celery workers where Redis is configured -----------------------------------
# How many cores a search of the programme planner may use.
PLANNER_WORKERS = env.int("PLANNER_WORKERS", default=2)
PLANNER_MEMORY_MB = env.int("PLANNER_MEMORY_MB", default=3072)

CELERY_BROKER_URL = REDIS_URL or "memory://"
# Tests run tasks in the process too; the journeys start a real worker (which sets NESTWERK_WORKER).
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL or (TESTING and not env.bool("NESTWERK_WORKER", default=False))
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Brussels"
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request does not wait for a broker that is away: what must be done stands in the database till the next beat.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="nestwerk")

# --- storage of files ----------------------------------------------------------------------------------------
STORAGE_URL = env.str("STORAGE_URL", default="")


def _file_storage(folder: str) -> dict[str, object]:
    """One storage alias below var/, or below the bucket of STORAGE_URL (s3://bucket?endpoint=...)."""
    if STORAGE_URL.startswith("s3://"):
        parts = urlsplit(STORAGE_URL)
        options: dict[str, object] = {
            "bucket_name": parts.netloc,
            "location": folder,
            "querystring_auth": True,
        }
        if parts.query.startswith("endpoint="):
            options["endpoint_url"] = parts.query.removeprefix("endpoint=")
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    root = urlsplit(STORAGE_URL).path if STORAGE_URL.startswith("file://") else str(VAR_DIR / "files")
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": f"{root}/{folder}", "base_url": f"/bestanden/{folder}/"},
    }


STORAGES = {
    # Only what Wagtail's authors upload for everyone to see lies in `default`; all else is private.
    "default": _file_storage("public"),
    "private": _file_storage("private"),
    "packages": _file_storage("packages"),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("vendor", VAR_DIR / "vendor")]
MEDIA_URL = "/bestanden/public/"
MEDIA_ROOT = VAR_DIR / "files" / "public"
DEVELOPMENT_MEDIA = DEVELOPMENT
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Where clamd listens: /run/clamav/clamd.ctl or tcp://host:3310. Empty: uploads are not scanned for viruses.
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")

# --- language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands")]
# Sources lie in locale/; scripts/bundle_vendor.py compiles them. Only the verification page speaks French and English.
LOCALE_PATHS = [VAR_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True
WAGTAIL_CONTENT_LANGUAGES = [("nl-be", "Nederlands")]

PUBLIC_PAGE_CACHE = env.bool("PUBLIC_PAGE_CACHE", default=True)

# --- e-mail ---------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default="consolemail://" if not DEMO else f"filemail:///{VAR_DIR / 'mail'}"
)
vars().update(EMAIL_CONFIG)
# A mail server that hears and does not answer may hold a worker this many seconds, not for ever.
EMAIL_TIMEOUT = 20
#: Who organises, as files for professional registers name it.
ORGANISER_NAME = env.str("ORGANISER_NAME", default="Nestwerk")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Nestwerk <nest@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default=f"netwerk@{SITE_HOST}")

# --- safety ---------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # A browser takes a cookie with this prefix from this very host only: a package on a sister host cannot plant one.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CONTENT_SECURITY_POLICY = {
    # The Wagtail admin ships inline scripts of its own; it gets its own policy in cms.middleware.
    "EXCLUDE_URL_PREFIXES": ["/beheer/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF, CONTENT_ORIGIN, CONTENT_SUBDOMAINS],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# --- keys -----------------------------------------------------------------------------------------------------
SIGNING_KEY_FILE = env.str("SIGNING_KEY_FILE", default="")
SIGNING_CERT_FILE = env.str("SIGNING_CERT_FILE", default="")
# Dotted path of a callable that returns a pyHanko signer, for a qualified seal at a distance or in hardware.
SIGNING_SIGNER = env.str("SIGNING_SIGNER", default="")
CREDENTIAL_KEY_FILE = env.str("CREDENTIAL_KEY_FILE", default="")
if DEVELOPMENT:
    CREDENTIAL_KEY_FILE = CREDENTIAL_KEY_FILE or development_credential_key(VAR_DIR / "secrets")
    if not SIGNING_KEY_FILE:
        SIGNING_KEY_FILE, SIGNING_CERT_FILE = development_seal(VAR_DIR / "secrets")

# --- certificates and public feeds ------------------------------------------------------------------------------
# auto: WeasyPrint (archival) where Pango is present, else xhtml2pdf. Or name one of the two.
PDF_ENGINE = env.str("PDF_ENGINE", default="auto")
# How many proxies of our own stand before the web process; only their X-Forwarded-For entries are believed.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"nestwerk": {"level": "INFO"}},
}
