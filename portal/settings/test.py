"""The tests. PostgreSQL when DATABASE_URL says so."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests only: not a secret")
from .base import *

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}"
PAGE_CACHE_SECONDS = 0  # switched on by the tests that are about it
MELDPUNT_PASSPHRASE_MEMORY = 64  # KiB; the real cost is a test of its own

AUDIT_SEAL_DIR = str(VAR_DIR / "tests" / "seal")
