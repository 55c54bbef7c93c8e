import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Enterprises from abroad that a desk registered."""

    initial = True

    dependencies = [
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("country", models.TextField()),
                ("vat_number", models.TextField(default="")),
                ("function", models.TextField()),
                ("card_country", models.TextField(default="")),
                ("means_country", models.TextField(default="")),
                ("person_is_new", models.BooleanField()),
                ("registered_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
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
                "db_table": "backoffice_registration",
                "indexes": [
                    models.Index(
                        fields=["desk", "-registered_at"], name="backoffice_registration_desk"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise",), name="backoffice_registration_enterprise_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("vat_number", ""), _negated=True),
                        fields=("country", "vat_number"),
                        name="backoffice_registration_vat_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country", "BE"), _negated=True),
                        name="backoffice_registration_is_abroad",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="backoffice_registration_country_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("card_country__regex", "^[A-Z]{2}$"),
                            ("card_country", ""),
                            _connector="OR",
                        ),
                        name="backoffice_registration_card_country_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("means_country__regex", "^[A-Z]{2}$"),
                            ("means_country", ""),
                            _connector="OR",
                        ),
                        name="backoffice_registration_means_country_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_number__regex", "^[A-Z0-9+*]{2,20}$"),
                            ("vat_number", ""),
                            _connector="OR",
                        ),
                        name="backoffice_registration_vat_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("function__in", ["director", "founder", "manager", "self_employed"])
                        ),
                        name="backoffice_registration_function_known",
                    ),
                ],
            },
        ),
    ]
