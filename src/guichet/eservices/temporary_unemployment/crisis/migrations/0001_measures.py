from django.db import migrations, models


class Migration(migrations.Migration):
    """Waivers, modes, and the counter of the queue."""

    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE temporary_unemployment_queue",
            "DROP SEQUENCE temporary_unemployment_queue",
        ),
        migrations.CreateModel(
            name="Mode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("rate", models.IntegerField(default=0)),
                ("first_number", models.BigIntegerField(default=0)),
                ("by", models.TextField()),
                ("closed_by", models.TextField(default="")),
            ],
            options={
                "db_table": "temporary_unemployment_mode",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["queue", "reading"])),
                        name="tu_mode_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("kind",),
                        name="tu_mode_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("opened_at"))),
                        name="tu_mode_ends_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "queue"), _negated=True),
                            ("rate__gt", 0),
                            _connector="OR",
                        ),
                        name="tu_mode_queue_has_a_rate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("kind", models.TextField(blank=True, default="")),
                ("committees", models.JSONField(default=list)),
                ("postcodes", models.JSONField(default=list)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("law", models.TextField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(default="")),
            ],
            options={
                "db_table": "temporary_unemployment_waiver",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                ["E", "I", "T", "F", "FM", "V", "FV", "R", "G", "D", "SE"],
                            )
                        ),
                        name="tu_waiver_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "",
                                    "expected",
                                    "first_day",
                                    "accident_nature",
                                    "accident_list",
                                    "force_majeure",
                                    "strike",
                                    "difficulty",
                                ],
                            )
                        ),
                        name="tu_waiver_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="tu_waiver_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("law", ""), _negated=True), name="tu_waiver_has_a_text"
                    ),
                ],
            },
        ),
    ]
