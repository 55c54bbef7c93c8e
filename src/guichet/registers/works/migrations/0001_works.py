import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

from guichet.audit.history import history_operations

SAME_CONTRACT = """
ALTER TABLE works_intervention ADD CONSTRAINT works_intervention_employer_of_same_contract
    FOREIGN KEY (employed_by_id, contract_id) REFERENCES works_intervention (id, contract_id)
    DEFERRABLE INITIALLY IMMEDIATE
"""

NOTIFY = """
CREATE FUNCTION works_tell_of_site() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('guichet_works', OLD.reference);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.reference <> OLD.reference) THEN
        PERFORM pg_notify('guichet_works', NEW.reference);
    END IF;
    RETURN NULL;
END
$body$;
CREATE TRIGGER works_site_tells AFTER INSERT OR UPDATE OR DELETE ON works_site
    FOR EACH ROW EXECUTE FUNCTION works_tell_of_site();
"""


class Migration(migrations.Migration):
    """Declarations of works; who keeps them in memory hears of each change."""

    initial = True

    dependencies = [
        ("platform", "0001_changes"),
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.TextField()),
                ("name", models.TextField()),
                ("activity", models.TextField()),
                ("sector", models.SmallIntegerField()),
                ("is_obliged", models.BooleanField()),
                ("tolerance_metres", models.IntegerField(default=500)),
                ("is_mobile", models.BooleanField(default=False)),
                ("principal_name", models.TextField(default="")),
                ("language", models.TextField(default="nl")),
                (
                    "principal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "works_site",
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("declaration_number", models.TextField()),
                ("contract_number", models.TextField(default="")),
                ("total_cost_cents", models.BigIntegerField()),
                ("signed_on", models.DateField(null=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("work_type", models.SmallIntegerField()),
                (
                    "declarant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="works.site",
                    ),
                ),
            ],
            options={
                "db_table": "works_contract",
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("street", models.TextField(default="")),
                ("house_number", models.TextField(default="")),
                ("box_number", models.TextField(default="")),
                ("postcode", models.TextField(default="")),
                ("municipality", models.TextField(default="")),
                ("country", models.TextField(default="BE")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("nis_code", models.TextField(default="")),
                ("longitude", models.FloatField(null=True)),
                ("latitude", models.FloatField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="works.site",
                    ),
                ),
            ],
            options={
                "db_table": "works_address",
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("foreign_vat_number", models.TextField(null=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="works.contract",
                    ),
                ),
                (
                    "employed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="works.intervention",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "works_intervention",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="works_intervention_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enterprise__isnull", False), ("foreign_vat_number__isnull", True)
                            ),
                            models.Q(
                                ("enterprise__isnull", True),
                                ("foreign_vat_number__isnull", False),
                                ("foreign_vat_number__regex", "^[A-Z]{2}.{1,28}$"),
                            ),
                            _connector="OR",
                        ),
                        name="works_intervention_one_contractor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employed_by__isnull", True),
                            ("employed_by__lt", models.F("id")),
                            _connector="OR",
                        ),
                        name="works_intervention_employer_stands_earlier",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "contract"), name="works_intervention_id_contract_unique"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("contract", "="),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "enterprise_id", models.Value(0)
                                ),
                                "=",
                            ),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "foreign_vat_number", models.Value("")
                                ),
                                "=",
                            ),
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "employed_by_id", models.Value(0)
                                ),
                                "=",
                            ),
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
                        name="works_intervention_no_overlap",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.UniqueConstraint(
                fields=("reference",), name="works_site_reference_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="works_site_reference_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("activity__in", ["cleaning", "construction", "meat", "moving", "guarding"])
                ),
                name="works_site_activity_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="works_site_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector__gte", 1), ("sector__lte", 3)),
                name="works_site_sector_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("tolerance_metres__gt", 0)),
                name="works_site_tolerance_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.UniqueConstraint(
                fields=("declaration_number",), name="works_contract_declaration_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("declaration_number__regex", "^(9B0|310)[0-9A-HJ-NP-Z]{10}$")),
                name="works_contract_declaration_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="works_contract_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_cost_cents__gte", 0)),
                name="works_contract_cost_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("work_type__gte", 1), ("work_type__lte", 8)),
                    ("work_type", 99),
                    _connector="OR",
                ),
                name="works_contract_work_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                fields=("site", "position"), name="works_address_position_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                name="works_address_country_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nis_code__regex", "^[0-9]{5}$"), ("nis_code", ""), _connector="OR"
                ),
                name="works_address_nis_code_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__gte", -90.0),
                        ("latitude__isnull", False),
                        ("latitude__lte", 90.0),
                        ("longitude__gte", -180.0),
                        ("longitude__isnull", False),
                        ("longitude__lte", 180.0),
                    ),
                    _connector="OR",
                ),
                name="works_address_point_on_earth",
            ),
        ),
        *history_operations(
            "works_site",
            "works_address",
            "works_contract",
            "works_intervention",
        ),
        migrations.RunSQL(SAME_CONTRACT, migrations.RunSQL.noop),
        migrations.RunSQL(NOTIFY, "DROP FUNCTION works_tell_of_site() CASCADE"),
    ]
