"""What a person pressed on his own page, beside the act that it stored."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A new table; nothing else changes."""

    dependencies = [
        ("persons", "0001_persons"),
        ("presence", "0001_presence_log"),
    ]
    operations = [
        migrations.CreateModel(
            name="Press",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("part", models.SmallIntegerField(default=0)),
                ("step", models.TextField()),
                ("receipt", models.BigIntegerField(null=True)),
                ("pressed_at", models.DateTimeField()),
                ("position", models.TextField()),
                ("accuracy_metres", models.IntegerField(null=True)),
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
                "db_table": "presence_press",
                "indexes": [models.Index(fields=["receipt"], name="presence_press_receipt")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "key", "part"), name="presence_press_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["start", "break", "resume", "end", "move", "done"])
                        ),
                        name="presence_press_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "position__in",
                                ["given", "refused", "timeout", "unavailable", "not_asked"],
                            )
                        ),
                        name="presence_press_position_known",
                    ),
                ],
            },
        ),
    ]
