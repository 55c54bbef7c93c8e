from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- the end of the retention term, announced for the transaction, is the one way out
    IF TG_OP = 'DELETE' AND current_setting('guichet.purge', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END
$body$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_lookup_append_only BEFORE UPDATE OR DELETE ON audit_lookup
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_lookup_not_emptied BEFORE TRUNCATE ON audit_lookup
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_history_append_only BEFORE UPDATE OR DELETE ON audit_history
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_history_not_emptied BEFORE TRUNCATE ON audit_history
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""

KEEP_HISTORY = """
CREATE FUNCTION audit_keep_history() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    actor text := coalesce(current_setting('guichet.actor', true), '');
    moment text := coalesce(current_setting('guichet.now', true), '');
    kept jsonb;
BEGIN
    IF actor = '' THEN
        RAISE EXCEPTION 'nobody is said to change %', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = 'audit_history_actor_given';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NULL;
    END IF;
    kept := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    INSERT INTO audit_history (
        at, table_name, row_id, operation,
        actor_kind, actor_id, actor_enterprise, recorded_in, state
    ) VALUES (
        CASE moment WHEN '' THEN now() ELSE moment::timestamptz END,
        TG_TABLE_NAME, (kept ->> 'id')::bigint, lower(TG_OP),
        split_part(actor, '|', 1), split_part(actor, '|', 2),
        nullif(split_part(actor, '|', 3), ''), pg_current_xact_id()::text::bigint, kept
    );
    RETURN NULL;
END
$body$;
"""


class Migration(migrations.Migration):
    """Three append-only tables, and the trigger function that the registers' history hangs on."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("action", models.TextField()),
                ("actor_kind", models.TextField()),
                ("actor_id", models.TextField()),
                ("actor_enterprise", models.TextField(null=True)),
                ("target", models.TextField()),
                ("reason", models.TextField(default="")),
                ("detail", models.JSONField(null=True)),
            ],
            options={
                "db_table": "audit_entry",
                "indexes": [
                    models.Index(fields=["target", "at"], name="audit_entry_target_at"),
                    models.Index(fields=["actor_id", "at"], name="audit_entry_actor_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["person", "client", "system"])),
                        name="audit_entry_actor_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action__regex", "^[a-z][A-Za-z]*(\\.[a-z][A-Za-z]*)+$")
                        ),
                        name="audit_entry_action_well_formed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="History",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("table_name", models.TextField()),
                ("row_id", models.BigIntegerField()),
                ("operation", models.TextField()),
                ("actor_kind", models.TextField()),
                ("actor_id", models.TextField()),
                ("actor_enterprise", models.TextField(null=True)),
                ("recorded_in", models.BigIntegerField()),
                ("state", models.JSONField()),
            ],
            options={
                "db_table": "audit_history",
                "indexes": [
                    models.Index(fields=["table_name", "row_id", "id"], name="audit_history_row")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("operation__in", ["insert", "update", "delete"])),
                        name="audit_history_operation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["person", "client", "system"])),
                        name="audit_history_actor_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("viewer_kind", models.TextField()),
                ("viewer_id", models.TextField()),
                ("viewer_enterprise", models.TextField(null=True)),
                ("niss", models.TextField()),
                ("purpose", models.TextField()),
                ("channel", models.TextField()),
            ],
            options={
                "db_table": "audit_lookup",
                "indexes": [models.Index(fields=["niss", "at"], name="audit_lookup_niss_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("viewer_kind__in", ["person", "client", "system"])),
                        name="audit_lookup_viewer_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="audit_lookup_purpose_given",
                    ),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION audit_refuse_change() CASCADE"),
        migrations.RunSQL(KEEP_HISTORY, "DROP FUNCTION audit_keep_history() CASCADE"),
    ]
