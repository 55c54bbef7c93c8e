import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

_COUNTER = "temporary_unemployment_ticket_05k"
# What was marked and sent stays as it was; only the end of the retention takes it away.
_KEEP = """
CREATE TRIGGER {0}_append_only BEFORE UPDATE OR DELETE ON {0}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER {0}_not_emptied BEFORE TRUNCATE ON {0}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
_LEAVE = "DROP TRIGGER {0}_append_only ON {0}; DROP TRIGGER {0}_not_emptied ON {0}"
_APPEND_ONLY = (
    "temporary_unemployment_mark",
    "temporary_unemployment_card_sending",
    "temporary_unemployment_card_delivery",
    "temporary_unemployment_wrong",
)


class Migration(migrations.Migration):
    """Control cards, their marks and sendings, what workers prefer. History by trigger."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("ticket", models.TextField()),
                ("content", models.JSONField()),
                ("early", models.TextField(default="not")),
                ("permission", models.TextField(default="")),
                ("reason", models.TextField(default="")),
                ("body", models.TextField()),
                ("language", models.TextField()),
                ("document", models.TextField()),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "db_table": "temporary_unemployment_card_sending",
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("state", models.TextField(default="open")),
                ("version", models.IntegerField(default=0)),
                ("correction", models.TextField(default="")),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
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
            ],
            options={
                "db_table": "temporary_unemployment_card",
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("body", models.TextField(default="")),
                ("usual_start", models.TimeField()),
                ("weekly_minutes", models.IntegerField(null=True)),
                ("daily_minutes", models.IntegerField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_choice",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "sending",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="delivery",
                        serialize=False,
                        to="temporary_unemployment_cards.sending",
                    ),
                ),
                ("number", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "temporary_unemployment_card_delivery",
            },
        ),
        migrations.AddField(
            model_name="sending",
            name="card",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sendings",
                to="temporary_unemployment_cards.card",
            ),
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("state", models.TextField()),
                ("starts_at", models.TimeField(null=True)),
                ("is_late", models.BooleanField(default=False)),
                ("reason", models.TextField(default="")),
                ("version", models.IntegerField()),
                ("marked_at", models.DateTimeField()),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="temporary_unemployment_cards.card",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_mark",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
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
            ],
            options={
                "db_table": "temporary_unemployment_card_reminder",
            },
        ),
        migrations.CreateModel(
            name="Wrong",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("about", models.TextField()),
                ("what", models.TextField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
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
            ],
            options={
                "db_table": "temporary_unemployment_wrong",
            },
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("state", "sent"), _negated=True),
                fields=["month", "employer"],
                name="tu_card_unsent",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                fields=("person", "employer", "month"), name="temporary_unemployment_card_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "sent", "correcting"])),
                name="temporary_unemployment_card_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="temporary_unemployment_card_of_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), ("version", 0)),
                    models.Q(models.Q(("state", "open"), _negated=True), ("version__gte", 1)),
                    _connector="OR",
                ),
                name="temporary_unemployment_card_sent_has_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "correcting"), models.Q(("correction", ""), _negated=True)),
                    models.Q(models.Q(("state", "correcting"), _negated=True), ("correction", "")),
                    _connector="OR",
                ),
                name="temporary_unemployment_card_correction_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("body__in", ["", "capac", "fgtb", "csc", "cgslb"])),
                name="temporary_unemployment_choice_body_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weekly_minutes__isnull", True),
                    models.Q(("weekly_minutes__gt", 0), ("weekly_minutes__lte", 3000)),
                    _connector="OR",
                ),
                name="temporary_unemployment_choice_weekly_possible",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("daily_minutes__isnull", True),
                    models.Q(("daily_minutes__gt", 0), ("daily_minutes__lte", 720)),
                    _connector="OR",
                ),
                name="temporary_unemployment_choice_daily_possible",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weekly_minutes__isnull", True),
                    ("daily_minutes__isnull", True),
                    ("daily_minutes__lte", models.F("weekly_minutes")),
                    _connector="OR",
                ),
                name="temporary_unemployment_choice_day_in_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True),
                name="temporary_unemployment_card_delivery_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("card", "version"), name="temporary_unemployment_card_sending_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("ticket",), name="temporary_unemployment_card_sending_ticket_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="temporary_unemployment_card_sending_ticket_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("early__in", ["not", "nothing_more", "allowed"])),
                name="temporary_unemployment_card_sending_early_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("body__in", ["capac", "fgtb", "csc", "cgslb"])),
                name="temporary_unemployment_card_sending_body_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="temporary_unemployment_card_sending_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="temporary_unemployment_card_sending_correction_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("document",), name="temporary_unemployment_card_sending_document_unique"
            ),
        ),
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(fields=["card", "day", "-id"], name="tu_card_mark_stands"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "unemployed",
                            "work",
                            "elsewhere_usual",
                            "elsewhere_unusual",
                            "other_employer",
                            "incapacity",
                            "holiday",
                            "other",
                        ],
                    )
                ),
                name="temporary_unemployment_mark_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_late", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="temporary_unemployment_mark_late_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("person", "employer", "month", "kind"),
                name="temporary_unemployment_card_reminder_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["window", "unsent"])),
                name="temporary_unemployment_card_reminder_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="temporary_unemployment_card_reminder_of_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="wrong",
            constraint=models.UniqueConstraint(
                fields=("person", "about", "what", "text"), name="temporary_unemployment_wrong_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wrong",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="temporary_unemployment_wrong_about_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="wrong",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["days", "reason", "worked", "not_me", "other"])),
                name="temporary_unemployment_wrong_what_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="wrong",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="temporary_unemployment_wrong_says_something",
            ),
        ),
        migrations.RunSQL(
            f"CREATE SEQUENCE {_COUNTER} MINVALUE 0 START 0", f"DROP SEQUENCE {_COUNTER}"
        ),
        *(migrations.RunSQL(_KEEP.format(name), _LEAVE.format(name)) for name in _APPEND_ONLY),
        *history_operations("temporary_unemployment_card", "temporary_unemployment_choice"),
    ]
