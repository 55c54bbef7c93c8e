"""Requests to the NSSO, and the versions of acts that its decisions make."""

from importlib.resources import files

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

CREATE = files("guichet.presence_log").joinpath("version_schema.sql").read_text("utf-8")
DROP = """
DROP VIEW presence_current;
DROP TABLE presence_version;
"""


class Migration(migrations.Migration):
    """New tables and a view: nothing waits for it."""

    dependencies = [
        ("persons", "0001_persons"),
        ("presence", "0005_lots"),
    ]

    operations = [
        migrations.RunSQL([CREATE], [DROP]),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("enterprise_number", models.TextField(default="")),
                ("kind", models.TextField()),
                ("reason", models.TextField()),
                ("words", models.TextField()),
                (
                    "receipts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("type", models.TextField()),
                ("occurred_at", models.DateTimeField()),
                ("works_reference", models.TextField()),
                ("employer_number", models.TextField(null=True)),
                ("employer_vat", models.TextField(null=True)),
                ("state", models.TextField()),
                ("filed_at", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(default="")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
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
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="presence.correction",
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
                "db_table": "presence_case",
                "indexes": [
                    models.Index(fields=["state", "last_day", "id"], name="presence_case_queue"),
                    models.Index(
                        fields=["enterprise_number", "-filed_at"], name="presence_case_filed_for"
                    ),
                    models.Index(fields=["person", "-filed_at"], name="presence_case_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="presence_case_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["add", "changeTime", "changeSite", "changeEmployer", "cancel"],
                            )
                        ),
                        name="presence_case_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "noNetwork",
                                    "deviceFailure",
                                    "forgotten",
                                    "wrongCode",
                                    "wrongEmployer",
                                    "other",
                                ],
                            )
                        ),
                        name="presence_case_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "submitted",
                                    "inReview",
                                    "accepted",
                                    "partlyAccepted",
                                    "refused",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="presence_case_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["in", "out"])),
                        name="presence_case_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "add"), ("receipts", [])),
                            models.Q(
                                models.Q(("kind", "add"), _negated=True),
                                models.Q(("receipts", []), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="presence_case_acts_or_a_missing_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("employer_number__isnull", True), ("employer_vat__isnull", False)
                            ),
                            models.Q(
                                ("employer_number__isnull", False), ("employer_vat__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="presence_case_one_employer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("accepted", "partlyAccepted", "refused")),
                                _negated=True,
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decision__gt", ""),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="presence_case_decided_with_a_reason",
                    ),
                ],
            },
        ),
    ]
