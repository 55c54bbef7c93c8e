import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Overviews go to the e-Box too."""

    dependencies = [
        ("interim", "0002_deliveries"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="persons.person",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="email",
            field=models.TextField(default=""),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", True), ("email", ""), _connector="XOR"),
                name="interim_delivery_goes_one_way",
            ),
        ),
    ]
