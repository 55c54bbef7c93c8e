from django.db import migrations, models


class Migration(migrations.Migration):
    """What a repeated call of software stands for, for a day."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeptKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("client_id", models.TextField()),
                ("key", models.TextField()),
                ("digest", models.TextField()),
                ("ticket", models.TextField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "career_break_kept_key",
                "indexes": [
                    models.Index(fields=["created_at"], name="career_break_kept_key_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client_id", "key"), name="career_break_kept_key_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                        name="career_break_kept_key_ticket_well_formed",
                    ),
                ],
            },
        ),
    ]
