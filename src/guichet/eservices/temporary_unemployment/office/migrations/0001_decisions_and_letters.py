import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

# A decision is never written over: a revision is another row.
KEEP = """
CREATE TRIGGER temporary_unemployment_decision_once
    BEFORE UPDATE OR DELETE ON temporary_unemployment_decision
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER temporary_unemployment_decision_not_emptied
    BEFORE TRUNCATE ON temporary_unemployment_decision
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
LEAVE = """
DROP TRIGGER temporary_unemployment_decision_once ON temporary_unemployment_decision;
DROP TRIGGER temporary_unemployment_decision_not_emptied ON temporary_unemployment_decision;
"""


class Migration(migrations.Migration):
    """Offices, communications held, decisions, deliveries, letters on paper, work for many."""

    initial = True

    dependencies = [
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
        ("temporary_unemployment", "0001_communications"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("office", models.TextField()),
                ("year", models.IntegerField()),
                ("last", models.IntegerField()),
            ],
            options={
                "db_table": "temporary_unemployment_decision_counter",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "year"), name="tu_decision_counter_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("number", models.TextField()),
                ("result", models.TextField()),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("accepted_from", models.DateField(null=True)),
                ("accepted_until", models.DateField(null=True)),
                ("shares", models.JSONField(default=list)),
                ("language", models.TextField()),
                ("content", models.JSONField()),
                ("why", models.TextField(default="")),
                ("document", models.TextField()),
                ("decided_on", models.DateField()),
                ("decided_at", models.DateTimeField()),
                (
                    "communication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="temporary_unemployment.communication",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_decision",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("way", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("due_on", models.DateField()),
                ("attempts", models.IntegerField(default=0)),
                ("problem", models.TextField(default="")),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="temporary_unemployment_office.decision",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_delivery",
            },
        ),
        migrations.CreateModel(
            name="Handling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                (
                    "communication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handling",
                        to="temporary_unemployment.communication",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_handling",
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ground", models.TextField()),
                ("posted_on", models.DateField()),
                ("tracking", models.TextField(default="")),
                ("proof", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "communication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="temporary_unemployment.communication",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_paper",
            },
        ),
        migrations.CreateModel(
            name="PaperWaiver",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("given_on", models.DateField()),
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
                "db_table": "temporary_unemployment_paper_waiver",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("office", models.TextField()),
                ("given_at", models.DateTimeField()),
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
                "db_table": "temporary_unemployment_post",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("wanted", models.JSONField(default=dict)),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("left", models.IntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_run",
            },
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["decided_on"], name="tu_decision_day"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("number",), name="tu_decision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("communication", "version"), name="tu_decision_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("document",), name="tu_decision_document_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[A-Z]{3}-[0-9]{4}-[0-9]{6,}$")),
                name="tu_decision_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("document__regex", "^[0-9A-HJKMNP-TV-Z]{16}$")),
                name="tu_decision_document_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["accepted", "partially_accepted", "refused"])),
                name="tu_decision_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="tu_decision_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "codes__contained_by",
                        [
                            "R01",
                            "R02",
                            "R03",
                            "R04",
                            "R05",
                            "R06",
                            "R07",
                            "R08",
                            "R09",
                            "R10",
                            "R11",
                            "R12",
                            "R13",
                            "R14",
                            "R15",
                            "R16",
                            "R17",
                            "R18",
                            "R99",
                        ],
                    )
                ),
                name="tu_decision_codes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result", "accepted"), models.Q(("codes", []), _negated=True), _connector="XOR"
                ),
                name="tu_decision_reason_unless_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_until", None),
                    ("accepted_from", None),
                    ("accepted_until__gte", models.F("accepted_from")),
                    _connector="OR",
                ),
                name="tu_decision_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", 1), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="tu_decision_revised_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["due_on", "id"],
                name="tu_delivery_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "paper")),
                fields=["due_on"],
                name="tu_delivery_to_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("decision", "way"), name="tu_delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["ebox", "message"])), name="tu_delivery_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "sent", "closed", "paper", "posted", "withdrawn"])
                ),
                name="tu_delivery_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(fields=["officer"], name="tu_handling_officer"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        ["first_in_two_years", "waiver_of_director", "technical_failure"],
                    )
                ),
                name="tu_paper_ground_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "technical_failure"), _negated=True),
                    ("proof__isnull", False),
                    _connector="OR",
                ),
                name="tu_paper_failure_has_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperwaiver",
            constraint=models.UniqueConstraint(
                fields=("employer", "given_on"), name="tu_paper_waiver_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("person", "office"), name="tu_post_once"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        [
                            "BRU",
                            "NIV",
                            "LEU",
                            "ANT",
                            "TUR",
                            "HAS",
                            "BRG",
                            "KOR",
                            "GEN",
                            "MON",
                            "LLV",
                            "CHA",
                            "NAM",
                            "ARL",
                            "LIE",
                            "VER",
                        ],
                    )
                ),
                name="tu_post_office_known",
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["-started_at"], name="tu_run_started"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["decisions", "night"])), name="tu_run_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "running", "done", "stopped", "failed"])
                ),
                name="tu_run_state_known",
            ),
        ),
        migrations.RunSQL(KEEP, LEAVE),
        *history_operations(
            "temporary_unemployment_post",
            "temporary_unemployment_handling",
            "temporary_unemployment_paper",
            "temporary_unemployment_paper_waiver",
        ),
    ]
