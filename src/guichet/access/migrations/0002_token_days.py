from django.db import migrations, models


class Migration(migrations.Migration):
    """The answers of the token endpoint, counted by channel, day and outcome."""

    dependencies = [("access", "0001_channels")]

    operations = [
        migrations.CreateModel(
            name="TokenDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "client_id",
                        "day",
                        "outcome",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("client_id", models.TextField()),
                ("day", models.DateField()),
                ("outcome", models.TextField()),
                ("times", models.IntegerField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_token_day",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("times__gt", 0)),
                        name="access_token_day_counts_something",
                    )
                ],
            },
        ),
    ]
