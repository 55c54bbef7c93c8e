import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Offices, files held, questions, decisions to be signed, letters; each with its history."""

    initial = True

    dependencies = [
        ("career_break", "0003_worker_parts"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("addressee", models.TextField()),
                ("template", models.TextField()),
                ("text", models.TextField(default="")),
                ("language", models.TextField()),
                ("state", models.TextField(default="open")),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("document", models.TextField(default="")),
                ("answer", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_question",
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("document", models.TextField()),
                ("due_on", models.DateField()),
                ("way", models.TextField(default="")),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.decision",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="career_break.request",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break_office.question",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_letter",
            },
        ),
        migrations.CreateModel(
            name="Handling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handling",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_handling",
                "indexes": [models.Index(fields=["officer"], name="career_break_handling_officer")],
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
                "db_table": "career_break_post",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "office"), name="career_break_post_once"
                    ),
                    models.CheckConstraint(
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
                        name="career_break_post_office_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("state", models.TextField(default="waiting")),
                ("result", models.TextField()),
                ("content", models.JSONField()),
                ("overrides", models.JSONField(default=list)),
                ("why", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("said", models.TextField(default="")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_proposal",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "signed", "sent_back", "withdrawn"])
                        ),
                        name="career_break_proposal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result__in", ["granted", "granted_no_allowance", "partly", "refused"])
                        ),
                        name="career_break_proposal_result_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("request",),
                        name="career_break_proposal_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(("ended_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="career_break_proposal_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="career_break_proposal_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent_back"), _negated=True),
                            models.Q(("said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="career_break_proposal_sent_back_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("addressee__in", ["worker", "employer"])),
                name="career_break_question_addressee_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "closed"])),
                name="career_break_question_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="career_break_question_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("request",),
                name="career_break_question_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", False), ("state", "answered")),
                    models.Q(
                        models.Q(("state", "answered"), _negated=True),
                        ("answered_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="career_break_question_answered_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("way", "")),
                fields=["due_on"],
                name="career_break_letter_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("way", "paper")),
                fields=["due_on"],
                name="career_break_letter_to_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["decision", "question"])),
                name="career_break_letter_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["", "ebox", "paper", "posted", "withdrawn"])),
                name="career_break_letter_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("document__regex", "^[0-9A-HJKMNP-TV-Z]{16}$")),
                name="career_break_letter_document_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("document",), name="career_break_letter_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decision__isnull", False),
                        ("kind", "decision"),
                        ("question__isnull", True),
                    ),
                    models.Q(
                        ("decision__isnull", True),
                        ("kind", "question"),
                        ("question__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="career_break_letter_about_one",
            ),
        ),
        *history_operations(
            "career_break_post",
            "career_break_handling",
            "career_break_question",
            "career_break_proposal",
            "career_break_letter",
        ),
    ]
