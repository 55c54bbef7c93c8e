import uuid

import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

# A sequence never gives a number twice, and nobody waits for it.
_COUNTERS = ("05w", "05b", "05f", "05c", "05p")
_MAKE = "CREATE SEQUENCE temporary_unemployment_ticket_{} MINVALUE 0 START 0"
_DROP = "DROP SEQUENCE temporary_unemployment_ticket_{}"


class Migration(migrations.Migration):
    """Counters of tickets, communications and their workers, drafts, closed days, difficulty."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
    ]

    operations = [
        *(migrations.RunSQL(_MAKE.format(name), _DROP.format(name)) for name in _COUNTERS),
        migrations.CreateModel(
            name="Communication",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField()),
                ("kind", models.TextField()),
                ("reason", models.TextField()),
                ("state", models.TextField()),
                ("establishment", models.TextField()),
                ("postcode", models.TextField()),
                ("office", models.TextField()),
                ("committee", models.TextField()),
                ("level", models.TextField()),
                ("channel", models.TextField()),
                ("sender", models.TextField()),
                ("file", models.TextField()),
                ("language", models.TextField()),
                ("own_reference", models.TextField()),
                ("told_on", models.DateField()),
                ("posted_on", models.DateField(null=True)),
                ("notice_kind", models.TextField()),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("regime", models.TextField()),
                ("cycle", models.JSONField(null=True)),
                ("excluded", models.JSONField()),
                ("causes", models.TextField()),
                ("workplace", models.TextField()),
                ("nature_of_work", models.TextField()),
                ("weather", models.TextField()),
                ("why_impossible", models.TextField()),
                ("accident_on", models.DateField(null=True)),
                ("section", models.TextField()),
                ("remarks", models.TextField()),
                ("ground", models.TextField()),
                ("workers", models.IntegerField()),
                ("warnings", models.JSONField()),
                ("digest", models.TextField()),
                ("draft", models.UUIDField(null=True)),
                ("received_at", models.DateTimeField()),
                ("cancellation_ticket", models.TextField(db_default="", default="")),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("shown_before", models.TextField(db_default="", default="")),
                ("document", models.TextField(db_default="", default="")),
                (
                    "changes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changed_by",
                        to="temporary_unemployment.communication",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "nature",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="temporary_unemployment.communication",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_communication",
            },
        ),
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("form", models.TextField()),
                ("ground", models.TextField()),
                ("sent_on", models.DateField()),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("refused", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
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
                "db_table": "temporary_unemployment_difficulty",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("reason", models.TextField()),
                ("typed", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                (
                    "changes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="temporary_unemployment.communication",
                    ),
                ),
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
                "db_table": "temporary_unemployment_draft",
            },
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("step", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("party", models.TextField()),
                ("channel", models.TextField()),
                ("by", models.TextField()),
                ("remark", models.TextField(default="")),
                ("detail", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "communication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="happenings",
                        to="temporary_unemployment.communication",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_happening",
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("niss", models.TextField()),
                ("family_name", models.TextField()),
                ("given_name", models.TextField()),
                ("category", models.TextField()),
                ("is_agency", models.BooleanField()),
                ("section", models.TextField()),
                ("first_day", models.DateField(null=True)),
                ("outcome", models.TextField()),
                ("accepted_from", models.DateField(null=True)),
                ("workplace", models.TextField()),
                ("in_striking_unit", models.BooleanField(null=True)),
                ("circumstances", models.TextField()),
                (
                    "communication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="temporary_unemployment.communication",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_line",
            },
        ),
        migrations.CreateModel(
            name="ClosedDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("establishment", models.TextField(default="")),
                ("day", models.DateField()),
                ("kind", models.TextField()),
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
                "db_table": "temporary_unemployment_closed_day",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("employer", "establishment", "day"), name="tu_closed_day_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["replacement", "bridge"])),
                        name="tu_closed_day_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("establishment__regex", "^[2-8][0-9]{9}$"),
                            ("establishment", ""),
                            _connector="OR",
                        ),
                        name="tu_closed_day_establishment_well_formed",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="communication",
            index=models.Index(fields=["employer", "-id"], name="tu_communication_of_employer"),
        ),
        migrations.AddIndex(
            model_name="communication",
            index=models.Index(
                condition=models.Q(("state__in", ("received", "under_review"))),
                fields=["office", "id"],
                name="tu_communication_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="communication",
            index=models.Index(fields=["employer", "digest"], name="tu_communication_same"),
        ),
        migrations.AddIndex(
            model_name="communication",
            index=models.Index(
                condition=models.Q(("file", ""), _negated=True),
                fields=["file"],
                name="tu_communication_of_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.UniqueConstraint(
                fields=("ticket",), name="tu_communication_ticket_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancellation_ticket", ""), _negated=True),
                fields=("cancellation_ticket",),
                name="tu_communication_cancellation_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.UniqueConstraint(
                fields=("draft",), name="tu_communication_of_one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.UniqueConstraint(
                fields=("changes",), name="tu_communication_changed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="tu_communication_ticket_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "expected",
                            "first_day",
                            "accident_nature",
                            "accident_list",
                            "force_majeure",
                            "strike",
                            "difficulty",
                        ],
                    )
                ),
                name="tu_communication_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["E", "I", "T", "F", "FM", "V", "FV", "R", "G", "D", "SE"])
                ),
                name="tu_communication_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "under_review",
                            "accepted",
                            "partially_accepted",
                            "refused",
                            "revised",
                            "modified",
                            "cancelled",
                        ],
                    )
                ),
                name="tu_communication_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["web", "batch", "rest", "paper"])),
                name="tu_communication_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["", "blue", "white", "apprentice", "student"])),
                name="tu_communication_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "regime__in",
                        [
                            "",
                            "full",
                            "large",
                            "small",
                            "one_day_per_fortnight",
                            "white_full",
                            "white_reduced",
                        ],
                    )
                ),
                name="tu_communication_regime_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("notice_kind__in", ["", "posted", "letter", "registered", "handed"])
                ),
                name="tu_communication_notice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de"])),
                name="tu_communication_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        ["", "first_in_two_years", "waiver_of_director", "technical_failure"],
                    )
                ),
                name="tu_communication_ground_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("sender__regex", "^[01][0-9]{9}$")),
                name="tu_communication_sender_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day", None),
                    ("first_day", None),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="tu_communication_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel", "paper"), ("ground", ""), _connector="OR"),
                name="tu_communication_ground_is_of_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "cancelled"), ("cancellation_ticket", ""), _connector="XOR"
                ),
                name="tu_communication_cancelled_has_a_ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.UniqueConstraint(
                fields=("employer", "sent_on"), name="tu_difficulty_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["C106A", "C106A-NTVA"])),
                name="tu_difficulty_form_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["turnover", "unemployment", "minister"])),
                name="tu_difficulty_ground_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="tu_difficulty_days_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["employer", "-changed_at"], name="tu_draft_of_employer"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "expected",
                            "first_day",
                            "accident_nature",
                            "accident_list",
                            "force_majeure",
                            "strike",
                            "difficulty",
                        ],
                    )
                ),
                name="tu_draft_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["E", "I", "T", "F", "FM", "V", "FV", "R", "G", "D", "SE"])
                ),
                name="tu_draft_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="happening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "submit",
                            "record",
                            "receive",
                            "reject",
                            "take",
                            "accept",
                            "accept_partly",
                            "refuse",
                            "revise",
                            "modify",
                            "cancel",
                        ],
                    )
                ),
                name="tu_happening_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="happening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "before__in",
                        [
                            "received",
                            "under_review",
                            "accepted",
                            "partially_accepted",
                            "refused",
                            "revised",
                            "modified",
                            "cancelled",
                        ],
                    )
                ),
                name="tu_happening_before_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="happening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "after__in",
                        [
                            "received",
                            "under_review",
                            "accepted",
                            "partially_accepted",
                            "refused",
                            "revised",
                            "modified",
                            "cancelled",
                        ],
                    )
                ),
                name="tu_happening_after_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="happening",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ["employer", "sender", "officer", "system"])),
                name="tu_happening_party_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="happening",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["web", "batch", "rest", "paper"])),
                name="tu_happening_channel_known",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["niss"], name="tu_line_of_worker"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("communication", "number"), name="tu_line_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("niss__regex", "^[0-9]{11}$")), name="tu_line_niss_well_formed"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("category__in", ["blue", "white", "apprentice", "student"])),
                name="tu_line_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "too_early", "on_time", "late"])),
                name="tu_line_outcome_known",
            ),
        ),
        *history_operations(
            "temporary_unemployment_closed_day", "temporary_unemployment_difficulty"
        ),
    ]
