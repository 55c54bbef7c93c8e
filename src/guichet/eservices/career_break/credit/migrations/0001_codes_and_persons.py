import uuid

import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Codes for an employer, for whom breaks were taken; their history by trigger."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("career_break", "0003_worker_parts"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("code", models.TextField()),
                ("content", models.JSONField()),
                ("document", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("shown_until", models.DateField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_attestation",
                "indexes": [
                    models.Index(
                        fields=["person", "-made_at"], name="career_break_attest_of_person"
                    ),
                    models.Index(
                        condition=models.Q(("used_by__isnull", False)),
                        fields=["used_by", "-used_at"],
                        name="career_break_attest_of_firm",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code",), name="career_break_attestation_code_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("key",), name="career_break_attestation_key_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9A-HJKMNP-TV-Z]{12}$")),
                        name="career_break_attestation_code_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("used_at__isnull", True), ("used_by__isnull", True)),
                            models.Q(("used_at__isnull", False), ("used_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="career_break_attestation_used_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            ("used_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="career_break_attestation_used_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            ("revoked_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="career_break_attestation_revoked_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForWhom",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("whom", models.TextField()),
                ("name", models.TextField(default="")),
                ("born_on", models.DateField(null=True)),
                ("said_at", models.DateTimeField()),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_for_whom",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("whom", ""), _negated=True),
                        name="career_break_for_whom_names_somebody",
                    )
                ],
            },
        ),
        *history_operations("career_break_attestation", "career_break_for_whom"),
    ]
