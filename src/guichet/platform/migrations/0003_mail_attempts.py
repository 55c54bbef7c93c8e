from django.db import migrations, models


class Migration(migrations.Migration):
    """How often the mail server did not take a mail."""

    dependencies = [
        ("platform", "0002_outbox_and_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispatch",
            name="attempts",
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
