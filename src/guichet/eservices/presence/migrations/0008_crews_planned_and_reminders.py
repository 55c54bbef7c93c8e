import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0001_persons"),
        ("presence", "0007_files_asked_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="Nudge",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("enterprise_number", models.TextField()),
                ("works_reference", models.TextField()),
                ("day", models.DateField()),
                ("sent_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "presence_nudge",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "day"), name="presence_nudge_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedMember",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("enterprise_number", models.TextField()),
                ("works_reference", models.TextField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None
                    ),
                ),
                ("starts_at", models.TimeField()),
                ("planned_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "presence_planned",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise_number", "works_reference", "person"),
                        name="presence_planned_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]),
                            ("weekdays__len__gt", 0),
                        ),
                        name="presence_planned_weekdays",
                    ),
                ],
            },
        ),
    ]
