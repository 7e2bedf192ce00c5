from importlib import import_module

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Length, Replace

from search.full_text import postgresql

short_columns_first = import_module("search.migrations.0008_people_and_areas").short_columns_first


def fill(apps, schema_editor):
    entries = apps.get_model("search", "SearchEntry").objects.order_by()
    others = entries.filter(page=OuterRef("page"), anchor=OuterRef("anchor"))
    entries.filter(Exists(others.filter(~Q(pk=OuterRef("pk"))))).update(shares_place=True)
    without = Length(Replace("title", Value(" ")))
    entries.update(blanks=Length("title") - without)


def short_columns_inside(apps, schema_editor):
    """Let PostgreSQL keep long texts beside the table (``search.full_text.postgresql.install``)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else rows just filled bar the way
        postgresql.install(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_people_and_areas"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="shares_place",
            field=models.BooleanField(
                default=False, help_text="Another part of its source stands at the same address."
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="blanks",
            field=models.PositiveSmallIntegerField(default=0, help_text="In the title."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(short_columns_first, migrations.RunPython.noop),
        migrations.RunPython(short_columns_inside, migrations.RunPython.noop),
    ]
