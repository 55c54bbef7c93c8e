import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Attachments, their content, and the parts of those that are still uploading."""

    initial = True

    dependencies = [
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("service", models.TextField()),
                ("enterprise_number", models.TextField(default="")),
                ("name", models.TextField()),
                ("kind", models.TextField(default="")),
                ("size", models.BigIntegerField()),
                ("digest", models.TextField(default="")),
                ("is_cleaned", models.BooleanField()),
                ("is_scanned", models.BooleanField(default=False)),
                ("state", models.TextField()),
                ("applied_to", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
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
                "db_table": "documents_attachment",
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="documents_attachments.attachment",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
            options={
                "db_table": "documents_attachment_content",
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("begin", models.BigIntegerField()),
                ("data", models.BinaryField()),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="documents_attachments.attachment",
                    ),
                ),
            ],
            options={
                "db_table": "documents_attachment_part",
            },
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["person", "enterprise_number", "service", "state"],
                name="documents_attachment_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["service", "applied_to"], name="documents_attachment_form"),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("state", "applied"), _negated=True),
                fields=["created_at"],
                name="documents_attachment_old",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["uploading", "pending", "applied"])),
                name="documents_attachment_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["", "image/png", "image/jpeg", "application/pdf"])
                ),
                name="documents_attachment_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enterprise_number__regex", "^[0-9]{10}$"),
                    ("enterprise_number", ""),
                    _connector="OR",
                ),
                name="documents_attachment_enterprise_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)), name="documents_attachment_size_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("applied_at__isnull", False), ("applied_to__gt", ""), ("state", "applied")
                    ),
                    models.Q(
                        models.Q(("state", "applied"), _negated=True),
                        ("applied_at__isnull", True),
                        ("applied_to", ""),
                    ),
                    _connector="OR",
                ),
                name="documents_attachment_applied_to_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                fields=("attachment", "begin"), name="documents_attachment_part_once"
            ),
        ),
    ]
