"""Attempts never change; one is deleted only with an erasure of its learner (AVG art. 17)."""

from django.db import migrations

ALLOWED = """EXISTS (SELECT 1 FROM knowledge_training_erasure
    WHERE user_id = OLD.user_id AND up_to >= OLD.id)"""
SQLITE = [
    """CREATE TRIGGER training_attempt_update BEFORE UPDATE ON knowledge_training_attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END""",
    f"""CREATE TRIGGER training_attempt_delete BEFORE DELETE ON knowledge_training_attempt
    WHEN NOT {ALLOWED}
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END""",
]
POSTGRESQL = f"""
CREATE FUNCTION training_attempt_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND {ALLOWED} THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'attempts are append-only';
END $$;
CREATE TRIGGER training_attempt_refuse BEFORE UPDATE OR DELETE ON knowledge_training_attempt
    FOR EACH ROW EXECUTE FUNCTION training_attempt_refuse();
"""


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION training_attempt_refuse() CASCADE")
        return
    for deed in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER training_attempt_{deed}")


class Migration(migrations.Migration):
    dependencies = [("knowledge_training", "0003_what_somebody_learned")]
    operations = [migrations.RunPython(protect, unprotect)]
