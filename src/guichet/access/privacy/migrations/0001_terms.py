import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who accepted which version of the terms of use."""

    initial = True

    dependencies = [("persons", "0001_persons")]

    operations = [
        migrations.CreateModel(
            name="TermsAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.TextField()),
                ("version", models.TextField()),
                ("accepted_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "access_terms_acceptance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "group", "version"), name="access_terms_acceptance_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["citizen", "enterprise"])),
                        name="access_terms_acceptance_group_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__regex", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
                        name="access_terms_acceptance_version_is_a_day",
                    ),
                ],
            },
        ),
    ]
