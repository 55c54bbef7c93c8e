from django.db import migrations, models


class Migration(migrations.Migration):
    """Attachments of an employer are something that happened to a request."""

    dependencies = [
        ("career_break", "0004_authority_of_public_employers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="version",
            name="career_break_version_event_known",
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event__in",
                        [
                            "confirmed",
                            "modified",
                            "attached",
                            "cancelled",
                            "withdrawn",
                            "completed",
                            "expired",
                            "taken",
                            "asked",
                            "answered",
                            "decided",
                            "reopened",
                        ],
                    )
                ),
                name="career_break_version_event_known",
            ),
        ),
    ]
