import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Limosa declarations, with their history."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("persons", "0001_persons"),
        ("enterprises", "0001_enterprises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Limosa",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("kind", models.TextField()),
                ("foreign_vat_number", models.TextField(default="")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("state", models.TextField(default="active")),
                (
                    "client",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
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
                "db_table": "postings_limosa",
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("street", models.TextField(default="")),
                ("house_number", models.TextField(default="")),
                ("box_number", models.TextField(default="")),
                ("postcode", models.TextField(default="")),
                ("municipality", models.TextField(default="")),
                ("country", models.TextField(default="BE")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("kind", models.TextField(default="address")),
                ("works_reference", models.TextField(null=True)),
                ("description", models.TextField(default="")),
                (
                    "limosa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="postings.limosa",
                    ),
                ),
            ],
            options={
                "db_table": "postings_place",
            },
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.UniqueConstraint(
                fields=("number",), name="postings_limosa_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9]{17}$")),
                name="postings_limosa_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("foreign_vat_number__regex", "^[A-Z]{2}.{1,28}$"),
                    ("foreign_vat_number", ""),
                    _connector="OR",
                ),
                name="postings_limosa_foreign_vat_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["employee", "self_employed", "trainee"])),
                name="postings_limosa_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "cancelled"])),
                name="postings_limosa_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="postings_limosa_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="limosa",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("foreign_vat_number", ""), _negated=True),
                    ("employer__isnull", False),
                    ("kind", "self_employed"),
                    _connector="OR",
                ),
                name="postings_limosa_has_an_employer",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("limosa", "position"), name="postings_place_position_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["fixed", "site", "address", "mobile"])),
                name="postings_place_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                name="postings_place_country_well_formed",
            ),
        ),
        *history_operations(
            "postings_limosa",
            "postings_place",
        ),
    ]
