import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from guichet.audit.history import history_operations

_OFFICES = [
    "", "BRU", "NIV", "LEU", "ANT", "TUR", "HAS", "BRG", "KOR", "GEN", "MON", "LLV", "CHA", "NAM",
    "ARL", "LIE", "VER",
]  # fmt: skip


class Migration(migrations.Migration):
    """Reasoned requests to keep paper cards in the transition; history by trigger."""

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
        ("temporary_unemployment_cards", "0001_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_month", models.DateField()),
                ("last_month", models.DateField()),
                ("asked_on", models.DateField()),
                ("reason", models.TextField()),
                ("office", models.TextField(default="")),
                ("noted_at", models.DateTimeField()),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_card_request",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer", "person", "first_month", "last_month"),
                        name="temporary_unemployment_card_request_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=Q(first_month__day=1, last_month__day=1),
                        name="temporary_unemployment_card_request_of_months",
                    ),
                    models.CheckConstraint(
                        condition=Q(last_month__gte=F("first_month")),
                        name="temporary_unemployment_card_request_in_order",
                    ),
                    models.CheckConstraint(
                        condition=~Q(reason=""),
                        name="temporary_unemployment_card_request_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=Q(office__in=_OFFICES),
                        name="temporary_unemployment_card_request_office_known",
                    ),
                ],
            },
        ),
        *history_operations("temporary_unemployment_card_request"),
    ]
