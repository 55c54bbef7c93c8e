import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Relations and Dimona periods, with their history."""

    initial = True

    dependencies = [
        ("platform", "0001_changes"),
        ("audit", "0001_trail"),
        ("persons", "0001_persons"),
        ("enterprises", "0001_enterprises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("joint_committee", models.TextField()),
                ("worker_type", models.TextField()),
                (
                    "employer",
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
                (
                    "user_enterprise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "employments_relation",
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("dimona_id", models.BigIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("state", models.TextField(default="active")),
                (
                    "relation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="employments.relation",
                    ),
                ),
            ],
            options={
                "db_table": "employments_period",
            },
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                fields=("person", "employer", "joint_committee", "worker_type", "user_enterprise"),
                name="employments_relation_unique",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("joint_committee__regex", "^([0-9]{3}(\\.[0-9]{2}){0,2}|XXX)$")
                ),
                name="employments_relation_joint_committee_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("worker_type__regex", "^[A-Z0-9]{3}$")),
                name="employments_relation_worker_type_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                fields=("dimona_id",), name="employments_period_dimona_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("dimona_id__gt", 0), ("dimona_id__lt", 1000000000000)),
                name="employments_period_dimona_in_twelve_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "cancelled"])),
                name="employments_period_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="employments_period_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "active")),
                expressions=[
                    ("relation", "="),
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
                name="employments_period_no_overlap",
            ),
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE employments_dimona START 1000000001 MAXVALUE 9999999999",
            "DROP SEQUENCE employments_dimona",
        ),
        *history_operations(
            "employments_relation",
            "employments_period",
        ),
    ]
