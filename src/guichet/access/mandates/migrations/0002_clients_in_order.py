from django.db import migrations, models


class Migration(migrations.Migration):
    """What is lent to a provider is read in order, a few rows of it."""

    dependencies = [("access_mandates", "0001_mandates")]

    operations = [
        migrations.RemoveIndex(model_name="lent", name="access_mandate_lent_to"),
        migrations.AddIndex(
            model_name="lent",
            index=models.Index(fields=["mandatary", "id"], name="access_mandate_lent_to"),
        ),
    ]
