"""What every environment shares. A value that is unsafe to guess has no default."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .meldpunt import *

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()  # SECRET_KEY_FILE=/run/secrets/… works for every name
VAR_DIR = Path(env.str("PORTAL_VAR_DIR", default=str(BASE_DIR / "var")))

# --- Secrets: no defaults, on purpose ------------------------------------------
SECRET_KEY = env.str("SECRET_KEY")

# --- What this process serves (product.md 3) -------------------------------------
ALL_SURFACES = ("publiek", "melden", "werkplek", "beheer")
PORTAL_SURFACES = env.list("PORTAL_SURFACES", default=list(ALL_SURFACES))
if unknown := set(PORTAL_SURFACES) - set(ALL_SURFACES):
    raise ImproperlyConfigured(f"PORTAL_SURFACES knows {ALL_SURFACES}, not {sorted(unknown)}.")

# --- The audit trail (meldpunt.md 6.10) ---------------------------------------------------------
AUDIT_SEAL_DIR = env.str("AUDIT_SEAL_DIR", default=str(VAR_DIR / "seal"))  # the signer's alone
AUDIT_SIGNER_GRACE = env.int("AUDIT_SIGNER_GRACE", default=300)  # seconds; 0: never refuse
PROCESSING_REGISTER = env.str("PROCESSING_REGISTER", default="urn:vredeportaal:verwerking")

DEBUG = False
DEMO_MODE = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
WSGI_APPLICATION = "portal.wsgi.application"
ROOT_URLCONF = "portal.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "home",
    "search",
    "knowledge.runbooks",
    "knowledge.training",
    "knowledge.library",
    "network.exchange",
    "network.phenomena",
    "network.map",
    "network.events",
    "network.directory",
    "meldpunt.reports",
    "meldpunt.vault",
    "portal.pages",
    "portal.figures",
    "portal.accounts",
    "portal.regions",
    "portal.jobs",
    "portal.audit",
    "portal.design",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail_modeladmin",
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
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "portal.pages.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.design.middleware.BadInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.design.middleware.ContentSecurityPolicyMiddleware",
    "meldpunt.reports.views.headers.SealedHeadersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.mfa.RequireSecondFactorMiddleware",
    "portal.pages.admin_doors.KnownPagesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

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
                "portal.design.context_processors.portal",
                "portal.pages.context_processors.theme",
                "home.context_processors.menus",
                "home.context_processors.werkplek",
            ],
        },
    }
]
FORM_RENDERER = "portal.design.forms.PortalFormRenderer"

# --- Data ------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # read-then-write in one transaction never loses a race
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=500;"
    ),
}


def database(url_name: str, filename: str) -> dict:
    """The database that ``url_name`` names, or an embedded SQLite file."""
    config = env.db(url_name, default=f"sqlite:///{VAR_DIR / filename}")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    config["CONN_MAX_AGE"] = 60  # opening one costs as much as a query, on SQLite as well
    return config


# The keystore holds half of every key of a report, apart from the rest (meldpunt.md 6.7).
DATABASES = {
    "default": database("DATABASE_URL", "portal.sqlite3"),
    "keystore": database("KEYSTORE_URL", "keystore.sqlite3"),
}
DATABASE_ROUTERS = ["portal.settings.routers.KeystoreRouter"]

CACHES = {
    # Shared by all processes: rate limits and used codes count wrong in a local cache.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Django drops a third above 300: in a busy hour receipts and rate limits would be lost.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Where Wagtail looks for the sizes of images: a database would save nothing here.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
}

# --- People (stack.md 2) -----------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.PortalAuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/werkplek/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # mail nobody who has no account
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
MFA_ADAPTER = "portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone clock may be 30 s off
MFA_TOTP_ISSUER = "Vredeportaal"
USERSESSIONS_TRACK_ACTIVITY = False  # would write a row on every request
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Languages ----------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
WAGTAIL_USER_TIME_ZONES = ["Europe/Amsterdam"]
USE_TZ = True
LOCALE_PATHS = [
    BASE_DIR / room / "locale"
    for room in ("portal", "home", "knowledge", "network", "meldpunt", "search")
]

# --- Files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
# No web server may serve this folder: every image and document goes through our own views,
# which ask who is looking (stack.md 3).
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = "/bestanden/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.design.storage.HashedStaticFilesStorage"},
}
# Below /meldpunt/ the first one takes over: nothing of a reporter lies on a disk in the clear.
FILE_UPLOAD_HANDLERS = [
    "meldpunt.reports.views.sealed_uploads.SealedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The scanner of files that groups share; without one they are taken unscanned, and say so.
PORTAL_CLAMAV_SOCKET = env.str("PORTAL_CLAMAV_SOCKET", default="")
PORTAL_CLAMAV_SECONDS = 10  # without a word of the scanner
EXCHANGE_FILE_LIMITS = {
    "file": 10 * 1024 * 1024,
    "question": 20,  # files with one question and its answers
    "day": 30,  # files of one person in a day
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # a long page in the editor has many

# --- Wagtail ----------------------------------------------------------------------------
WAGTAIL_SITE_NAME = PORTAL_NAME = env.str("PORTAL_NAME", default="Vredeportaal")
WAGTAILADMIN_BASE_URL = PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000")
WAGTAIL_FRONTEND_LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "/account/poort/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []  # an embed is a third-party request
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_IMAGE_MODEL = "pages.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "docx",
    "odt",
    "xlsx",
    "ods",
    "pptx",
    "txt",
    "csv",
    "ics",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.pages.workflow.publish_what_was_approved"
WAGTAIL_APPEND_SLASH = True

SEARCH_BACKENDS = {
    "sqlite": {"BACKEND": "search.backends.sqlite", "ATOMIC_REBUILD": False},
    "postgresql": {
        "BACKEND": "search.backends.postgresql",
        "SEARCH_CONFIG": "simple",
    },
}
WAGTAILSEARCH_BACKENDS = {
    "default": SEARCH_BACKENDS[
        "sqlite" if DATABASES["default"]["ENGINE"].endswith("sqlite3") else "postgresql"
    ]
}

# What visitors search in: the database itself, or a server beside it.
SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="database")
SEARCH_ENGINE_URLS = env.list("SEARCH_ENGINE_URLS", default=[])
if SEARCH_ENGINE not in ("database", "elasticsearch", "opensearch"):
    raise ImproperlyConfigured(
        f"SEARCH_ENGINE={SEARCH_ENGINE!r}; expected database, elasticsearch or opensearch."
    )
if SEARCH_ENGINE != "database" and not SEARCH_ENGINE_URLS:
    raise ImproperlyConfigured(f"SEARCH_ENGINE={SEARCH_ENGINE} needs SEARCH_ENGINE_URLS.")
SEARCH_INDEX = env.str("SEARCH_INDEX", default="vredeportaal")
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", default=2.0)
SEARCH_SHARDS = env.int("SEARCH_SHARDS", default=1)
SEARCH_REPLICAS = env.int("SEARCH_REPLICAS", default=1)

# --- Jobs (decision 0008) ------------------------------------------------------------------
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=300)
PORTAL_JOBS = env.str("PORTAL_JOBS", default="direct")
if PORTAL_JOBS not in ("direct", "queue"):
    raise ImproperlyConfigured(f"PORTAL_JOBS={PORTAL_JOBS!r}; expected direct or queue.")
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if PORTAL_JOBS == "direct"
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "index"],
    }
}
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portaal@lindekade.example")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="veiligheid@lindekade.example")  # RFC 9116

# --- Training: the key that badges are signed with (PEM, P-256); without it one of SECRET_KEY ---
TRAINING_BADGE_KEY = env.str("TRAINING_BADGE_KEY", default="", multiline=True)

# --- Web push: off without a key (decision 0025) ------------------------------------------------
WEB_PUSH_PRIVATE_KEY = env.str("WEB_PUSH_PRIVATE_KEY", default="")
# The push services of browsers; one that begins with a dot stands for all below it.
WEB_PUSH_SERVICES = env.list(
    "WEB_PUSH_SERVICES",
    default=[
        "fcm.googleapis.com",
        ".push.services.mozilla.com",
        ".notify.windows.com",
        ".push.apple.com",
    ],
)
# A push service of one's own, which may lie inside the network and listen on another port.
WEB_PUSH_OWN_SERVICES = env.list("WEB_PUSH_OWN_SERVICES", default=[])

# --- Browser (frontend.md 3) -----------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview of a page in the editor
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's widgets print inline scripts (stack.md 8): a looser policy there, and only there.
EDITOR_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, "'unsafe-inline'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}

# --- What must work before this process is ready, by the name that /gezondheid/klaar shows -------
READINESS = {}
if {"melden", "werkplek"} & set(PORTAL_SURFACES):
    READINESS["kluis"] = "meldpunt.vault.services.readiness.vault_is_ready"

# --- Log: no content, no addresses of visitors --------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "portal.settings.logs.ContentFreeFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
ADMINS: list[str] = []
