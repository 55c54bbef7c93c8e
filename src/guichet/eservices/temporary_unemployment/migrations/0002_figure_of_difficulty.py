from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0001_enterprises"),
        ("temporary_unemployment", "0001_communications"),
    ]

    operations = [
        migrations.AddField(
            model_name="difficulty",
            name="percent",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="difficulty",
            name="remark",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("percent", None),
                    models.Q(("percent__gte", 0), ("percent__lte", 100)),
                    _connector="OR",
                ),
                name="tu_difficulty_percent_is_one",
            ),
        ),
    ]
