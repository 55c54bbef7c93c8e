from django.db import migrations, models


class Migration(migrations.Migration):
    """The first and the last day of an establishment; those that were there have none."""

    dependencies = [("enterprises", "0001_enterprises")]

    operations = [
        migrations.AddField(
            model_name="establishment",
            name="first_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="establishment",
            name="last_day",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="establishment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="enterprises_establishment_days_in_order",
            ),
        ),
    ]
