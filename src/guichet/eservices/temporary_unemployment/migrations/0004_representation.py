import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Whether an employer has a works council and a union delegation."""

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("temporary_unemployment", "0003_usual_days_of_a_worker"),
    ]

    operations = [
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("has_works_council", models.BooleanField()),
                ("has_union_delegation", models.BooleanField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.TextField()),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_representation",
                "constraints": [
                    models.UniqueConstraint(fields=("employer",), name="tu_representation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("changed_by__regex", "^[01][0-9]{9}$")),
                        name="tu_representation_changed_by_well_formed",
                    ),
                ],
            },
        ),
        *history_operations("temporary_unemployment_representation"),
    ]
