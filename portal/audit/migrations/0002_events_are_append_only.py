"""Events can be added, and never changed or removed (BIO2 8.15)."""

from django.db import migrations

SQLITE = """CREATE TRIGGER audit_event_{deed} BEFORE {deed} ON audit_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"""
POSTGRESQL = """
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$;
CREATE TRIGGER audit_event_refuse BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
"""
# A test database is emptied with TRUNCATE, which needs no trigger of ours; in production the
# role of the portal has no right to it.


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for deed in ("UPDATE", "DELETE"):
        schema_editor.execute(SQLITE.format(deed=deed))


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_event_refuse() CASCADE")
        return
    for deed in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER audit_event_{deed}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
