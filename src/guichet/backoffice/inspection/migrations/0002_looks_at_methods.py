from django.db import migrations, models

LOOKS = ("search", "file", "registration", "site", "signals", "method", "document")


class Migration(migrations.Migration):
    """An inspector may look at a declared method and its documents."""

    dependencies = [("backoffice_inspection", "0001_inquiries")]

    operations = [
        migrations.RemoveConstraint(model_name="look", name="inspection_look_known"),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(
                condition=models.Q(what__in=list(LOOKS)), name="inspection_look_known"
            ),
        ),
    ]
