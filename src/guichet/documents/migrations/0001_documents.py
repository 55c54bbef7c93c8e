import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# A sealed document never changes, and its bytes are written once; the end of a retention term,
# announced for the transaction, is the one way out (see audit_refuse_change).
SEALED_ONCE = """
CREATE TRIGGER documents_document_sealed_once BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW WHEN (OLD.state = 'sealed') EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER documents_document_not_emptied BEFORE TRUNCATE ON documents_document
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER documents_sealed_once BEFORE UPDATE OR DELETE ON documents_sealed
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER documents_sealed_not_emptied BEFORE TRUNCATE ON documents_sealed
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
FORGET = """
DROP TRIGGER documents_document_sealed_once ON documents_document;
DROP TRIGGER documents_document_not_emptied ON documents_document;
DROP TRIGGER documents_sealed_once ON documents_sealed;
DROP TRIGGER documents_sealed_not_emptied ON documents_sealed;
"""


class Migration(migrations.Migration):
    """Documents and their sealed bytes, which nothing changes any more."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("template", models.TextField()),
                ("language", models.TextField()),
                ("title", models.TextField()),
                ("data", models.JSONField()),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("then", models.TextField(default="")),
                ("state", models.TextField(default="requested")),
                ("attempts", models.IntegerField(default=0)),
                ("problem", models.TextField(default="")),
                ("requested_at", models.DateTimeField()),
                ("sealed_at", models.DateTimeField(null=True)),
                ("plain_digest", models.TextField(default="")),
                ("digest", models.TextField(default="")),
                (
                    "enterprise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "documents_document",
            },
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                ("pdf", models.BinaryField()),
            ],
            options={
                "db_table": "documents_sealed",
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["person", "-requested_at"], name="documents_document_person"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["enterprise", "-requested_at"], name="documents_document_enterprise"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference__regex", "^[0-9A-HJKMNP-TV-Z]{16}$")),
                name="documents_document_reference_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="documents_document_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["requested", "sealed", "failed"])),
                name="documents_document_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("digest__regex", "^[0-9a-f]{64}$"), ("digest", ""), _connector="OR"
                ),
                name="documents_document_digest_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plain_digest__regex", "^[0-9a-f]{64}$"), ("plain_digest", ""), _connector="OR"
                ),
                name="documents_document_plain_digest_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enterprise__isnull", False), ("person__isnull", True)),
                    models.Q(("enterprise__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="documents_document_one_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("digest__gt", ""),
                        ("plain_digest__gt", ""),
                        ("sealed_at__isnull", False),
                        ("state", "sealed"),
                    ),
                    models.Q(
                        models.Q(("state", "sealed"), _negated=True),
                        ("digest", ""),
                        ("sealed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="documents_document_sealed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                fields=("digest",),
                name="documents_document_digest_once",
            ),
        ),
        migrations.RunSQL(SEALED_ONCE, FORGET),
    ]
