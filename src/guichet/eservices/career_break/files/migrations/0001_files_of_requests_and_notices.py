import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Chosen files, and files that were applied with their history by trigger."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("career_break", "0003_worker_parts"),
        ("documents_attachments", "0001_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("document", models.TextField()),
                ("description", models.TextField(default="")),
                ("party", models.TextField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("chosen_at", models.DateTimeField()),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="documents_attachments.attachment",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.notice",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_file_choice",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "document__in",
                                [
                                    "medical_attestation",
                                    "hospital_certificate",
                                    "palliative_attestation",
                                    "carer_recognition",
                                    "birth_or_adoption",
                                    "disability_attestation",
                                    "enrolment",
                                    "attendance",
                                    "remaining_credit",
                                    "career_declaration",
                                    "exception_declaration",
                                    "placement",
                                    "occupation_elsewhere",
                                    "notice_certificate",
                                    "other",
                                ],
                            )
                        ),
                        name="career_break_file_choice_document_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("party__in", ["employer", "worker"])),
                        name="career_break_file_choice_party_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice__isnull", True), ("request__isnull", False)),
                            models.Q(("notice__isnull", False), ("request__isnull", True)),
                            _connector="OR",
                        ),
                        name="career_break_file_choice_of_one_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("document", models.TextField()),
                ("description", models.TextField(default="")),
                ("party", models.TextField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("attachment", models.UUIDField(unique=True)),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("size", models.BigIntegerField()),
                ("digest", models.TextField()),
                ("enterprise", models.TextField(default="")),
                ("state", models.TextField(default="received")),
                ("reason", models.TextField(default="")),
                ("received_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.notice",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.part",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_file",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "document__in",
                                [
                                    "medical_attestation",
                                    "hospital_certificate",
                                    "palliative_attestation",
                                    "carer_recognition",
                                    "birth_or_adoption",
                                    "disability_attestation",
                                    "enrolment",
                                    "attendance",
                                    "remaining_credit",
                                    "career_declaration",
                                    "exception_declaration",
                                    "placement",
                                    "occupation_elsewhere",
                                    "notice_certificate",
                                    "other",
                                ],
                            )
                        ),
                        name="career_break_file_document_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("party__in", ["employer", "worker"])),
                        name="career_break_file_party_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "accepted", "rejected", "deleted"])
                        ),
                        name="career_break_file_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["application/pdf", "image/jpeg"])),
                        name="career_break_file_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="career_break_file_digest_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enterprise__regex", "^[0-9]{10}$"),
                            ("enterprise", ""),
                            _connector="OR",
                        ),
                        name="career_break_file_enterprise_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice__isnull", True), ("request__isnull", False)),
                            models.Q(("notice__isnull", False), ("request__isnull", True)),
                            _connector="OR",
                        ),
                        name="career_break_file_of_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="career_break_file_size_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason__gt", ""), ("state", "rejected")),
                            models.Q(
                                models.Q(("state", "rejected"), _negated=True), ("reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="career_break_file_rejected_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enterprise__gt", ""), ("party", "employer")),
                            models.Q(("enterprise", ""), ("party", "worker")),
                            _connector="OR",
                        ),
                        name="career_break_file_firm_of_employer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("request__isnull", False), ("state__in", ("accepted", "received"))
                        ),
                        fields=("request", "party", "document", "digest"),
                        name="career_break_file_once_of_request",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("notice__isnull", False), ("state__in", ("accepted", "received"))
                        ),
                        fields=("notice", "party", "document", "digest"),
                        name="career_break_file_once_of_notice",
                    ),
                ],
            },
        ),
        *history_operations("career_break_file"),
    ]
