import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Software of an enterprise sends files too: no person stands behind them."""

    dependencies = [
        ("documents_attachments", "0001_attachments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attachment",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="persons.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False), ("enterprise_number__gt", ""), _connector="OR"
                ),
                name="documents_attachment_of_somebody",
            ),
        ),
    ]
