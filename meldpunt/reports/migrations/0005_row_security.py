"""PostgreSQL shows and takes only rows of the municipalities of the request (meldpunt.md 6.6).

FORCE binds the owner of the tables too; only a superuser or a role with BYPASSRLS, such as the one
that makes backups, sees everything. A migration that changes rows of these tables has to say for
which municipalities, or takes FORCE away and puts it back.
"""

from django.db import migrations

TABLES = [
    "codewrap",
    "extension",
    "hold",
    "indexblob",
    "report",
    "reportervisit",
    "rightsrequest",
    "sealedpart",
    "secretwrap",
    "shredorder",
    "standardtext",
    "tombstone",
]
# The list is worked out once for each question, not once for each row.
OWN = """municipality_id = ANY (
    (SELECT string_to_array(current_setting('app.municipalities', true), ','))::bigint[])"""
SOUGHT = "NULLIF(current_setting('app.sought', true), '')"
# Whoever comes back has a secret, and nobody knows yet of which municipality.
BY_SECRET = {
    "codewrap": f"lookup = decode({SOUGHT}, 'hex')",
    "reportervisit": f"id = {SOUGHT}",
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in TABLES:
        table = f"meldpunt_reports_{name}"
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        schema_editor.execute(
            f"CREATE POLICY own_municipality ON {table} USING ({OWN}) WITH CHECK ({OWN})"
        )
    for name, rule in BY_SECRET.items():
        schema_editor.execute(
            f"CREATE POLICY by_secret ON meldpunt_reports_{name} FOR SELECT USING ({rule})"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in TABLES:
        table = f"meldpunt_reports_{name}"
        schema_editor.execute(f"DROP POLICY own_municipality ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for name in BY_SECRET:
        schema_editor.execute(f"DROP POLICY by_secret ON meldpunt_reports_{name}")


class Migration(migrations.Migration):
    dependencies = [("meldpunt_reports", "0004_holds_and_rights")]
    operations = [migrations.RunPython(guard, unguard)]
