from django.db import migrations, models


class Migration(migrations.Migration):
    """A call with a key is made once."""

    dependencies = [("temporary_unemployment_messages", "0001_files")]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("client", models.TextField()),
                ("key", models.TextField()),
                ("fingerprint", models.TextField()),
                ("ticket", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "temporary_unemployment_messages_call",
                "indexes": [models.Index(fields=["at"], name="tu_messages_call_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "key"), name="temporary_unemployment_messages_call_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fingerprint__regex", "^[0-9a-f]{64}$")),
                        name="temporary_unemployment_messages_call_fingerprint_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket__regex", "^[0-9A-Z]{13}$")),
                        name="temporary_unemployment_messages_call_ticket_well_formed",
                    ),
                ],
            },
        ),
    ]
