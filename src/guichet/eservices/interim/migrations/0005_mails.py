import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which mail of the outbox brings the link to an overview."""

    dependencies = [
        ("interim", "0004_reports"),
        ("platform", "0003_mail_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="mail",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="platform.dispatch",
            ),
        ),
    ]
