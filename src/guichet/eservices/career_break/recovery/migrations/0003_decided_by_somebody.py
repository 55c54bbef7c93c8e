from django.db import migrations, models


class Migration(migrations.Migration):
    """A recovery that was decided names who did: without a name, four eyes could not be counted."""

    dependencies = [
        ("career_break", "0005_attachments_are_events"),
        ("career_break_recovery", "0002_where_letters_went"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="recovery",
            name="career_break_recovery_decided_whole",
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("state", "invited"),
                    ),
                    models.Q(
                        ("asked_back__isnull", True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state", "dropped"),
                    ),
                    models.Q(
                        ("asked_back__isnull", False),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state", "decided"),
                    ),
                    _connector="OR",
                ),
                name="career_break_recovery_decided_by_somebody",
            ),
        ),
    ]
