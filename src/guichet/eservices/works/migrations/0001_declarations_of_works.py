import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Declarations of works and every version of them."""

    initial = True

    dependencies = [
        ("enterprises", "0001_enterprises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("contract_number", models.TextField()),
                ("site_reference", models.TextField()),
                ("state", models.TextField(default="active")),
                ("version", models.IntegerField(default=1)),
                ("content", models.JSONField()),
                ("is_first", models.BooleanField()),
                ("name", models.TextField()),
                ("search_key", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("cents", models.BigIntegerField()),
                ("filed_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "declarant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "works_declaration",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("event", models.TextField()),
                ("content", models.JSONField()),
                ("channel", models.TextField()),
                ("enterprise", models.TextField(default="")),
                ("is_obliged", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="works_declarations.declaration",
                    ),
                ),
            ],
            options={
                "db_table": "works_declaration_version",
            },
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                fields=["declarant", "-changed_at"], name="works_declaration_of_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(fields=["site_reference"], name="works_declaration_of_site"),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                fields=("number",), name="works_declaration_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^(9B0|310)[0-9A-HJ-NP-Z]{10}$")),
                name="works_declaration_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("site_reference__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="works_declaration_site_reference_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "cancelled"])),
                name="works_declaration_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="works_declaration_version_counts"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="works_declaration_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("declaration", "number"), name="works_declaration_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__in", ["filed", "changed", "cancelled", "taken_over"])),
                name="works_declaration_version_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["portal", "file", "register"])),
                name="works_declaration_version_channel_known",
            ),
        ),
    ]
