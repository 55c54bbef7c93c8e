import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What institutions announce, and what the public asks them."""

    initial = True

    dependencies = [
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("institution_number", models.TextField()),
                ("service", models.TextField(null=True)),
                (
                    "severity",
                    models.TextField(
                        choices=[("planned", "Planned"), ("outage", "Outage"), ("info", "Info")]
                    ),
                ),
                ("title_nl", models.TextField()),
                ("title_fr", models.TextField()),
                ("title_de", models.TextField()),
                ("title_en", models.TextField()),
                ("text_nl", models.TextField(default="")),
                ("text_fr", models.TextField(default="")),
                ("text_de", models.TextField(default="")),
                ("text_en", models.TextField(default="")),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_announcement",
                "indexes": [models.Index(fields=["ends_at"], name="access_announcement_ends_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["planned", "outage", "info"])),
                        name="access_announcement_severity_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("begins_at")),
                            _connector="OR",
                        ),
                        name="access_announcement_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title_nl", ""), _negated=True),
                            models.Q(("title_fr", ""), _negated=True),
                            models.Q(("title_de", ""), _negated=True),
                            models.Q(("title_en", ""), _negated=True),
                        ),
                        name="access_announcement_has_four_titles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("institution_number__regex", "^[01][0-9]{9}$")),
                        name="access_announcement_institution_has_ten_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service__isnull", True),
                            ("service__regex", "^[a-z-]{2,40}$"),
                            _connector="OR",
                        ),
                        name="access_announcement_service_is_a_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.TextField()),
                ("enterprise_number", models.TextField(null=True)),
                ("email", models.TextField(default="")),
                ("language", models.TextField()),
                ("topic", models.TextField()),
                ("service", models.TextField(null=True)),
                ("message", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.TextField(default="new")),
                ("institution_number", models.TextField(null=True)),
                ("answer", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "access_question",
                "indexes": [
                    models.Index(fields=["state", "asked_at"], name="access_question_in_state"),
                    models.Index(fields=["person", "asked_at"], name="access_question_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number",), name="access_question_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "taken", "answered", "closed"])),
                        name="access_question_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("institution_number__isnull", True),
                                ("state", "new"),
                                ("taken_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("institution_number__isnull", False),
                                ("taken_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="access_question_belongs_to_who_took_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), ("person__isnull", False)),
                            models.Q(
                                ("person__isnull", True), models.Q(("email", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="access_question_can_be_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="access_question_answered_with_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("nl", "fr", "de", "en"))),
                        name="access_question_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("topic__regex", "^[a-z-]{2,40}$")),
                        name="access_question_topic_is_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("message", ""), _negated=True),
                        name="access_question_says_something",
                    ),
                ],
            },
        ),
    ]
