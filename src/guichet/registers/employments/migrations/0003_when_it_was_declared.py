from django.db import migrations, models


class Migration(migrations.Migration):
    """When a period was declared, for those that come from elsewhere: late or in time is known."""

    dependencies = [("employments", "0002_hours_of_periods")]
    operations = [
        migrations.AddField("period", "declared_at", models.DateTimeField(null=True)),
    ]
