import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Agreements on how people are registered, with their history."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.UUIDField()),
                ("kind", models.TextField()),
                ("registrar", models.TextField()),
                ("supplier", models.TextField()),
                ("method", models.TextField()),
                ("description", models.TextField()),
                ("works_reference", models.TextField(default="")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("state", models.TextField(default="recorded")),
                ("recorded_by", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("answer", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(default="")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "above",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "below",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "arrangements_arrangement",
                "indexes": [
                    models.Index(fields=["above", "below", "kind"], name="arrangements_of_parties"),
                    models.Index(fields=["below"], name="arrangements_of_below"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="arrangements_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("above", models.F("below")), _negated=True),
                        name="arrangements_parties_differ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["subcontractor", "interim"])),
                        name="arrangements_arrangement_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("registrar__in", ["worker", "above", "below"])),
                        name="arrangements_arrangement_registrar_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supplier__in", ["above", "below"])),
                        name="arrangements_arrangement_supplier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method__in", ["device", "phone", "software", "portal", "other"])
                        ),
                        name="arrangements_arrangement_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["recorded", "confirmed", "contested", "withdrawn"])
                        ),
                        name="arrangements_arrangement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_by__in", ["above", "below"])),
                        name="arrangements_arrangement_recorded_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("works_reference__regex", "^[A-HJ-NP-Z0-9]{13}$"),
                            ("works_reference", ""),
                            _connector="OR",
                        ),
                        name="arrangements_arrangement_works_reference_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="arrangements_arrangement_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "contested"), _negated=True),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="arrangements_contested_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__in", ["above", "below"]),
                                ("last_day__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="arrangements_ended_by_whom",
                    ),
                ],
            },
        ),
        *history_operations("arrangements_arrangement"),
    ]
