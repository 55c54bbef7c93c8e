from django.db import migrations, models


class Migration(migrations.Migration):
    """What leaves the house, and how often somebody tried."""

    dependencies = [
        ("platform", "0001_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("recipient", models.TextField()),
                ("subject", models.TextField(default="")),
                ("body", models.TextField(default="")),
                ("pdf", models.BinaryField(null=True)),
                ("language", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "platform_dispatch",
                "indexes": [
                    models.Index(fields=["created_at"], name="platform_dispatch_created_at")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mail", "letter", "text"])),
                        name="platform_dispatch_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                        name="platform_dispatch_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipient", ""), _negated=True),
                        name="platform_dispatch_has_a_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "letter"), ("pdf__isnull", False)),
                            models.Q(
                                models.Q(("kind", "letter"), _negated=True), ("pdf__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="platform_dispatch_letters_are_printed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Throttle",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("count", models.IntegerField()),
            ],
            options={
                "db_table": "platform_throttle",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[0-9a-f]{64}$")),
                        name="platform_throttle_key_is_a_digest",
                    )
                ],
            },
        ),
    ]
