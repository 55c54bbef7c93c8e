from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="TestCard",
            fields=[
                ("serial", models.TextField(primary_key=True, serialize=False)),
                ("niss", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "csam_eid_test_card",
                "indexes": [models.Index(fields=["-made_at"], name="csam_eid_test_card_made")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("serial__regex", "^[0-9a-f]{1,40}$")),
                        name="csam_eid_test_card_serial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["authentication", "signature"])),
                        name="csam_eid_test_card_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("niss__regex", "^[0-9]{11}$")),
                        name="csam_eid_test_card_niss",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
                ("login", models.TextField()),
                ("refusal", models.TextField(null=True)),
                ("niss", models.TextField(null=True)),
                ("given_name", models.TextField(default="")),
                ("family_name", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "csam_eid_ticket",
                "indexes": [models.Index(fields=["expires_at"], name="csam_eid_ticket_expires")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="csam_eid_ticket_digest_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refusal__isnull", True),
                            (
                                "refusal__in",
                                [
                                    "missing",
                                    "unreadable",
                                    "unknown-issuer",
                                    "signature",
                                    "not-yet-valid",
                                    "expired",
                                    "no-number",
                                    "revoked",
                                    "status-unavailable",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="csam_eid_ticket_refusal_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("niss__isnull", False),
                                ("niss__regex", "^[0-9]{11}$"),
                                ("refusal__isnull", True),
                            ),
                            models.Q(
                                ("family_name", ""),
                                ("given_name", ""),
                                ("niss__isnull", True),
                                ("refusal__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="csam_eid_ticket_holder_or_refusal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="csam_eid_ticket_ends",
                    ),
                ],
            },
        ),
    ]
