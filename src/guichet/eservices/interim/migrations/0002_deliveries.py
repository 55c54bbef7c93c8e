from django.db import migrations, models


class Migration(migrations.Migration):
    """Links to overviews that go by mail."""

    dependencies = [
        ("interim", "0001_feeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("reference", models.TextField(primary_key=True, serialize=False)),
                ("email", models.TextField()),
                ("language", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "interim_delivery",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__regex", "^(nl|fr|de|en)$")),
                        name="interim_delivery_language_well_formed",
                    )
                ],
            },
        ),
    ]
