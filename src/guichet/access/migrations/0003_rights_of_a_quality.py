import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

# Rights given before were accepted by being given.
ACCEPTED = """
SELECT set_config('guichet.actor', 'system|migration|', true);
UPDATE access_right SET accepted_at = first_day::timestamp AT TIME ZONE 'Europe/Brussels';
"""


class Migration(migrations.Migration):
    """Rights of a quality, given and accepted; the users and the managers of an enterprise."""

    dependencies = [
        ("access", "0002_token_days"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Manager",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[("main", "Main"), ("co", "Co"), ("domain", "Domain")]
                    ),
                ),
                ("quality", models.TextField(null=True)),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("named_at", models.DateTimeField()),
                ("activated_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_manager",
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("invited", "Invited"),
                            ("active", "Active"),
                            ("blocked", "Blocked"),
                            ("deleted", "Deleted"),
                        ],
                        default="invited",
                    ),
                ),
                ("email", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("language", models.TextField(default="nl")),
                ("created_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_member",
            },
        ),
        migrations.RemoveConstraint(
            model_name="right",
            name="access_right_given_once",
        ),
        migrations.AddField(
            model_name="right",
            name="accepted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="right",
            name="granted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="persons.person",
            ),
        ),
        migrations.AddField(
            model_name="right",
            name="quality",
            field=models.TextField(default="employer"),
        ),
        migrations.AddField(
            model_name="right",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="right",
            index=models.Index(fields=["enterprise", "person"], name="access_right_of_enterprise"),
        ),
        migrations.AddConstraint(
            model_name="right",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("person", "enterprise", "quality", "service", "first_day"),
                name="access_right_given_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="right",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "quality__in",
                        ("employer", "service_provider", "temp_agency", "public_body", "principal"),
                    )
                ),
                name="access_right_quality_is_known",
            ),
        ),
        migrations.AddField(
            model_name="manager",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enterprises.enterprise",
            ),
        ),
        migrations.AddField(
            model_name="manager",
            name="named_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="persons.person",
            ),
        ),
        migrations.AddField(
            model_name="manager",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="persons.person"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enterprises.enterprise",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="invited_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="persons.person",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="persons.person"
            ),
        ),
        migrations.AddIndex(
            model_name="manager",
            index=models.Index(fields=["enterprise"], name="access_manager_of_enterprise"),
        ),
        migrations.AddConstraint(
            model_name="manager",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "main"), ("withdrawn_at__isnull", True)),
                fields=("enterprise",),
                name="access_manager_one_main",
            ),
        ),
        migrations.AddConstraint(
            model_name="manager",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("enterprise", "person", "kind", "quality"),
                name="access_manager_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="manager",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["main", "co", "domain"])),
                name="access_manager_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="manager",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "main"), ("quality__isnull", True)),
                    models.Q(
                        models.Q(("kind", "main"), _negated=True),
                        (
                            "quality__in",
                            (
                                "employer",
                                "service_provider",
                                "temp_agency",
                                "public_body",
                                "principal",
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="access_manager_quality_is_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="manager",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "domain"), models.Q(("services", []), _negated=True)),
                    models.Q(models.Q(("kind", "domain"), _negated=True), ("services", [])),
                    _connector="OR",
                ),
                name="access_manager_domain_has_services",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["enterprise"], name="access_member_of_enterprise"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "deleted"), _negated=True),
                fields=("person", "enterprise"),
                name="access_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["invited", "active", "blocked", "deleted"])),
                name="access_member_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="access_member_language_is_known",
            ),
        ),
        migrations.RunSQL(ACCEPTED, migrations.RunSQL.noop),
        *history_operations("access_member", "access_manager"),
    ]
