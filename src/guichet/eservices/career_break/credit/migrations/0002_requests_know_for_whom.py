import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """For whom a break was is asked from its request; nothing changes in the database."""

    dependencies = [("career_break_credit", "0001_codes_and_persons")]
    operations = [
        migrations.AlterField(
            model_name="forwhom",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="for_whom",
                to="career_break.request",
            ),
        ),
    ]
