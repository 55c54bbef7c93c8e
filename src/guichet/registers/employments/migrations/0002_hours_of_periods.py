import django.contrib.postgres.constraints
from django.db import migrations, models

import guichet.registers.employments.models


class Migration(migrations.Migration):
    """Two shifts of one day are two periods: what may not overlap is the time, not the day."""

    dependencies = [("employments", "0001_employments")]

    operations = [
        migrations.AddField("period", "start_time", models.TimeField(null=True)),
        migrations.AddField("period", "end_time", models.TimeField(null=True)),
        migrations.RemoveConstraint("period", "employments_period_no_overlap"),
        migrations.AddConstraint(
            "period",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="employments_period_no_overlap",
                expressions=[
                    ("relation", "="),
                    (guichet.registers.employments.models.stretch(), "&&"),
                ],
                condition=models.Q(state="active"),
            ),
        ),
    ]
