import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """The register of enterprises, with its history."""

    initial = True

    dependencies = [
        ("platform", "0001_changes"),
        ("audit", "0001_trail"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                ("street", models.TextField(default="")),
                ("house_number", models.TextField(default="")),
                ("box_number", models.TextField(default="")),
                ("postcode", models.TextField(default="")),
                ("municipality", models.TextField(default="")),
                ("country", models.TextField(default="BE")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("name_nl", models.TextField(default="")),
                ("name_fr", models.TextField(default="")),
                ("name_de", models.TextField(default="")),
                ("name_en", models.TextField(default="")),
                ("sort_key", models.TextField()),
                ("language", models.TextField(default="nl")),
                ("legal_form", models.TextField(default="")),
                ("onss_number", models.TextField(default="")),
                ("onss_first_day", models.DateField(null=True)),
                ("onss_last_day", models.DateField(null=True)),
                ("stopped_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "enterprises_enterprise",
                "indexes": [models.Index(fields=["sort_key"], name="enterprises_sort_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number",), name="enterprises_enterprise_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("onss_number", ""), _negated=True),
                        fields=("onss_number",),
                        name="enterprises_enterprise_onss_number_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[01][0-9]{9}$")),
                        name="enterprises_enterprise_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="enterprises_enterprise_country_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("legal_form__regex", "^[0-9]{3}$"), ("legal_form", ""), _connector="OR"
                        ),
                        name="enterprises_enterprise_legal_form_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("onss_number__regex", "^[0-9]{6,10}$"),
                            ("onss_number", ""),
                            _connector="OR",
                        ),
                        name="enterprises_enterprise_onss_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                        name="enterprises_enterprise_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_nl", ""), _negated=True),
                            models.Q(("name_fr", ""), _negated=True),
                            models.Q(("name_de", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="enterprises_enterprise_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("onss_last_day__isnull", True),
                            models.Q(
                                ("onss_first_day__isnull", False),
                                ("onss_last_day__gte", models.F("onss_first_day")),
                            ),
                            _connector="OR",
                        ),
                        name="enterprises_enterprise_onss_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Establishment",
            fields=[
                ("street", models.TextField(default="")),
                ("house_number", models.TextField(default="")),
                ("box_number", models.TextField(default="")),
                ("postcode", models.TextField(default="")),
                ("municipality", models.TextField(default="")),
                ("country", models.TextField(default="BE")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("name", models.TextField(default="")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "enterprises_establishment",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number",), name="enterprises_establishment_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[2-8][0-9]{9}$")),
                        name="enterprises_establishment_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="enterprises_establishment_country_well_formed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Function",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("function", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
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
                "db_table": "enterprises_function",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "function__in",
                                ["founder", "manager", "director", "self_employed", "assisting"],
                            )
                        ),
                        name="enterprises_function_function_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="enterprises_function_days_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("enterprise", "="),
                            ("person", "="),
                            ("function", "="),
                            (
                                models.Func(
                                    models.F("first_day"),
                                    models.F("last_day"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="enterprises_function_no_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quality",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("quality", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "enterprises_quality",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "quality__in",
                                [
                                    "employer",
                                    "service_provider",
                                    "temp_agency",
                                    "public_body",
                                    "principal",
                                ],
                            )
                        ),
                        name="enterprises_quality_quality_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="enterprises_quality_days_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("enterprise", "="),
                            ("quality", "="),
                            (
                                models.Func(
                                    models.F("first_day"),
                                    models.F("last_day"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="enterprises_quality_no_overlap",
                    ),
                ],
            },
        ),
        *history_operations(
            "enterprises_enterprise",
            "enterprises_establishment",
            "enterprises_function",
            "enterprises_quality",
        ),
    ]
