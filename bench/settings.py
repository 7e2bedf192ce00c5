"""As in production, with a database of the bench's own and the number of queries in a header."""

import os

os.environ.setdefault("SECRET_KEY", "bench only: not a secret")
from portal.settings.base import *

ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.urls"
WSGI_APPLICATION = "bench.wsgi.application"
MIDDLEWARE = ["bench.middleware.CountQueriesMiddleware", *MIDDLEWARE]
VAR_DIR.mkdir(parents=True, exist_ok=True)
BENCH_COUNTS_QUERIES = bool(os.environ.get("BENCH_COUNTS_QUERIES"))
PAGE_CACHE_SECONDS = int(os.environ.get("BENCH_PAGE_CACHE", "0"))
DEMO_MODE = True  # lets the meldpunt make keys of its own; no page of the demo is loaded
STATIC_ROOT = VAR_DIR / "static"
MELDPUNT_BUDGET = {**MELDPUNT_BUDGET, "reports_per_hour": 10**9}  # the load is the point here
