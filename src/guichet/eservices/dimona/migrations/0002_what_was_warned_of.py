from django.db import migrations, models


class Migration(migrations.Migration):
    """What a page warned of before a declaration was sent, and the reason given for sending it."""

    dependencies = [("dimona", "0001_declarations")]
    operations = [
        migrations.AddField("declaration", "warned", models.JSONField(null=True)),
    ]
