"""Times without Dimona, and what was announced in them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two new tables; nothing else changes."""

    dependencies = [
        ("dimona", "0004_forms_of_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "dimona_emergency",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("closed_at",),
                        name="dimona_emergency_one_open",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="dimona_emergency_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("enterprise", models.TextField()),
                ("sender", models.TextField()),
                ("kind", models.TextField()),
                ("worker", models.TextField()),
                ("first_day", models.DateField()),
                ("text", models.TextField(default="")),
                ("contact", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dimona.emergency",
                    ),
                ),
            ],
            options={
                "db_table": "dimona_dossier",
                "indexes": [
                    models.Index(fields=["enterprise", "-id"], name="dimona_dossier_enterprise")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number",), name="dimona_dossier_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                        name="dimona_dossier_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise__regex", "^[0-9]{10}$")),
                        name="dimona_dossier_enterprise_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["in", "out", "update", "cancel", "daily"])
                        ),
                        name="dimona_dossier_kind_known",
                    ),
                ],
            },
        ),
    ]
