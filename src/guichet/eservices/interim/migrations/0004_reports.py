import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reports of workers about their relations, and what is said in them."""

    dependencies = [
        ("interim", "0003_ways"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.TextField(unique=True)),
                ("agency", models.TextField()),
                ("relation", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("user_name", models.TextField(default="")),
                ("user_number", models.TextField(default="")),
                ("kind", models.TextField()),
                ("state", models.TextField()),
                ("language", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
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
                "db_table": "interim_report",
            },
        ),
        migrations.CreateModel(
            name="ReportLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.TextField()),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="interim.report",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "interim_report_line",
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["agency", "state", "opened_at"], name="interim_report_of_agency"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["person", "-opened_at"], name="interim_report_of_person"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False), ("reminded_at__isnull", True)),
                fields=["due_on"],
                name="interim_report_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["user_company", "days", "missing", "contract"])),
                name="interim_report_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "corrected", "contested"])),
                name="interim_report_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency__regex", "^[01][0-9]{9}$")),
                name="interim_report_agency_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__regex", "^[pw][0-9]{1,18}$")),
                name="interim_report_relation_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__regex", "^(nl|fr|de|en)$")),
                name="interim_report_language_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("person", "relation", "kind"),
                name="interim_report_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", False), ("state__in", ["open", "contested"])),
                    models.Q(
                        models.Q(("state__in", ["open", "contested"]), _negated=True),
                        ("due_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="interim_report_due_while_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="reportline",
            index=models.Index(
                fields=["report", "said_at", "id"], name="interim_report_line_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportline",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "corrected", "contested"])),
                name="interim_report_line_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportline",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="interim_report_line_says_something",
            ),
        ),
    ]
