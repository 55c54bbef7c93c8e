import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Addresses of calendar feeds."""

    initial = True

    dependencies = [
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="persons.person",
                    ),
                ),
                ("secret", models.TextField()),
                ("language", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "interim_feed",
                "constraints": [
                    models.UniqueConstraint(fields=("secret",), name="interim_feed_secret_once"),
                    models.CheckConstraint(
                        condition=models.Q(("secret__regex", "^[0-9a-f]{64}$")),
                        name="interim_feed_secret_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__regex", "^(nl|fr|de|en)$")),
                        name="interim_feed_language_well_formed",
                    ),
                ],
            },
        ),
    ]
