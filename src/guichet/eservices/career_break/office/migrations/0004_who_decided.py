import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who took each decision: one officer, or two, who are never the same person."""

    dependencies = [
        ("career_break", "0005_attachments_are_events"),
        ("career_break_office", "0003_decisions_know_their_letters"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="signature",
                        serialize=False,
                        to="career_break.decision",
                    ),
                ),
                ("overrides", models.JSONField(default=list)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="career_break_office.proposal",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_signature",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("overrides", []),
                                ("proposal__isnull", True),
                                ("second__isnull", True),
                            ),
                            models.Q(
                                models.Q(("overrides", []), _negated=True),
                                ("proposal__isnull", False),
                                ("second__isnull", False),
                                models.Q(("second", models.F("first")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="career_break_signature_four_eyes",
                    )
                ],
            },
        ),
    ]
