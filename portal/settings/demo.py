"""`make demo`: the whole portal in one process group, with keys that are no secret."""

import os
import secrets
from pathlib import Path

VAR = Path(
    os.environ.setdefault("PORTAL_VAR_DIR", str(Path(__file__).resolve().parents[2] / "var/demo"))
)
VAR.mkdir(parents=True, exist_ok=True)
_key = VAR / "demo-secret-key"
if not _key.exists():
    _key.write_text(secrets.token_urlsafe(48))
    _key.chmod(0o600)
os.environ.setdefault("SECRET_KEY", _key.read_text())
from .base import *

if env.bool("PORTAL_PRODUCTION", default=False):
    raise ImproperlyConfigured("Demo mode can't be switched on together with production settings.")

DEMO_MODE = True
AUDIT_SIGNER_GRACE = 0  # no schedule runs in the demo, so its trail is sealed on demand
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
