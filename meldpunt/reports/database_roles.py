"""What the database role of each process may do in PostgreSQL (meldpunt.md 6.6).

A process that is taken over can do no more than its role. The rows of another municipality are
kept away by the policies of the migrations, from every role alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

READ = "SELECT"
ADD = "SELECT, INSERT"
KEEP = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"
SEALED = ("meldpunt_", "audit_")  # tables that no role gets but by name

TRAIL = {"audit_auditevent": ADD, "audit_processingrecord": "INSERT, SELECT", "audit_sealing": READ}
SEALS = {"audit_auditseal": READ}
# What every page of a reporter asks: places, texts of the frame, who answers.
FRAME = {
    "accounts_membership": READ,
    "accounts_user": "SELECT (id, is_active, is_superuser)",
    "django_migrations": READ,
    "portal_cache": ALL,
    "regions_area": READ,
    "regions_municipality": READ,
    "regions_region": READ,
    "regions_themetokens": READ,
    "regions_zoneswitch": READ,
}


@dataclass(frozen=True)
class DatabaseRole:
    """One role. ``elsewhere``: what it may with every table that is not of the meldpunt or the trail.

    ``narrowed``: a table of which it sees only some rows, by a rule on top of the municipality.
    """

    name: str
    elsewhere: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    keystore: dict[str, str] = field(default_factory=dict)
    narrowed: dict[str, str] = field(default_factory=dict)


CMS = DatabaseRole("mp_cms", elsewhere=ALL, tables={**TRAIL, **SEALS})
MELDEN = DatabaseRole(
    "mp_melden",
    tables={
        **FRAME,
        **TRAIL,
        "meldpunt_vault_publickeyrecord": READ,
        "meldpunt_vault_keywrap": "SELECT (key_id, holder_id)",
        "meldpunt_reports_report": ADD,
        "meldpunt_reports_secretwrap": "INSERT",
        "meldpunt_reports_sealedpart": ADD,
        "meldpunt_reports_filechunk": "INSERT",
        "meldpunt_reports_uploadsetting": READ,
        "meldpunt_reports_codewrap": ALL,
        "meldpunt_reports_reportervisit": ALL,
        "meldpunt_reports_extension": ADD,
        "meldpunt_reports_handover": "SELECT (id, municipality_id, report, to_id)",
        "meldpunt_reports_intakebudget": KEEP,
        "meldpunt_reports_codetries": ALL,
        "meldpunt_reports_usedproof": ALL,
    },
    keystore={"meldpunt_vault_keystorekey": ADD, "meldpunt_vault_keystoredestroyed": READ},
    narrowed={
        "meldpunt_reports_sealedpart": "domain = 'dialogue'",
        "meldpunt_vault_keystorekey": "domain = 'dialogue'",
    },
)
WERKPLEK = DatabaseRole(
    "mp_werkplek",
    elsewhere=ALL,
    tables={
        **TRAIL,
        **SEALS,
        "meldpunt_vault_holderadmission": KEEP,
        "meldpunt_vault_holderrecord": ALL,
        "meldpunt_vault_holderwithdrawal": KEEP,
        "meldpunt_vault_indexmasterwrap": ALL,
        "meldpunt_vault_keywrap": ALL,
        "meldpunt_vault_publickeyrecord": KEEP,
        "meldpunt_vault_recoverykey": KEEP,
        "meldpunt_vault_recoverywrap": ALL,
        "meldpunt_vault_staffkeypair": KEEP,
        "meldpunt_reports_extension": READ,
        "meldpunt_reports_filechunk": KEEP,
        "meldpunt_reports_guestcopy": "SELECT, INSERT, UPDATE (was_ended)",
        "meldpunt_reports_handover": ADD,
        "meldpunt_reports_hold": KEEP,
        "meldpunt_reports_indexblob": KEEP,
        "meldpunt_reports_intakebudget": ALL,
        "meldpunt_reports_usedproof": "SELECT, DELETE",
        "meldpunt_reports_report": KEEP,
        "meldpunt_reports_rightsrequest": KEEP,
        "meldpunt_reports_savedview": ALL,
        "meldpunt_reports_sealedpart": KEEP,
        "meldpunt_reports_secretwrap": ALL,
        "meldpunt_reports_shredorder": ADD,
        "meldpunt_reports_standardtext": ALL,
        "meldpunt_reports_tombstone": KEEP,
        "meldpunt_reports_uploadsetting": KEEP,
    },
    keystore={"meldpunt_vault_keystorekey": ADD, "meldpunt_vault_keystoredestroyed": READ},
)
REAPER = DatabaseRole(
    "mp_reaper",
    tables={
        **TRAIL,
        "regions_municipality": READ,
        "meldpunt_reports_codewrap": "SELECT, UPDATE (municipality_id), DELETE",
        "meldpunt_reports_extension": "SELECT, DELETE",
        "meldpunt_reports_filechunk": "SELECT, DELETE",
        "meldpunt_reports_guestcopy": "SELECT, DELETE",
        "meldpunt_reports_handover": "SELECT, UPDATE (certificate)",
        "meldpunt_reports_hold": READ,
        "meldpunt_reports_indexblob": "SELECT, DELETE",
        "meldpunt_reports_report": "SELECT, UPDATE",
        "meldpunt_reports_reportervisit": "SELECT, UPDATE (municipality_id), DELETE",
        "meldpunt_reports_sealedpart": "SELECT, DELETE",
        "meldpunt_reports_secretwrap": "SELECT, DELETE",
        "meldpunt_reports_shredorder": "SELECT, DELETE",
        "meldpunt_reports_tombstone": KEEP,
    },
    keystore={
        "meldpunt_vault_keystorekey": "SELECT, DELETE",
        "meldpunt_vault_keystoredestroyed": ADD,
    },
)
SIGNER = DatabaseRole(
    "mp_signer",
    tables={"audit_auditevent": READ, "audit_auditseal": ADD, "audit_sealing": KEEP},
)
ROLES = [CMS, MELDEN, WERKPLEK, REAPER, SIGNER]


def statements(tables: Iterable[str], *, keystore: bool = False) -> Iterator[str]:
    """The SQL that makes the roles and gives them their rights, and takes away any others.

    Args:
        tables: Every table of the database, in the schema ``public``.
        keystore: Whether it is the database of the keystore.
    """
    known = sorted(tables)
    for role in ROLES:
        yield (
            f"DO $$ BEGIN CREATE ROLE {role.name} NOLOGIN; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role.name}"
        yield f"GRANT USAGE ON SCHEMA public TO {role.name}"
        for table, rights in _rights_of(role, known, keystore=keystore).items():
            yield f'GRANT {rights} ON "{table}" TO {role.name}'
        yield from _narrowing(role, known, keystore=keystore)


def _rights_of(role: DatabaseRole, known: list[str], *, keystore: bool) -> dict[str, str]:
    if keystore:
        return {table: rights for table, rights in role.keystore.items() if table in known}
    rights = {}
    if role.elsewhere:
        rights = {table: role.elsewhere for table in known if not table.startswith(SEALED)}
    named = {table: rights for table, rights in role.tables.items() if table in known}
    return rights | named


def _narrowing(role: DatabaseRole, known: list[str], *, keystore: bool) -> Iterator[str]:
    """Rules that hold for this role alone; where a table has no policy, the others get one."""
    own = role.keystore if keystore else role.tables
    for table, rule in role.narrowed.items():
        if table not in own or table not in known:
            continue
        name = f"{role.name}_sees_less"
        if keystore:
            yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
            yield f'DROP POLICY IF EXISTS everybody ON "{table}"'
            yield f'CREATE POLICY everybody ON "{table}" USING (true) WITH CHECK (true)'
        yield f'DROP POLICY IF EXISTS {name} ON "{table}"'
        yield (
            f'CREATE POLICY {name} ON "{table}" AS RESTRICTIVE FOR SELECT TO {role.name} '
            f"USING ({rule})"
        )
