import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """The register of persons, with its history."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("street", models.TextField(default="")),
                ("house_number", models.TextField(default="")),
                ("box_number", models.TextField(default="")),
                ("postcode", models.TextField(default="")),
                ("municipality", models.TextField(default="")),
                ("country", models.TextField(default="BE")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("niss", models.TextField()),
                ("given_name", models.TextField()),
                ("family_name", models.TextField()),
                ("sort_key", models.TextField()),
                ("birth_date", models.DateField(null=True)),
                ("language", models.TextField(default="nl")),
                ("email", models.TextField(default="")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "persons_person",
                "indexes": [models.Index(fields=["sort_key"], name="persons_person_sort_key")],
                "constraints": [
                    models.UniqueConstraint(fields=("niss",), name="persons_person_niss_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("niss__regex", "^[0-9]{11}$")),
                        name="persons_person_niss_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="persons_person_country_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                        name="persons_person_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by__isnull", True),
                            models.Q(("replaced_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="persons_person_not_replaced_by_itself",
                    ),
                ],
            },
        ),
        *history_operations(
            "persons_person",
        ),
    ]
