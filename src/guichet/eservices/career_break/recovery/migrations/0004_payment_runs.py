import uuid

import django.db.models.deletion
from django.db import migrations, models

# What was handed on is never rewritten; it goes at the end of its term only.
KEPT = """
CREATE TRIGGER career_break_payment_run_append_only
    BEFORE UPDATE OR DELETE ON career_break_payment_run
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER career_break_payment_append_only BEFORE UPDATE OR DELETE ON career_break_payment
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
"""
LET_GO = """
DROP TRIGGER career_break_payment_run_append_only ON career_break_payment_run;
DROP TRIGGER career_break_payment_append_only ON career_break_payment;
"""
OFFICES = [
    "BRU", "NIV", "LEU", "ANT", "TUR", "HAS", "BRG", "KOR", "GEN", "MON", "LLV", "CHA", "NAM",
    "ARL", "LIE", "VER",
]  # fmt: skip


class Migration(migrations.Migration):
    """What an office handed on for payment, month by month, with each payment of it."""

    dependencies = [
        ("audit", "0001_trail"),
        ("career_break", "0005_attachments_are_events"),
        ("career_break_recovery", "0003_decided_by_somebody"),
        ("persons", "0001_persons"),
    ]
    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("office", models.TextField()),
                ("month", models.DateField()),
                ("number", models.IntegerField()),
                ("sent_at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("gross", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_payment_run",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key",), name="career_break_payment_run_key_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("office", "month", "number"), name="career_break_payment_run_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("office__in", OFFICES)),
                        name="career_break_payment_run_office_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="career_break_payment_run_of_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1), ("net__gt", 0), ("number__gte", 1)),
                        name="career_break_payment_run_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("decision", models.IntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("gross", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="career_break.request",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payments",
                        to="career_break_recovery.run",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_payment",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "request"), name="career_break_payment_once_a_run"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="career_break_payment_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("net__gt", 0)),
                        name="career_break_payment_of_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, LET_GO),
    ]
