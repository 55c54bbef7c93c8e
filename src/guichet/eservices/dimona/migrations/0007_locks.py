from django.db import migrations, models


class Migration(migrations.Migration):
    """Who took a period over, when and why; a new table, nothing else changes."""

    dependencies = [
        ("dimona", "0006_identity_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeriodLock",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("period_id", models.BigIntegerField()),
                ("is_locked", models.BooleanField()),
                ("reason", models.TextField()),
                ("actor", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "dimona_period_lock",
                "indexes": [models.Index(fields=["period_id", "id"], name="dimona_period_lock_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="dimona_period_lock_has_a_reason",
                    )
                ],
            },
        ),
    ]
