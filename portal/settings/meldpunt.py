"""What the meldpunt can be told (meldpunt.md 5.1; terms: domain.md 2.4 and 7.1)."""

from pathlib import Path

import environ

env = environ.FileAwareEnv()

# --- Secrets. Each process gets only what its surface needs; 64 hexadecimal digits each. ---
# Empty ones are read from the secrets file, which the demo makes for itself.
MELDPUNT_WEB_PEPPER = env.str("MELDPUNT_WEB_PEPPER", default="")  # K_web: `melden`
MELDPUNT_STAFF_PEPPER = env.str("MELDPUNT_STAFF_PEPPER", default="")  # K_staff: `werkplek`
MELDPUNT_ROOT_KEY = env.str("MELDPUNT_ROOT_KEY", default="")  # pinned public half: both
MELDPUNT_RECEIPT_KEY = env.str("MELDPUNT_RECEIPT_KEY", default="")  # private half: `melden`
MELDPUNT_AUDIT_KEY = env.str("MELDPUNT_AUDIT_KEY", default="")  # private half: `reaper`, `signer`
MELDPUNT_AUDIT_VERIFY_KEY = env.str("MELDPUNT_AUDIT_VERIFY_KEY", default="")  # its public half
MELDPUNT_SECRETS_FILE = env.str(
    "MELDPUNT_SECRETS_FILE",
    default=str(
        Path(env.str("PORTAL_VAR_DIR", default=str(Path(__file__).resolve().parents[2] / "var")))
        / "meldpunt-secrets.json"
    ),
)
MELDPUNT_REFUSED_SUITES = env.list("MELDPUNT_REFUSED_SUITES", cast=int, default=[])
# Who destroys keys: "direct" in the process that asks (the embedded default), "apart" when a
# process of its own runs `meldpunt_reap` (meldpunt.md 5.1).
MELDPUNT_REAPER = env.str("MELDPUNT_REAPER", default="direct")

# --- Keys ------------------------------------------------------------------------------------
MELDPUNT_HOLDERS_LEAST = 2
MELDPUNT_PASSPHRASE_MEMORY = 128 * 1024  # KiB for Argon2id (meldpunt.md 6.2)
MELDPUNT_SIGNING_KEY_DAYS = 5 * 366
MELDPUNT_RECOVERY_DRILL_DAYS = 92  # how long a try of the paper sheets counts (meldpunt.md 6.6)
MELDPUNT_REPORT_KEY_DAYS = 400  # rotation comes sooner; this is when a forgotten key stops

# --- Web sessions, in seconds ------------------------------------------------------------------
MELDPUNT_UNLOCK_IDLE = 15 * 60  # domain.md 2.6
MELDPUNT_UNLOCK_LONGEST = 8 * 3600
MELDPUNT_UNLOCK_TRIES = 5  # wrong passphrases per quarter of an hour
MELDPUNT_VISIT_LONGEST = 3 * 3600  # between two steps of the form
MELDPUNT_RECEIPT_AGAIN = 10 * 60  # how long the same code can be shown again
MELDPUNT_CONVERSATION_IDLE = 20 * 60
MELDPUNT_CONVERSATION_LONGEST = 4 * 3600
MELDPUNT_PHONE_LINK = 10 * 60  # how long the link for a report by telephone works, once
MELDPUNT_TRUST_PERSON_PHONE = env.str("MELDPUNT_TRUST_PERSON_PHONE", default="")
MELDPUNT_QUICK_EXIT_URL = env.str("MELDPUNT_QUICK_EXIT_URL", default="https://www.buienradar.nl/")

