"""Counts of how busy it is; the one of a municipality is guarded like every sealed table (0005)."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "meldpunt_reports_intakebudget"
OWN = """municipality_id = ANY (
    (SELECT string_to_array(current_setting('app.municipalities', true), ','))::bigint[])"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        schema_editor.execute(
            f"CREATE POLICY own_municipality ON {TABLE} USING ({OWN}) WITH CHECK ({OWN})"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("meldpunt_reports", "0005_row_security"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeTries",
            fields=[
                (
                    "id",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="hash of the visit",
                    ),
                ),
                ("minute", models.PositiveIntegerField(verbose_name="minute since 1970")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="number")),
            ],
            options={
                "verbose_name": "tries of codes",
                "verbose_name_plural": "tries of codes",
            },
        ),
        migrations.CreateModel(
            name="IntakeBudget",
            fields=[
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="regions.municipality",
                        verbose_name="municipality",
                    ),
                ),
                ("hour", models.PositiveIntegerField(verbose_name="hour since 1970")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="number")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "reached",
                    models.PositiveSmallIntegerField(default=0, verbose_name="share reached"),
                ),
                (
                    "told",
                    models.PositiveSmallIntegerField(default=0, verbose_name="share that was told"),
                ),
            ],
            options={
                "verbose_name": "budget of a form",
                "verbose_name_plural": "budgets of forms",
            },
        ),
        migrations.CreateModel(
            name="UsedProof",
            fields=[
                (
                    "id",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="hash of the proof",
                    ),
                ),
                (
                    "used_for",
                    models.CharField(max_length=64, verbose_name="hash of what it was used for"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="runs out at")),
            ],
            options={
                "verbose_name": "used proof",
                "verbose_name_plural": "used proofs",
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
