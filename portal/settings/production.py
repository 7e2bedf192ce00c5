"""Only tightens. Refuses to start with what belongs to the demo."""

from .base import *

PORTAL_PRODUCTION = True
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS names the host names of this portal; it is empty.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and "melden" in PORTAL_SURFACES:
    raise ImproperlyConfigured("A production meldpunt runs on PostgreSQL (meldpunt.md 5.2).")
if "melden" in PORTAL_SURFACES and len(PORTAL_SURFACES) > 1:
    raise ImproperlyConfigured("In production `melden` is a process of its own (meldpunt.md 5.1).")
if "werkplek" in PORTAL_SURFACES and len(PORTAL_SURFACES) > 1:
    raise ImproperlyConfigured("In production `werkplek` is a process of its own.")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# The preview of a page in the editor is a frame of our own address.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"
CSRF_COOKIE_NAME = "__Host-csrf"
if env.bool("TRUSTED_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
if {"melden", "werkplek"} & set(PORTAL_SURFACES) and not MELDPUNT_ROOT_KEY:
    raise ImproperlyConfigured(
        "MELDPUNT_ROOT_KEY pins the region root; a secrets file is for the demo (meldpunt.md 5.2)."
    )
