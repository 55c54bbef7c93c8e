import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

# Counted under a lock of the channel's row, so that two at the same moment cannot both be second.
TWO_ACTIVE = """
CREATE FUNCTION access_check_active_certificates() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM 1 FROM access_channel WHERE id = NEW.channel_id FOR UPDATE;
    IF (SELECT count(*) FROM access_channel_certificate
        WHERE channel_id = NEW.channel_id AND state = 'active') > 2 THEN
        RAISE EXCEPTION 'a channel has at most two active certificates (%)',
            'access_channel_certificate_two_active'
            USING ERRCODE = 'check_violation', TABLE = 'access_channel_certificate',
                  CONSTRAINT = 'access_channel_certificate_two_active';
    END IF;
    RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER access_channel_certificate_two_active
    AFTER INSERT OR UPDATE OF channel_id, state ON access_channel_certificate
    FOR EACH ROW WHEN (NEW.state = 'active')
    EXECUTE FUNCTION access_check_active_certificates();
"""

# Withdrawn is for ever: whoever took a stolen certificate out must not find it back in.
WITHDRAWN_FOR_EVER = """
CREATE FUNCTION access_refuse_return() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'a withdrawn certificate does not come back'
        USING ERRCODE = 'check_violation', TABLE = 'access_channel_certificate',
              CONSTRAINT = 'access_channel_certificate_withdrawn_for_ever';
END
$body$;
CREATE TRIGGER access_channel_certificate_withdrawn_for_ever
    BEFORE UPDATE OF state ON access_channel_certificate
    FOR EACH ROW WHEN (OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn')
    EXECUTE FUNCTION access_refuse_return();
"""

# Whoever keeps verified tokens listens; the payload is the client id.
TELL = """
CREATE FUNCTION access_tell_channel() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_notify('guichet_access', coalesce(NEW.client_id, OLD.client_id));
    RETURN NULL;
END
$body$;
CREATE FUNCTION access_tell_certificate() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_notify('guichet_access', coalesce(
        (SELECT client_id FROM access_channel
         WHERE id = coalesce(NEW.channel_id, OLD.channel_id)), ''));
    RETURN NULL;
END
$body$;
CREATE TRIGGER access_channel_tells AFTER INSERT OR UPDATE OR DELETE ON access_channel
    FOR EACH ROW EXECUTE FUNCTION access_tell_channel();
CREATE TRIGGER access_channel_certificate_tells
    AFTER INSERT OR UPDATE OR DELETE ON access_channel_certificate
    FOR EACH ROW EXECUTE FUNCTION access_tell_certificate();
"""


class Migration(migrations.Migration):
    """Channels with certificates, used assertions, people's rights, and their triggers."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="TokenMinute",
            fields=[
                ("client_id", models.TextField(primary_key=True, serialize=False)),
                ("minute", models.DateTimeField()),
                ("asked", models.IntegerField()),
            ],
            options={
                "db_table": "access_token_minute",
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.TextField()),
                ("name", models.TextField()),
                ("enterprise_number", models.TextField()),
                (
                    "environment",
                    models.TextField(
                        choices=[("simulation", "Simulation"), ("production", "Production")]
                    ),
                ),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[("active", "Active"), ("suspended", "Suspended")], default="active"
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_channel",
                "indexes": [
                    models.Index(fields=["enterprise_number"], name="access_channel_of_enterprise")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client_id",), name="access_channel_client_id_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("client_id__regex", "^[A-Za-z0-9_:.-]{1,128}$")),
                        name="access_channel_client_id_is_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise_number__regex", "^[01][0-9]{9}$")),
                        name="access_channel_enterprise_number_has_ten_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("environment__in", ["simulation", "production"])),
                        name="access_channel_environment_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "suspended"])),
                        name="access_channel_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("permissions__contained_by", ["check-in-and-out-at-work", "dimona"])
                        ),
                        name="access_channel_permissions_are_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenAssertion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "client_id",
                        "jti_digest",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("client_id", models.TextField()),
                ("jti_digest", models.TextField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "access_seen_assertion",
                "indexes": [models.Index(fields=["until"], name="access_seen_assertion_until")],
            },
        ),
        migrations.CreateModel(
            name="ChannelCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pem", models.TextField()),
                ("thumbprint", models.TextField()),
                ("serial_number", models.TextField()),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                (
                    "state",
                    models.TextField(
                        choices=[("active", "Active"), ("withdrawn", "Withdrawn")], default="active"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="access.channel",
                    ),
                ),
            ],
            options={
                "db_table": "access_channel_certificate",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("thumbprint",), name="access_channel_certificate_used_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("thumbprint__regex", "^[0-9a-f]{64}$")),
                        name="access_channel_certificate_thumbprint_is_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "withdrawn"])),
                        name="access_channel_certificate_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pem__contains", "PRIVATE KEY"), _negated=True),
                        name="access_channel_certificate_holds_no_private_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Right",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                (
                    "enterprise",
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
                "db_table": "access_right",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "enterprise", "service", "first_day"),
                        name="access_right_given_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="access_right_period_runs_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("service__regex", "^[a-z_]{2,40}$")),
                        name="access_right_service_is_a_word",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TWO_ACTIVE, "DROP FUNCTION access_check_active_certificates() CASCADE"),
        migrations.RunSQL(WITHDRAWN_FOR_EVER, "DROP FUNCTION access_refuse_return() CASCADE"),
        migrations.RunSQL(
            TELL,
            "DROP FUNCTION access_tell_channel() CASCADE; "
            "DROP FUNCTION access_tell_certificate() CASCADE",
        ),
        *history_operations("access_channel", "access_channel_certificate", "access_right"),
    ]