# --- When many ask at once (abuse cases 3 and 21): first work for the browser, or a wait -----------
MELDPUNT_BUDGET = {
    "reports_per_hour": env.int("MELDPUNT_REPORTS_PER_HOUR", default=60),  # per municipality
    "tries_per_minute": 10,  # of codes, per visit
    "wrong_tries_per_minute": 60,  # of codes, of everybody together
    "messages_in_a_row": 20,  # of a reporter, before the desk answers
    "puzzle_cost": 5000,  # rounds of PBKDF2, about 256 times: a second or two for a telephone
    "wait_seconds": 60,  # without JavaScript; doubles with every budget that is passed
    "wait_longest": 600,
    "proof_seconds": 1800,  # how long a puzzle or a wait is good for
}
# A municipality may have a budget of its own: {"demodam": 120} reports an hour.
MELDPUNT_REPORTS_PER_HOUR_BY_MUNICIPALITY = env.json(
    "MELDPUNT_REPORTS_PER_HOUR_BY_MUNICIPALITY", default={}
)

# --- Files of reporters (meldpunt.md 8). Off until a municipality switches them on. ---------------
MELDPUNT_CLAMAV_SOCKET = env.str("MELDPUNT_CLAMAV_SOCKET", default="/run/clamav/clamd.ctl")
MELDPUNT_CLAMAV_SECONDS = 10  # without a word of the scanner
MELDPUNT_UPLOAD_SECONDS = 40  # for all files of one form together
MELDPUNT_UPLOAD_LIMITS = {
    "files": 5,  # in one form
    "file": 10 * 1024 * 1024,
    "together": 25 * 1024 * 1024,
    "conversation": 20,  # files with messages of one report
}

# --- Deadlines, in working days unless the name says otherwise (domain.md 7.1) -------------------
MELDPUNT_DEADLINES = {
    "urgent_triage_days": 1,
    "triage_days": 2,
    "outcome_days": 5,
    "feedback_days": 10,
    "reporter_answer_calendar_days": 14,
    "transfer_days": 5,  # after the weighing
    "weighing_calendar_days": 21,  # the longest wait for the next weighing
    "escalate_calendar_days": 42,
}

MELDPUNT_EXPORT_DAYS = 7  # how long a file to which a colleague agreed can be taken, once
MELDPUNT_GUEST_DAYS = 28  # how long a guest of a casusoverleg can read a copy, at most
MELDPUNT_TRANSFER_RECORD_DAYS = 5 * 365  # to whom a report was transferred (domain.md 2.4)

# Days on which the desk is closed besides weekends and public holidays, as "2026-12-24".
MELDPUNT_DAYS_OFF = env.list("MELDPUNT_DAYS_OFF", default=[])

# --- How long what is kept: days, with the bounds a municipality stays within (domain.md 2.4) ----
MELDPUNT_RETENTION = {
    "no_follow_up": {"days": 28, "least": 7, "most": 28},
    "withdrawn": {"days": 28, "least": 7, "most": 28},
    "advised": {"days": 90, "least": 28, "most": 90},
    "referred": {"days": 90, "least": 28, "most": 90},
    "transferred": {"days": 90, "least": 28, "most": 180},
    "identity": {"days": 30, "least": 0, "most": 30},
}
# A municipality may keep shorter, or longer within the bounds: {"demodam": {"advised": 60}}.
MELDPUNT_RETENTION_BY_MUNICIPALITY = env.json("MELDPUNT_RETENTION_BY_MUNICIPALITY", default={})
MELDPUNT_EXTENSION_DAYS = 14  # when the reporter comes back in the last so many days, once
MELDPUNT_HOLD_LONGEST = 365  # days that one hold may last; a new one takes two people again
MELDPUNT_HOLD_WAITS_DAYS = 7  # how long a hold that nobody confirmed pauses destruction
MELDPUNT_EXCLUSION_WAITS_DAYS = 7  # how long a colleague is kept away without a second person
MELDPUNT_RIGHTS_DAYS = 30  # to answer a request about own data (AVG 12.3)
MELDPUNT_RIGHTS_EXTRA_DAYS = 60  # once, when it is complex
# A file outside both databases with the hashes of destroyed keys, one a line; empty: none.
MELDPUNT_DESTROYED_LIST = env.str("MELDPUNT_DESTROYED_LIST", default="")
