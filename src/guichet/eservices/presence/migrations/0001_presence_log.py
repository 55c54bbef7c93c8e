"""The log of acts, from the SQL that the ingest and the tests read too."""

from importlib.resources import files

import django.contrib.postgres.fields
from django.db import migrations, models

CREATE = files("guichet.presence_log").joinpath("schema.sql").read_text("utf-8")
DROP = """
DROP FUNCTION presence_ensure_months(date, date);
DROP FUNCTION presence_ensure_month(date);
DROP SEQUENCE presence_receipt;
DROP TABLE presence_idempotency, presence_watermark, presence_verdict, presence_act;
"""
# Three months back and ahead; the daily job goes on from here.
PARTITIONS = """
SELECT presence_ensure_months(
    ((now() AT TIME ZONE 'Europe/Brussels') - interval '3 months')::date,
    ((now() AT TIME ZONE 'Europe/Brussels') + interval '3 months')::date)
"""


class Migration(migrations.Migration):
    """Tables by SQL; Django is told of unmanaged models so that queries may use them."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL([CREATE], [DROP]),
        migrations.RunSQL([PARTITIONS], migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "receipt",
                        "occurred_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("receipt", models.BigIntegerField()),
                ("occurred_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("recorded_in", models.BigIntegerField()),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("sender", models.IntegerField(null=True)),
                ("offset_minutes", models.SmallIntegerField()),
                ("type", models.TextField()),
                ("ssin", models.TextField()),
                ("enterprise_number", models.TextField(null=True)),
                ("foreign_vat_number", models.TextField(null=True)),
                ("works_reference", models.TextField()),
                ("activity", models.TextField()),
                ("channel", models.TextField()),
                ("custom_reference", models.TextField(null=True)),
                ("address", models.JSONField(null=True)),
            ],
            options={"db_table": "presence_act", "managed": False},
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "receipt",
                        "occurred_at",
                        "round",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("receipt", models.BigIntegerField()),
                ("occurred_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField()),
                ("round", models.SmallIntegerField()),
                ("is_current", models.BooleanField()),
                ("validity", models.TextField()),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
            ],
            options={"db_table": "presence_verdict", "managed": False},
        ),
        migrations.CreateModel(
            name="Watermark",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
            ],
            options={"db_table": "presence_watermark", "managed": False},
        ),
        migrations.CreateModel(
            name="KeyedCall",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "client_id",
                        "key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("client_id", models.TextField()),
                ("key", models.TextField()),
                ("body_digest", models.TextField()),
                ("answer", models.BinaryField()),
                ("created_at", models.DateTimeField()),
            ],
            options={"db_table": "presence_idempotency", "managed": False},
        ),
    ]
