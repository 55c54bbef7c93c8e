import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Mandates, what they lend, who signed, and their documents; all but those with history."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("status", models.TextField(default="to_finalise")),
                ("closing", models.TextField(default="")),
                ("made_by", models.TextField()),
                ("language", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "mandatary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "mandator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "access_mandate",
            },
        ),
        migrations.CreateModel(
            name="Lent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("domain", models.TextField()),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("is_exclusive", models.BooleanField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "mandatary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "mandator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lent",
                        to="access_mandates.mandate",
                    ),
                ),
            ],
            options={
                "db_table": "access_mandate_lent",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("pdf", models.BinaryField()),
                ("digest", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="access_mandates.mandate",
                    ),
                ),
            ],
            options={
                "db_table": "access_mandate_document",
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("side", models.TextField()),
                ("way", models.TextField()),
                ("means", models.TextField()),
                ("level", models.IntegerField()),
                ("serial_number", models.TextField(default="")),
                ("signed_at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="access_mandates.mandate",
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
                "db_table": "access_mandate_signature",
            },
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["mandator"], name="access_mandate_of_mandator"),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["mandatary"], name="access_mandate_of_mandatary"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["to_finalise", "pending", "active", "rejected", "closed"])
                ),
                name="access_mandate_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("made_by__in", ["mandator", "mandatary"])),
                name="access_mandate_made_by_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="access_mandate_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closing__in", ["", "refused", "withdrawn", "ended", "revoked", "replaced"])
                ),
                name="access_mandate_closing_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="access_mandate_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("mandator", models.F("mandatary")), _negated=True),
                name="access_mandate_between_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domains__contained_by",
                        ["dimona", "temporary_unemployment", "career_break", "works", "presence"],
                    ),
                    models.Q(("domains", []), _negated=True),
                ),
                name="access_mandate_has_known_domains",
            ),
        ),
        migrations.AddIndex(
            model_name="lent",
            index=models.Index(fields=["mandatary"], name="access_mandate_lent_to"),
        ),
        migrations.AddConstraint(
            model_name="lent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "domain__in",
                        ["dimona", "temporary_unemployment", "career_break", "works", "presence"],
                    )
                ),
                name="access_mandate_lent_domain_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="access_mandate_lent_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="lent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__day", 1),
                    ("first_day__month__in", [1, 4, 7, 10]),
                    models.Q(
                        ("last_day__isnull", True),
                        models.Q(("last_day__day", 31), ("last_day__month__in", [3, 12])),
                        models.Q(("last_day__day", 30), ("last_day__month__in", [6, 9])),
                        _connector="OR",
                    ),
                ),
                name="access_mandate_lent_by_quarters",
            ),
        ),
        migrations.AddConstraint(
            model_name="lent",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_exclusive", True), ("revoked_at__isnull", True)),
                expressions=[
                    ("mandator", "="),
                    ("domain", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("last_day"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="access_mandate_lent_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="lent",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                expressions=[
                    ("mandator", "="),
                    ("mandatary", "="),
                    ("domain", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("last_day"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="access_mandate_lent_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("mandate", "version"), name="access_mandate_document_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="access_mandate_document_digest_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("mandate", "side"), name="access_mandate_signature_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["mandator", "mandatary"])),
                name="access_mandate_signature_side_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["page", "document"])),
                name="access_mandate_signature_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("serial_number__regex", "^[0-9]+$"), ("serial_number", ""), _connector="OR"
                ),
                name="access_mandate_signature_serial_number_well_formed",
            ),
        ),
        *history_operations("access_mandate", "access_mandate_lent", "access_mandate_signature"),
    ]
