from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """Ranges that may not overlap need btree_gist; then the outbox of register changes."""

    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("niss", models.TextField(null=True)),
                ("enterprise_number", models.TextField(null=True)),
                ("works_reference", models.TextField(null=True)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                (
                    "recorded_in",
                    models.BigIntegerField(
                        db_default=models.Func(
                            output_field=models.BigIntegerField(),
                            template="pg_current_xact_id()::text::bigint",
                        )
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "platform_change",
                "indexes": [
                    models.Index(fields=["recorded_in"], name="platform_change_recorded_in")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "person",
                                    "enterprise",
                                    "function",
                                    "employment",
                                    "works",
                                    "posting",
                                ],
                            )
                        ),
                        name="platform_change_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("niss__isnull", False),
                            ("enterprise_number__isnull", False),
                            ("works_reference__isnull", False),
                            _connector="OR",
                        ),
                        name="platform_change_touches_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("first_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="platform_change_days_in_order",
                    ),
                ],
            },
        ),
    ]
