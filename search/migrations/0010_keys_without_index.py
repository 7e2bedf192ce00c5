from django.db import migrations, models
from django.db.models import PROTECT

INDEX = "search_searchentry_access_key_id_32ebe534"


class Migration(migrations.Migration):
    """Only the index goes: changing the column would make SQLite's table anew, without triggers."""

    dependencies = [
        ("search", "0009_shared_places"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {INDEX}",
                    f"CREATE INDEX {INDEX} ON search_searchentry (access_key_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="searchentry",
                    name="access_key",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="entries",
                        to="search.accesskey",
                    ),
                ),
            ],
        ),
    ]
