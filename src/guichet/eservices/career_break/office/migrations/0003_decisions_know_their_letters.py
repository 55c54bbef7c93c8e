import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a decision was sent is asked from the decision; nothing changes in the database."""

    dependencies = [("career_break_office", "0002_files_at_the_office")]
    operations = [
        migrations.AlterField(
            model_name="letter",
            name="decision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="career_break.decision",
            ),
        ),
    ]
