"""Files of messages that enterprises send."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A new table; nothing else changes."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField()),
                ("service", models.TextField()),
                ("sender", models.TextField()),
                ("reference", models.TextField()),
                ("digest", models.TextField()),
                ("content", models.BinaryField()),
                ("channel", models.TextField()),
                ("actor", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("state", models.TextField(default="received")),
                ("fault", models.TextField(default="")),
                ("forms", models.IntegerField(default=0)),
                ("refused_forms", models.IntegerField(default=0)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "exchanges_file",
                "indexes": [
                    models.Index(fields=["service", "sender", "-id"], name="exchanges_file_sender")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "sender", "reference"),
                        name="exchanges_file_reference_once",
                    ),
                    models.UniqueConstraint(
                        fields=("ticket",), name="exchanges_file_ticket_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["received", "accepted", "refused"])),
                        name="exchanges_file_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["rest", "portal"])),
                        name="exchanges_file_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sender__regex", "^[0-9]{10}$")),
                        name="exchanges_file_sender_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="exchanges_file_digest_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("fault", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("fault", "")),
                            _connector="OR",
                        ),
                        name="exchanges_file_refused_has_a_fault",
                    ),
                ],
            },
        ),
    ]
