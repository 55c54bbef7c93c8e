import django.db.models.deletion
from django.db import migrations, models

# Where the letters of before went is not known: they are sent again under their own references,
# which an e-Box that has them takes for what they are.
FILL = """
INSERT INTO career_break_recovery_letter (recovery_id, kind, document, asked_at, way)
SELECT id, 'invitation', invitation, opened_at, '' FROM career_break_recovery
WHERE invitation <> ''
UNION ALL
SELECT id, 'decision', document, decided_at, '' FROM career_break_recovery
WHERE document <> '';
"""


class Migration(migrations.Migration):
    """Each letter of a recovery with the way that it went: whoever has no e-Box gets it by post."""

    dependencies = [("career_break_recovery", "0001_recoveries")]
    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("document", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("way", models.TextField(default="")),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="career_break_recovery.recovery",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_recovery_letter",
                "indexes": [
                    models.Index(
                        condition=models.Q(("way__in", ("", "paper"))),
                        fields=["asked_at"],
                        name="career_break_recovery_to_send",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("invitation", "decision"))),
                        name="career_break_recovery_letter_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ("", "ebox", "paper", "posted"))),
                        name="career_break_recovery_letter_way_known",
                    ),
                    models.UniqueConstraint(
                        fields=("recovery", "kind"), name="career_break_recovery_letter_once"
                    ),
                    models.UniqueConstraint(
                        fields=("document",), name="career_break_recovery_letter_document_unique"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
