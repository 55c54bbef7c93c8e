import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

# Whoever ticked the permission so far meant this box; it stays readable until its holder says no.
_NAMED_ALREADY = """
INSERT INTO ebox_consumer (box_id, client_id, key, named_at)
SELECT box.id, channel.client_id, gen_random_uuid(),
       GREATEST(box.created_at, channel.created_at)
  FROM access_channel AS channel
  JOIN enterprises_enterprise AS holder ON holder.number = channel.enterprise_number
  JOIN ebox_box AS box ON box.enterprise_id = holder.id
 WHERE 'ebox' = ANY(channel.permissions)
"""


class Migration(migrations.Migration):
    """Programs that the holder of a box lets read it; those that read one already are named."""

    dependencies = [
        ("ebox", "0003_labels_of_messages"),
        ("persons", "0001_persons"),
        ("enterprises", "0001_enterprises"),
        ("access", "0004_scopes_of_the_ebox"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consumer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("client_id", models.TextField()),
                ("key", models.UUIDField()),
                ("named_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consumers",
                        to="ebox.box",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_consumer",
                "indexes": [models.Index(fields=["client_id"], name="ebox_consumer_of_client")],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="ebox_consumer_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("box", "client_id"),
                        name="ebox_consumer_named_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("named_at")),
                            _connector="OR",
                        ),
                        name="ebox_consumer_withdrawn_after_it_was_named",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_NAMED_ALREADY, migrations.RunSQL.noop),
        *history_operations("ebox_consumer"),
    ]
